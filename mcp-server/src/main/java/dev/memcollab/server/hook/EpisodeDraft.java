package dev.memcollab.server.hook;

import dev.memcollab.contrast.FailureSigns;
import dev.memcollab.trajectory.Excerpt;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// An episode that goes on.
///
/// The outcome is what the last evidence says: tests or a build that passed or failed, the user's praise or
/// correction. Whatever changes files after it makes it void, since nobody has looked at that yet. Of very
/// many steps the first and the last are kept.
final class EpisodeDraft {
    private static final int FIRST_STEPS = 40;
    private static final int LAST_STEPS = 160;
    private static final int STEP_CHARACTERS = 2_000;
    private static final Pattern ID = Pattern.compile("\\bc-[0-9a-f]{12}\\b");
    private static final Pattern OWN_TOOL = Pattern
            .compile("mcp__.*memcollab.*__(record_trajectory|recall_constraints)");

    private final UnaryOperator<String> redaction;
    private final String task;
    private final long offset;
    private final List<Step> first = new ArrayList<>();
    private final ArrayDeque<Step> last = new ArrayDeque<>();
    private final Set<String> ownCalls = new HashSet<>();
    private final Set<String> recalled = new LinkedHashSet<>();
    private Outcome outcome = Outcome.UNKNOWN;
    private String feedback = "";
    private String model = "";
    private boolean recordedByAgent;

    /// @param offset where it begins in the transcript, in bytes
    /// @param redaction takes secrets out of what is then cut, in which it would not know their rest
    EpisodeDraft(String task, long offset, UnaryOperator<String> redaction) {
        this.redaction = redaction;
        this.task = Excerpt.of(redaction.apply(task), Task.MAX_CHARACTERS);
        this.offset = offset;
    }

    void corrected(String words) {
        add(Step.observation("User: " + cut(words)));
        judged(Outcome.FAILURE, words);
    }

    void approved(String words) {
        judged(Outcome.SUCCESS, words);
    }

    void goesOn(String words) {
        add(Step.observation("User: " + cut(words)));
    }

    void add(Entry.Thought thought) {
        model = thought.model().isEmpty() ? model : thought.model();
        add(Step.thought(cut(thought.text())));
    }

    void add(Entry.Acted action) {
        if (OWN_TOOL.matcher(action.tool()).matches()) {
            ownCalls.add(action.call());
            recordedByAgent |= action.tool().endsWith("record_trajectory");
            return;
        }
        add(Step.action(cut(action.text())));
        if (action.edits()) {
            judged(Outcome.UNKNOWN, "");
        }
    }

    void add(Entry.Seen seen) {
        if (ownCalls.contains(seen.call())) {
            ID.matcher(seen.text()).results().forEach(id -> recalled.add(id.group()));
            return;
        }
        String text = cut(seen.text());
        add(Step.observation(text.isBlank() ? "(nothing)" : text));
        if (FailureSigns.testsFailed(text)) {
            judged(Outcome.FAILURE, text);
        } else if (FailureSigns.testsPassed(text)) {
            judged(Outcome.SUCCESS, text);
        }
    }

    /// The user stopped it; what that means they say next.
    void interrupted() {
        add(Step.observation("User: stopped the agent"));
        judged(Outcome.UNKNOWN, "");
    }

    private void judged(Outcome found, String by) {
        outcome = found;
        feedback = cut(by);
    }

    private void add(Step step) {
        if (first.size() < FIRST_STEPS) {
            first.add(step);
            return;
        }
        last.add(step);
        if (last.size() > LAST_STEPS) {
            last.removeFirst();
        }
    }

    private String cut(String text) {
        return Excerpt.of(redaction.apply(text.strip()), STEP_CHARACTERS);
    }

    Episode finished() {
        var steps = new ArrayList<>(first);
        steps.addAll(last);
        return new Episode(task, offset, steps, outcome, feedback, model, List.copyOf(recalled),
                recordedByAgent);
    }
}
