package dev.memcollab.jlama.gguf;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/// A new file that is hashed as it is written, and on the disk once it is finished.
public final class DurableFile extends OutputStream {
    private final FileOutputStream out;
    private final MessageDigest sha = FileDigest.newSha256();
    private long bytes;

    public DurableFile(Path file) throws IOException {
        this.out = new FileOutputStream(file.toFile());
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[]{(byte) b});
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        out.write(source, offset, length);
        sha.update(source, offset, length);
        bytes += length;
    }

    public long bytes() {
        return bytes;
    }

    /// Forces the file to the disk; nothing may be written after it.
    public FileDigest finish() throws IOException {
        out.getFD().sync();
        return FileDigest.of(bytes, sha);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /// Forces the entries of a directory to the disk, where the platform can.
    static void syncDirectory(Path directory) throws IOException {
        if (System.getProperty("os.name").startsWith("Windows")) {
            return; // directories can not be opened there, and need not be
        }
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
