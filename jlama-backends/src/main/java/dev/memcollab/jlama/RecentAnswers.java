package dev.memcollab.jlama;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.IntStream;

/// The tokens of the last answers, which the next may repeat: the same task with another line in front
/// is often solved in nearly the same words.
final class RecentAnswers {
    private static final int MOST = 8;

    private final Deque<int[]> answers = new ArrayDeque<>();

    void add(int[] answer) {
        if (answer.length <= PromptLookup.FEWEST) {
            return; // nothing in it could be found
        }
        answers.addLast(answer);
        if (answers.size() > MOST) {
            answers.removeFirst();
        }
    }

    /// One behind the other, the last at the end.
    int[] ids() {
        return answers.stream().flatMapToInt(IntStream::of).toArray();
    }
}
