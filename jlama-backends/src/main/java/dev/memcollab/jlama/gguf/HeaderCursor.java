package dev.memcollab.jlama.gguf;

import dev.memcollab.jlama.gguf.MetadataValue.Array;
import dev.memcollab.jlama.gguf.MetadataValue.Flag;
import dev.memcollab.jlama.gguf.MetadataValue.Real;
import dev.memcollab.jlama.gguf.MetadataValue.Text;
import dev.memcollab.jlama.gguf.MetadataValue.Whole;
import dev.memcollab.model.ModelFailedException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;

/// Reads a GGUF header from front to back and trusts nothing in it: each count and length is held
/// against the bytes that are left before anything of that size is made.
final class HeaderCursor {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_ARRAY = 1 << 24;
    private static final int MAX_NESTING = 4;

    private final Path file;
    private final MemorySegment bytes;
    private long position;

    HeaderCursor(Path file, MemorySegment bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    long position() {
        return position;
    }

    int int32(String what) {
        return bytes.get(INT, advance(4, what));
    }

    long int64(String what) {
        return bytes.get(LONG, advance(8, what));
    }

    /// A number of things that take at least `leastBytes` each.
    int count(String what, int leastBytes) {
        long count = int64(what);
        if (count < 0 || count > Integer.MAX_VALUE
                || count * leastBytes > bytes.byteSize() - position) {
            throw cut("%s is %s, more than the file can hold"
                    .formatted(what, Long.toUnsignedString(count)));
        }
        return (int) count;
    }

    String string(String what) {
        int length = count("the length of " + what, 1);
        var chars = bytes.asSlice(advance(length, what), length).toArray(ValueLayout.JAVA_BYTE);
        return new String(chars, StandardCharsets.UTF_8);
    }

    MetadataValue value(String key) {
        return value(key, int32("the type of " + key), 0);
    }

    private MetadataValue value(String key, int type, int depth) {
        return switch (type) {
            case 0 -> new Whole(Byte.toUnsignedLong(int8(key)));
            case 1 -> new Whole(int8(key));
            case 2 -> new Whole(Short.toUnsignedLong(bytes.get(SHORT, advance(2, key))));
            case 3 -> new Whole(bytes.get(SHORT, advance(2, key)));
            case 4 -> new Whole(Integer.toUnsignedLong(int32(key)));
            case 5 -> new Whole(int32(key));
            case 6 -> new Real(Float.intBitsToFloat(int32(key)));
            case 7 -> new Flag(int8(key) != 0);
            case 8 -> new Text(string(key));
            case 9 -> array(key, depth);
            case 10, 11 -> new Whole(int64(key));
            case 12 -> new Real(Double.longBitsToDouble(int64(key)));
            default -> throw failure("%s has the unknown value type %d".formatted(key, type));
        };
    }

    private Array array(String key, int depth) {
        if (depth == MAX_NESTING) {
            throw failure("%s nests more than %d arrays".formatted(key, MAX_NESTING));
        }
        int type = int32("the element type of " + key);
        int count = count("the length of " + key, 1);
        if (count > MAX_ARRAY) {
            throw failure("%s has %d elements, more than %d".formatted(key, count, MAX_ARRAY));
        }
        var elements = new ArrayList<MetadataValue>(count);
        for (int i = 0; i < count; i++) {
            elements.add(value(key, type, depth + 1));
        }
        return new Array(elements);
    }

    private byte int8(String what) {
        return bytes.get(ValueLayout.JAVA_BYTE, advance(1, what));
    }

    private long advance(long length, String what) {
        if (length > bytes.byteSize() - position) {
            throw cut("it ends within " + what);
        }
        long start = position;
        position += length;
        return start;
    }

    ModelFailedException cut(String detail) {
        return failure("the file is cut or damaged at byte %d of %d: %s; fetch it again"
                .formatted(position, bytes.byteSize(), detail));
    }

    ModelFailedException failure(String detail) {
        return new ModelFailedException(file + ": " + detail);
    }
}
