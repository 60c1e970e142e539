package dev.memcollab.jlama.gguf;

import dev.memcollab.jlama.gguf.Progress.Phase;
import dev.memcollab.model.ModelFailedException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Writes a planned import into a directory that appears complete or not at all.
///
/// All goes into a hidden sibling first, is forced to the disk and then renamed. What a killed
/// process left of it is swept away by the next import of that name, so importers of one name must
/// not run at once.
public final class ModelWriter {
    private final GgufImport plan;
    private final Progress progress;

    public ModelWriter(GgufImport plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /// Writes the model.
    ///
    /// @param directory must not exist; its parent must. Its last name is the model's.
    /// @param sha256 of the GGUF file
    /// @throws ModelFailedException when the directory exists or the disk fails
    public void write(Path directory, String sha256) throws InterruptedException {
        if (Files.exists(directory)) {
            throw new ModelFailedException("%s exists already: run memcollab models remove %s"
                    .formatted(directory, directory.getFileName()));
        }
        var scratch = scratch(directory);
        try {
            FileTree.delete(scratch);
            Files.createDirectory(scratch);
            writeFiles(scratch, String.valueOf(directory.getFileName()), sha256);
            DurableFile.syncDirectory(scratch);
            Files.move(scratch, directory, StandardCopyOption.ATOMIC_MOVE);
            DurableFile.syncDirectory(
                    Objects.requireNonNull(directory.toAbsolutePath().getParent(), "parent"));
        } catch (ClosedByInterruptException _) {
            Thread.interrupted();
            throw new InterruptedException("interrupted while writing " + directory);
        } catch (IOException e) {
            throw new ModelFailedException("%s: the import failed: %s".formatted(directory, e), e);
        } finally {
            deleteQuietly(scratch);
        }
    }

    private void writeFiles(Path into, String name, String sha256)
            throws IOException, InterruptedException {
        var digests = new TreeMap<String, FileDigest>();
        var files = plan.files();
        writeFile(into, "config.json", files::writeConfig, digests);
        writeFile(into, "tokenizer.json", files::writeTokenizer, digests);
        writeFile(into, "tokenizer_config.json", files::writeTokenizerConfig, digests);
        try (var out = new DurableFile(into.resolve("model.safetensors"));
                var weights = new WeightStream(plan.gguf(), out, this::reportImported)) {
            out.write(plan.layout().head());
            for (var tensor : plan.tensors().entrySet()) {
                weights.write(tensor.getKey(), tensor.getValue());
            }
            digests.put("model.safetensors", out.finish());
        }
        var manifest = plan.manifest(name, sha256, digests);
        writeFile(into, ModelManifest.FILE_NAME, out -> out.write(manifest.toJson()),
                new TreeMap<>());
    }

    private void reportImported(long bytes) {
        progress.report(Phase.IMPORTING, bytes, plan.weightBytes());
    }

    private static void writeFile(Path into, String name, Content content,
            Map<String, FileDigest> digests) throws IOException {
        try (var out = new DurableFile(into.resolve(name))) {
            content.writeTo(out);
            digests.put(name, out.finish());
        }
    }

    private static Path scratch(Path directory) {
        return directory.resolveSibling("." + directory.getFileName() + ".importing");
    }

    private static void deleteQuietly(Path tree) {
        try {
            FileTree.delete(tree);
        } catch (IOException e) {
            System.getLogger(ModelWriter.class.getName()).log(System.Logger.Level.WARNING,
                    "could not delete {0}: {1}", tree, e);
        }
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }
}
