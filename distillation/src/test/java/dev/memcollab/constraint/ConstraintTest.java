package dev.memcollab.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintTest {
    private static final Constraint ITERATORS = new Constraint("a list is walked",
            "removal through the iterator", "changing it in the loop");

    @Test
    void itsSentenceIsReadBack() {
        assertThat(Constraint.parse(ITERATORS.sentence())).contains(ITERATORS);
    }

    @Test
    void aTriggerMayHaveACommaOfItsOwn() {
        assertThat(Constraint.parse("When a, b or c, enforce d, e; avoid f, g."))
                .contains(new Constraint("a, b or c", "d, e", "f, g"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "When a, enforce b.", "when a, enforce b; avoid c.",
            "When a, enforce b; avoid c", " When a, enforce b; avoid c.",
            "When a, enforce b; avoid c.\n", "When a, enforce b; avoid c; d.",
            "When a\nb, enforce c; avoid d.", "Well: When a, enforce b; avoid c.",
            "When ., enforce b; avoid c.", "When a, enforce  ; avoid c.",
            "When a, enforce b; avoid ,."})
    void anythingElseIsNoConstraint(String text) {
        assertThat(Constraint.parse(text)).isEmpty();
    }

    @Test
    void slotsLoseTheirClosingMarks() {
        assertThat(new Constraint(" a, ", "b;", "c. ")).isEqualTo(new Constraint("a", "b", "c"));
    }

    @Test
    void aSlotMustNotBeBlank() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Constraint("a", " ,", "c"))
                .withMessage("enforce must not be blank");
    }

    @Test
    void aSlotIsOneClause() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Constraint("a; b", "c", "d"))
                .withMessageContaining("when must be one clause").withMessageContaining("a; b");
    }

    @Test
    void caseAndMarksDoNotMakeAnotherConstraint() {
        assertThat(new Constraint("A list is  walked", "removal, through the iterator",
                "changing it in the loop").normalised()).isEqualTo(ITERATORS.normalised());
    }

    @Test
    void aConstraintIsWhollySimilarToItself() {
        assertThat(ITERATORS.similarity(ITERATORS)).isEqualTo(1.0);
    }

    @Test
    void similarityIsTheShareOfWordsInCommon() {
        assertThat(new Constraint("a", "b", "c").similarity(new Constraint("a", "b", "d")))
                .isCloseTo(5.0 / 7, within(1e-12));
    }
}
