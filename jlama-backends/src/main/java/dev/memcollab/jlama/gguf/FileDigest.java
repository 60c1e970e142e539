package dev.memcollab.jlama.gguf;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What makes a file right: its size and the SHA-256 of its bytes, in lower-case hexadecimal.
public record FileDigest(long bytes, String sha256) {
    private static final int CHUNK = 1 << 20;

    public FileDigest {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must not be negative, got " + bytes);
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "sha256 must be 64 lower-case hexadecimal digits, got " + sha256);
        }
    }

    /// Reads a file and computes its digest.
    public static FileDigest of(Path file, Progress progress)
            throws IOException, InterruptedException {
        var sha = newSha256();
        var chunk = new byte[CHUNK];
        long total = Files.size(file);
        long done = 0;
        // Not a channel: an interrupt would close it and look like a failure of the disk.
        try (var in = new FileInputStream(file.toFile())) {
            for (int read; (read = in.read(chunk)) >= 0;) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while reading " + file);
                }
                sha.update(chunk, 0, read);
                done += read;
                progress.report(Progress.Phase.VERIFYING, done, Math.max(done, total));
            }
        }
        return of(done, sha);
    }

    static FileDigest of(long bytes, MessageDigest sha) {
        return new FileDigest(bytes, HexFormat.of().formatHex(sha.digest()));
    }

    /// A fresh SHA-256.
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("each Java platform has SHA-256", e);
        }
    }
}
