package dev.memcollab.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final String PASSWORD = "password = \"hunter2\"";
    private static final String CLEAN = "password = \"[redacted:password]\"";
    private static final Project PROJECT = new Project("shop");

    private final Redaction redaction = new Redaction();

    /// A line of `secrets.tsv`: the secret stands between ⟦ and ⟧. A ¦ is cut out on reading: it
    /// keeps scanners from taking the made-up secrets for leaks.
    record Planted(String kind, String marked) {
        String text() {
            return marked.replaceAll("[⟦⟧]", "");
        }

        String clean() {
            return marked.replaceAll("(?s)⟦.*?⟧", "[redacted:" + kind + "]");
        }
    }

    @ParameterizedTest
    @MethodSource("planted")
    void eachSecretIsReplacedByItsKindAndNothingElseIs(Planted planted) {
        assertThat(redaction.redact(planted.text())).isEqualTo(planted.clean());
    }

    @ParameterizedTest
    @MethodSource("planted")
    void redactingTwiceIsTheSameAsOnce(Planted planted) {
        String once = redaction.redact(planted.text());

        assertThat(redaction.redact(once)).isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("innocent")
    void everydayTextStaysAsItIs(String text) {
        assertThat(redaction.redact(text)).isEqualTo(text);
    }

    @Test
    void theCorpusIsLargeEnoughToMeanSomething() {
        assertThat(planted()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(innocent()).hasSizeGreaterThanOrEqualTo(100);
    }

    @Test
    void severalSecretsInOneTextAreAllReplaced() {
        String all = String.join("\n", planted().map(Planted::text).toList());

        assertThat(redaction.redact(all))
                .isEqualTo(String.join("\n", planted().map(Planted::clean).toList()));
    }

    @Test
    void everyTextOfATrajectoryIsRedactedUnderItsId() {
        var task = new Task("log in with " + PASSWORD, PASSWORD, new Project(PASSWORD), null,
                new Verifier.Answer(PASSWORD));
        var report = new Trajectory.Report(PASSWORD, PASSWORD, List.of("c-1"));
        Trajectory run = Trajectory.of(task, Outcome.FAILURE,
                List.of(Step.action(PASSWORD), Step.observation("ok")), report, Instant.EPOCH);

        Trajectory clean = redaction.redact(run);

        assertThat(clean.toString()).doesNotContain("hunter2");
        assertThat(clean.id()).isEqualTo(run.id());
        assertThat(clean.steps()).containsExactly(Step.action(CLEAN), Step.observation("ok"));
        assertThat(clean.recalled()).isEqualTo(run.recalled());
    }

    @Test
    void testsOfAVerifierAreRedacted() {
        var task = new Task("log in", null, PROJECT, null, new Verifier.Tests(PASSWORD));

        assertThat(redaction.redact(task).verifier()).isEqualTo(new Verifier.Tests(CLEAN));
    }

    @Test
    void aConstraintIsRedactedInSlotsAndSources() {
        var constraint = new Constraint("a client logs in", PASSWORD, "typing it");
        var source = new Source(ContrastKind.REVISION, PASSWORD, List.of("t-1"), "tiny", "small");
        LearntConstraint learnt = LearntConstraint.of(constraint,
                new Scope(PROJECT, TaskCategory.UNKNOWN), source, Evidence.NONE, Instant.EPOCH);

        LearntConstraint clean = redaction.redact(learnt);

        assertThat(clean.toString()).doesNotContain("hunter2");
        assertThat(clean.id()).isEqualTo(learnt.id());
    }

    @Test
    void whatHasNoSecretStaysEqual() {
        Trajectory run = Trajectory.of(Task.of("sort the list", PROJECT), Outcome.SUCCESS,
                List.of(Step.thought("in place")), Trajectory.Report.NONE, Instant.EPOCH);

        assertThat(redaction.redact(run)).isEqualTo(run);
    }

    @Test
    void aTaskOfTheGreatestLengthStaysWithinIt() {
        String longest = PASSWORD + " ".repeat(10)
                + "x".repeat(Task.MAX_CHARACTERS - PASSWORD.length() - 10);

        Task clean = redaction.redact(Task.of(longest, PROJECT));

        assertThat(clean.text()).startsWith(CLEAN).hasSize(Task.MAX_CHARACTERS);
    }

    @Test
    void stepsOfTheGreatestLengthStayWithinIt() {
        String filling = "x".repeat(Trajectory.MAX_CHARACTERS - PASSWORD.length());
        Trajectory run = Trajectory.of(Task.of("log in", PROJECT), Outcome.SUCCESS,
                List.of(Step.action(PASSWORD), Step.observation(filling)), Trajectory.Report.NONE,
                Instant.EPOCH);

        assertThat(redaction.redact(run).toString()).doesNotContain("hunter2");
    }

    @Test
    void stepsAndFeedbackOfTheGreatestLengthStayWithinIt() {
        String filling = "x".repeat(Trajectory.MAX_CHARACTERS - PASSWORD.length());
        Trajectory run = Trajectory.of(Task.of("log in", PROJECT), Outcome.FAILURE,
                List.of(Step.observation(filling)),
                new Trajectory.Report("", PASSWORD, List.of()), Instant.EPOCH);

        assertThat(redaction.redact(run).toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mail me@example.com, or            | mail [redacted:email], or
            <first.last+x@mail.example.co.uk>  | <[redacted:email]>
            Author: Me <me@example.com>        | Author: Me <[redacted:email]>
            mailto:me@example.com?subject=x    | mailto:[redacted:email]?subject=x
            {"to":"me@example.com"}            | {"to":"[redacted:email]"}
            """)
    void emailAddressesAreRedactedOnRequest(String text, String clean) {
        assertThat(Redaction.withEmails().redact(text)).isEqualTo(clean);
        assertThat(Redaction.withEmails().redact(clean)).isEqualTo(clean);
        assertThat(redaction.redact(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"git@github.com:acme/shop.git", "https://me@example.com/x",
            "ssh://git@example.com:22/x", "npm i react@18.2.0 @types/node@20", "@app.route('/x')",
            "nginx@sha256:e3b0c44298fc1c149afbf4c8", "a@b", "x @ y.T", "user@localhost"})
    void whatOnlyHasAnAtSignStays(String text) {
        assertThat(Redaction.withEmails().redact(text)).isEqualTo(text);
    }

    @Test
    void withEmailsTheOtherSecretsGoToo() {
        assertThat(Redaction.withEmails().redact(PASSWORD)).isEqualTo(CLEAN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password=", "-----BEGIN PRIVATE KEY-----\n", "a://", "eyJ", "sk-",
            "Authorization: Bearer ", "\\n", "aws secret", "A", "/", "a:", "\"", "curl -u ",
            "<password>", "login a password ", "auth:", "\\\"", "password:\\\\\\\"", "a@", "a.",
            "@a.",
            "password = aB", "key-", "aws secret "})
    void hostileTextTakesNoLongerThanLongText(String repeated) {
        String text = repeated.repeat(200_000 / repeated.length());

        String clean = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20),
                () -> Redaction.withEmails().redact(text));

        assertThat(clean).isNotNull();
    }

    static Stream<Planted> planted() {
        return lines("secrets.tsv").map(line -> line.split("\t", 2))
                .map(cells -> new Planted(cells[0], cells[1]));
    }

    static Stream<String> innocent() {
        return lines("innocent.txt");
    }

    private static Stream<String> lines(String resource) {
        try (InputStream input = RedactionTest.class.getResourceAsStream(resource)) {
            String all = new String(Objects.requireNonNull(input).readAllBytes(),
                    StandardCharsets.UTF_8);
            return all.lines().map(line -> line.replace("¦", "").replace("\\\\", "\u0000")
                    .replace("\\n", "\n").replace("\u0000", "\\"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
