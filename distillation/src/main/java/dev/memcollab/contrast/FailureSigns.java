package dev.memcollab.contrast;

import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Trajectory;
import java.util.List;
import java.util.regex.Pattern;

/// Recognises, in what an agent saw, that an attempt had failed: a failed test, an error, a
/// non-zero exit, the user's "no".
public final class FailureSigns {
    private static final Pattern FAILED = Pattern.compile(
            "(?m)^(FAILED|FAIL|ERROR|Error|error)\\b|\\b\\w*(Error|Exception)\\b:|\\bTraceback\\b"
                    + "|\\bpanicked at\\b"
                    + "|\\bexit(ed)?( with)?( code| status)? [1-9]\\d*\\b|BUILD FAILURE"
                    + "|\\b(compilation|build|tests?|assertion) failed\\b|\\bsegmentation fault\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern COUNTED = Pattern.compile(
            "\\b[1-9]\\d* (tests? )?(failed|failures?|errors?)\\b"
                    + "|\\b(failed|failures?|errors?)[:=] ?[1-9]",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ALL_WELL = Pattern.compile(
            "\\b0 (failed|failures?|errors?)\\b|\\ball tests? pass|BUILD SUCCESS",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern REFUSED = Pattern.compile(
            "^\\W*(user|human)?\\W*(no\\b[,.!]|nope\\b|wrong\\b|that('s| is) (wrong|not)|this is"
                    + " not what|still (fails|failing|broken)|it does(n't| not) work|undo\\b|revert\\b)",
            Pattern.CASE_INSENSITIVE);

    /// The index of the last step that says so; -1 where none does.
    public int lastFailure(List<Step> steps) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i).kind() == Step.Kind.OBSERVATION && tells(steps.get(i).text())) {
                return i;
            }
        }
        return -1;
    }

    /// Whether an observation tells of a failure.
    public boolean tells(String observation) {
        if (REFUSED.matcher(observation).find() || COUNTED.matcher(observation).find()) {
            return true;
        }
        return FAILED.matcher(observation).find() && !ALL_WELL.matcher(observation).find();
    }

    /// What was seen when a run failed: its feedback, or else the last observation that says so.
    String failureOf(Trajectory failed) {
        if (!failed.feedback().isBlank()) {
            return failed.feedback();
        }
        int last = lastFailure(failed.steps());
        return last >= 0 ? failed.steps().get(last).text() : failed.steps().getLast().text();
    }
}
