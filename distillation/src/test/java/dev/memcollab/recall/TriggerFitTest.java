package dev.memcollab.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.Constraint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TriggerFitTest {
    private static final Constraint ITERATORS = new Constraint(
            "elements are removed from a collection while iterating",
            "removal through the iterator", "changing the dict size during the walk");

    @ParameterizedTest
    @ValueSource(strings = {"Loop over the dict and purge expired entries",
            "for each item of the list, delete it when it is old"})
    void aTaskInOtherWordsFits(String task) {
        assertThat(new TriggerFit(task).fits(ITERATORS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Convert the temperature to kelvin",
            "Loop over the list and print each value", "Remove the button from the page"})
    void aTaskWithoutMostOfTheTriggerDoesNotFit(String task) {
        assertThat(new TriggerFit(task).fits(ITERATORS)).isFalse();
    }

    @Test
    void commonplaceWordsAloneDoNotFit() {
        var commonplace = new Constraint("a function returns a list of values", "a copy", "a view");

        assertThat(new TriggerFit("write a function that returns a list of values")
                .fits(commonplace)).isFalse();
    }

    @Test
    void coverageIsTheShareOfTheTriggersWeight() {
        var fit = new TriggerFit("purge the list");

        assertThat(fit.coverage("removing elements")).isEqualTo(1.0);
        assertThat(fit.coverage("removing threads")).isEqualTo(0.5);
        assertThat(fit.coverage("")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"working on seats of the theatre, true",
            "working on the longest list of guests, false",
            "working on lists of names, false", "working on free lists, true",
            "a guest is counted, true"})
    void aRuleAboutThingsAsksForANameOrWhereThereIsNoneForAllItsWords(String when,
            boolean named) {
        assertThat(new TriggerFit("work out the longest list of all free seats")
                .namesThingsOf(new Constraint(when, "counting from 1", "counting from 0")))
                .isEqualTo(named);
    }

    @Test
    void aFailureLooksLikeWhatIsAvoided() {
        assertThat(new TriggerFit("RuntimeError: dictionary changed size during iteration")
                .looksLikeViolationOf(ITERATORS)).isTrue();
        assertThat(new TriggerFit("ZeroDivisionError: division by zero")
                .looksLikeViolationOf(ITERATORS)).isFalse();
    }
}
