package dev.memcollab.server;

import dev.memcollab.distill.Distiller;
import dev.memcollab.distill.DistillerEvent;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.jlama.JlamaLanguageModel;
import dev.memcollab.jlama.catalogue.ModelHome;
import dev.memcollab.memory.DistillerLock;
import dev.memcollab.memory.MemoryStatus;
import dev.memcollab.memory.MemoryStore;
import dev.memcollab.memory.embedding.KeptEmbeddings;
import dev.memcollab.merge.MergeSearch;
import dev.memcollab.merge.Sameness;
import dev.memcollab.recall.ClassifierWeights;
import dev.memcollab.recall.Reach;
import dev.memcollab.recall.TaskClassifier;
import dev.memcollab.recall.Taxonomy;
import dev.memcollab.server.StatusReport.ModelState;
import dev.memcollab.server.sandbox.PythonSandbox;
import dev.memcollab.solve.Solver;
import dev.memcollab.verify.TaskVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Puts the parts together; nothing else creates them.
public final class Wiring {
    private static final int CONTEXT_TOKENS = 4096;

    private final Home home;
    private final Settings settings;
    private final Clock clock = Clock.systemUTC();
    private final Activity activity = new Activity(clock);
    private final ModelHome models;

    public Wiring(Home home) {
        this.home = home;
        this.settings = Settings.read(home.settings());
        this.models = new ModelHome(home.models());
    }

    public Home home() {
        return home;
    }

    public Settings settings() {
        return settings;
    }

    public ModelHome models() {
        return models;
    }

    /// The memory with its distiller at work: for a server.
    public LocalMemory distillingMemory() {
        return memory(BackgroundDistiller::start, _ -> {
        });
    }

    /// The memory without one: for a command that ends at once.
    public LocalMemory restingMemory() {
        return restingMemory(_ -> {
        });
    }

    /// The same for a command that waits for the embedder.
    ///
    /// @param progress is told what takes long
    public LocalMemory restingMemory(Consumer<String> progress) {
        return memory(distiller -> {
        }, progress);
    }

    /// The memory for a command that has no time to load an embedder.
    public LocalMemory wordsOnlyMemory() {
        return memory(LateEmbedder.none(), distiller -> {
        }, _ -> {
        });
    }

    public MemoryStore store() {
        return store(Optional::empty);
    }

    private MemoryStore store(Supplier<Optional<Embedder>> embedder) {
        return MemoryStore.open(home.memory(), clock, settings.redaction(), embedder);
    }

    /// The memory for a command that learns or recalls in the foreground.
    ///
    /// @param memory the user's, or one of an experiment
    /// @param progress is told what takes long
    public Lab lab(Path memory, Consumer<String> progress) {
        var embedder = LateEmbedder.own();
        MemoryStore store = MemoryStore.open(memory, clock, settings.redaction(), embedder);
        return new Lab(store, understanding(embedder, store, progress), clock, progress);
    }

    private Understanding understanding(LateEmbedder embedder, MemoryStore store,
            Consumer<String> progress) {
        var understanding = new Understanding(embedder,
                new TaskClassifier(taxonomy(), ClassifierWeights.FITTED, embedder));
        understanding.learnWhenLoaded(new KeptEmbeddings(home.cache()), store, progress);
        return understanding;
    }

    private LocalMemory memory(Consumer<BackgroundDistiller> beginning,
            Consumer<String> progress) {
        return memory(LateEmbedder.own(), beginning, progress);
    }

    private LocalMemory memory(LateEmbedder embedder, Consumer<BackgroundDistiller> beginning,
            Consumer<String> progress) {
        MemoryStore store = store(embedder);
        Understanding understanding = understanding(embedder, store, progress);
        Solver solver = solver();
        var distiller = new Distiller(store, store, solver,
                understanding.reach(), new MergeSearch(store, embedder, Sameness.Weights.FITTED),
                Distiller.Policy.BACKGROUND, clock, this::narrate);
        var background = new BackgroundDistiller(store, distiller, shelf(),
                () -> DistillerLock.tryAcquire(home.memory()), activity, clock);
        beginning.accept(background);
        return new LocalMemory(store, understanding, solver, background,
                this::report, settings.redaction(), clock);
    }

    /// Ours, with what the user adds in the home.
    private Taxonomy taxonomy() {
        Path file = home.taxonomy();
        if (!Files.exists(file)) {
            return Taxonomy.own();
        }
        try {
            return Taxonomy.own().with(Taxonomy.parse(Files.readAllLines(file)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// A distiller on a store, for who does not want one in the background.
    public Distiller distiller(MemoryStore store, Consumer<DistillerEvent> watcher) {
        return new Distiller(store, store, solver(),
                Reach.byWords(TaskClassifier.withOwnTaxonomy()),
                MergeSearch.none(store), Distiller.Policy.BACKGROUND, clock, watcher);
    }

    private Solver solver() {
        return solver(settings.allowCode());
    }

    /// Solves tasks.
    ///
    /// @param allowCode whether tests that come with a task may be run, in the sandbox
    public Solver solver(boolean allowCode) {
        return new Solver(allowCode
                ? TaskVerifier.running(new PythonSandbox())
                : TaskVerifier.withoutCode());
    }

    private void narrate(DistillerEvent event) {
        activity.say(Narration.of(event));
    }

    private ModelShelf shelf() {
        return new ModelShelf(
                () -> ModelShelf.open(settings.weak(), settings.strong(), this::model), clock);
    }

    /// Opens an installed model.
    public JlamaLanguageModel model(String name) {
        return JlamaLanguageModel.open(models.require(name).directory(),
                JlamaLanguageModel.Options.standard().withContextTokens(CONTEXT_TOKENS)
                        .withThreads(threads()));
    }

    /// As many as set, or all but one: the user's work goes first.
    private int threads() {
        int processors = Runtime.getRuntime().availableProcessors();
        return settings.threads() == 0
                ? Math.max(1, processors - 1)
                : Math.min(settings.threads(), processors);
    }

    private StatusReport report(MemoryStatus store) {
        List<ModelState> states = List.of(state("weak", settings.weak()),
                state("strong", settings.strong()));
        var advice = new ArrayList<String>();
        states.stream().filter(state -> !state.installed())
                .forEach(state -> advice.add("the %s model %s is missing: memcollab models pull %s"
                        .formatted(state.role(), state.name(), state.name())));
        if (!store.damaged().isEmpty()) {
            advice.add("%d damaged lines in the journal were skipped, the first in %s"
                    .formatted(store.damaged().size(), store.damaged().getFirst().file()));
        }
        return new StatusReport(LocalMemory.counts(store.counts()), home.root().toString(),
                activity.state(), states, advice, activity.recent());
    }

    private ModelState state(String role, String name) {
        return new ModelState(role, name, models.isInstalled(name));
    }
}
