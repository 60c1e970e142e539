package dev.memcollab.contrast;

import dev.memcollab.language.OrdinaryLanguage;
import dev.memcollab.model.TokenMask;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Keeps a slot of a rule to plain words while it is decoded. In a general rule none belongs to the
/// task itself ("sessions", "invoice"), so that the model has to say what kind of thing it is; in a
/// situated one these stay.
///
/// Rejecting a finished rule for such a word would only throw the sample away; a mask makes the
/// model go on with its next best word.
final class RuleWords implements TokenMask {
    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern LAST_WORD = Pattern.compile("[\\p{L}_]+$");
    private static final Pattern CAMEL_CASE = Pattern.compile("\\p{Ll}\\p{Lu}");
    private static final String MARKUP = "`{}<>[]()\\|=\n_*#\"/";
    private static final int SHORTEST_PREFIX = 3;

    private final OrdinaryLanguage language;
    private final Set<String> refused; // words, lower case

    RuleWords(String task, Breadth breadth, OrdinaryLanguage language) {
        this.language = language;
        this.refused = switch (breadth) {
            case SITUATED -> Set.of();
            case GENERAL -> subjectsOf(task, language);
        };
    }

    private static Set<String> subjectsOf(String task, OrdinaryLanguage language) {
        return WORD.matcher(task.toLowerCase(Locale.ROOT)).results()
                .map(match -> match.group()).filter(word -> word.length() >= SHORTEST_PREFIX)
                .filter(word -> !language.isCommonplace(word))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean allows(String soFar, String next) {
        if (next.isEmpty()) {
            return !soFar.isEmpty();
        }
        if (soFar.isEmpty() && !startsWord(next)) {
            return false;
        }
        return isPlain(soFar, next) && !isRefused(soFar, next);
    }

    private static boolean startsWord(String token) {
        return token.length() > 1 && token.charAt(0) == ' ' && Character.isLetter(token.charAt(1));
    }

    private static boolean isPlain(String soFar, String next) {
        String seam = soFar.isEmpty() ? next : soFar.charAt(soFar.length() - 1) + next;
        return next.chars().noneMatch(c -> MARKUP.indexOf(c) >= 0)
                && !CAMEL_CASE.matcher(seam).find();
    }

    /// A word is refused at its first token, while another way on is open; its first token may be
    /// only a piece of it.
    private boolean isRefused(String soFar, String next) {
        if (startsWord(next)) {
            String begun = next.strip().toLowerCase(Locale.ROOT);
            return refused.contains(begun) || (isPiece(begun)
                    && refused.stream().anyMatch(word -> word.startsWith(begun)));
        }
        var last = LAST_WORD.matcher(soFar);
        String word = (last.find() ? last.group() : "") + next.strip();
        return refused.contains(word.toLowerCase(Locale.ROOT));
    }

    private boolean isPiece(String begun) {
        return begun.length() >= SHORTEST_PREFIX && !language.knows(begun);
    }
}
