package dev.memcollab.jlama.tokenizer;

import java.util.Arrays;
import java.util.Optional;

/// How a text is cut into the pieces inside which bytes are merged.
///
/// The cut is part of a model: with another one its tokens come out differently. The scanners do
/// what the regular expressions in their docs say, in time linear in the text and without recursion.
enum Pretokenizer {
    /// Qwen 2 and 2.5, by llama.cpp's name. In its contractions `(?i:…)` means ASCII letters:
    ///
    /// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*`
    /// `|\s*[\r\n]+|\s+(?!\S)|\s+`
    QWEN2 {
        @Override
        int end(int[] text, int start, int limit) {
            int contraction = contraction(text, start, limit, true);
            if (contraction > 0) {
                return start + contraction;
            }
            int first = text[start];
            boolean leads = !isNewline(first) && !isNumber(first) && !Character.isLetter(first);
            int body = start + 1 < limit ? start + 1 : start;
            if (Character.isLetter(text[leads ? body : start])) {
                return endOfLetters(text, leads ? body : start, limit);
            }
            if (isNumber(first)) {
                return start + 1;
            }
            int symbols = first == ' ' ? body : start;
            if (isSymbol(text[symbols])) {
                return endOfNewlines(text, endOfSymbols(text, symbols, limit), limit);
            }
            int blanks = endOfBlanks(text, start, limit);
            int lines = endOfLastNewline(text, start, blanks);
            return lines > start ? lines : withoutLast(start, blanks, blanks < limit);
        }
    },

    /// SmolLM, by llama.cpp's name: every `\p{N}` is a piece, what lies between is cut as in GPT-2:
    ///
    /// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
    SMOLLM {
        @Override
        int end(int[] text, int start, int limit) {
            int first = text[start];
            if (isNumber(first)) {
                return start + 1;
            }
            int contraction = contraction(text, start, limit, false);
            if (contraction > 0) {
                return start + contraction;
            }
            int body = first == ' ' && start + 1 < limit ? start + 1 : start;
            if (Character.isLetter(text[body])) {
                return endOfLetters(text, body, limit);
            }
            if (isSymbol(text[body])) {
                return endOfSymbols(text, body, limit);
            }
            int blanks = endOfBlanks(text, start, limit);
            return withoutLast(start, blanks, blanks < limit && !isNumber(text[blanks]));
        }
    };

    /// The end of the piece that begins at `start`; a piece ends at `limit` at the latest.
    ///
    /// @param text code points
    abstract int end(int[] text, int start, int limit);

    /// The pretokenizer of that llama.cpp name (GGUF: `tokenizer.ggml.pre`).
    static Optional<Pretokenizer> named(String name) {
        return Arrays.stream(values()).filter(p -> p.toString().equals(name)).findFirst();
    }

    /// The llama.cpp name.
    @Override
    public String toString() {
        return switch (this) {
            case QWEN2 -> "qwen2";
            case SMOLLM -> "smollm";
        };
    }

    /// The length of `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll` or `'d` at `start`, or 0.
    private static int contraction(int[] text, int start, int limit, boolean anyCase) {
        if (text[start] != '\'' || start + 1 >= limit) {
            return 0;
        }
        int first = lowerAscii(text[start + 1], anyCase);
        if (first == 's' || first == 't' || first == 'm' || first == 'd') {
            return 2;
        }
        int second = start + 2 < limit ? lowerAscii(text[start + 2], anyCase) : -1;
        boolean two = ((first == 'r' || first == 'v') && second == 'e')
                || (first == 'l' && second == 'l');
        return two ? 3 : 0;
    }

    private static int lowerAscii(int codePoint, boolean fold) {
        return fold && codePoint >= 'A' && codePoint <= 'Z' ? codePoint + 32 : codePoint;
    }

    /// `\s+(?!\S)|\s+`: a run of blanks leaves its last one to the word that follows.
    private static int withoutLast(int start, int end, boolean wordFollows) {
        return wordFollows && end - start > 1 ? end - 1 : end;
    }

    private static int endOfLetters(int[] text, int start, int limit) {
        int end = start;
        while (end < limit && Character.isLetter(text[end])) {
            end++;
        }
        return end;
    }

    private static int endOfSymbols(int[] text, int start, int limit) {
        int end = start;
        while (end < limit && isSymbol(text[end])) {
            end++;
        }
        return end;
    }

    private static int endOfNewlines(int[] text, int start, int limit) {
        int end = start;
        while (end < limit && isNewline(text[end])) {
            end++;
        }
        return end;
    }

    private static int endOfBlanks(int[] text, int start, int limit) {
        int end = start;
        while (end < limit && isBlank(text[end])) {
            end++;
        }
        return end;
    }

    private static int endOfLastNewline(int[] text, int start, int limit) {
        int end = limit;
        while (end > start && !isNewline(text[end - 1])) {
            end--;
        }
        return end;
    }

    private static boolean isNewline(int codePoint) {
        return codePoint == '\n' || codePoint == '\r';
    }

    /// `[^\s\p{L}\p{N}]`, marks, controls and unassigned code points among them.
    private static boolean isSymbol(int codePoint) {
        return !Character.isLetter(codePoint) && !isNumber(codePoint) && !isBlank(codePoint);
    }

    /// `\p{N}` of the Unicode version of the running Java, as with letters: digits, letter numbers (Ⅷ) and other numbers (½, ②).
    private static boolean isNumber(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER ->
                true;
            default -> false;
        };
    }

    /// Unicode's White_Space, which neither [Character#isWhitespace] nor [Character#isSpaceChar] is.
    private static boolean isBlank(int codePoint) {
        return (codePoint >= 0x09 && codePoint <= 0x0D) || codePoint == 0x85
                || Character.isSpaceChar(codePoint);
    }
}
