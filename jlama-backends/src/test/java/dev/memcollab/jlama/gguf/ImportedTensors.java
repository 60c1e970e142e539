package dev.memcollab.jlama.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Reads a `model.safetensors` the slow and obvious way.
final class ImportedTensors {
    private final byte[] file;
    private final JsonNode header;
    private final int start;

    ImportedTensors(Path directory) throws IOException {
        this.file = Files.readAllBytes(directory.resolve("model.safetensors"));
        int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        this.header = new ObjectMapper().readTree(file, 8, length);
        this.start = 8 + length;
    }

    JsonNode header() {
        return header;
    }

    int start() {
        return start;
    }

    int length() {
        return file.length;
    }

    /// Whether a tensor is F32.
    boolean isPlain(String name) {
        return header.path(name).path("dtype").textValue().equals("F32");
    }

    /// The values of a tensor, F32 or Q4.
    float[] values(String name) {
        return isPlain(name)
                ? TestFiles.floats(raw(name))
                : q4(raw(name), scales(name));
    }

    /// The scale of each block of 32 values.
    float[] scales(String name) {
        return TestFiles.floats(raw(name + ".qb"));
    }

    private static float[] q4(byte[] halves, float[] scales) {
        var values = new float[scales.length * 32];
        for (int i = 0; i < values.length; i++) {
            int inBlock = i % 32;
            int pair = halves[i / 32 * 16 + inBlock % 16] & 0xff;
            int half = inBlock < 16 ? pair % 16 : pair / 16;
            values[i] = scales[i / 32] * (half - 8);
        }
        return values;
    }

    private byte[] raw(String name) {
        var offsets = header.path(name).path("data_offsets");
        return Arrays.copyOfRange(file, start + offsets.path(0).intValue(),
                start + offsets.path(1).intValue());
    }
}
