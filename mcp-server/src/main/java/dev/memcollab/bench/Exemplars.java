package dev.memcollab.bench;

import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.Embedding;
import dev.memcollab.memory.embedding.KeptEmbeddings;
import dev.memcollab.recall.TaskClassifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The exemplars of the program's taxonomy, embedded once for each cache.
final class Exemplars {
    private static final int A_STEP = 100;

    private Exemplars() {}

    static Map<String, Embedding> embedded(Path cache, Embedder embedder,
            Consumer<String> progress) {
        List<String> exemplars = TaskClassifier.withOwnTaxonomy().exemplars();
        return new KeptEmbeddings(cache).byText(exemplars, embedder, made -> {
            if (made % A_STEP == 0) {
                progress.accept("embedding exemplars, %d of %d".formatted(made, exemplars.size()));
            }
        });
    }
}
