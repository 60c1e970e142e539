package dev.memcollab.server.hook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemarkTest {
    @ParameterizedTest
    @ValueSource(strings = {"No, the other file.", "nope", "That is wrong: it must be sorted.",
            "that's not what I meant", "It still fails with the same error", "this doesn't work",
            "it didn't work", "You forgot the header line.", "I asked for a table, not a list",
            "not what I wanted", "revert that", "looks good, but the header is missing"})
    void aCorrectionSaysThatWhatWasDoneIsWrong(String words) {
        assertThat(Remark.of(words)).isEqualTo(Remark.CORRECTION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"thanks!", "Perfect", "great, that works", "LGTM", "works now",
            "that works, thank you"})
    void fewWordsOfPraiseApprove(String words) {
        assertThat(Remark.of(words)).isEqualTo(Remark.APPROVAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"continue", "yes", "ok, go on", "try again", "Yes please do it"})
    void fewWordsOfConsentLetTheWorkGoOn(String words) {
        assertThat(Remark.of(words)).isEqualTo(Remark.CONTINUATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Fix the error: tests failed in the parser", "No tests exist yet for"
            + " the parser: write some",
            "Next.js complains about hydration in the header of the"
                    + " start page",
            "Thanks! Now add a flag to the report command that prints JSON",
            "Why is the build slow?",
            "Okay now let us look at the database and its indexes instead"})
    void whatAsksForSomethingIsATask(String words) {
        assertThat(Remark.of(words)).isEqualTo(Remark.TASK);
    }
}
