package dev.memcollab.server.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Reads all that a process writes and keeps the end of it.
final class OutputTail implements Runnable {
    private final InputStream source;
    private final int kept;
    private final byte[] buffer; // [2 · kept], so that the end is moved once for each `kept` bytes
    private int length;

    OutputTail(InputStream source, int kept) {
        this.source = source;
        this.kept = kept;
        buffer = new byte[2 * kept];
    }

    @Override
    public void run() {
        try (source) {
            var chunk = new byte[kept];
            for (int read = source.read(chunk); read >= 0; read = source.read(chunk)) {
                append(chunk, read);
            }
        } catch (IOException _) {
            // A killed process may break the pipe; what came before counts.
        }
    }

    private synchronized void append(byte[] chunk, int read) {
        if (length + read > buffer.length) {
            int rest = Math.min(length, kept);
            System.arraycopy(buffer, length - rest, buffer, 0, rest);
            length = rest;
        }
        System.arraycopy(chunk, 0, buffer, length, read);
        length += read;
    }

    /// The end of what was written so far; broken UTF-8 comes as replacement characters.
    synchronized String text() {
        int rest = Math.min(length, kept);
        return new String(buffer, length - rest, rest, StandardCharsets.UTF_8);
    }
}
