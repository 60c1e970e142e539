package dev.memcollab.jlama.network;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memcollab.jlama.kernel.Matrix;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Writes a model's weights as floats, for engines that do not know our planes.
public final class FloatCopy {
    private static final Pattern LAYER = Pattern.compile("model\\.layers\\.(\\d+)\\..*");

    private final Map<String, List<Integer>> shapes = new TreeMap<>();
    private final Path source;

    private FloatCopy(Path source, int layers) {
        this.source = source;
        WeightFile.read(source).tensors().forEach((name, tensor) -> {
            var layer = LAYER.matcher(name);
            boolean plane = name.matches(".*\\.(high|scale|shift)");
            if (!plane && (!layer.matches() || Integer.parseInt(layer.group(1)) < layers)) {
                shapes.put(name, shape(tensor));
            }
        });
    }

    /// Copies the first layers, and what is around them.
    public static void write(Path source, Path target, int layers) throws IOException {
        new FloatCopy(source, layers).write(target);
    }

    private static List<Integer> shape(WeightFile.Tensor tensor) {
        var shape = new ArrayList<>(tensor.shape().stream().map(Math::toIntExact).toList());
        if (tensor.type().equals("U8")) {
            shape.set(1, 2 * shape.get(1));
        }
        return shape;
    }

    private void write(Path target) throws IOException {
        var header = new LinkedHashMap<String, Object>();
        long end = 0;
        for (var tensor : shapes.entrySet()) {
            long bytes = tensor.getValue().stream().mapToLong(Integer::longValue)
                    .reduce(Float.BYTES, (a, b) -> a * b);
            header.put(tensor.getKey(), Map.of("dtype", "F32", "shape", tensor.getValue(),
                    "data_offsets", List.of(end, end + bytes)));
            end += bytes;
        }
        byte[] json = new ObjectMapper().writeValueAsBytes(header);
        try (var arena = Arena.ofConfined();
                var out = new DataOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(target)))) {
            out.writeLong(Long.reverseBytes(json.length));
            out.write(json);
            var weights = LoadedWeights.map(source, arena);
            for (var tensor : shapes.entrySet()) {
                write(weights, tensor.getKey(), tensor.getValue(), out);
            }
        }
    }

    private static void write(LoadedWeights weights, String name, List<Integer> shape,
            DataOutputStream out) throws IOException {
        if (shape.size() == 1) {
            out.write(bytes(weights.vector(name, shape.getFirst())));
            return;
        }
        var matrix = weights.matrix(name, shape.getFirst(), shape.getLast());
        var row = Matrix.zeros(Arena.ofAuto(), 1, matrix.columns());
        for (int i = 0; i < matrix.rows(); i++) {
            matrix.unpack(i, row, 0);
            out.write(bytes(row));
        }
    }

    private static byte[] bytes(Matrix row) {
        var bytes = ByteBuffer.allocate(row.columns() * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(row.row(0));
        return bytes.array();
    }
}
