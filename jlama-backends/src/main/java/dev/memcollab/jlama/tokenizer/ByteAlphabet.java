package dev.memcollab.jlama.tokenizer;

import java.util.Arrays;

/// The printable character that stands for each byte in a byte-level vocabulary file.
///
/// Bytes that print in Latin-1 stand for themselves; the others take the characters from U+0100 on,
/// in the order of the bytes. Radford et al., GPT-2, `bytes_to_unicode`.
final class ByteAlphabet {
    private static final char[] CHARACTERS = new char[256]; // by byte
    private static final int[] BYTES = new int[512]; // by character, -1 where it stands for none

    static {
        Arrays.fill(BYTES, -1);
        char next = 0x100;
        for (int b = 0; b < 256; b++) {
            char character = prints(b) ? (char) b : next++;
            CHARACTERS[b] = character;
            BYTES[character] = b;
        }
    }

    private ByteAlphabet() {}

    private static boolean prints(int b) {
        return (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
    }

    static char character(int unsignedByte) {
        return CHARACTERS[unsignedByte];
    }

    /// The bytes that a token of the vocabulary file stands for.
    static byte[] bytes(String token) {
        var bytes = new byte[token.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = token.charAt(i);
            int b = c < BYTES.length ? BYTES[c] : -1;
            if (b < 0) {
                throw new IllegalArgumentException(
                        "token must be of the byte-level alphabet, got U+%04X in \"%s\""
                                .formatted((int) c, token));
            }
            bytes[i] = (byte) b;
        }
        return bytes;
    }
}
