package dev.memcollab.jlama.tokenizer;

import com.github.tjake.jlama.safetensors.prompt.PromptSupport;
import com.github.tjake.jlama.safetensors.tokenizer.Tokenizer;
import com.github.tjake.jlama.safetensors.tokenizer.TokenizerModel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Our tokenizer where Jlama's model constructors want one of theirs.
///
/// Jlama asks it for texts and ids only. Its prompt support and its own vocabulary serve
/// `generate()`, which is not used here.
public final class JlamaTokenizer implements Tokenizer {
    private final ByteLevelTokenizer tokenizer;

    public JlamaTokenizer(ByteLevelTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    @Override
    public List<String> tokenize(String text) {
        return Arrays.stream(tokenizer.encode(text))
                .mapToObj(id -> new String(tokenizer.bytes(id), StandardCharsets.UTF_8)).toList();
    }

    @Override
    public long[] encode(String text) {
        return Arrays.stream(tokenizer.encode(text)).asLongStream().toArray();
    }

    @Override
    public String decode(long id) {
        return tokenizer.decode(Math.toIntExact(id));
    }

    @Override
    public String decode(long[] ids) {
        return tokenizer.decode(Arrays.stream(ids).mapToInt(Math::toIntExact).toArray());
    }

    @Override
    public Optional<PromptSupport> promptSupport() {
        return Optional.empty();
    }

    @Override
    public TokenizerModel getModel() {
        throw new UnsupportedOperationException(
                "Jlama's generate() is not supported: decode with JlamaLanguageModel");
    }
}
