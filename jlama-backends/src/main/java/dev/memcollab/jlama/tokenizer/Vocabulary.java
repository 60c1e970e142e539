package dev.memcollab.jlama.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The tokens of a model: their bytes, their merges and the special ones among them.
final class Vocabulary {
    static final int NO_TOKEN = -1;

    /// A learnt token that llama.cpp takes for the end of an answer in any vocabulary that has it, and
    /// so for special. Qwen's has it, by chance: no merge makes it.
    private static final String END_OF_SEQUENCE = "</s>";

    private final byte[] bytes; // of all tokens, in the order of their ids
    private final int[] offsets; // [size + 1], into bytes
    private final int[] idsOfBytes; // [256], NO_TOKEN where the vocabulary lacks the byte
    private final MergeTable merges;
    private final SpecialTokens specials;

    private Vocabulary(byte[][] tokens, int[] idsOfBytes, MergeTable merges,
            SpecialTokens specials) {
        Arrays.setAll(tokens, id -> tokens[id] == null ? new byte[0] : tokens[id]);
        this.offsets = new int[tokens.length + 1];
        for (int id = 0; id < tokens.length; id++) {
            offsets[id + 1] = offsets[id] + tokens[id].length;
        }
        this.bytes = new byte[offsets[tokens.length]];
        for (int id = 0; id < tokens.length; id++) {
            System.arraycopy(tokens[id], 0, bytes, offsets[id], tokens[id].length);
        }
        this.idsOfBytes = idsOfBytes;
        this.merges = merges;
        this.specials = specials;
    }

    /// The vocabulary of a `tokenizer.json`.
    ///
    /// @throws IllegalArgumentException for ids, tokens or merges that contradict one another
    static Vocabulary of(TokenizerFile file) {
        var tokens = new byte[size(file)][];
        file.ids().forEach((token, id) -> put(tokens, id, ByteAlphabet.bytes(token)));
        Map<String, Integer> specials = new TreeMap<>();
        if (file.ids().containsKey(END_OF_SEQUENCE)) {
            specials.put(END_OF_SEQUENCE, file.ids().get(END_OF_SEQUENCE));
        }
        for (TokenizerFile.AddedToken added : file.addedTokens()) {
            if (!added.isPadding()) {
                put(tokens, added.id(), added.content().getBytes(StandardCharsets.UTF_8));
                specials.put(added.content(), added.id());
            }
        }
        return new Vocabulary(tokens, idsOfBytes(file.ids()), merges(file),
                new SpecialTokens(specials));
    }

    /// An added token may be one of the vocabulary's, but no id may be two tokens'.
    private static void put(byte[][] tokens, int id, byte[] token) {
        byte[] other = tokens[id];
        if (other != null && !Arrays.equals(other, token)) {
            throw new IllegalArgumentException(
                    "id must be of one token, got %d for \"%s\" and \"%s\"".formatted(id,
                            new String(other, StandardCharsets.UTF_8),
                            new String(token, StandardCharsets.UTF_8)));
        }
        tokens[id] = token;
    }

    private static int size(TokenizerFile file) {
        List<Integer> ids = new ArrayList<>(file.ids().values());
        file.addedTokens().forEach(token -> ids.add(token.id()));
        int limit = 2 * ids.size() + 1024;
        for (int id : ids) {
            if (id < 0 || id >= limit) {
                throw new IllegalArgumentException("id must lie in [0, %d) for a vocabulary of %d"
                        .formatted(limit, ids.size()) + ", got " + id);
            }
        }
        return ids.stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
    }

    private static int[] idsOfBytes(Map<String, Integer> ids) {
        var idsOfBytes = new int[256];
        for (int b = 0; b < 256; b++) {
            idsOfBytes[b] = ids.getOrDefault(String.valueOf(ByteAlphabet.character(b)), NO_TOKEN);
        }
        return idsOfBytes;
    }

    private static MergeTable merges(TokenizerFile file) {
        var table = new MergeTable(file.merges().size());
        int rank = 0;
        for (TokenizerFile.Merge merge : file.merges()) {
            table.put(id(file, merge, merge.left()), id(file, merge, merge.right()), rank++,
                    id(file, merge, merge.left() + merge.right()));
        }
        return table;
    }

    private static int id(TokenizerFile file, TokenizerFile.Merge merge, String token) {
        Integer id = file.ids().get(token);
        if (id == null) {
            throw new IllegalArgumentException("merge must be of tokens in the vocabulary, "
                    + "got \"%s %s\" without \"%s\"".formatted(merge.left(), merge.right(),
                            token));
        }
        return id;
    }

    int size() {
        return offsets.length - 1;
    }

    /// The bytes of a token; none for an id that only fills up the model's output.
    byte[] bytes(int id) {
        if (id < 0 || id >= size()) {
            throw new IllegalArgumentException(
                    "id must lie in [0, %d), got %d".formatted(size(), id));
        }
        return Arrays.copyOfRange(bytes, offsets[id], offsets[id + 1]);
    }

    /// The token of a single byte, or [#NO_TOKEN].
    int idOfByte(byte b) {
        return idsOfBytes[b & 0xFF];
    }

    MergeTable merges() {
        return merges;
    }

    SpecialTokens specials() {
        return specials;
    }
}
