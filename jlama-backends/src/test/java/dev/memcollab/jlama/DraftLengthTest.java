package dev.memcollab.jlama;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DraftLengthTest {
    private final DraftLength length = new DraftLength();

    @Test
    void theFirstDraftIsShort() {
        assertThat(length.next()).isEqualTo(DraftLength.SHORT);
    }

    @Test
    void aWholeDraftMakesTheNextOneLong() {
        length.judge(3, 3);

        assertThat(length.next()).isEqualTo(DraftLength.LONG);
    }

    @Test
    void aDraftThatPaidOnlyInPartIsFollowedByAShortOne() {
        length.judge(3, 3);
        length.judge(7, 2);

        assertThat(length.next()).isEqualTo(DraftLength.SHORT);
    }

    @Test
    void pausesAfterRefusedDraftsDoubleUpToALimit() {
        for (int pause : new int[]{1, 2, 4, 8, 16, 32, 32}) {
            length.judge(3, 1);

            assertThat(pause()).isEqualTo(pause);
        }
    }

    @Test
    void aDraftThatPaysMakesTheNextPauseShortAgain() {
        length.judge(3, 0);
        length.judge(3, 0);
        pause();
        length.judge(3, 2);
        length.judge(3, 0);

        assertThat(pause()).isEqualTo(1);
    }

    @Test
    void oneTokenPaysWhereNoMoreWasDrafted() {
        length.judge(1, 1);

        assertThat(length.next()).isPositive();
    }

    private int pause() {
        int pause = 0;
        while (length.next() == 0) {
            pause++;
        }
        return pause;
    }
}
