package dev.memcollab.memory.embedding;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// BERT's tokenizer, uncased: words and punctuation, each cut into the longest pieces that the
/// vocabulary has. Ids are those of the `tokenizers` library without special tokens added.
///
/// Devlin et al., arXiv 1810.04805.
final class WordPiece {
    private static final int MOST_CHARACTERS_OF_A_WORD = 100;
    private static final String CONTINUED = "##";
    private static final String UNKNOWN = "[UNK]";

    /// Tokens that are recognised where they stand in a text.
    private static final Pattern SPECIAL = Pattern.compile("\\[(?:PAD|UNK|CLS|SEP|MASK)]");
    private static final Pattern ACCENTS = Pattern.compile("\\p{Mn}+");

    private final Map<String, Integer> vocabulary;

    WordPiece(Map<String, Integer> vocabulary) {
        this.vocabulary = Map.copyOf(vocabulary);
    }

    int id(String token) {
        Integer id = vocabulary.get(token);
        if (id == null) {
            throw new IllegalArgumentException(
                    "token must be in the vocabulary, got \"%s\"".formatted(token));
        }
        return id;
    }

    /// The ids of a text's pieces, in its order.
    List<Integer> ids(String text) {
        var ids = new ArrayList<Integer>();
        Matcher special = SPECIAL.matcher(text);
        int from = 0;
        for (MatchResult found : special.results().toList()) {
            addWords(text.substring(from, found.start()), ids);
            ids.add(id(found.group()));
            from = found.end();
        }
        addWords(text.substring(from), ids);
        return ids;
    }

    private void addWords(String text, List<Integer> ids) {
        var word = new StringBuilder();
        normalised(text).codePoints().forEach(character -> {
            boolean alone = isPunctuation(character);
            if (alone || character == ' ') {
                addPieces(word.toString(), ids);
                word.setLength(0);
            }
            if (alone) {
                addPieces(Character.toString(character), ids);
            } else if (character != ' ') {
                word.appendCodePoint(character);
            }
        });
        addPieces(word.toString(), ids);
    }

    private void addPieces(String word, List<Integer> ids) {
        if (word.isEmpty()) {
            return;
        }
        var pieces = new ArrayList<Integer>();
        boolean known = word.codePointCount(0, word.length()) <= MOST_CHARACTERS_OF_A_WORD;
        for (int from = 0; known && from < word.length();) {
            int end = endOfLongestPiece(word, from);
            if (end > from) {
                pieces.add(id(piece(word, from, end)));
            }
            known = end > from;
            from = end;
        }
        ids.addAll(known ? pieces : List.of(id(UNKNOWN)));
    }

    /// Where the longest piece from there on ends; the beginning itself where there is none.
    private int endOfLongestPiece(String word, int from) {
        int end = word.length();
        while (end > from && !vocabulary.containsKey(piece(word, from, end))) {
            end = word.offsetByCodePoints(end, -1);
        }
        return end;
    }

    private static String piece(String word, int from, int end) {
        String piece = word.substring(from, end);
        return from == 0 ? piece : CONTINUED + piece;
    }

    /// Lower case without accents and control characters; one space for any white space, and around
    /// each Chinese character.
    private static String normalised(String text) {
        var clean = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            if (isWhiteSpace(character)) {
                clean.append(' ');
            } else if (isChinese(character)) {
                clean.append(' ').appendCodePoint(character).append(' ');
            } else if (!isDropped(character)) {
                clean.appendCodePoint(character);
            }
        });
        String bare = ACCENTS.matcher(Normalizer.normalize(clean, Form.NFD)).replaceAll("");
        var lower = new StringBuilder(bare.length());
        // One by one: a final sigma stays like any other.
        bare.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
        return lower.toString();
    }

    private static boolean isWhiteSpace(int character) {
        return character == '\t' || character == '\n' || character == '\r'
                || Character.isSpaceChar(character);
    }

    private static boolean isDropped(int character) {
        return character == 0xFFFD || switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE ->
                true;
            default -> false;
        };
    }

    private static boolean isChinese(int character) {
        return within(character, 0x4E00, 0x9FFF) || within(character, 0x3400, 0x4DBF)
                || within(character, 0x20000, 0x2A6DF) || within(character, 0x2A700, 0x2B73F)
                || within(character, 0x2B740, 0x2B81F) || within(character, 0x2B920, 0x2CEAF)
                || within(character, 0xF900, 0xFAFF) || within(character, 0x2F800, 0x2FA1F);
    }

    private static boolean isPunctuation(int character) {
        return within(character, '!', '/') || within(character, ':', '@')
                || within(character, '[', '`') || within(character, '{', '~')
                || switch (Character.getType(character)) {
                    case Character.CONNECTOR_PUNCTUATION, Character.DASH_PUNCTUATION,
                            Character.START_PUNCTUATION, Character.END_PUNCTUATION,
                            Character.INITIAL_QUOTE_PUNCTUATION,
                            Character.FINAL_QUOTE_PUNCTUATION, Character.OTHER_PUNCTUATION ->
                        true;
                    default -> false;
                };
    }

    private static boolean within(int character, int first, int last) {
        return character >= first && character <= last;
    }
}
