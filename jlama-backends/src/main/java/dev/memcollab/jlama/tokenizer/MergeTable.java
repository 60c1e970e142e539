package dev.memcollab.jlama.tokenizer;

import java.util.Arrays;

/// Which two tokens merge into which third, and which merge goes first.
final class MergeTable {
    /*
     * An open-addressing hash of the pairs, two thirds full: a boxed map of all the pairs would
     * take many times the memory, and the look-up is the inner loop of encoding.
     */

    static final int NONE = -1;

    private final long[] pairs; // left << 32 | right, or -1 for a free slot
    private final int[] ranks; // beside pairs
    private final int[] results; // by rank

    MergeTable(int merges) {
        int slots = merges + merges / 2 + 1; // one stays free, so that every search ends
        pairs = new long[slots];
        ranks = new int[slots];
        results = new int[merges];
        Arrays.fill(pairs, NONE);
    }

    /// Records a merge; of two with the same pair the first one counts.
    void put(int left, int right, int rank, int result) {
        int slot = slot(left, right);
        if (pairs[slot] == NONE) {
            pairs[slot] = pair(left, right);
            ranks[slot] = rank;
            results[rank] = result;
        }
    }

    /// The rank of the merge of two tokens, 0 being the first to apply, or [#NONE].
    int rank(int left, int right) {
        int slot = slot(left, right);
        return pairs[slot] == NONE ? NONE : ranks[slot];
    }

    int result(int rank) {
        return results[rank];
    }

    private int slot(int left, int right) {
        long pair = pair(left, right);
        long hash = (pair * 0x9E3779B97F4A7C15L) >>> 32;
        int slot = (int) ((hash * pairs.length) >>> 32);
        while (pairs[slot] != NONE && pairs[slot] != pair) {
            slot = slot + 1 == pairs.length ? 0 : slot + 1;
        }
        return slot;
    }

    private static long pair(int left, int right) {
        return ((long) left << 32) | right;
    }
}
