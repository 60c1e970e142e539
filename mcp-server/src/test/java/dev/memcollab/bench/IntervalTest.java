package dev.memcollab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntervalTest {
    @Test
    void halfOfAHundredIsKnownToATenth() {
        List<List<Double>> groups = IntStream.range(0, 100)
                .mapToObj(i -> List.of((double) (i % 2))).toList();

        var interval = Interval.of(groups);

        assertThat(interval.mean()).isEqualTo(0.5);
        assertThat(interval.low()).isEqualTo(0.40, within(0.02));
        assertThat(interval.high()).isEqualTo(0.60, within(0.02));
    }

    @Test
    void valuesThatBelongTogetherCountAsOne() {
        List<List<Double>> few = List.of(Collections.nCopies(50, 0.0),
                Collections.nCopies(50, 1.0));

        assertThat(Interval.of(few)).isEqualTo(new Interval(0.5, 0, 1));
    }
}
