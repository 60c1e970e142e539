package dev.memcollab.jlama;

import dev.memcollab.jlama.network.TextMemory;
import java.util.Arrays;

/// The tokens of a text that a network has read, with what it remembers of them.
final class ReadText implements AutoCloseable {
    private final TextMemory memory;
    private final int[] ids;
    private int length;
    private long usedAt;

    ReadText(TextMemory memory, int contextTokens) {
        this.memory = memory;
        this.ids = new int[contextTokens];
    }

    TextMemory memory() {
        return memory;
    }

    int length() {
        return length;
    }

    /// When it was last used, on a clock that counts uses.
    long usedAt() {
        return usedAt;
    }

    void use(long now) {
        usedAt = now;
    }

    /// How many tokens of a text need not be read again.
    int known(int[] text) {
        int different = Arrays.mismatch(ids, 0, length, text, 0, text.length);
        return different < 0 ? length : different;
    }

    /// The first tokens of this text and others behind them.
    int[] with(int position, int[] continuation) {
        int[] text = Arrays.copyOf(ids, position + continuation.length);
        System.arraycopy(continuation, 0, text, position, continuation.length);
        return text;
    }

    void forgetFrom(int position) {
        length = Math.min(length, position);
    }

    void append(int... tokens) {
        System.arraycopy(tokens, 0, ids, length, tokens.length);
        length += tokens.length;
    }

    /// Becomes the beginning of another text.
    void take(ReadText other, int tokens) {
        memory.take(other.memory, tokens);
        System.arraycopy(other.ids, 0, ids, 0, tokens);
        length = tokens;
    }

    @Override
    public void close() {
        memory.close();
    }
}
