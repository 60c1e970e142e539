package dev.memcollab.memory.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.Embedding;
import dev.memcollab.embedding.WordBagEmbedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptEmbeddingsTest {
    private static final Embedder EMBEDDER = new WordBagEmbedder();
    private static final List<String> TEXTS = List.of("a list of colours", "", "another");

    @TempDir
    private Path home;
    private Path directory;
    private final List<Integer> made = new ArrayList<>();

    @BeforeEach
    void doesNotExist() {
        directory = home.resolve("cache");
    }

    @Test
    void theyAreMadeOnce() {
        List<Embedding> first = of(TEXTS);
        assertThat(made).containsExactly(1, 2, 3);
        made.clear();

        assertSame(of(TEXTS), first);
        assertSame(first, TEXTS.stream().map(EMBEDDER::embed).toList());
        assertThat(made).isEmpty();
    }

    @Test
    void otherTextsTakeTheirPlace() throws IOException {
        of(TEXTS);

        assertSame(of(List.of("x")), List.of(EMBEDDER.embed("x")));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void ofNoTextsNothingIsKept() {
        assertThat(of(List.of())).isEmpty();

        assertThat(directory).doesNotExist();
    }

    @Test
    void aDamagedFileIsMadeAnew() throws IOException {
        List<Embedding> first = of(TEXTS);
        try (Stream<Path> files = Files.list(directory)) {
            Path file = files.findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            bytes[20] ^= 1;
            Files.write(file, bytes);
        }

        assertSame(of(TEXTS), first);
        assertThat(made).hasSize(6);
    }

    @Test
    void whereNothingCanBeKeptTheyAreMadeAllTheSame() throws IOException {
        Files.writeString(directory, "a file in its place");

        assertThat(of(TEXTS)).hasSize(3);
    }

    private static void assertSame(List<Embedding> kept, List<Embedding> made) {
        assertThat(kept).hasSameSizeAs(made);
        for (int i = 0; i < made.size(); i++) {
            assertThat(kept.get(i).cosine(made.get(i))).isEqualTo(1, within(1e-6));
        }
    }

    private List<Embedding> of(List<String> texts) {
        return new KeptEmbeddings(directory).of(texts, EMBEDDER, made::add);
    }
}
