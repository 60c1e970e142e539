package dev.memcollab.memory.embedding;

import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.Embedding;
import dev.memcollab.memory.Directories;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/// Embeddings of texts that are the same from start to start, kept in a file because making them
/// takes seconds.
///
/// The file has the numbers of one vector after the other, four bytes each, the lowest first, and
/// at its end a CRC-32 of them. Its name is a digest of embedder and texts, so that it never holds
/// others than it says.
public final class KeptEmbeddings {
    private static final System.Logger LOG = System.getLogger(KeptEmbeddings.class.getName());
    private static final String SUFFIX = ".vectors";

    private final Path directory;

    public KeptEmbeddings(Path directory) {
        this.directory = directory;
    }

    /// The embeddings of texts, from the file where it has them.
    ///
    /// @param progress is told how many are made, after each
    public List<Embedding> of(List<String> texts, Embedder embedder, IntConsumer progress) {
        if (texts.isEmpty()) {
            return List.of();
        }
        Path file = directory.resolve(digest(texts, embedder) + SUFFIX);
        return read(file, texts.size(), embedder.dimensions()).orElseGet(() -> {
            var made = new ArrayList<Embedding>();
            for (String text : texts) {
                made.add(embedder.embed(text));
                progress.accept(made.size());
            }
            keep(file, made, embedder.dimensions());
            return List.copyOf(made);
        });
    }

    /// The same, by text.
    public Map<String, Embedding> byText(List<String> texts, Embedder embedder,
            IntConsumer progress) {
        return byText(texts, of(texts, embedder, progress));
    }

    /// What a program comes with: the file as a resource.
    ///
    /// @param owner of the resource
    /// @param directory of the resource, seen from the owner
    /// @return by text; empty where the resource is missing or is of other texts or another embedder
    public static Map<String, Embedding> shipped(Class<?> owner, String directory,
            List<String> texts, Embedder embedder) {
        String name = directory + "/" + digest(texts, embedder) + SUFFIX;
        try (InputStream resource = owner.getResourceAsStream(name)) {
            return resource == null
                    ? Map.of()
                    : decoded(resource.readAllBytes(), texts.size(), embedder.dimensions())
                            .map(embeddings -> byText(texts, embeddings)).orElse(Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    private static Map<String, Embedding> byText(List<String> texts, List<Embedding> embeddings) {
        var byText = new HashMap<String, Embedding>();
        for (int i = 0; i < texts.size(); i++) {
            byText.put(texts.get(i), embeddings.get(i));
        }
        return byText;
    }

    private static String digest(List<String> texts, Embedder embedder) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(embedder.name().getBytes(StandardCharsets.UTF_8));
            for (String text : texts) {
                sha.update((byte) 0);
                sha.update(text.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha.digest(), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Optional<List<Embedding>> read(Path file, int count, int dimensions) {
        try {
            Optional<List<Embedding>> kept = decoded(Files.readAllBytes(file), count, dimensions);
            if (kept.isEmpty()) {
                LOG.log(System.Logger.Level.WARNING, "{0} is damaged and is made anew", file);
            }
            return kept;
        } catch (NoSuchFileException notThere) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be read: {1}", file, e.getMessage());
            return Optional.empty();
        }
    }

    /// Empty where they are damaged.
    private static Optional<List<Embedding>> decoded(byte[] file, int count, int dimensions) {
        var bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int length = count * dimensions * Float.BYTES;
        if (file.length != length + Integer.BYTES || bytes.getInt(length) != crc(file, length)) {
            return Optional.empty();
        }
        return Optional.of(IntStream.range(0, count).mapToObj(_ -> {
            var vector = new float[dimensions];
            for (int i = 0; i < dimensions; i++) {
                vector[i] = bytes.getFloat();
            }
            return Embedding.of(vector);
        }).toList());
    }

    private static int crc(byte[] bytes, int length) {
        var crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /// Goes on without where it cannot be written.
    private void keep(Path file, List<Embedding> embeddings, int dimensions) {
        int length = embeddings.size() * dimensions * Float.BYTES;
        var bytes = ByteBuffer.allocate(length + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Embedding embedding : embeddings) {
            for (float value : embedding.toArray()) {
                bytes.putFloat(value);
            }
        }
        bytes.putInt(crc(bytes.array(), length));
        try {
            Directories.createPrivate(directory);
            Path unfinished = Files.createTempFile(directory, "unfinished-", SUFFIX);
            Files.write(unfinished, bytes.array());
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            deleteOthers(file);
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be kept: {1}", file, e.getMessage());
        }
    }

    private void deleteOthers(Path kept) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                if (!file.equals(kept)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
