package dev.memcollab.jlama.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamTest {
    @ParameterizedTest(name = "{0} threads")
    @ValueSource(ints = {1, 2, 5})
    void everyPartOfEveryJobIsDoneOnceBeforeItReturns(int threads) {
        try (var team = new Team(threads)) {
            for (int job = 0; job < 20_000; job++) {
                int parts = job % 7 + 1;
                var done = new AtomicIntegerArray(parts);

                team.run(parts, done::incrementAndGet);

                assertThat(IntStream.range(0, parts).map(done::get)).containsOnly(1);
            }
        }
    }

    @Test
    void aTeamThatSleptWakesForTheNextJob() throws InterruptedException {
        try (var team = new Team(2)) {
            for (int job = 0; job < 5; job++) {
                var done = new AtomicIntegerArray(40);
                team.run(40, done::incrementAndGet);
                assertThat(IntStream.range(0, 40).map(done::get)).containsOnly(1);
                Thread.sleep(20);
            }
        }
    }

    @ParameterizedTest(name = "{0} threads")
    @ValueSource(ints = {1, 3})
    void aPartThatFailsFailsTheJobAndNotTheTeam(int threads) {
        try (var team = new Team(threads)) {
            assertThatThrownBy(() -> team.run(9, part -> {
                if (part == 4) {
                    throw new IllegalArgumentException("part 4");
                }
            })).hasStackTraceContaining("part 4");

            var done = new AtomicIntegerArray(9);
            team.run(9, done::incrementAndGet);
            assertThat(IntStream.range(0, 9).map(done::get)).containsOnly(1);
        }
    }

    @Test
    void aTeamOfNobodyIsRefused() {
        assertThatThrownBy(() -> new Team(0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("size must be at least 1, got 0");
    }
}
