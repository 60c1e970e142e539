package dev.memcollab.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.constraint.Margin;
import dev.memcollab.constraint.Replay;
import dev.memcollab.constraint.Ruling;
import dev.memcollab.memory.Event.Approved;
import dev.memcollab.memory.Event.Attempted;
import dev.memcollab.memory.Event.Distilled;
import dev.memcollab.memory.Event.Entry;
import dev.memcollab.memory.Event.Forgotten;
import dev.memcollab.memory.Event.Learnt;
import dev.memcollab.memory.Event.Promoted;
import dev.memcollab.memory.Event.Recorded;
import dev.memcollab.memory.Event.Tried;
import dev.memcollab.memory.Event.Witnessed;
import dev.memcollab.model.ModelRole;
import dev.memcollab.trajectory.LocalAttempt;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import dev.memcollab.trajectory.TrajectoryLog.Trial;
import dev.memcollab.trajectory.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The first format of the journal, which stays readable for ever: the file must never be changed.
class GoldenJournalTest {
    private static final String FIRST = "journal-v1.jsonl";
    private static final String RULINGS = "journal-v1-rulings.jsonl";

    private static final Instant AT = Instant.parse("2026-11-01T12:00:00.123456789Z");

    @Test
    void theFirstFormatIsReadable() throws IOException {
        List<Entry> read = golden(FIRST).lines().peek(GoldenJournalTest::sealed)
                .map(EventJson::read)
                .toList();

        assertThat(read).isEqualTo(entries());
    }

    @Test
    void theFirstFormatIsStillWrittenByteForByte() throws IOException {
        var written = new StringBuilder();
        for (Entry entry : entries()) {
            written.append(new String(Line.Seal.close(EventJson.write(entry)),
                    StandardCharsets.UTF_8));
        }

        assertThat(written.toString()).isEqualTo(golden(FIRST));
    }

    @Test
    void theOperationsThatCameLaterAreReadableAndStillWrittenByteForByte() throws IOException {
        var written = new StringBuilder();
        for (Entry entry : rulings()) {
            written.append(new String(Line.Seal.close(EventJson.write(entry)),
                    StandardCharsets.UTF_8));
        }

        assertThat(written.toString()).isEqualTo(golden(RULINGS));
        assertThat(golden(RULINGS).lines().peek(GoldenJournalTest::sealed).map(EventJson::read)
                .toList()).isEqualTo(rulings());
    }

    @Test
    void absentOptionalFieldsHaveDefaults() {
        String bare = "{\"v\":1,\"id\":\"e\",\"op\":\"trajectory\",\"at\":\"2026-11-01T12:00:00Z\","
                + "\"trajectory\":{\"id\":\"t-1\",\"task\":{\"text\":\"sort\",\"project\":\"shop\"},"
                + "\"outcome\":\"unknown\",\"steps\":[{\"kind\":\"thought\",\"text\":\"hm\"}],"
                + "\"recorded_at\":\"2026-11-01T12:00:00Z\"}}";

        assertThat(EventJson.read(bare).event()).isEqualTo(new Recorded(new Trajectory("t-1",
                Task.of("sort", Samples.PROJECT), Outcome.UNKNOWN, List.of(Step.thought("hm")), "",
                "", List.of(), Samples.NOW)));
    }

    private static void sealed(String line) {
        assertThat(Line.Seal.verified(line.getBytes(StandardCharsets.UTF_8))).isPresent();
    }

    private static String golden(String name) throws IOException {
        try (InputStream input = GoldenJournalTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(input).readAllBytes(),
                    StandardCharsets.UTF_8);
        }
    }

    private static List<Entry> entries() {
        List<Event> events = List.of(new Recorded(tested()), new Recorded(answered()),
                new Learnt(learnt()),
                new Distilled(new Distillation("t-1", List.of("c-1", "c-2"), "learnt two")),
                new Attempted(new LocalAttempt("t-2", ModelRole.STRONG, "small", true)),
                new Witnessed("c-1", false));
        return IntStream.range(0, events.size())
                .mapToObj(i -> new Entry("e-" + i, AT.plusSeconds(i), events.get(i))).toList();
    }

    private static List<Entry> rulings() {
        List<Event> events = List.of(new Approved("c-1"), new Promoted("c-1"),
                new Tried(Trial.begun("t-1")), new Tried(Trial.failed("t-1", "no luck")),
                new Forgotten(Set.of("t-1"), Set.of("c-2")));
        return IntStream.range(0, events.size())
                .mapToObj(i -> new Entry("e-" + i, AT.plusSeconds(i), events.get(i))).toList();
    }

    private static Trajectory tested() {
        var task = new Task("Sort \"naïve\"\n\t数 \uD83D\uDE00 \u2028 </x>", "T-7",
                Samples.PROJECT, Samples.ITERATION, new Verifier.Tests("assert f([2, 1])\n"));
        var steps = List.of(Step.thought("in place?"), Step.action("sorted(x)"),
                Step.observation("E   assert None"));
        return new Trajectory("t-1", task, Outcome.FAILURE, steps, "an agent", "1 failed",
                List.of("c-1"), AT);
    }

    private static Trajectory answered() {
        var task = new Task("What is 6 times 7?", null, Samples.PROJECT, null,
                new Verifier.Answer("42"));
        return new Trajectory("t-2", task, Outcome.SUCCESS, List.of(Step.action("42")), "", "",
                List.of(), AT);
    }

    private static LearntConstraint learnt() {
        var evidence = new Evidence(
                List.of(new Margin(ModelRole.WEAK, "tiny", 0.1),
                        new Margin(ModelRole.STRONG, "small", -2.5e-7)),
                List.of(new Replay(ModelRole.WEAK, "tiny", "t-1", true, false, 3, 1)));
        var source = new Source(ContrastKind.RECORDED_AGAINST_LOCAL, "Sort the list",
                List.of("t-1", "t-2"), "tiny", "small");
        return new LearntConstraint("c-1",
                new Constraint("a list is walked", "removal through the iterator", "removing"),
                new Scope(Samples.PROJECT, Samples.ITERATION), List.of(source), evidence,
                Ruling.NONE, AT);
    }
}
