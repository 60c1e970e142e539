package dev.memcollab.jlama.gguf;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The layout of a safetensors file: an 8-byte length, a JSON header, then the tensors in order.
///
/// Each tensor begins right after the one before it, so a file can be written in one pass.
///
/// @param entries in the order of their bytes
record Safetensors(List<Entry> entries) {
    private static final int ALIGNMENT = 64;

    Safetensors {
        entries = List.copyOf(entries);
    }

    /// One tensor.
    record Entry(String name, String type, List<Integer> shape, long bytes) {}

    /// The bytes before the first tensor: length and header, padded with blanks so that tensors
    /// begin aligned.
    byte[] head() {
        Map<String, Object> header = new LinkedHashMap<>();
        long offset = 0;
        for (var entry : entries) {
            header.put(entry.name(), Map.of("dtype", entry.type(), "shape", entry.shape(),
                    "data_offsets", List.of(offset, offset + entry.bytes())));
            offset += entry.bytes();
        }
        var json = new ObjectMapper().valueToTree(header).toString()
                .getBytes(StandardCharsets.UTF_8);
        int padded = (8 + json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        var head = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(padded - 8L).put(json);
        while (head.hasRemaining()) {
            head.put((byte) ' ');
        }
        return head.array();
    }

    /// The size of the whole file.
    long bytes() {
        return head().length + entries.stream().mapToLong(Entry::bytes).sum();
    }
}
