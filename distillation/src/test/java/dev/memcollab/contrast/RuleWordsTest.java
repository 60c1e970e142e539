package dev.memcollab.contrast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.language.OrdinaryLanguage;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleWordsTest {
    private static final String TASK = "Write purge(invoices): delete every invoice from the list of invoices that the bookkeeper of the thermometer shop sent.";
    private static final OrdinaryLanguage LANGUAGE = OrdinaryLanguage.english();
    private final RuleWords words = RuleWords.general(TASK, LANGUAGE);

    @Test
    void aSlotBeginsWithABlankAndAWord() {
        assertThat(words.allows("", " deleting")).isTrue();
        assertThat(words.allows("", "deleting")).isFalse();
        assertThat(words.allows("", " ")).isFalse();
        assertThat(words.allows("", " `")).isFalse();
        assertThat(words.allows("", " not")).isFalse();
    }

    @Test
    void anEmptySlotMayNotEnd() {
        assertThat(words.allows("", "")).isFalse();
        assertThat(words.allows(" deleting", "")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {" invoice", " invoices", " bookkeeper"})
    void aWordThatOnlyTheTaskHasIsRefused(String word) {
        assertThat(words.allows(" deleting an", word)).isFalse();
    }

    @Test
    void aSituatedRuleMayNameTheThingsOfTheTask() {
        var situated = RuleWords.situated(Set.of(), LANGUAGE);

        assertThat(situated.allows(" deleting an", " invoice")).isTrue();
        assertThat(situated.allows(" asking the", " bookkeeper")).isTrue();
        assertThat(situated.allows(" calling", "_")).isFalse();
        assertThat(situated.allows(" doing as the", " attempt")).isFalse();
    }

    @Test
    void codeIsNoThingThatATaskIsAbout() {
        var things = RuleWords.things(LANGUAGE);

        assertThat(things.allows(" invoices of the", " bookkeeper")).isTrue();
        assertThat(things.allows(" the", " function")).isFalse();
    }

    @Test
    void numbersOfATaskAreRefusedAndFactorsOfUnitsPass() {
        assertThat(words.allows(" multiplying by 1", "0")).isTrue();
        assertThat(words.allows(" multiplying by 10", "0")).isTrue();
        assertThat(words.allows(" returning 37", "5")).isFalse();
        assertThat(words.allows(" adding", " 7")).isFalse();
        assertThat(words.allows(" adding 1", ".5")).isFalse();
    }

    @Test
    void aNumberOfTheRunIsSaidWholeOrNotAtAll() {
        var situated = RuleWords.situated(Set.of("12", "2"), LANGUAGE);

        assertThat(situated.allows(" dividing by ", "1")).isTrue();
        assertThat(situated.allows(" dividing by 1", "2")).isTrue();
        assertThat(situated.allows(" dividing by 1", "0")).isFalse();
        assertThat(situated.allows(" dividing by 1", " and")).isFalse();
        assertThat(situated.allows(" dividing by 1", "")).isFalse();
        assertThat(situated.allows(" dividing by 12", "")).isTrue();
        assertThat(situated.allows(" dividing by 2", " and")).isTrue();
        assertThat(situated.allows(" adding", " 1")).isTrue();
        assertThat(situated.allows(" adding 1", ".")).isFalse();
    }

    @Test
    void aLiteralIsNotQuoted() {
        assertThat(words.allows(" in the format", " '")).isFalse();
        assertThat(words.allows(" the guest", "'s")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {" list", " every", " delete", " from"})
    void wordsOfTheTradeAndCommonplaceOnesPassThoughTheTaskHasThem(String word) {
        assertThat(words.allows(" walking over the", word)).isTrue();
    }

    @Test
    void aWordThatComesInPiecesIsRefusedAtItsFirstPiece() {
        assertThat(words.allows(" reading the", " therm")).isFalse();
    }

    @Test
    void aWordThatIsFinishedByItsLastPieceIsRefusedThere() {
        assertThat(words.allows(" deleting an in", "voice")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "_", "\n", "`", "{"})
    void markupIsRefused(String token) {
        assertThat(words.allows(" calling it", token)).isFalse();
    }

    @Test
    void anIdentifierCanNotBeJoinedFromTwoWords() {
        assertThat(words.allows(" raising a Division", "Error")).isFalse();
        assertThat(words.allows(" raising a division", " error")).isTrue();
    }
}
