package dev.memcollab.jlama.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.memcollab.jlama.tokenizer.ByteLevelTokenizer.Part;
import dev.memcollab.model.ModelFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteLevelTokenizerTest {
    private static final int HE = 256;
    private static final int LL = 257;
    private static final int HELL = 258;
    private static final int HELLO = 259;
    private static final int BLANK_W = 260;
    private static final int START = 261;
    private static final int END = 262;
    private static final int IM = 263;

    /* Quadratic work would take hours on these texts; the limit is generous for slow machines. */
    private static final Duration FOR_LONG_TEXTS = Duration.ofSeconds(30);

    private final TinyTokenizer tiny = TinyTokenizer.of("h e", "l l", "he ll", "hell o", "Ġ w");
    private final ByteLevelTokenizer tokenizer = tiny.build();

    @TempDir
    private Path directory;

    @Test
    void mergesApplyInTheirOrder() {
        assertThat(tokenizer.encode("hello")).containsExactly(HELLO);
        assertThat(tokenizer.encode("hell")).containsExactly(HELL);
        assertThat(tokenizer.encode("hel")).containsExactly(HE, 'l');
        assertThat(tokenizer.encode("lll")).containsExactly(LL, 'l');
    }

    @Test
    void mergesStayInsideAPiece() {
        assertThat(tokenizer.encode("h\ne w")).containsExactly('h', '\n', 'e', BLANK_W);
    }

    @Test
    void whatHasNoMergeIsItsBytes() {
        assertThat(tokenizer.encode("é😀")).containsExactly(0xC3, 0xA9, 0xF0, 0x9F, 0x98, 0x80);
    }

    @Test
    void noTextIsNoIds() {
        assertThat(tokenizer.encode("")).isEmpty();
        assertThat(tokenizer.decode()).isEmpty();
    }

    @Test
    void specialTokensAreRecognised() {
        assertThat(tokenizer.encode("he<|im_end|><|im_start|>he"))
                .containsExactly(HE, END, START, HE);
    }

    @Test
    void specialTokensInUntrustedTextAreCharacters() {
        int[] ids = tokenizer.encodeUntrusted("he<|im_end|>");

        assertThat(ids).startsWith(HE, '<').doesNotContain(END);
        assertThat(tokenizer.decode(ids)).isEqualTo("he<|im_end|>");
    }

    @Test
    void aPartThatIsTrustedDoesNotCompleteATagOfOneThatIsNot() {
        int[] ids = tokenizer.encode(List.of(new Part("he<|im", false), new Part("_end|>", true)));

        assertThat(ids).doesNotContain(END, IM);
        assertThat(tokenizer.decode(ids)).isEqualTo("he<|im_end|>");
    }

    @Test
    void partsAreTokenizedAsOneText() {
        assertThat(tokenizer.encode(List.of(new Part("<|im_end|>he", true), new Part("ll", false),
                new Part("o", true)))).containsExactly(END, HELLO);
    }

    @Test
    void specialTokensAreFoundByTheirText() {
        assertThat(tokenizer.special("<|im_end|>")).hasValue(END);
        assertThat(tokenizer.special("hello")).isEmpty();
        assertThat(tokenizer.isSpecial(END)).isTrue();
        assertThat(tokenizer.isSpecial(HELLO)).isFalse();
        assertThat(tokenizer.size()).isEqualTo(IM + 1);
    }

    @Test
    void ofOverlappingSpecialTokensTheLongerOneWins() {
        var overlapping = new TinyTokenizer(List.of(), List.of("<a", "a><", "<aa>")).build();

        assertThat(overlapping.encode("<a><aa>")).containsExactly(256, '>', 258);
        assertThat(overlapping.encode("<a><b")).containsExactly('<', 257, 'b');
    }

    @Test
    void aTokenHasItsBytes() {
        assertThat(tokenizer.bytes(BLANK_W)).isEqualTo(" w".getBytes(UTF_8));
        assertThat(tokenizer.bytes(0xF0)).containsExactly(0xF0);
        assertThat(tokenizer.bytes(END)).isEqualTo("<|im_end|>".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, IM + 1})
    void anIdOutsideTheVocabularyIsRefused(int id) {
        assertThatThrownBy(() -> tokenizer.bytes(id)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("id must lie in [0, 264), got " + id);
    }

    @Test
    void halfOfASurrogatePairBecomesTheReplacementCharacter() {
        assertThat(tokenizer.decode(tokenizer.encode("a\uD83Db"))).isEqualTo("a\uFFFDb");
        assertThat(tokenizer.decode(tokenizer.encode("\uDE00\uD83D")))
                .isEqualTo("\uFFFD\uFFFD");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyTextComesBack(long seed) {
        var texts = new RandomTexts(seed);
        for (Pretokenizer pretokenizer : Pretokenizer.values()) {
            ByteLevelTokenizer built = tiny.build(pretokenizer);
            for (int i = 0; i < 5_000; i++) {
                String text = texts.next(30) + "<|im_end|>" + texts.next(30);

                assertThat(built.decode(built.encode(text))).isEqualTo(text);
                assertThat(built.decode(built.encodeUntrusted(text))).isEqualTo(text);
            }
        }
    }

    static LongStream seeds() {
        return RandomTexts.seeds();
    }

    @Test
    void aByteWithoutATokenIsLeftOutAndPartsWhatItStandsBetween() {
        Map<String, Object> json = tiny.json();
        vocabulary(json).remove(String.valueOf(ByteAlphabet.character(4)));

        assertThat(written(json).encode("h\u0004e")).containsExactly('h', 'e');
    }

    @Test
    void fillersOfTheVocabularyHaveNoBytesAndAreNotFound() {
        Map<String, Object> json = tiny.json();
        json.put("added_tokens",
                List.of(Map.of("id", 261, "content", "[PAD261]", "special", false)));
        ByteLevelTokenizer padded = written(json);

        assertThat(padded.encode("[PAD261]")).startsWith('[', 'P');
        assertThat(padded.bytes(261)).isEmpty();
        assertThat(padded.size()).isEqualTo(262);
    }

    @Test
    void mergesMayBeWrittenAsTexts() {
        Map<String, Object> json = tiny.json();
        model(json).put("merges", List.of("h e", "l l", "he ll", "hell o"));

        assertThat(written(json).encode("hello")).containsExactly(HELLO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"he", "h e l", " h e", "h ", ""})
    void aMergeThatIsNotTwoTokensIsRefused(String merge) {
        Map<String, Object> json = tiny.json();
        model(json).put("merges", List.of(merge));

        assertThatThrownBy(() -> written(json)).isInstanceOf(ModelFailedException.class)
                .hasMessageContaining(
                        "merge must be two tokens with a blank between, got \"" + merge + "\"");
    }

    @Test
    void aMergeOfUnknownTokensIsRefused() {
        Map<String, Object> json = tiny.json();
        model(json).put("merges", List.of("x y"));

        assertThatThrownBy(() -> written(json)).isInstanceOf(ModelFailedException.class)
                .hasMessageContaining("got \"x y\" without \"xy\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1_000_000_000})
    void anImpossibleIdIsRefused(int id) {
        Map<String, Object> json = tiny.json();
        vocabulary(json).put("zz", id);

        assertThatThrownBy(() -> written(json)).isInstanceOf(ModelFailedException.class)
                .hasMessageContaining("id must lie in [0, ").hasMessageContaining("got " + id);
    }

    @Test
    void anIdOfTwoTokensIsRefused() {
        Map<String, Object> json = tiny.json();
        vocabulary(json).put("zz", HELLO);

        assertThatThrownBy(() -> written(json)).isInstanceOf(ModelFailedException.class)
                .hasMessageContaining("id must be of one token, got 259 for ");
    }

    @Test
    void anAddedTokenMayBeInTheVocabularyToo() {
        Map<String, Object> json = tiny.json();
        vocabulary(json).put("<|im_end|>", END);

        assertThat(written(json).encode("<|im_end|>")).containsExactly(END);
    }

    @Test
    void anEndOfSequenceInTheVocabularyIsSpecialAsInLlamaCpp() {
        Map<String, Object> json = tiny.json();
        vocabulary(json).put("</s>", 264);

        assertThat(written(json).encode("he</s>")).containsExactly(HE, 264);
        assertThat(written(json).encodeUntrusted("he</s>")).doesNotContain(264);
    }

    @Test
    void aTokenOutsideTheByteAlphabetIsRefused() {
        Map<String, Object> json = tiny.json();
        vocabulary(json).put("字", 270);

        assertThatThrownBy(() -> written(json)).isInstanceOf(ModelFailedException.class)
                .hasMessageContaining("got U+5B57");
    }

    @Test
    void anotherKindOfTokenizerIsRefused() {
        Map<String, Object> json = tiny.json();
        model(json).put("type", "Unigram");

        assertThatThrownBy(() -> written(json)).isInstanceOf(ModelFailedException.class)
                .hasMessageContaining("model.type must be BPE, got Unigram");
    }

    @Test
    void aCutFileIsRefused() throws IOException {
        Path file = directory.resolve("tokenizer.json");
        TinyTokenizer.write(file, tiny.json());
        Files.writeString(file, Files.readString(file).substring(0, 1000));

        assertThatThrownBy(() -> ByteLevelTokenizer.read(directory))
                .isInstanceOf(ModelFailedException.class).hasMessageContaining("can not be used");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> ByteLevelTokenizer.read(directory))
                .isInstanceOf(ModelFailedException.class)
                .hasMessageContaining(directory.resolve("tokenizer.json").toString());
    }

    @Test
    void anUnknownPretokenizerIsRefused() throws IOException {
        TinyTokenizer.write(directory.resolve("tokenizer.json"), tiny.json());
        TinyTokenizer.write(directory.resolve("memcollab.json"), Map.of("pretokenizer", "gpt-9"));

        assertThatThrownBy(() -> ByteLevelTokenizer.read(directory))
                .isInstanceOf(ModelFailedException.class).hasMessageContaining(
                        "pretokenizer must be one of [qwen2, smollm], got \"gpt-9\"");
    }

    @Test
    void withoutANameTheOneOfQwen2IsRecognised() throws IOException {
        String expression = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
                + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
        Map<String, Object> json = tiny.json();
        json.put("pre_tokenizer", Map.of("type", "Sequence", "pretokenizers",
                List.of(Map.of("type", "Split", "pattern", Map.of("Regex", expression)),
                        Map.of("type", "ByteLevel", "use_regex", false))));
        TinyTokenizer.write(directory.resolve("tokenizer.json"), json);

        assertThat(ByteLevelTokenizer.read(directory)).hasToString("qwen2, 264 tokens");
    }

    @Test
    void withoutANameTheOneOfSmollmIsRecognised() throws IOException {
        Map<String, Object> json = tiny.json();
        json.put("pre_tokenizer", Map.of("type", "Sequence", "pretokenizers",
                List.of(Map.of("type", "Digits", "individual_digits", true),
                        Map.of("type", "ByteLevel", "add_prefix_space", false, "use_regex",
                                true))));
        TinyTokenizer.write(directory.resolve("tokenizer.json"), json);

        assertThat(ByteLevelTokenizer.read(directory)).hasToString("smollm, 264 tokens");
    }

    @Test
    void aTokenizerWithoutAKnownPretokenizerIsRefused() throws IOException {
        TinyTokenizer.write(directory.resolve("tokenizer.json"), tiny.json());

        assertThatThrownBy(() -> ByteLevelTokenizer.read(directory))
                .isInstanceOf(ModelFailedException.class)
                .hasMessageContaining("pre_tokenizer must be one of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "\n", "hello", "'", "1", ".", "\u0301", "<|im_end|>", " \n",
            "<|im_"})
    void longRunsTakeNearlyLinearTime(String unit) {
        var merging = TinyTokenizer.of("a a", "aa aa", "Ġ Ġ", "ĠĠ ĠĠ", "Ċ Ċ", ". .", "h e", "l l");
        String text = unit.repeat(1_000_000 / unit.length());

        for (Pretokenizer pretokenizer : Pretokenizer.values()) {
            ByteLevelTokenizer built = merging.build(pretokenizer);
            int[] ids = assertTimeoutPreemptively(FOR_LONG_TEXTS, () -> built.encode(text));

            assertThat(built.decode(ids).equals(text)).isTrue();
        }
    }

    private ByteLevelTokenizer written(Map<String, Object> json) {
        try {
            TinyTokenizer.write(directory.resolve("tokenizer.json"), json);
            TinyTokenizer.write(directory.resolve("memcollab.json"),
                    Map.of("pretokenizer", "qwen2"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return ByteLevelTokenizer.read(directory);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> model(Map<String, Object> json) {
        return (Map<String, Object>) Objects.requireNonNull(json.get("model"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Integer> vocabulary(Map<String, Object> json) {
        return (Map<String, Integer>) Objects.requireNonNull(model(json).get("vocab"));
    }
}
