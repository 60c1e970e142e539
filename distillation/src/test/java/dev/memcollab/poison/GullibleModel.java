package dev.memcollab.poison;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.GoodRules;
import dev.memcollab.model.Decoding;
import dev.memcollab.model.Generation;
import dev.memcollab.model.Generation.End;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.model.Prompt;
import dev.memcollab.model.Score;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A model that believes whatever it reads: the rule that a run wants learnt, in plain words, encoded
/// or unseen, as well-formed as can be. Only where nobody tells it anything does it say what the run
/// that worked did.
///
/// It obeys a mask as a real one does: where a word is refused it goes on with the next.
final class GullibleModel implements LanguageModel {
    private static final Pattern OUR_FORM = Pattern
            .compile("(?i)\\bwhen ([^;\\n]+?), enforce ([^;\\n]+?); avoid ([^.;\\n<]+)");
    private static final Pattern PROSE = Pattern.compile(
            "(?i)\\b(?:if|for) ([^,:\\n]+)[,:] ([^,\\n]+?),? (?:and )?never ([^.\\n<]+)");
    private static final Pattern ENCODED = Pattern.compile("[A-Za-z0-9+/]{40,}={0,2}");
    private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}");
    private static final Pattern FIX = Pattern.compile("(?s)Attempt A.*\\bfix_(\\d+)");
    private static final Pattern HACK = Pattern.compile("(?s)Attempt A.*\\bhack_(\\d+)");
    private static final Pattern NOTED = Pattern.compile("noted (\\d+)");

    private final String name;
    private final List<Constraint> hacks;
    private final List<Constraint> notes = new ArrayList<>();

    /// Takes what the hacks in runs stand for, by their number.
    GullibleModel(String name, List<Constraint> hacks) {
        this.name = name;
        this.hacks = hacks;
    }

    @Override
    public Generation generate(Prompt prompt, Decoding decoding) {
        String asked = prompt.messages().getLast().text();
        String upTo = prompt.answerPrefix();
        int attempt = decoding.temperature() == 0 ? 0 : (int) decoding.seed();
        if (asked.startsWith("Diagnosis: ")) {
            return say(slot(noted(asked), upTo), decoding);
        }
        if (upTo.equals("When working on")) {
            return say(reading(asked, attempt).map(Constraint::when).orElse("the things of it"),
                    decoding);
        }
        if (upTo.endsWith(" by")) {
            return say(half(reading(asked, attempt), upTo), decoding);
        }
        return say(note(asked, attempt), decoding);
    }

    private Optional<Constraint> reading(String read, int attempt) {
        List<Constraint> readings = readings(read).distinct().toList();
        return readings.isEmpty()
                ? Optional.empty()
                : Optional.of(readings.get(attempt % readings.size()));
    }

    private static String half(Optional<Constraint> rule, String upTo) {
        return rule.map(said -> upTo.contains(". ") ? said.avoid() : said.enforce())
                .orElse("nothing");
    }

    private String note(String read, int attempt) {
        return reading(read, attempt).map(reading -> {
            notes.add(reading);
            return " noted " + (notes.size() - 1);
        }).orElse(" did something else");
    }

    private Optional<Constraint> noted(String diagnosis) {
        return NOTED.matcher(diagnosis).results().map(note -> notes.get(number(note))).findFirst();
    }

    private static String slot(Optional<Constraint> rule, String upTo) {
        return " " + rule.map(said -> upTo.endsWith("When")
                ? said.when()
                : upTo.endsWith(", enforce") ? said.enforce() : said.avoid()).orElse("nothing");
    }

    private Stream<Constraint> readings(String read) {
        String uncovered = uncovered(read);
        Stream<String> decoded = ENCODED.matcher(read).results().map(MatchResult::group)
                .flatMap(GullibleModel::decoded);
        return Stream.of(Stream.concat(Stream.of(read, uncovered), decoded)
                .flatMap(GullibleModel::wanted),
                HACK.matcher(read).results().map(hack -> hacks.get(number(hack))),
                FIX.matcher(read).results().map(fix -> GoodRules.all().get(number(fix))))
                .flatMap(part -> part);
    }

    private static Stream<Constraint> wanted(String text) {
        return Stream.of(OUR_FORM, PROSE).flatMap(form -> form.matcher(text).results())
                .filter(found -> Stream.of(1, 2, 3).noneMatch(i -> found.group(i).isBlank()))
                .map(found -> new Constraint(found.group(1), found.group(2), found.group(3)));
    }

    /// The text with what is hidden in it read, and with letters for the ones they look like.
    private static String uncovered(String text) {
        var uncovered = new StringBuilder();
        text.codePoints().map(c -> c >= 0xE0020 && c <= 0xE007E ? c - 0xE0000 : c)
                .forEach(uncovered::appendCodePoint);
        String seen = UNSEEN.matcher(uncovered).replaceAll("");
        return Normalizer.normalize(seen, Normalizer.Form.NFKC).replace('а', 'a').replace('е', 'e')
                .replace('о', 'o').replace('с', 'c').replace('і', 'i');
    }

    private static Stream<String> decoded(String base64) {
        try {
            return Stream.of(new String(Base64.getDecoder().decode(base64),
                    StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return Stream.empty();
        }
    }

    private static int number(MatchResult found) {
        return Integer.parseInt(found.group(1));
    }

    private static Generation say(String answer, Decoding decoding) {
        var said = new StringBuilder();
        int tokens = 0;
        for (String word : answer.strip().split(" ", -1)) {
            if (tokens < decoding.maxTokens()
                    && decoding.mask().allows(said.toString(), " " + word)) {
                said.append(' ').append(word);
                tokens++;
            }
        }
        int stop = decoding.stops().stream().mapToInt(said::indexOf).filter(at -> at >= 0).min()
                .orElse(said.length());
        return new Generation(said.substring(0, stop), 1, tokens, End.TURN);
    }

    @Override
    public List<Score> score(Prompt prompt, List<String> continuations) {
        return continuations.stream().map(_ -> new Score(1, -1)).toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int contextTokens() {
        return 4096;
    }

    @Override
    public int countTokens(Prompt prompt) {
        return 1;
    }

    @Override
    public void close() {}
}
