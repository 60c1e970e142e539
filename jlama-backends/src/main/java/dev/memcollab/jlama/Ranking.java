package dev.memcollab.jlama;

import java.util.Arrays;

/// The tokens of a vocabulary from the likeliest on, sorted no further than they are asked for.
final class Ranking {
    // Sorted as longs: the logit above, in an int that orders like it, and the id below, turned
    // round so that the lower id wins a tie. Only when the head is used up is everything sorted.

    private static final int HEAD = 64;

    private final float[] logits;
    private final int size;
    private long[] ascending;
    private int given;

    /// @param size how many of the logits stand for a token
    Ranking(float[] logits, int size) {
        this.logits = logits;
        this.size = size;
        this.ascending = head();
    }

    private long[] head() {
        var head = new long[Math.min(HEAD, size)];
        Arrays.fill(head, Long.MIN_VALUE);
        for (int id = 0; id < size; id++) {
            long key = key(id);
            if (key > head[0]) {
                int place = -Arrays.binarySearch(head, key) - 2;
                System.arraycopy(head, 1, head, 0, place);
                head[place] = key;
            }
        }
        return head;
    }

    private long key(int id) {
        int bits = Float.floatToIntBits(logits[id]);
        int ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
        return ((long) ordered << Integer.SIZE) | (Integer.MAX_VALUE - id);
    }

    boolean hasNext() {
        return given < size;
    }

    int next() {
        if (given == ascending.length) {
            ascending = new long[size];
            Arrays.setAll(ascending, this::key);
            Arrays.sort(ascending);
        }
        long key = ascending[ascending.length - 1 - given++];
        return Integer.MAX_VALUE - (int) key;
    }
}
