package dev.memcollab.jlama.tokenizer;

import com.fasterxml.jackson.core.JacksonException;
import dev.memcollab.model.ModelFailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// A byte-level BPE tokenizer whose ids are those of llama.cpp.
///
/// Nothing is added (no begin of text) and nothing is normalised: a text and its ids say the same
/// bytes. Two exceptions: half of a surrogate pair has no UTF-8 and becomes U+FFFD; a byte for which
/// the vocabulary has no token is left out (SmolLM2 lacks six control characters and the lead bytes
/// of planes 4 to 11, which are unassigned). Safe for use by several threads.
public final class ByteLevelTokenizer {
    /// A stretch of text and whether special tokens are recognised in it.
    ///
    /// Neighbouring parts are tokenised as one text, but no special token is found across the seam.
    record Part(String text, boolean maySaySpecials) {}

    private final Vocabulary vocabulary;
    private final Pretokenizer pretokenizer;

    ByteLevelTokenizer(Vocabulary vocabulary, Pretokenizer pretokenizer) {
        this.vocabulary = vocabulary;
        this.pretokenizer = pretokenizer;
    }

    /// Reads the tokenizer of a model directory in Hugging Face layout.
    ///
    /// How texts are cut is said by `pretokenizer` in `memcollab.json` (`qwen2` or `smollm`), or else
    /// recognised from the `pre_tokenizer` section of `tokenizer.json`.
    public static ByteLevelTokenizer read(Path modelDirectory) {
        Path file = modelDirectory.resolve("tokenizer.json");
        if (!Files.isRegularFile(file)) {
            throw new ModelFailedException(
                    "no tokenizer at " + file + ": import or pull the model again");
        }
        try {
            TokenizerFile content = TokenizerFile.read(file);
            return new ByteLevelTokenizer(Vocabulary.of(content),
                    PretokenizerChoice.of(modelDirectory, content.preTokenizer()));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new ModelFailedException("the tokenizer at " + modelDirectory
                    + " can not be used: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ModelFailedException("can not read " + file + ": " + e.getMessage(), e);
        }
    }

    /// The ids of a text; special tokens in it are recognised.
    public int[] encode(String text) {
        return encode(List.of(new Part(text, true)));
    }

    /// The ids of a text in which `<|im_end|>` and the like are mere characters: for what others wrote.
    public int[] encodeUntrusted(String text) {
        return encode(List.of(new Part(text, false)));
    }

    /// The ids of the text that the parts make together.
    int[] encode(List<Part> parts) {
        var joined = new StringBuilder();
        var specials = new ArrayList<SpecialTokens.Span>();
        for (Part part : parts) {
            int start = joined.length();
            joined.append(part.text());
            if (part.maySaySpecials()) {
                vocabulary.specials().split(part.text(), 0, part.text().length()).stream()
                        .filter(span -> !span.isText())
                        .forEach(span -> specials.add(span.movedBy(start)));
            }
        }
        String text = joined.toString();
        var pieces = new PieceEncoder(vocabulary, pretokenizer);
        int from = 0;
        for (SpecialTokens.Span special : specials) {
            pieces.encode(text, from, special.start());
            pieces.add(special.id());
            from = special.end();
        }
        pieces.encode(text, from, text.length());
        return pieces.ids();
    }

    /// The text with a blank put into every special token, so that it holds none.
    String breakSpecials(String text) {
        var broken = new StringBuilder();
        for (SpecialTokens.Span span : vocabulary.specials().split(text, 0, text.length())) {
            broken.append(text, span.start(), span.end());
            if (!span.isText()) {
                broken.insert(broken.length() - 1, ' ');
            }
        }
        return broken.toString();
    }

    /// The text of the ids, special tokens by their names; U+FFFD where the bytes are not UTF-8.
    public String decode(int... ids) {
        var bytes = new ByteArrayOutputStream();
        for (int id : ids) {
            bytes.writeBytes(vocabulary.bytes(id));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// The bytes of a token, which may begin or end inside a character.
    ///
    /// @param id from 0 up to, without, [#size()]
    public byte[] bytes(int id) {
        return vocabulary.bytes(id);
    }

    /// One more than the greatest id; a model may have more outputs than that.
    public int size() {
        return vocabulary.size();
    }

    /// The id of a special token by its text, such as `<|im_end|>`.
    public OptionalInt special(String token) {
        return vocabulary.specials().id(token);
    }

    /// Whether the id is a special token's.
    public boolean isSpecial(int id) {
        return vocabulary.specials().contains(id);
    }

    @Override
    public String toString() {
        return "%s, %d tokens".formatted(pretokenizer, size());
    }
}
