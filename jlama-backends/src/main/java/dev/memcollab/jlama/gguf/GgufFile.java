package dev.memcollab.jlama.gguf;

import dev.memcollab.model.ModelFailedException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A GGUF file of version 2 or 3, mapped into memory; its header is checked when it is opened.
///
/// Any number of threads may read tensors at once.
public final class GgufFile implements AutoCloseable {
    private static final int MAGIC = 0x46554747; // "GGUF", little-endian
    private static final int MAX_DIMENSIONS = 4;

    private final Path path;
    private final Arena arena;
    private final MemorySegment bytes;
    private final Metadata metadata;
    private final List<TensorInfo> tensors;

    private GgufFile(Path path, Arena arena, MemorySegment bytes) {
        this.path = path;
        this.arena = arena;
        this.bytes = bytes;
        var cursor = new HeaderCursor(path, bytes);
        requireVersion(cursor);
        int tensorCount = cursor.count("the number of tensors", 24);
        int keyCount = cursor.count("the number of metadata keys", 13);
        this.metadata = new Metadata(path, readMetadata(cursor, keyCount));
        this.tensors = readTensors(cursor, tensorCount);
    }

    /// Opens a file and checks that it holds all that its header announces.
    ///
    /// @throws ModelFailedException naming the file, when it is missing, cut, or of unknown kind
    @SuppressWarnings("MustBeClosedChecker") // the arena lives as long as the file is open
    public static GgufFile open(Path path) throws InterruptedException {
        var arena = Arena.ofShared();
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return new GgufFile(path, arena,
                    channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
        } catch (ClosedByInterruptException _) {
            arena.close();
            Thread.interrupted();
            throw new InterruptedException("interrupted while opening " + path);
        } catch (IOException e) {
            arena.close();
            throw new ModelFailedException("%s: can not be read: %s".formatted(path, e), e);
        } catch (ModelFailedException e) {
            arena.close();
            throw e;
        }
    }

    public Path path() {
        return path;
    }

    public Metadata metadata() {
        return metadata;
    }

    public List<TensorInfo> tensors() {
        return tensors;
    }

    /// Copies a row of a tensor, still encoded.
    ///
    /// @param target offset in `target` at which the first byte goes
    void readRow(TensorInfo tensor, long row, byte[] into, int target) {
        int length = (int) tensor.type().bytes(tensor.columns());
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, tensor.offset() + row * length, into,
                target, length);
    }

    @Override
    public void close() {
        arena.close();
    }

    private static void requireVersion(HeaderCursor cursor) {
        if (cursor.int32("the magic number") != MAGIC) {
            throw cursor.failure("not a GGUF file: it does not begin with the letters GGUF");
        }
        int version = cursor.int32("the version");
        if (version != 2 && version != 3) {
            throw cursor.failure("GGUF version must be 2 or 3 (little-endian), got " + version);
        }
    }

    private static Map<String, MetadataValue> readMetadata(HeaderCursor cursor, int count) {
        var values = new LinkedHashMap<String, MetadataValue>();
        for (int i = 0; i < count; i++) {
            var key = cursor.string("metadata key " + i);
            if (values.put(key, cursor.value(key)) != null) {
                throw cursor.failure("the metadata key %s occurs twice".formatted(key));
            }
        }
        return values;
    }

    private List<TensorInfo> readTensors(HeaderCursor cursor, int count) {
        var relative = new ArrayList<TensorInfo>();
        var names = new HashSet<String>();
        for (int i = 0; i < count; i++) {
            var tensor = readTensor(cursor, i);
            if (!names.add(tensor.name())) {
                throw cursor.failure("the tensor %s occurs twice".formatted(tensor.name()));
            }
            relative.add(tensor);
        }
        long start = dataStart(cursor);
        return relative.stream().map(tensor -> placed(cursor, tensor, start)).toList();
    }

    private static TensorInfo readTensor(HeaderCursor cursor, int index) {
        var name = cursor.string("the name of tensor " + index);
        int dimensions = cursor.int32("the dimensions of " + name);
        if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
            throw cursor.failure("tensor %s must have 1 to %d dimensions, got %d"
                    .formatted(name, MAX_DIMENSIONS, dimensions));
        }
        var shape = new ArrayList<Integer>();
        long values = 1;
        for (int d = 0; d < dimensions; d++) {
            long size = cursor.int64("the shape of " + name);
            if (size < 1 || size > Integer.MAX_VALUE || values * size > Long.MAX_VALUE >> 31) {
                throw cursor.failure("dimension %d of tensor %s is out of range: %s"
                        .formatted(d, name, Long.toUnsignedString(size)));
            }
            values *= size;
            shape.addFirst((int) size);
        }
        int id = cursor.int32("the type of " + name);
        var type = TensorType.withId(id).orElseThrow(() -> cursor.failure(
                "tensor %s has the unsupported type %d; supported are %s"
                        .formatted(name, id, List.of(TensorType.values()))));
        if (shape.getLast() % type.blockValues() != 0) {
            throw cursor.failure("rows of tensor %s (%s) must be a multiple of %d long, got %d"
                    .formatted(name, type, type.blockValues(), shape.getLast()));
        }
        return new TensorInfo(name, type, shape, cursor.int64("the offset of " + name));
    }

    private long dataStart(HeaderCursor cursor) {
        int alignment = metadata.findWhole("general.alignment").orElse(32);
        if (alignment < 1 || Integer.bitCount(alignment) != 1) {
            throw cursor.failure(
                    "general.alignment must be a power of two, got " + alignment);
        }
        return (cursor.position() + alignment - 1) / alignment * alignment;
    }

    private TensorInfo placed(HeaderCursor cursor, TensorInfo tensor, long start) {
        long offset = tensor.offset();
        if (offset < 0 || start > bytes.byteSize() - tensor.bytes()
                || offset > bytes.byteSize() - tensor.bytes() - start) {
            throw cursor
                    .failure("the file is cut: tensor %s should end at byte %s, the file has %d;"
                            .formatted(tensor.name(),
                                    Long.toUnsignedString(start + offset + tensor.bytes()),
                                    bytes.byteSize())
                            + " fetch it again");
        }
        return new TensorInfo(tensor.name(), tensor.type(), tensor.shape(), start + offset);
    }
}
