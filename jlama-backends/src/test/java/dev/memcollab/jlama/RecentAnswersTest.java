package dev.memcollab.jlama;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentAnswersTest {
    private final RecentAnswers answers = new RecentAnswers();

    @Test
    void theLastAnswerComesLast() {
        answers.add(new int[]{1, 2, 3, 4, 5});
        answers.add(new int[]{6, 7, 8, 9, 10});

        assertThat(answers.ids()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void anAnswerTooShortToBeFoundIsNotKept() {
        answers.add(new int[PromptLookup.FEWEST]);

        assertThat(answers.ids()).isEmpty();
    }

    @Test
    void theOldestOfNineIsForgotten() {
        for (int i = 0; i < 9; i++) {
            answers.add(new int[]{i, i, i, i, i});
        }

        assertThat(answers.ids()).hasSize(40).startsWith(1).endsWith(8);
    }
}
