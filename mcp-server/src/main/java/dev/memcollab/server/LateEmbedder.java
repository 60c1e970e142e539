package dev.memcollab.server;

import dev.memcollab.embedding.Embedder;
import dev.memcollab.memory.embedding.EmbedderMissingException;
import dev.memcollab.memory.embedding.MiniLm;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The embedder of a process, loaded in the background when it is first asked for. Until then, and on
/// machines that have none, it is absent.
final class LateEmbedder implements Supplier<Optional<Embedder>>, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LateEmbedder.class.getName());

    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("embedder").unstarted(task));
    private final Supplier<Optional<MiniLm>> source;
    private @Nullable Future<?> loading; // guarded by this; null until it is first asked for
    private volatile Consumer<Embedder> whenLoaded = _ -> {
    };
    private volatile @Nullable MiniLm loaded;
    private volatile boolean closing;

    private LateEmbedder(Supplier<Optional<MiniLm>> source) {
        this.source = source;
    }

    /// The one that comes with the program.
    static LateEmbedder own() {
        return new LateEmbedder(() -> Optional.of(MiniLm.load()));
    }

    /// None, however late.
    static LateEmbedder none() {
        return new LateEmbedder(Optional::empty);
    }

    /// Sets what is done in the background as soon as there is one. It may take its time, and asks
    /// [#requireOpen] now and then.
    void whenLoaded(Consumer<Embedder> work) {
        whenLoaded = work;
    }

    @Override
    public Optional<Embedder> get() {
        var _ = loading();
        return Optional.ofNullable(loaded);
    }

    /// Loads it, and waits until that and what is done then has ended.
    void await() {
        try {
            loading().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the embedder was loaded", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the embedder cannot be loaded", e.getCause());
        }
    }

    private synchronized Future<?> loading() {
        Future<?> begun = loading == null ? worker.submit(this::load) : loading;
        loading = begun;
        return begun;
    }

    private void load() {
        try {
            loaded = source.get().orElse(null);
            MiniLm embedder = loaded;
            if (embedder != null) {
                LOG.log(Level.DEBUG, "embedder {0} loaded", embedder.name());
                whenLoaded.accept(embedder);
            }
        } catch (EmbedderMissingException e) {
            LOG.log(Level.INFO, e.getMessage());
        } catch (CancellationException e) {
            LOG.log(Level.DEBUG, "closed before all was done");
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "recall goes on by words", e);
        }
    }

    /// Ends what is done in the background when this is being closed.
    void requireOpen() {
        if (closing) {
            throw new CancellationException();
        }
    }

    @Override
    public void close() {
        closing = true;
        worker.close();
        MiniLm last = loaded;
        loaded = null;
        if (last != null) {
            last.close();
        }
    }
}
