package dev.memcollab.jlama;

import com.sun.management.ThreadMXBean;
import dev.memcollab.jlama.network.Network;
import dev.memcollab.model.ModelFailedException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Times what a loaded model does; for one thread at a time.
///
/// Texts are of made-up tokens but for the prompt after which tokens are drafted: a [Correction].
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
    private final int[] correction;
    private final int vocabulary;
    private int texts;

    private InferenceBenchmark(Engine engine, Sizes sizes, WeightCount weights, int[] correction,
            int vocabulary) {
        this.engine = engine;
        this.sizes = sizes;
        this.weights = weights;
        this.correction = correction;
        this.vocabulary = vocabulary;
    }

    /// What a model does.
    public enum Phase {
        /// Reads a text of which it knows nothing, up to the logits after its last token.
        PREFILL,
        /// Appends the likeliest token, one by one, to a short text that was read before.
        DECODE,
        /// Appends the likeliest token to the prompt of a correction that was read before, where tokens
        /// are guessed and read ahead.
        DRAFT,
        /// Finds ln p of each token of a continuation, after one token that was read before.
        SCORE
    }

    /// How many tokens of each phase are timed; as many with drafting as without.
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
                case DECODE, DRAFT -> decode;
                case SCORE -> score;
            };
        }

        private int contextTokens(int correction) {
            return Math.max(Math.max(prefill, score + 2), Math.max(PROMPT, correction) + decode);
        }
    }

    /// One measurement.
    ///
    /// @param tokens that were read; drafted ones that were refused do not count
    /// @param logits of how many of them logits were computed
    /// @param passes how often the network was run for them
    /// @param allocated bytes of heap, by all threads
    public record Sample(int tokens, int logits, int passes, long nanos, long allocated) {}

    /// Loads a model for measuring.
    ///
    /// @param threads to compute with; the same for all models of a process
    public static InferenceBenchmark open(Path modelDirectory, int threads, Sizes sizes) {
        ModelDirectory directory = ModelDirectory.read(modelDirectory);
        int[] correction = Correction.tokens(modelDirectory);
        int contextTokens = sizes.contextTokens(correction.length);
        if (contextTokens > directory.trainedContextTokens()) {
            throw new ModelFailedException("%s has a context of %d tokens, %s need %d".formatted(
                    directory.name(), directory.trainedContextTokens(), sizes, contextTokens));
        }
        Threads.choose(threads);
        if (Threads.team().size() != threads) {
            throw new IllegalStateException("this process computes with %d threads, not %d"
                    .formatted(Threads.team().size(), threads));
        }
        return new InferenceBenchmark(Engine.load(directory, contextTokens), sizes,
                WeightCount.of(modelDirectory.resolve("model.safetensors")), correction,
                directory.number("vocab_size"));
    }

    public WeightCount weights() {
        return weights;
    }

    /// The tokens of the prompt after which tokens are drafted.
    public List<Integer> correction() {
        return Arrays.stream(correction).boxed().toList();
    }

    /// Does a phase once, with another text than the last time, but always the same correction.
    public Sample measure(Phase phase) throws InterruptedException {
        int tokens = sizes.of(phase);
        return switch (phase) {
            case PREFILL -> {
                int[] text = text(tokens);
                yield timed(tokens, 1, () -> {
                    engine.read(text);
                    return passes(tokens);
                });
            }
            case DECODE -> {
                float[] logits = engine.read(text(PROMPT));
                yield timed(tokens, tokens, () -> decode(logits, tokens));
            }
            case DRAFT -> {
                float[] logits = engine.read(correction);
                yield timed(tokens, tokens, () -> draft(logits, tokens));
            }
            case SCORE -> {
                // The first of the continuation costs nothing: its logits are there.
                int[] text = text(tokens + 2);
                float[] logits = engine.read(Arrays.copyOf(text, 1));
                int[] continuation = Arrays.copyOfRange(text, 1, text.length);
                yield timed(tokens, tokens, () -> {
                    engine.logProbabilities(logits, List.of(continuation));
                    return passes(tokens);
                });
            }
        };
    }

    private static int passes(int tokens) {
        return Math.ceilDiv(tokens, Network.MOST_ROWS);
    }

    private int decode(float[] first, int tokens) throws InterruptedException {
        float[] logits = first;
        for (int i = 0; i < tokens; i++) {
            logits = engine.append(likeliest(logits));
        }
        return tokens;
    }

    private int draft(float[] first, int tokens) throws InterruptedException {
        // One more than are timed: the last token of an answer is not read.
        var ahead = new ReadAhead(engine, new int[0], correction, tokens + 1, true);
        float[] logits = first;
        for (int i = 0; i < tokens; i++) {
            logits = ahead.after(likeliest(logits));
        }
        return ahead.passes();
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

    /// Work that is timed; it tells how often the network was run.
    private interface Work {
        int run() throws InterruptedException;
    }

    private static Sample timed(int tokens, int logits, Work work) throws InterruptedException {
        long allocated = THREADS.getTotalThreadAllocatedBytes();
        long begun = System.nanoTime();
        int passes = work.run();
        long nanos = System.nanoTime() - begun;
        return new Sample(tokens, logits, passes, nanos,
                THREADS.getTotalThreadAllocatedBytes() - allocated);
    }

    @Override
    public void close() {
        engine.close();
    }
}
