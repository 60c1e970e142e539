package dev.memcollab.language;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The concepts of a text: its content words by their stems, with words folded into one where they
/// mean the same to a programmer ("purge", "remove" and "delete"; "dict" and "collection").
///
/// Folding is a thesaurus in a readable resource, so that a rule about deleting from a collection
/// is found for a task that says "remove from the dict".
public final class Concepts {
    private static final Pattern WORD = Pattern.compile("[\\p{L}][\\p{L}\\p{N}]*");
    private static final Pattern WORD_OR_NUMBER = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Set<String> STOP_WORDS = Set.of(("a an and any are as at be been being but"
            + " by can could did do does doing done for from had has have how if in into is it its"
            + " itself may more must no not of on only or other our out over own should so some"
            + " such than that the their them then there these they this those to too under until up"
            + " use used uses using very was we were what when where which while who will with within"
            + " without would you your write given make made way need needs").split(" "));
    private static final Map<String, String> FOLDED = folded();

    private Concepts() {}

    /// The concepts of a text, in the order of their first mention.
    public static Set<String> of(String text) {
        return of(text, _ -> true);
    }

    /// The concepts of those words of a text, in lower case, that count.
    public static Set<String> of(String text, Predicate<String> counts) {
        var concepts = new LinkedHashSet<String>();
        WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(match -> match.group())
                .filter(word -> !STOP_WORDS.contains(word)).filter(counts).map(Concepts::fold)
                .forEach(concepts::add);
        return concepts;
    }

    /// The content words and numbers of a text by their stems, none folded: upper case is not lower case.
    public static Set<String> stems(String text) {
        return WORD_OR_NUMBER.matcher(text.toLowerCase(Locale.ROOT)).results()
                .map(match -> match.group()).filter(word -> !STOP_WORDS.contains(word))
                .map(Concepts::stem).collect(Collectors.toUnmodifiableSet());
    }

    private static String fold(String word) {
        String known = FOLDED.get(word);
        if (known != null) {
            return known;
        }
        String stem = stem(word);
        return FOLDED.getOrDefault(stem, stem);
    }

    /// Takes off plural, past and progressive endings; only words of more than three letters.
    static String stem(String word) {
        String stem = word;
        if (stem.endsWith("ies") && stem.length() > 4) {
            return stem.substring(0, stem.length() - 3) + "y";
        }
        for (String ending : List.of("ing", "ed", "es", "s")) {
            if (stem.endsWith(ending) && stem.length() - ending.length() >= 3
                    && !stem.endsWith("ss")) {
                stem = stem.substring(0, stem.length() - ending.length());
                break;
            }
        }
        return undouble(stem.endsWith("e") && stem.length() > 3
                ? stem.substring(0, stem.length() - 1)
                : stem);
    }

    private static String undouble(String stem) {
        int last = stem.length() - 1;
        boolean doubled = last > 2 && stem.charAt(last) == stem.charAt(last - 1)
                && "bdgklmnprtz".indexOf(stem.charAt(last)) >= 0;
        return doubled ? stem.substring(0, last) : stem;
    }

    private static Map<String, String> folded() {
        var folded = new HashMap<String, String>();
        for (String line : WordLists.lines("/dev/memcollab/language/concepts.txt")) {
            String[] words = line.split("\\s+", -1);
            for (String word : words) {
                folded.putIfAbsent(word, words[0]);
                folded.putIfAbsent(stem(word), words[0]);
            }
        }
        return Map.copyOf(folded);
    }
}
