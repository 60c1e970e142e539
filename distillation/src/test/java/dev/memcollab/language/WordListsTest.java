package dev.memcollab.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class WordListsTest {
    @Test
    void commentsAndBlankLinesAreLeftOut() {
        assertThat(WordLists.lines("/dev/memcollab/language/concepts.txt")).isNotEmpty()
                .noneMatch(line -> line.isBlank() || line.startsWith("#"));
    }

    @Test
    void aMissingListSaysWhatToDo() {
        assertThatIllegalStateException().isThrownBy(() -> WordLists.lines("/none.txt"))
                .withMessageContaining("/none.txt is missing").withMessageContaining("build");
    }
}
