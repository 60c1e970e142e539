package dev.memcollab.jlama.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memcollab.model.ModelFailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// The tensors that a safetensors file announces, each checked to lie in the file and to be of the
/// size that its type and shape make.
///
/// The format: an 8-byte length, a JSON header of that length, then the bytes of the tensors.
public record WeightFile(Path path, Map<String, Tensor> tensors) {
    private static final int MOST_HEADER = 1 << 26;

    public WeightFile {
        tensors = Map.copyOf(tensors);
    }

    /// A tensor of the file.
    ///
    /// @param type `U8`, `BF16` or `F32`; others are known by name only
    /// @param offset where its bytes begin, from the start of the file
    public record Tensor(String type, List<Long> shape, long offset, long bytes) {
        public Tensor {
            shape = List.copyOf(shape);
        }

        public long elements() {
            return shape.stream().reduce(1L, Math::multiplyExact);
        }
    }

    /// Reads the header of a file.
    ///
    /// @throws ModelFailedException naming the file and, where it is one, the tensor that is wrong
    public static WeightFile read(Path path) {
        try (var channel = FileChannel.open(path)) {
            long size = channel.size();
            long length = size < 8 ? 0 : littleEndian(channel, 8, 0).getLong();
            long most = Math.min(MOST_HEADER, size - 8);
            if (length < 2 || length > most) {
                throw new ModelFailedException("%s: the header must have 2..%d bytes, got %d"
                        .formatted(path, Math.max(2, most), length));
            }
            byte[] json = littleEndian(channel, (int) length, 8).array();
            return new Reader(path, 8 + length, size).file(new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new ModelFailedException("%s: the header must be JSON: %s".formatted(path,
                    e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new ModelFailedException(
                    "can not read " + path + ": import or pull the model again", e);
        }
    }

    private static ByteBuffer littleEndian(FileChannel channel, int length, long from)
            throws IOException {
        var buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
        }
        return buffer.flip();
    }

    /// Reads the entries of a header and says which one is wrong.
    private record Reader(Path path, long start, long size) {
        WeightFile file(JsonNode header) {
            var tensors = new LinkedHashMap<String, Tensor>();
            header.properties().forEach(entry -> {
                if (!entry.getKey().equals("__metadata__")) {
                    tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue()));
                }
            });
            return new WeightFile(path, tensors);
        }

        private Tensor tensor(String name, JsonNode entry) {
            var offsets = numbers(name, "data_offsets", entry);
            var shape = numbers(name, "shape", entry);
            if (offsets.size() != 2 || offsets.getLast() < offsets.getFirst()
                    || offsets.getLast() > size - start) {
                throw failure("data_offsets of %s must be a range within 0..%d, got %s".formatted(
                        name, size - start, offsets));
            }
            var tensor = new Tensor(entry.path("dtype").asText(), shape,
                    start + offsets.getFirst(), offsets.getLast() - offsets.getFirst());
            var elementBytes = elementBytes(tensor.type());
            if (elementBytes.isPresent() && elementBytes.getAsInt() * tensor.elements() != tensor
                    .bytes()) {
                throw failure("%s of %s with the shape %s must have %d bytes, got %d".formatted(
                        name, tensor.type(), shape, elementBytes.getAsInt() * tensor.elements(),
                        tensor.bytes()));
            }
            return tensor;
        }

        private static OptionalInt elementBytes(String type) {
            return switch (type) {
                case "U8" -> OptionalInt.of(Byte.BYTES);
                case "BF16" -> OptionalInt.of(Short.BYTES);
                case "F32" -> OptionalInt.of(Float.BYTES);
                default -> OptionalInt.empty();
            };
        }

        private List<Long> numbers(String name, String field, JsonNode entry) {
            var numbers = new ArrayList<Long>();
            for (var number : entry.path(field)) {
                if (!number.canConvertToLong() || number.longValue() < 0) {
                    throw failure("%s of %s must be whole numbers from 0 on, got %s".formatted(
                            field, name, entry.path(field)));
                }
                numbers.add(number.longValue());
            }
            return numbers;
        }

        private ModelFailedException failure(String detail) {
            return new ModelFailedException(
                    "%s: %s: import or pull the model again".formatted(path, detail));
        }
    }
}
