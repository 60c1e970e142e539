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
            "^\\W*(user|human)?\\W*(no\\b[,.!]|nope\\b|wrong\\b|incorrect\\b|(that|this|it)('s| is)"
                    + " (wrong|not|still (failing|broken))|not what I|(it )?still (fails|failing|broken)"
                    + "|(that|this|it) (does(n't| not)|did(n't| not)) work|you (broke|forgot)\\b"
                    + "|I (said|told you|asked for)\\b|undo\\b|revert\\b)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern TESTS_FAILED = Pattern.compile(
            "^FAILED\\b|\\bBUILD FAILURE\\b|\\btests? (?:run )?failed\\b",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final Pattern TESTS_PASSED = Pattern.compile(
            "\\b[1-9]\\d* (tests? |examples? )?passed\\b|^OK \\([1-9]|\\ball tests? pass|BUILD SUCCESS"
                    + "|\\b0 (failed|failures)\\b|\\bfailures[:=] ?0\\b",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    /// The index of the last step that says so; -1 where none does.
    public int lastFailure(List<Step> steps) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i).kind() == Step.Kind.OBSERVATION && tells(steps.get(i).text())) {
                return i;
            }
        }
        return -1;
    }

    /// Whether a user's words say that what was done is wrong.
    public boolean refuse(String words) {
        return REFUSED.matcher(words).find();
    }

    /// Whether an observation tells of a failure.
    public boolean tells(String observation) {
        if (refuse(observation) || COUNTED.matcher(observation).find()) {
            return true;
        }
        return FAILED.matcher(observation).find() && !ALL_WELL.matcher(observation).find();
    }

    /// Whether a run claims an outcome of which its own record says the contrary: the last tests that
    /// it saw, or what came after it. What was tried after those tests may have changed that.
    public boolean contradict(Trajectory run) {
        return switch (run.outcome()) {
            case SUCCESS -> testsFailed(run.feedback()) || refuse(run.feedback())
                    || testsFailed(lastSeen(run.steps()));
            case FAILURE -> testsPassed(run.feedback())
                    || (run.feedback().isBlank() && testsPassed(lastSeen(run.steps())));
            case UNKNOWN -> false;
        };
    }

    /// Whether an observation tells of tests, or a build, of which one failed.
    public static boolean testsFailed(String seen) {
        return COUNTED.matcher(seen).find() || TESTS_FAILED.matcher(seen).find();
    }

    /// Whether an observation tells of tests, or a build, that all passed.
    public static boolean testsPassed(String seen) {
        return TESTS_PASSED.matcher(seen).find() && !testsFailed(seen);
    }

    /// The last observation after the last action that tells of tests; empty where there is none.
    private static String lastSeen(List<Step> steps) {
        return steps.reversed().stream().takeWhile(step -> step.kind() != Step.Kind.ACTION)
                .filter(step -> step.kind() == Step.Kind.OBSERVATION).map(Step::text)
                .filter(text -> testsFailed(text) || testsPassed(text)).findFirst().orElse("");
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
