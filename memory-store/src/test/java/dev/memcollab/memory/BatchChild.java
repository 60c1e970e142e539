package dev.memcollab.memory;

import dev.memcollab.memory.Line.Position;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Appends a short line and one that there is no room for, at once, and the same again.
final class BatchChild {
    private BatchChild() {}

    /// Says how each of the two appends ended.
    ///
    /// @param arguments directory of the journal
    public static void main(String[] arguments) throws IOException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var journal = new Journal(Path.of(arguments[0]), Long.MAX_VALUE);
        for (String name : new String[]{"first", "second"}) {
            Position end = journal.scan(Position.START, true, _ -> {
            }).end();
            try {
                journal.append(ByteBuffer.wrap(batch(name)), end);
                out.println("appended");
            } catch (IOException e) {
                out.println("refused");
            }
        }
    }

    private static byte[] batch(String name) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Line.Seal.close(event(name)));
        bytes.writeBytes(Line.Seal.close(event("x".repeat(1 << 20))));
        return bytes.toByteArray();
    }

    private static String event(String name) {
        return "{\"name\":\"%s\"}".formatted(name);
    }
}
