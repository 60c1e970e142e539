package dev.memcollab.jlama.catalogue;

import dev.memcollab.jlama.gguf.FileDigest;
import dev.memcollab.jlama.gguf.Progress;
import dev.memcollab.jlama.gguf.Progress.Phase;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A file on its way into the scratch directory of a pull.
///
/// The file has its own name there only once its SHA-256 was found right.
record Download(CatalogueModel.Gguf gguf, Path scratch, Progress progress) {
    Path target() {
        return scratch.resolve(gguf.file());
    }

    /// Gives a candidate the file's own name, or deletes it.
    ///
    /// @throws IOException when the digest is not the right one
    void accept(Path candidate, FileDigest found) throws IOException {
        if (!found.equals(gguf.digest())) {
            Files.delete(candidate);
            throw new IOException("it gave %d bytes with SHA-256 %s instead of %d with %s; deleted"
                    .formatted(found.bytes(), found.sha256(), gguf.bytes(),
                            gguf.digest().sha256()));
        }
        Files.move(candidate, target(), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Whether an earlier pull got the file already.
    boolean isComplete() throws IOException, InterruptedException {
        if (!Files.exists(target())) {
            return false;
        }
        boolean right = FileDigest.of(target(), progress).equals(gguf.digest());
        if (!right) {
            Files.delete(target());
        }
        return right;
    }

    void reportDownloaded(long bytes) {
        progress.report(Phase.DOWNLOADING, Math.min(bytes, gguf.bytes()), gguf.bytes());
    }

    /// What went wrong, for a person: our own words alone, others' with their kind.
    static String reason(IOException e) {
        return e.getClass() == IOException.class
                ? String.valueOf(e.getMessage())
                : "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage());
    }

    /// The size of all files in a directory that may change at the same time.
    static long sizeOf(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return 0;
        }
        var sum = new long[1];
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sum[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory,
                    @Nullable IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return sum[0];
    }
}
