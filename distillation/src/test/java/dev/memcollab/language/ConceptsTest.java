package dev.memcollab.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConceptsTest {
    @Test
    void wordsThatMeanTheSameAreOneConcept() {
        assertThat(Concepts.of("purge the dict")).isEqualTo(Concepts.of("remove from collections"));
    }

    @Test
    void formsOfAWordAreOneConcept() {
        assertThat(Concepts.of("Deleting deleted deletes deletion")).containsExactly("delete");
    }

    @Test
    void wordsThatSayNothingAreNoConcepts() {
        assertThat(Concepts.of("When this is what you should use")).isEmpty();
    }

    @Test
    void conceptsComeInTheOrderOfTheirFirstMention() {
        assertThat(Concepts.of("sort, remove, order, purge")).containsExactly("sort", "delete");
    }

    @Test
    void numbersAreNoConcepts() {
        assertThat(Concepts.of("42 + 7")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"queries, query", "running, run", "stopped, stop", "classes, class", "class, class",
            "caches, cach", "cache, cach", "ring, ring", "bus, bus"})
    void endingsComeOff(String word, String stem) {
        assertThat(Concepts.stem(word)).isEqualTo(stem);
    }
}
