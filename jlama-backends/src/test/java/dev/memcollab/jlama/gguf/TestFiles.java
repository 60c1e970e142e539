package dev.memcollab.jlama.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// The golden files that `make_gguf_golden.py` makes.
public final class TestFiles {
    private TestFiles() {}

    public static byte[] bytes(String name) throws IOException {
        try (var in = TestFiles.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    static float[] floats(String name) throws IOException {
        return floats(bytes(name));
    }

    static float[] floats(byte[] littleEndian) {
        var floats = new float[littleEndian.length / Float.BYTES];
        ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }

    public static Path copy(String name, Path directory) throws IOException {
        return Files.write(directory.resolve(name), bytes(name));
    }
}
