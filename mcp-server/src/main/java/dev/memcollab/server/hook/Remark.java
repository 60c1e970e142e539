package dev.memcollab.server.hook;

import dev.memcollab.contrast.FailureSigns;
import java.util.regex.Pattern;

/// What the user's words mean for the work that goes on. Judged by words, in English.
enum Remark {
    /// Something new is asked for.
    TASK,
    /// What was done is wrong.
    CORRECTION,
    /// What was done is right.
    APPROVAL,
    /// The work is to go on.
    CONTINUATION;

    /// Longer words than these ask for something.
    private static final int MOST_WORDS = 8;
    private static final Pattern APPROVES = Pattern.compile(
            "^\\W*(thanks|thank you|thx|perfect|great|excellent|awesome|lgtm|looks good|nice|good job"
                    + "|well done|(that|it|this) works|works( now)?\\b|that('s| is) (it|right))",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern GOES_ON = Pattern.compile(
            "^\\W*(yes|yeah|yep|ok|okay|sure|continue|go on|go ahead|proceed|please do|do it|keep going"
                    + "|try again|retry|next)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BUT = Pattern.compile("\\b(but|however|except|although)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final FailureSigns SIGNS = new FailureSigns();

    /// What is said while some work goes on.
    static Remark of(String words) {
        if (SIGNS.refuse(words)) {
            return CORRECTION;
        }
        boolean few = words.strip().split("\\s+").length <= MOST_WORDS;
        if (few && approves(words)) {
            return BUT.matcher(words).find() ? CORRECTION : APPROVAL;
        }
        return few && GOES_ON.matcher(words).find() ? CONTINUATION : TASK;
    }

    /// Whether words begin with praise, whatever they go on to ask for.
    static boolean approves(String words) {
        return APPROVES.matcher(words).find();
    }
}
