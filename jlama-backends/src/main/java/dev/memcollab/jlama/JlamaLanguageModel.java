package dev.memcollab.jlama;

import dev.memcollab.jlama.tokenizer.ByteLevelTokenizer;
import dev.memcollab.jlama.tokenizer.ChatTemplate;
import dev.memcollab.model.Decoding;
import dev.memcollab.model.Generation;
import dev.memcollab.model.Generation.End;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.model.Prompt;
import dev.memcollab.model.PromptTooLongException;
import dev.memcollab.model.Score;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A language model that Jlama runs in this process, from a directory in Hugging Face layout.
///
/// What a prompt has in common with one of the last few, at their beginning, is read once. Same prompt, same
/// decoding, same machine: same answer.
public final class JlamaLanguageModel implements LanguageModel {
    private static final System.Logger LOG = System.getLogger(JlamaLanguageModel.class.getName());

    private final String name;
    private final ByteLevelTokenizer tokenizer;
    private final ChatTemplate template;
    private final Set<Integer> ends;
    private final int contextTokens;
    private final boolean drafting;
    private final RecentAnswers answers = new RecentAnswers();
    private final ReentrantLock lock = new ReentrantLock(true);
    private volatile @Nullable Engine engine; // null once closed

    private JlamaLanguageModel(ModelDirectory directory, ByteLevelTokenizer tokenizer,
            int contextTokens, boolean drafting) {
        this.name = directory.name();
        this.tokenizer = tokenizer;
        this.template = ChatTemplate.read(directory.path());
        this.ends = directory.ends(tokenizer);
        this.contextTokens = contextTokens;
        this.drafting = drafting;
        this.engine = Engine.load(directory, contextTokens);
    }

    /// How a model is run.
    ///
    /// @param contextTokens most tokens of prompt and answer; no more than the model was made for
    /// @param threads threads to compute with, for all models: the first one opened decides
    /// @param drafting whether tokens are guessed and read ahead, which changes speed, not answers
    public record Options(int contextTokens, int threads, boolean drafting) {
        public Options {
            if (contextTokens < 16) {
                throw new IllegalArgumentException(
                        "contextTokens must be at least 16, got " + contextTokens);
            }
            int processors = Runtime.getRuntime().availableProcessors();
            if (threads < 1 || threads > processors) {
                throw new IllegalArgumentException("threads must lie in 1..%d, got %d"
                        .formatted(processors, threads));
            }
        }

        /// A context of 4096 tokens, a thread for each processor, and drafting.
        public static Options standard() {
            return new Options(4096, Runtime.getRuntime().availableProcessors(), true);
        }

        public Options withContextTokens(int contextTokens) {
            return new Options(contextTokens, threads, drafting);
        }

        public Options withThreads(int threads) {
            return new Options(contextTokens, threads, drafting);
        }

        public Options withDrafting(boolean drafting) {
            return new Options(contextTokens, threads, drafting);
        }
    }

    public static JlamaLanguageModel open(Path modelDirectory) {
        return open(modelDirectory, Options.standard());
    }

    /// Loads the model; some seconds for a large one.
    ///
    /// @throws dev.memcollab.model.ModelFailedException when files are missing or can not be used
    public static JlamaLanguageModel open(Path modelDirectory, Options options) {
        ModelDirectory directory = ModelDirectory.read(modelDirectory);
        ByteLevelTokenizer tokenizer = ByteLevelTokenizer.read(modelDirectory);
        Threads.choose(options.threads());
        int contextTokens = Math.min(options.contextTokens(), directory.trainedContextTokens());
        var model = new JlamaLanguageModel(directory, tokenizer, contextTokens,
                options.drafting());
        LOG.log(Level.INFO, "loaded {0}, {1} tokens of context", model.name, contextTokens);
        return model;
    }

    @Override
    public String name() {
        requireOpen();
        return name;
    }

    @Override
    public int contextTokens() {
        requireOpen();
        return contextTokens;
    }

    @Override
    public int countTokens(Prompt prompt) {
        requireOpen();
        return template.encode(prompt, tokenizer).length;
    }

    /// What it has read since it was opened.
    public TokenCounts counts() {
        return requireOpen().counts();
    }

    @Override
    public Generation generate(Prompt prompt, Decoding decoding) throws InterruptedException {
        requireOpen();
        int[] text = template.encode(prompt, tokenizer);
        requireRoom(text.length + decoding.maxTokens());
        lock.lockInterruptibly();
        try {
            return answer(requireOpen(), text, decoding);
        } finally {
            lock.unlock();
        }
    }

    private Generation answer(Engine open, int[] text, Decoding decoding)
            throws InterruptedException {
        var ahead = new ReadAhead(open, answers.ids(), text, decoding.maxTokens(), drafting);
        Generation generation = answer(ahead, read(open, text), text, decoding);
        answers.add(ahead.answer());
        return generation;
    }

    private Generation answer(ReadAhead ahead, float[] first, int[] text, Decoding decoding)
            throws InterruptedException {
        var answer = new Answer(tokenizer, decoding.stops());
        var choice = new TokenChoice(decoding, tokenizer, ends);
        float[] logits = first;
        while (true) {
            OptionalInt next = choice.next(logits, answer);
            if (next.isEmpty()) {
                return generation(answer, text, End.MASK);
            }
            int id = next.getAsInt();
            if (ends.contains(id)) {
                return generation(answer, text, End.TURN);
            }
            answer.append(id);
            if (answer.isStopped()) {
                return generation(answer, text, End.STOP);
            }
            if (answer.tokens() == decoding.maxTokens()) {
                return generation(answer, text, End.LENGTH);
            }
            logits = ahead.after(id);
        }
    }

    private static Generation generation(Answer answer, int[] text, End end) {
        return new Generation(answer.text(), text.length, answer.tokens(), end);
    }

    private float[] read(Engine open, int[] text) throws InterruptedException {
        int known = open.known(text);
        long begun = System.nanoTime();
        float[] logits = open.read(text);
        LOG.log(Level.DEBUG, "{0}: {1} of {2} prompt tokens known, the others read in {3} ms", name,
                known, text.length, (System.nanoTime() - begun) / 1_000_000);
        return logits;
    }

    @Override
    public List<Score> score(Prompt prompt, List<String> continuations)
            throws InterruptedException {
        requireOpen();
        int[] text = template.encode(prompt, tokenizer);
        var encoded = new ArrayList<int[]>();
        for (int i = 0; i < continuations.size(); i++) {
            int[] ids = tokenizer.encodeUntrusted(continuations.get(i));
            if (ids.length == 0) {
                throw new IllegalArgumentException(
                        "continuations[%d] must not be empty".formatted(i));
            }
            requireRoom(text.length + ids.length);
            encoded.add(ids);
        }
        lock.lockInterruptibly();
        try {
            return score(requireOpen(), text, encoded);
        } finally {
            lock.unlock();
        }
    }

    private List<Score> score(Engine open, int[] text, List<int[]> continuations)
            throws InterruptedException {
        double[] logProbabilities = open.logProbabilities(read(open, text), continuations);
        return IntStream.range(0, logProbabilities.length)
                .mapToObj(i -> new Score(continuations.get(i).length, logProbabilities[i]))
                .toList();
    }

    private void requireRoom(int tokens) {
        if (tokens > contextTokens) {
            throw new PromptTooLongException(name, tokens, contextTokens);
        }
    }

    private Engine requireOpen() {
        Engine open = engine;
        if (open == null) {
            throw new IllegalStateException(name + " is closed");
        }
        return open;
    }

    /// Waits for the call under way, then frees the weights.
    @Override
    public void close() {
        lock.lock();
        try {
            Engine open = engine;
            engine = null;
            if (open != null) {
                open.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
