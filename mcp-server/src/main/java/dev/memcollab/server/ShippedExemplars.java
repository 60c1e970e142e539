package dev.memcollab.server;

import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.Embedding;
import dev.memcollab.memory.embedding.KeptEmbeddings;
import dev.memcollab.memory.embedding.MiniLm;
import dev.memcollab.recall.TaskClassifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The embeddings of the program's own examples of categories, which the build makes, since that
/// takes up to a minute that no user and no test should wait for.
public final class ShippedExemplars {
    /// Of the resources, and of the files that the build makes of them.
    private static final String DIRECTORY = "exemplars";
    /// A few seconds.
    private static final int A_STEP = 500;

    private ShippedExemplars() {}

    /// The embeddings by text; none where this embedder had no part in the build.
    public static Map<String, Embedding> of(Embedder embedder) {
        return KeptEmbeddings.shipped(ShippedExemplars.class, DIRECTORY, texts(), embedder);
    }

    /// Makes them where they are not there yet.
    ///
    /// @param arguments the directory of the package's resources
    public static void main(String[] arguments) {
        List<String> texts = texts();
        try (var embedder = MiniLm.load()) {
            new KeptEmbeddings(Path.of(arguments[0], DIRECTORY)).of(texts, embedder, made -> {
                if (made % A_STEP == 0) {
                    System.out.printf("memcollab: embedding the examples of categories,"
                            + " %d of %d%n", made, texts.size());
                }
            });
        }
    }

    private static List<String> texts() {
        return TaskClassifier.withOwnTaxonomy().exemplars();
    }
}
