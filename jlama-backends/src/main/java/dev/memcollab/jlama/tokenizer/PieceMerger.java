package dev.memcollab.jlama.tokenizer;

/// Merges the bytes of one piece of text into tokens; made for one encoding, used by one thread.
final class PieceMerger {
    /*
     * The symbols are a doubly linked list in arrays; a heap holds the merges that are possible,
     * rank first, then position, so that the smallest rank goes first and of equal ones the
     * leftmost. A merge makes entries of the heap stale: such an entry's symbol is gone or its pair
     * has another rank by then, since every pair has a rank of its own. Each merge adds two entries
     * and removes a symbol: O(n log n) for n bytes.
     *
     * A byte without a token takes part in no merge and is left out at the end, as in llama.cpp.
     */

    private static final int GONE = -2;

    private final Vocabulary vocabulary;
    private final MergeTable merges;
    private final LongHeap candidates = new LongHeap();
    private int[] symbols = new int[0]; // token, Vocabulary.NO_TOKEN, or GONE
    private int[] next = new int[0];
    private int[] previous = new int[0];

    PieceMerger(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.merges = vocabulary.merges();
    }

    /// Adds the tokens of the first `length` bytes to `out`.
    void merge(byte[] bytes, int length, Ids out) {
        start(bytes, length);
        while (!candidates.isEmpty()) {
            long candidate = candidates.removeSmallest();
            int rank = (int) (candidate >>> 32);
            int left = (int) candidate;
            if (rank(left, length) == rank) {
                join(left, merges.result(rank), length);
            }
        }
        for (int i = 0; i < length; i = next[i]) {
            if (symbols[i] != Vocabulary.NO_TOKEN) {
                out.add(symbols[i]);
            }
        }
    }

    private void start(byte[] bytes, int length) {
        if (symbols.length < length) {
            symbols = new int[length * 2];
            next = new int[length * 2];
            previous = new int[length * 2];
        }
        for (int i = 0; i < length; i++) {
            symbols[i] = vocabulary.idOfByte(bytes[i]);
            next[i] = i + 1;
            previous[i] = i - 1;
        }
        for (int i = 0; i < length; i++) {
            propose(i, length);
        }
    }

    private void join(int left, int token, int length) {
        int right = next[left];
        symbols[left] = token;
        symbols[right] = GONE;
        next[left] = next[right];
        if (next[left] < length) {
            previous[next[left]] = left;
        }
        if (previous[left] >= 0) {
            propose(previous[left], length);
        }
        propose(left, length);
    }

    private void propose(int left, int length) {
        int rank = rank(left, length);
        if (rank != MergeTable.NONE) {
            candidates.add(((long) rank << 32) | left);
        }
    }

    /// The rank of the merge of a symbol with the one after it, or [MergeTable#NONE].
    private int rank(int left, int length) {
        int right = next[left];
        if (right >= length || symbols[left] < 0 || symbols[right] < 0) {
            return MergeTable.NONE;
        }
        return merges.rank(symbols[left], symbols[right]);
    }
}
