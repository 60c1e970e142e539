package dev.memcollab.memory.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.Embedding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// all-MiniLM-L6-v2 in eight bits: the mean of what its last layer says of each piece.
///
/// A text of more than one window is the mean of its first windows: what a task is about is said
/// early, what follows is mostly what was pasted.
public final class MiniLm implements Embedder, AutoCloseable {
    /*
     * ONNX Runtime overflows a stack of a megabyte, the JVM's default, now and then: it kills the
     * process, and not even the JVM has a word to say. So it is called on one thread with a stack
     * of its own size, and callers wait for one another, a few milliseconds a text.
     */
    private static final long STACK_BYTES = 16 << 20;

    private static final String NAME = "all-MiniLM-L6-v2-int8";
    private static final int DIMENSIONS = 384;
    private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

    /// Pieces that the model was trained to read at once, without the two tokens around them.
    private static final int WINDOW = 254;
    private static final int MOST_WINDOWS = 4;

    private final WordPiece wordPiece;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final int first;
    private final int last;
    private final ExecutorService thread;

    private MiniLm(WordPiece wordPiece, OrtEnvironment environment, OrtSession session,
            ExecutorService thread) {
        this.thread = thread;
        this.wordPiece = wordPiece;
        this.environment = environment;
        this.session = session;
        this.first = wordPiece.id("[CLS]");
        this.last = wordPiece.id("[SEP]");
    }

    /// Loads it, which takes about a second.
    ///
    /// @throws EmbedderMissingException when ONNX Runtime has no build for this platform
    public static MiniLm load() {
        ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon()
                .name("onnx-runtime").stackSize(STACK_BYTES).factory());
        try {
            return result(thread.submit(() -> load(thread)));
        } catch (RuntimeException e) {
            thread.close();
            throw e;
        }
    }

    private static MiniLm load(ExecutorService thread) {
        try (var options = new OrtSession.SessionOptions()) {
            // The cores are the agent's; one text is quick on one of them.
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            return new MiniLm(wordPiece(), environment,
                    environment.createSession(resource(MODEL), options), thread);
        } catch (OrtException | IOException | UnsatisfiedLinkError | NoClassDefFoundError
                | ExceptionInInitializerError e) {
            throw new EmbedderMissingException("no embedder on this machine (%s): recall goes by"
                    .formatted(e.getMessage()) + " words alone", e);
        }
    }

    private static <T> T result(Future<T> work) {
        try {
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a text was embedded", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("cannot embed: " + e.getMessage(), e);
        }
    }

    static WordPiece wordPiece() throws IOException {
        try {
            JsonNode vocabulary = JsonMapper.shared().readTree(resource(TOKENIZER))
                    .path("model").path("vocab");
            var ids = new HashMap<String, Integer>();
            vocabulary.properties()
                    .forEach(token -> ids.put(token.getKey(), token.getValue().intValue()));
            return new WordPiece(ids);
        } catch (JacksonException e) {
            throw new IOException("the resource " + TOKENIZER + " is not JSON", e);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = MiniLm.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the resource " + name + " is missing");
            }
            return in.readAllBytes();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int dimensions() {
        return DIMENSIONS;
    }

    @Override
    public Embedding embed(String text) {
        return result(thread.submit(() -> embedHere(text)));
    }

    private Embedding embedHere(String text) {
        List<Integer> ids = wordPiece.ids(text);
        var windows = new ArrayList<Embedding>();
        int from = 0;
        do {
            int until = Math.min(ids.size(), from + WINDOW);
            windows.add(window(ids.subList(from, until)));
            from = until;
        } while (from < ids.size() && windows.size() < MOST_WINDOWS);
        return Embedding.mean(windows);
    }

    private Embedding window(List<Integer> pieces) {
        var ids = new long[pieces.size() + 2];
        ids[0] = first;
        for (int i = 0; i < pieces.size(); i++) {
            ids[i + 1] = pieces.get(i);
        }
        ids[ids.length - 1] = last;
        var ones = new long[ids.length];
        Arrays.fill(ones, 1);
        try (OnnxTensor tokens = tensor(ids);
                OnnxTensor mask = tensor(ones);
                OnnxTensor segments = tensor(new long[ids.length]);
                OrtSession.Result result = session.run(Map.of("input_ids", tokens,
                        "attention_mask", mask, "token_type_ids", segments))) {
            return meanPooled(((float[][][]) result.get(0).getValue())[0]);
        } catch (OrtException e) {
            throw new IllegalStateException("cannot embed a text of %d pieces: %s"
                    .formatted(pieces.size(), e.getMessage()), e);
        }
    }

    private OnnxTensor tensor(long[] values) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values),
                new long[]{1, values.length});
    }

    /// The direction of the mean is that of the sum.
    private static Embedding meanPooled(float[][] states) {
        var sum = new float[DIMENSIONS];
        for (float[] state : states) {
            for (int i = 0; i < DIMENSIONS; i++) {
                sum[i] += state[i];
            }
        }
        return Embedding.of(sum);
    }

    @Override
    public void close() {
        thread.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("cannot close the embedder: " + e.getMessage(), e);
        }
    }
}
