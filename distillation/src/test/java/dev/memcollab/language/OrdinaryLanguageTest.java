package dev.memcollab.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrdinaryLanguageTest {
    private final OrdinaryLanguage english = OrdinaryLanguage.english();

    @ParameterizedTest
    @ValueSource(strings = {"house", "House", "iterator", "iterators", "memoized", "mutating",
            "retries", "dropped", "deduplication", "concurrently"})
    void itKnowsWordsOfEnglishAndOfTheTrade(String word) {
        assertThat(english.knows(word)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"frobnicate", "ordertotal", "get_user", "zyx", "ing", "qux"})
    void itDoesNotKnowNames(String word) {
        assertThat(english.knows(word)).isFalse();
    }
}
