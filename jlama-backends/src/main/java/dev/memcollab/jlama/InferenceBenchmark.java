package dev.memcollab.jlama;

import com.sun.management.ThreadMXBean;
import dev.memcollab.model.ModelFailedException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;

/// Times what a loaded model does with texts of made-up tokens; for one thread at a time.
///
/// Text t has, at place i, token 256 + (7919 · i + 104729 · t) mod (v / 2) of a vocabulary of v: the
/// low half of the models' vocabularies is of ordinary tokens, and two texts in a row begin
/// differently, so that nothing of one is known of the other.
public final class InferenceBenchmark implements AutoCloseable {
    /// Tokens before those that are decoded.
    public static final int PROMPT = 16;
    private static final int FIRST_ORDINARY = 256;
    private static final long NEXT_PLACE = 7_919;
    private static final long NEXT_TEXT = 104_729;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Engine engine;
    private final Sizes sizes;
    private final WeightCount weights;
    private final int vocabulary;
    private int texts;

    private InferenceBenchmark(Engine engine, Sizes sizes, WeightCount weights, int vocabulary) {
        this.engine = engine;
        this.sizes = sizes;
        this.weights = weights;
        this.vocabulary = vocabulary;
    }

    /// What a model does.
    public enum Phase {
        /// Reads a text of which it knows nothing, up to the logits after its last token.
        PREFILL,
        /// Appends the likeliest token, one by one, to a short text that was read before.
        DECODE,
        /// Finds ln p of each token of a continuation, after one token that was read before.
        SCORE
    }

    /// How many tokens of each phase are timed.
    public record Sizes(int prefill, int decode, int score) {
        /// Most tokens of a phase.
        public static final int MOST = 4_000;

        public Sizes {
            requireInRange("prefill", prefill);
            requireInRange("decode", decode);
            requireInRange("score", score);
        }

        private static void requireInRange(String name, int value) {
            if (value < 1 || value > MOST) {
                throw new IllegalArgumentException(
                        "%s must lie in 1..%d, got %d".formatted(name, MOST, value));
            }
        }

        public int of(Phase phase) {
            return switch (phase) {
                case PREFILL -> prefill;
                case DECODE -> decode;
                case SCORE -> score;
            };
        }

        private int contextTokens() {
            return Math.max(prefill, Math.max(PROMPT + decode, score + 2));
        }
    }

    /// One measurement.
    ///
    /// @param tokens that ran through the layers
    /// @param logits of how many of them logits were computed
    /// @param allocated bytes of heap, by all threads
    public record Sample(int tokens, int logits, long nanos, long allocated) {}

    /// Loads a model for measuring.
    ///
    /// @param threads to compute with; the same for all models of a process
    public static InferenceBenchmark open(Path modelDirectory, int threads, Sizes sizes) {
        ModelDirectory directory = ModelDirectory.read(modelDirectory);
        if (sizes.contextTokens() > directory.trainedContextTokens()) {
            throw new ModelFailedException("%s has a context of %d tokens, %s need %d".formatted(
                    directory.name(), directory.trainedContextTokens(), sizes,
                    sizes.contextTokens()));
        }
        Threads.choose(threads);
        if (Threads.team().size() != threads) {
            throw new IllegalStateException("this process computes with %d threads, not %d"
                    .formatted(Threads.team().size(), threads));
        }
        return new InferenceBenchmark(Engine.load(directory, sizes.contextTokens()), sizes,
                WeightCount.of(modelDirectory.resolve("model.safetensors")),
                directory.number("vocab_size"));
    }

    public WeightCount weights() {
        return weights;
    }

    /// Does a phase once, with another text than the last time.
    public Sample measure(Phase phase) throws InterruptedException {
        int tokens = sizes.of(phase);
        return switch (phase) {
            case PREFILL -> {
                int[] text = text(tokens);
                yield timed(tokens, 1, () -> engine.read(text));
            }
            case DECODE -> {
                float[] logits = engine.read(text(PROMPT));
                yield timed(tokens, tokens, () -> decode(logits, tokens));
            }
            case SCORE -> {
                // The first of the continuation costs nothing: its logits are there.
                int[] text = text(tokens + 2);
                float[] logits = engine.read(Arrays.copyOf(text, 1));
                int[] continuation = Arrays.copyOfRange(text, 1, text.length);
                yield timed(tokens, tokens, () -> engine.logProbability(1, logits, continuation));
            }
        };
    }

    private void decode(float[] first, int tokens) throws InterruptedException {
        float[] logits = first;
        for (int i = 0; i < tokens; i++) {
            logits = engine.append(likeliest(logits));
        }
    }

    private static int likeliest(float[] logits) {
        int best = 0;
        for (int id = 1; id < logits.length; id++) {
            if (logits[id] > logits[best]) {
                best = id;
            }
        }
        return best;
    }

    private int[] text(int length) {
        long start = NEXT_TEXT * ++texts;
        var text = new int[length];
        Arrays.setAll(text,
                i -> FIRST_ORDINARY + (int) ((NEXT_PLACE * i + start) % (vocabulary / 2)));
        return text;
    }

    /// Work that is timed.
    private interface Work {
        void run() throws InterruptedException;
    }

    private static Sample timed(int tokens, int logits, Work work) throws InterruptedException {
        long allocated = THREADS.getTotalThreadAllocatedBytes();
        long begun = System.nanoTime();
        work.run();
        long nanos = System.nanoTime() - begun;
        return new Sample(tokens, logits, nanos,
                THREADS.getTotalThreadAllocatedBytes() - allocated);
    }

    @Override
    public void close() {
        engine.close();
    }
}
