package dev.memcollab.jlama.tokenizer;

import java.util.Arrays;

/// Encodes stretches of text without special tokens, one after the other.
final class PieceEncoder {
    private static final int REPLACEMENT = 0xFFFD;

    private final Pretokenizer pretokenizer;
    private final PieceMerger merger;
    private final Ids ids = new Ids();
    private byte[] utf8 = new byte[64]; // of one piece
    private int length; // used of utf8

    PieceEncoder(Vocabulary vocabulary, Pretokenizer pretokenizer) {
        this.pretokenizer = pretokenizer;
        this.merger = new PieceMerger(vocabulary);
    }

    void add(int id) {
        ids.add(id);
    }

    void encode(String text, int from, int to) {
        int[] codePoints = codePoints(text, from, to);
        for (int start = 0; start < codePoints.length;) {
            int end = pretokenizer.end(codePoints, start, codePoints.length);
            toUtf8(codePoints, start, end);
            merger.merge(utf8, length, ids);
            start = end;
        }
    }

    int[] ids() {
        return ids.toArray();
    }

    private static int[] codePoints(String text, int from, int to) {
        var codePoints = new int[to - from];
        int count = 0;
        for (int i = from; i < to;) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            codePoints[count++] = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE
                    ? REPLACEMENT
                    : c;
        }
        return Arrays.copyOf(codePoints, count);
    }

    private void toUtf8(int[] codePoints, int start, int end) {
        if (utf8.length < 4L * (end - start)) {
            utf8 = new byte[4 * (end - start)];
        }
        length = 0;
        for (int i = start; i < end; i++) {
            int c = codePoints[i];
            if (c < 0x80) {
                utf8[length++] = (byte) c;
            } else if (c < 0x800) {
                utf8[length++] = (byte) (0xC0 | (c >> 6));
                continuation(c, 0);
            } else if (c < 0x10000) {
                utf8[length++] = (byte) (0xE0 | (c >> 12));
                continuation(c, 6);
                continuation(c, 0);
            } else {
                utf8[length++] = (byte) (0xF0 | (c >> 18));
                continuation(c, 12);
                continuation(c, 6);
                continuation(c, 0);
            }
        }
    }

    private void continuation(int codePoint, int shift) {
        utf8[length++] = (byte) (0x80 | ((codePoint >> shift) & 0x3F));
    }
}
