package dev.memcollab.jlama.gguf;

import java.util.List;

/// A value of a GGUF file's metadata.
public sealed interface MetadataValue {
    /// An integer of any width; an unsigned one of 64 bits beyond the range of long shows negative.
    record Whole(long value) implements MetadataValue {}

    /// A floating-point number of 32 or 64 bits.
    record Real(double value) implements MetadataValue {}

    /// A truth value.
    record Flag(boolean value) implements MetadataValue {}

    /// A string.
    record Text(String value) implements MetadataValue {}

    /// A list whose elements have one type.
    record Array(List<MetadataValue> values) implements MetadataValue {
        public Array {
            values = List.copyOf(values);
        }
    }
}
