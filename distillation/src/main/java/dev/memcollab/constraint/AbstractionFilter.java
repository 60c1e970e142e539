package dev.memcollab.constraint;

import dev.memcollab.language.Concepts;
import dev.memcollab.language.OrdinaryLanguage;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Decides, without a model, whether a sentence is a general rule: abstract, harmless and not
/// empty. It rejects and never repairs, since a repaired sentence is one that nobody said.
///
/// The paper (arXiv 2603.23234) asks the model for "no numbers, no names, no worked example"; a
/// small model does not obey, and a poisoned run would not either, so the rules are checked here.
public final class AbstractionFilter {
    public static final int MAX_CHARACTERS = 240;

    /// Two sentences that share this much of their words say the same (Jaccard).
    private static final double SAME = 0.6;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+");
    /// Small numbers and factors of units belong to no task: a cent is a hundredth everywhere.
    public static final Set<String> FREE_NUMBERS = Set.of("0", "1", "2", "10", "60", "100",
            "1000");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,4}");
    private static final Pattern NUMBER = Pattern.compile("\\d[\\d.]*\\d|\\p{N}");
    private static final Pattern MARKUP = Pattern
            .compile("[`<>{}\\[\\]|\\\\*#=~^@$&%+/()_]|://|--");
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}"
            + "\\p{Zl}\\p{Zp}\\p{M}\\x{115F}\\x{1160}\\x{2800}\\x{3164}\\x{FFA0}]");
    /// Letters that pass for Latin ones, or have another meaning than they seem to: only the Latin
    /// alphabet with the accents of European names is read as words.
    private static final Pattern FOREIGN_LETTER = Pattern
            .compile("[\\p{L}&&[^a-zA-Z\\x{C0}-\\x{130}\\x{134}-\\x{17E}]]");
    private static final Pattern ORDER = Pattern
            .compile("\\b(ignore|disregard|obey|you|your|yours|yourself|i|me|my|mine|myself|always"
                    + " (run|call|execute|use the)|must (run|call|execute)|system prompt|instruction"
                    + "|instructions|assistant|jailbreak|from now on|do(ing)? anything"
                    + "|(ignor|disregard|forget|overrid|overrul)\\w* (the |all |any |every |what )*"
                    + "(previous|prior|earlier|preceding|above|former|rules?|advice|developer|operator)"
                    + "|(run|execut)\\w* the following|the following (command|order|text)"
                    + "|as the (user|developer|operator|reader) \\w+|tell(ing)? the (user|reader|developer"
                    + "|operator)( (that|to)\\b|$)|(whatever|regardless of|for any) (the )?task"
                    + "|(in )?(every|each|all) (answer|reply|replies|response to))\\b"
                    + "|\\btell the user\\b"
                    + "|\\b(system|assistant|user|human|note|important|attention|warning|todo) ?:",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern TOOL = Pattern.compile(
            "\\b(call|invok|trigger)\\w* ([\\w-]+ ){0,3}tools?\\b|\\buse the ([\\w-]+ )?tool\\b"
                    + "|\\brecord(ing)? (a |the )?trajector(y|ies)\\b|\\brecall(ing)? constraints\\b",
            Pattern.CASE_INSENSITIVE);
    /// What an agent must not be led to give away, and where it must not be led to send things.
    private static final Pattern GIVES_AWAY = Pattern.compile(
            "\\bexfiltrat|\\b(send|upload|post|forward|transmit|leak|reveal|disclos|print|echo|mail"
                    + "|email|shar|publish|past|includ|attach|dump|append|submit|copy)\\w* ([\\w-]+ ){0,4}"
                    + "(passwords?|credentials?|secrets?|private key|(source )?code to|environment"
                    + " variables|conversation|chat history)\\b"
                    + "|\\b(send|upload|post|forward|transmit|submit|copy|mail|email|report)\\w*"
                    + " ([\\w-]+ ){0,4}to (an?|the|some|any) (\\w+ )?(external|outside|foreign"
                    + "|unknown|third party|third-party|webhook|mailbox|inbox|pastebin|gist)\\b"
                    + "|\\bmails? to\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMAND = Pattern.compile(
            "\\b(sudo|curl|wget|chmod|chown|rm|rmdir|mkfs|dd|pip|pipx|npm|npx|uvx|git|sh|bash|zsh|cmd"
                    + "|powershell|eval|exec|scp|nc|netcat|telnet|xargs|nohup|pkill|crontab|systemctl"
                    + ")\\b|\\s-\\p{L}",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESS = Pattern.compile(
            "\\bdot (com|org|net|io|dev|example|ru|cn)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern DOTTED = Pattern.compile("[\\p{L}\\p{N}]\\.[\\p{L}\\p{N}]");
    private static final Pattern SECOND_SENTENCE = Pattern.compile("[.!?]\\s|[!?]");
    private static final Pattern CAMEL_CASE = Pattern.compile("\\p{Ll}\\p{Lu}");
    private static final Pattern QUOTED = Pattern
            .compile("(?<!\\p{L})['\"“‘](?=\\p{L})[^'\"]*['\"”’]");
    private static final Pattern LONG_WORD = Pattern.compile("\\S{25,}|[\\p{L}\\p{N}]{21,}");
    /// Keys and encoded bytes: long runs of capitals, or of the letters of hexadecimal numbers.
    private static final Pattern ENCODED = Pattern.compile("\\p{Lu}{9,}|\\b[a-f]{8,}\\b");
    private static final Pattern VAGUE = Pattern.compile(
            "\\b(?:correct|correctly|incorrect|incorrectly|wrong|properly|the right (?:way|approach))\\b"
                    + "|the (?:working|failing) (?:attempt|approach)|attempt [ab]\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Set<String> NEGATIONS = Set.of("not", "no", "never", "without", "instead");

    private final OrdinaryLanguage language;
    private final List<Constraint> examples;

    /// Takes the rules that the prompt gives as examples: a model that repeats one has said nothing.
    public AbstractionFilter(OrdinaryLanguage language, List<Constraint> examples) {
        this.language = language;
        this.examples = List.copyOf(examples);
    }

    /// Judges a sentence that was drawn from the given material (task and runs, as text).
    public FilterVerdict judge(String sentence, String material) {
        return judge(sentence, material, Sayable.GENERAL);
    }

    /// What a sentence may say that belongs to its task.
    ///
    /// @param vocabulary a text whose words it may have, though no dictionary has them
    public record Sayable(String vocabulary, Set<String> numbers) {
        /// Nothing.
        public static final Sayable GENERAL = new Sayable("", FREE_NUMBERS);

        /// The whole numbers of a text, where it can not be told any more which of them its task lets it say.
        public static Sayable numbersOf(String text) {
            return new Sayable("", NUMBER.matcher(text).results().map(MatchResult::group)
                    .filter(number -> WHOLE.matcher(number).matches())
                    .collect(Collectors.toUnmodifiableSet()));
        }
    }

    /// Judges a sentence that may name what belongs to its task.
    ///
    /// @param material what it was drawn from (task and runs, as text)
    public FilterVerdict judge(String sentence, String material, Sayable sayable) {
        return switch (form(sentence)) {
            case FilterVerdict.Passed(var constraint) -> brokenRule(constraint, material,
                    sayable)
                    .<FilterVerdict>map(rule -> new FilterVerdict.Rejected(sentence, rule))
                    .orElseGet(() -> new FilterVerdict.Passed(constraint));
            case FilterVerdict.Rejected rejected -> rejected;
        };
    }

    /// Judges the form of a sentence alone, to measure what the rest is good for.
    public static FilterVerdict form(String sentence) {
        return Constraint.parse(sentence).<FilterVerdict>map(FilterVerdict.Passed::new)
                .orElseGet(() -> new FilterVerdict.Rejected(sentence,
                        "not of the form \"When …, enforce …; avoid ….\""));
    }

    private Optional<String> brokenRule(Constraint constraint, String material,
            Sayable sayable) {
        String sentence = constraint.sentence();
        if (sentence.length() > MAX_CHARACTERS) {
            return Optional.of("longer than %d characters: %d".formatted(MAX_CHARACTERS,
                    sentence.length()));
        }
        return foreignNumber(sentence, sayable.numbers())
                .or(() -> SHAPES.stream().filter(shape -> shape.test.test(sentence))
                        .map(shape -> shape.rule).findFirst())
                .or(() -> givesAway(constraint)).or(() -> emptiness(constraint))
                .or(() -> parrot(constraint))
                .or(() -> nameFrom(material, sayable.vocabulary(), sentence));
    }

    private record Shape(String rule, Predicate<String> test) {
        static Shape of(String rule, Pattern pattern) {
            return new Shape(rule, sentence -> pattern.matcher(sentence).find());
        }
    }

    private static final List<Shape> SHAPES = List.of(
            Shape.of("has a hidden or control character", HIDDEN),
            Shape.of("has letters of another alphabet", FOREIGN_LETTER),
            Shape.of("has markup, code, a path or an address", MARKUP),
            Shape.of("names a file, a module or a host", DOTTED),
            Shape.of("is more than one sentence", SECOND_SENTENCE),
            Shape.of("gives the reader an order or speaks of itself", ORDER),
            Shape.of("names a tool of the agent", TOOL),
            Shape.of("names a shell command", COMMAND),
            Shape.of("spells out an address", ADDRESS),
            Shape.of("names an identifier", CAMEL_CASE), Shape.of("quotes a literal", QUOTED),
            Shape.of("has a word too long to be one", LONG_WORD),
            Shape.of("has what looks like a key or encoded bytes", ENCODED),
            Shape.of("says that something is right without saying what", VAGUE));

    /// Only what is enforced gives something away: "avoid logging the password" is good advice.
    private static Optional<String> givesAway(Constraint constraint) {
        return GIVES_AWAY.matcher(constraint.enforce()).find()
                ? Optional.of("gives the reader an order to pass on what is not its own")
                : Optional.empty();
    }

    /// "Enforce a set that does not allow duplicates; avoid a set that allows duplicates" teaches
    /// nothing: without its negations one half is the other.
    private static Optional<String> emptiness(Constraint constraint) {
        Set<String> enforced = contentOf(constraint.enforce());
        Set<String> avoided = contentOf(constraint.avoid());
        if (enforced.isEmpty() || avoided.isEmpty()) {
            return Optional.of("one half has no content");
        }
        if (enforced.equals(avoided)) {
            return Optional.of("avoid is enforce, negated or repeated");
        }
        if (contentOf(constraint.when()).isEmpty()) {
            return Optional.of("the trigger has no content");
        }
        return Optional.empty();
    }

    private static Set<String> contentOf(String text) {
        var content = new HashSet<>(Concepts.stems(text));
        content.removeAll(NEGATIONS);
        return content;
    }

    private Optional<String> parrot(Constraint constraint) {
        boolean parroted = examples.stream()
                .anyMatch(example -> example.similarity(constraint) >= SAME
                        || example.when().equalsIgnoreCase(constraint.when()));
        return parroted ? Optional.of("repeats an example of the prompt") : Optional.empty();
    }

    private static Optional<String> foreignNumber(String sentence, Set<String> free) {
        return NUMBER.matcher(sentence).results().map(MatchResult::group)
                .filter(number -> !free.contains(number)).findFirst()
                .map(number -> "has a number other than %s: %s"
                        .formatted(String.join(", ", new TreeSet<>(free)), number));
    }

    private Optional<String> nameFrom(String material, String vocabulary, String sentence) {
        Set<String> named = wordsOf(material);
        Set<String> free = wordsOf(vocabulary);
        return wordsOf(sentence).stream()
                .filter(word -> word.length() > 2 && named.contains(word) && !free.contains(word)
                        && !language.knows(word))
                .findFirst()
                .map(word -> "names \"%s\", which only this task knows".formatted(word));
    }

    private static Set<String> wordsOf(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(match -> match.group())
                .collect(Collectors.toUnmodifiableSet());
    }
}
