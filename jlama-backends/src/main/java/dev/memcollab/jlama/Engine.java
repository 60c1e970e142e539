package dev.memcollab.jlama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tjake.jlama.model.AbstractModel;
import com.github.tjake.jlama.model.llama.LlamaConfig;
import com.github.tjake.jlama.model.llama.LlamaModel;
import com.github.tjake.jlama.model.qwen2.Qwen2Config;
import com.github.tjake.jlama.model.qwen2.Qwen2Model;
import com.github.tjake.jlama.safetensors.Config;
import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.safetensors.SafeTensorSupport;
import com.github.tjake.jlama.safetensors.WeightLoader;
import com.github.tjake.jlama.safetensors.tokenizer.Tokenizer;
import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.FloatBufferTensor;
import com.github.tjake.jlama.tensor.KvBufferCache;
import com.github.tjake.jlama.tensor.operations.TensorOperationsProvider;
import dev.memcollab.jlama.kernel.VectorTensorOperations;
import dev.memcollab.model.ModelFailedException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;

/// A loaded network: tokens in, logits out; for one thread at a time.
///
/// It keeps the keys and values of the tokens it read last. A text that begins with the same tokens
/// is read from the first different one on.
final class Engine implements AutoCloseable {
    // Jlama keeps a work tensor of each shape it ever saw, so batches come in few sizes: the last
    // one
    // is filled up to a multiple of ROWS with any token. What that writes behind the text is
    // overwritten before it is ever attended to.

    /// Tokens in a batch, between two looks at an interrupt.
    private static final int BATCH = 64;
    /// Rows of logits at a time when scoring.
    private static final int SCORED = 32;
    /// Rows that the kernel multiplies at once.
    private static final int ROWS = 4;

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS) // "silu" is SILU
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final String name;
    private final AbstractModel model;
    private final KvBufferCache.KvBuffer memory;
    private final AbstractTensor<?, ?> logits; // [1, vocabulary]
    private final AbstractTensor<?, ?> scores; // [SCORED, vocabulary]
    private final int[] read;
    private int length; // tokens of read whose keys and values are in memory

    private Engine(String name, AbstractModel model, int contextTokens) {
        this.name = name;
        this.model = model;
        this.memory = new KvBufferCache(model).getEphemeralKvBuffer();
        int vocabulary = model.getConfig().vocabularySize;
        this.logits = new FloatBufferTensor(1, vocabulary);
        this.scores = new FloatBufferTensor(SCORED, vocabulary);
        this.read = new int[contextTokens];
    }

    static Engine load(ModelDirectory directory, Tokenizer tokenizer, int contextTokens) {
        requireOurOperations();
        try {
            WeightLoader weights = SafeTensorSupport.loadWeights(directory.path().toFile());
            AbstractModel model = network(directory, contextTokens, weights, tokenizer);
            return new Engine(directory.name(), model, contextTokens);
        } catch (RuntimeException | JsonProcessingException e) {
            throw new ModelFailedException("can not load the model at " + directory.path() + " ("
                    + e + "): import or pull it again", e);
        }
    }

    /// Other operations of the same name, such as jlama-native's, compute wrong numbers in silence.
    private static void requireOurOperations() {
        var operations = TensorOperationsProvider.get();
        if (!(operations instanceof VectorTensorOperations)) {
            throw new ModelFailedException("Jlama computes with " + operations.name()
                    + ": take jlama-native off the class path and do not set"
                    + " jlama.force_panama_tensor_operations");
        }
    }

    private static AbstractModel network(ModelDirectory directory, int contextTokens,
            WeightLoader weights, Tokenizer tokenizer) throws JsonProcessingException {
        return switch (directory.architecture()) {
            case "llama" -> new LlamaModel(config(directory, contextTokens, LlamaConfig.class),
                    weights, tokenizer, DType.F32, DType.F32, Optional.empty());
            case "qwen2" -> new Qwen2Model(config(directory, contextTokens, Qwen2Config.class),
                    weights, tokenizer, DType.F32, DType.F32, Optional.empty());
            default -> throw new ModelFailedException(directory.path().resolve("config.json")
                    + ": model_type must be llama or qwen2, got " + directory.architecture());
        };
    }

    /// The description with a context just as long as it is used: tables are made for all of it.
    ///
    /// Jlama turns head h at position p as if it were at p + 2h, the same for queries and keys, so the
    /// table of turns must be that much longer.
    private static <C extends Config> C config(ModelDirectory directory, int contextTokens,
            Class<C> type) throws JsonProcessingException {
        int positions = contextTokens + 2 * directory.number("num_attention_heads") + ROWS;
        ObjectNode fields = directory.config().deepCopy().put("max_position_embeddings",
                positions);
        return JSON.treeToValue(fields, type);
    }

    /// How many tokens of the text need not be read again.
    int known(int[] text) {
        int different = Arrays.mismatch(read, 0, length, text, 0, text.length);
        return different < 0 ? length : different;
    }

    /// Reads a text; the logits of the token after it.
    float[] read(int[] text) throws InterruptedException {
        length = Math.min(known(text), text.length - 1);
        while (length < text.length) {
            int size = Math.min(BATCH, text.length - length);
            try (AbstractTensor<?, ?> hidden = forward(text, length, size)) {
                if (length == text.length) {
                    return logits(hidden, size - 1);
                }
            }
        }
        throw new IllegalArgumentException("text must not be empty");
    }

    /// Reads one more token; the logits of the one after it.
    float[] append(int id) throws InterruptedException {
        int[] text = Arrays.copyOf(read, length + 1);
        text[length] = id;
        try (AbstractTensor<?, ?> hidden = forward(text, length, 1)) {
            return logits(hidden, 0);
        }
    }

    /// ln p of a continuation of the first `position` tokens read, of which `next` are the logits.
    double logProbability(int position, float[] next, int[] continuation)
            throws InterruptedException {
        int[] text = Arrays.copyOf(read, position + continuation.length);
        System.arraycopy(continuation, 0, text, position, continuation.length);
        double sum = Logits.logProbability(MemorySegment.ofArray(next), 0, next.length,
                continuation[0]);
        length = position;
        for (int end = text.length - 1; length < end;) {
            int from = length;
            int size = Math.min(SCORED, end - from);
            try (AbstractTensor<?, ?> hidden = forward(text, from, size)) {
                sum += sumOfNext(hidden, size, text, from);
            }
        }
        return sum;
    }

    private double sumOfNext(AbstractTensor<?, ?> hidden, int size, int[] text, int from) {
        sample(hidden, scores);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Logits.logProbability(scores.getMemorySegment(), i, vocabulary(),
                    text[from + i + 1]);
        }
        return sum;
    }

    private int vocabulary() {
        return model.getConfig().vocabularySize;
    }

    /// Runs `size` tokens of the text from a position on; the hidden states of at least those.
    private AbstractTensor<?, ?> forward(int[] text, int from, int size)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        int rows = size == 1 ? 1 : Math.ceilDiv(size, ROWS) * ROWS;
        int[] batch = Arrays.copyOf(Arrays.copyOfRange(text, from, from + size), rows);
        length = from;
        try {
            AbstractTensor<?, ?> hidden = Threads
                    .compute(() -> model.batchForward(batch, from, memory));
            if (hidden.shape().first() != rows) {
                throw new ModelFailedException(
                        "jlama.max_batch_size must be at least " + BATCH + ": do not set it");
            }
            System.arraycopy(text, from, read, from, size);
            length = from + size;
            return hidden;
        } catch (IndexOutOfBoundsException | IllegalArgumentException | IllegalStateException e) {
            throw new ModelFailedException(name + " failed at token " + from + " (" + e
                    + "): run memcollab models check " + name, e);
        }
    }

    private float[] logits(AbstractTensor<?, ?> hidden, int row) {
        AbstractTensor<?, ?> last = hidden.shape().first() == 1 ? hidden : hidden.slice(row);
        sample(last, logits);
        return logits.getMemorySegment().toArray(FLOAT);
    }

    /// At temperature 0 Jlama's sampling leaves the logits as they are.
    private void sample(AbstractTensor<?, ?> hidden, AbstractTensor<?, ?> target) {
        Threads.compute(() -> model.sample(hidden, 0f, 0f, target));
    }

    /// Frees the weights; the pages of the memory go back to Jlama's pool for the next model.
    @Override
    public void close() {
        memory.close();
        model.close();
        try {
            model.getWeights().close();
        } catch (Exception e) { // declared by AutoCloseable
            throw new ModelFailedException("can not close " + name, e);
        }
    }
}
