package dev.memcollab.language;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Tells ordinary words, those of English and those of the trade, from names.
///
/// English is LanguageTool's list of its 10,000 most common words; the trade's words are a list of
/// our own. A form counts when a known stem of it does.
public final class OrdinaryLanguage {
    private static final List<String> ENDINGS = List.of("s", "es", "ed", "d", "ing", "er", "ers",
            "ly", "able", "ion", "ions", "ation", "ations", "ment", "ments", "ness", "al", "ity");

    /// So many of the most common words say nothing about what a text is about.
    private static final int COMMONPLACE = 600;

    private final Set<String> words;
    private final Set<String> commonplace;

    private OrdinaryLanguage(Set<String> words, Set<String> commonplace) {
        this.words = words;
        this.commonplace = commonplace;
    }

    public static OrdinaryLanguage english() {
        return Loaded.ENGLISH;
    }

    /// Whether it is a word of English or of the trade.
    public boolean knows(String word) {
        return isIn(words, word);
    }

    /// Whether it is a word of the trade, or so common in English that it tells no subject.
    public boolean isCommonplace(String word) {
        return isIn(commonplace, word);
    }

    private static boolean isIn(Set<String> words, String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return words.contains(lower)
                || ENDINGS.stream().anyMatch(ending -> hasStem(words, lower, ending));
    }

    private static boolean hasStem(Set<String> words, String word, String ending) {
        if (!word.endsWith(ending) || word.length() - ending.length() < 3) {
            return false;
        }
        String stem = word.substring(0, word.length() - ending.length());
        String shorter = stem.substring(0, stem.length() - 1);
        boolean knowsShorter = (stem.endsWith("i") && words.contains(shorter + "y"))
                || (doubled(stem) && words.contains(shorter));
        return knowsShorter || words.contains(stem) || words.contains(stem + "e");
    }

    private static boolean doubled(String stem) {
        int last = stem.length() - 1;
        return last > 1 && stem.charAt(last) == stem.charAt(last - 1);
    }

    private static final class Loaded {
        static final OrdinaryLanguage ENGLISH = load();

        private static OrdinaryLanguage load() {
            List<String> english = WordLists
                    .lines("/org/languagetool/resource/en/common_words.txt");
            var trade = new HashSet<String>();
            for (String list : List.of("trade-words.txt", "concepts.txt")) {
                for (String line : WordLists.lines("/dev/memcollab/language/" + list)) {
                    trade.addAll(List.of(line.split("\\s+", -1)));
                }
            }
            var words = new HashSet<>(english);
            words.addAll(trade);
            var commonplace = new HashSet<>(english.subList(0, COMMONPLACE));
            commonplace.addAll(trade);
            return new OrdinaryLanguage(Set.copyOf(words), Set.copyOf(commonplace));
        }
    }
}
