package dev.memcollab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairsTest {
    /// The reference is integer arithmetic: min(1, 2 Σ over k to min(g, r), C(g + r, k) / 2^(g + r)).
    @ParameterizedTest
    @CsvSource({"0,0,1", "1,0,1", "5,0,0.0625", "6,1,0.125", "16,8,0.15158963203430176",
            "8,16,0.15158963203430176", "12,12,1", "30,10,0.0022214337732293643",
            "300,200,8.940066542253267e-06"})
    void pIsTheExactOneOfMcNemar(int gains, int regressions, double p) {
        assertThat(new Pairs(40, gains, regressions, 40).p()).isCloseTo(p, within(1e-7));
    }

    @Test
    void gainsAreCountedBesideRegressions() {
        Pairs pairs = Pairs.NONE.plus(true, false).plus(true, false).plus(false, true)
                .plus(true, true).plus(false, false);

        assertThat(pairs).isEqualTo(new Pairs(1, 2, 1, 1));
        assertThat(pairs.points()).isEqualTo(20);
    }
}
