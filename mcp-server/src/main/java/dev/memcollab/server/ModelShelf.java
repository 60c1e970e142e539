package dev.memcollab.server;

import static java.lang.System.Logger.Level.INFO;

import dev.memcollab.model.LanguageModel;
import dev.memcollab.model.ModelPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps the pair of models while there is work for them, and frees their memory when there has
/// been none for five minutes. For one thread, the distiller's.
final class ModelShelf implements AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final System.Logger LOG = System.getLogger(ModelShelf.class.getName());

    private final Supplier<ModelPair> opening;
    private final Clock clock;
    private @Nullable ModelPair pair;
    private boolean inUse;
    private Instant lastUse = Instant.EPOCH;

    ModelShelf(Supplier<ModelPair> opening, Clock clock) {
        this.opening = opening;
        this.clock = clock;
    }

    /// Opens two models, so that neither is left open when the other can not be.
    static ModelPair open(String weak, String strong, Function<String, LanguageModel> opening) {
        LanguageModel opened = opening.apply(weak);
        try {
            return new ModelPair(opened, opening.apply(strong));
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /// The pair, loaded if it is not; it is put back after the work.
    ModelPair take() {
        ModelPair loaded = pair;
        if (loaded == null) {
            loaded = opening.get();
            pair = loaded;
            returnHeap(); // what was needed to read the tokenizers
        }
        inUse = true;
        return loaded;
    }

    /// Says that the work is done, whatever came of it: idle time begins.
    void putBack() {
        inUse = false;
        lastUse = clock.instant();
    }

    /// Frees the models when they have been idle for long enough.
    void tidy() {
        boolean idle = !inUse && Duration.between(lastUse, clock.instant()).compareTo(IDLE) >= 0;
        if (pair != null && idle) {
            LOG.log(INFO, "models dropped after {0} idle minutes", IDLE.toMinutes());
            close();
            returnHeap();
        }
    }

    @Override
    public void close() {
        ModelPair loaded = pair;
        pair = null;
        if (loaded != null) {
            List.of(loaded.weak(), loaded.strong()).forEach(LanguageModel::close);
        }
    }

    /// Makes the collector give memory back to the system, which the serial one does in full
    /// collections only; of its own accord it makes none while nothing is allocated.
    private static void returnHeap() {
        System.gc();
    }
}
