package dev.memcollab.jlama.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

    /// The values of a tensor, F32 or quantised.
    float[] values(String name) {
        if (isPlain(name)) {
            return TestFiles.floats(raw(name));
        }
        var format = format(name);
        int columns = 2 * header.path(name).path("shape").path(1).intValue();
        var planes = new ArrayList<byte[]>();
        for (var plane : List.of("", ".high", ".scale", ".shift")) {
            if (header.has(name + plane)) {
                planes.add(raw(name + plane));
            }
        }
        return new SlowBlocks(format, columns, planes).values();
    }

    /// The format of a matrix that is not F32.
    RowFormat format(String name) {
        int high = header.has(name + ".high")
                ? raw(name + ".high").length * 4 / raw(name).length
                : 0;
        return new RowFormat(4 + high, header.has(name + ".shift"));
    }

    private byte[] raw(String name) {
        var offsets = header.path(name).path("data_offsets");
        return Arrays.copyOfRange(file, start + offsets.path(0).intValue(),
                start + offsets.path(1).intValue());
    }
}
