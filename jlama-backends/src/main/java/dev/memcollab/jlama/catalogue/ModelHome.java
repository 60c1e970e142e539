package dev.memcollab.jlama.catalogue;

import dev.memcollab.jlama.gguf.FileDigest;
import dev.memcollab.jlama.gguf.FileTree;
import dev.memcollab.jlama.gguf.ModelManifest;
import dev.memcollab.jlama.gguf.Progress;
import dev.memcollab.model.ModelFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The directory of the installed models, one directory each.
///
/// A model is installed when its manifest can be read; it gets there by one rename, so all its
/// files are there then, unless somebody took one away since.
public record ModelHome(Path directory) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /// Where the model of this name lies, or would lie.
    public Path path(String name) {
        return directory.resolve(requireName(name));
    }

    public boolean isInstalled(String name) {
        return find(name).isPresent();
    }

    /// The model of this name, if its manifest can be read.
    public Optional<InstalledModel> find(String name) {
        var path = path(name);
        if (!Files.exists(path.resolve(ModelManifest.FILE_NAME))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InstalledModel(path, ModelManifest.read(path)));
        } catch (ModelFailedException e) {
            System.getLogger(ModelHome.class.getName()).log(System.Logger.Level.WARNING,
                    "not a usable model: {0}", e.getMessage());
            return Optional.empty();
        }
    }

    /// The installed models by name.
    public List<InstalledModel> installed() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var entries = Files.list(directory)) {
            return entries.filter(Files::isDirectory).map(path -> path.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches()).sorted().map(this::find)
                    .flatMap(Optional::stream).toList();
        } catch (IOException e) {
            throw new ModelFailedException("%s: can not be listed: %s".formatted(directory, e), e);
        }
    }

    /// The model of this name with all its files, of the sizes that they should have.
    ///
    /// @throws ModelFailedException naming the file that is missing and the command that gets it
    public InstalledModel require(String name) {
        var path = path(name);
        if (!Files.exists(path.resolve(ModelManifest.FILE_NAME))) {
            throw new ModelFailedException(
                    "no model %s: %s is missing; run memcollab models pull %s"
                            .formatted(name, path.resolve(ModelManifest.FILE_NAME), name));
        }
        var model = new InstalledModel(path, ModelManifest.read(path));
        model.manifest().files().forEach((file, digest) -> requireFile(name, path.resolve(file),
                digest));
        return model;
    }

    private static void requireFile(String name, Path file, FileDigest digest) {
        try {
            if (Files.size(file) != digest.bytes()) {
                throw new ModelFailedException("%s has %d bytes instead of %d; %s".formatted(file,
                        Files.size(file), digest.bytes(), remedy(name)));
            }
        } catch (IOException e) {
            throw new ModelFailedException("%s is missing; %s".formatted(file, remedy(name)), e);
        }
    }

    /// Reads all files of a model and compares their digests.
    ///
    /// @throws ModelFailedException naming each file that is missing or changed
    public void verify(String name, Progress progress) throws InterruptedException {
        var model = require(name);
        long total = model.manifest().bytes();
        var changed = new ArrayList<Path>();
        long before = 0;
        for (var file : model.manifest().files().entrySet()) {
            var path = model.directory().resolve(file.getKey());
            long start = before;
            try {
                var found = FileDigest.of(path, (phase, done, size) -> progress.report(phase,
                        start + done, total));
                if (!found.equals(file.getValue())) {
                    changed.add(path);
                }
            } catch (IOException e) {
                throw new ModelFailedException("%s: can not be read: %s".formatted(path, e), e);
            }
            before += file.getValue().bytes();
        }
        if (!changed.isEmpty()) {
            throw new ModelFailedException("%s differ from the SHA-256 in their manifest; %s"
                    .formatted(changed, remedy(name)));
        }
    }

    /// Deletes a model and what an interrupted pull of it left.
    ///
    /// @return whether there was anything to delete
    public boolean remove(String name) throws InterruptedException {
        if (!Files.exists(path(name)) && !Files.exists(scratch(name))) {
            return false;
        }
        try (var _ = ModelLock.acquire(this, name, Progress.NONE)) {
            // The manifest first: what is half deleted is not installed.
            Files.deleteIfExists(path(name).resolve(ModelManifest.FILE_NAME));
            FileTree.delete(path(name));
            FileTree.delete(scratch(name));
            return true;
        } catch (IOException e) {
            throw new ModelFailedException("%s: can not be deleted: %s".formatted(path(name), e),
                    e);
        }
    }

    /// Where a pull of this model keeps what it has got so far.
    Path scratch(String name) {
        return pulls().resolve(requireName(name));
    }

    /// Where pulls keep their locks and what they have got so far.
    Path pulls() {
        return directory.resolve(".pull");
    }

    static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of a model must match %s, got %s".formatted(NAME.pattern(), name));
        }
        return name;
    }

    private static String remedy(String name) {
        return "run memcollab models remove %s, then memcollab models pull %s".formatted(name,
                name);
    }
}
