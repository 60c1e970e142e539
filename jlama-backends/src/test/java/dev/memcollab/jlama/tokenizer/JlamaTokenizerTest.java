package dev.memcollab.jlama.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JlamaTokenizerTest {
    private final JlamaTokenizer tokenizer = new JlamaTokenizer(TinyTokenizer.of("h e").build());

    @Test
    void textsAndIdsAreOurs() {
        assertThat(tokenizer.encode("hé")).containsExactly('h', 0xC3, 0xA9);
        assertThat(tokenizer.decode(new long[]{256, 0xC3, 0xA9})).isEqualTo("heé");
        assertThat(tokenizer.decode(256)).isEqualTo("he");
        assertThat(tokenizer.tokenize("he!")).containsExactly("he", "!");
    }

    @Test
    void whatOnlyGenerateNeedsIsNotThere() {
        assertThat(tokenizer.promptSupport()).isEmpty();
        assertThatThrownBy(tokenizer::getModel).isInstanceOf(UnsupportedOperationException.class);
    }
}
