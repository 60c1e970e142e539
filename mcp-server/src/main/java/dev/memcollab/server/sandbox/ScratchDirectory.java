package dev.memcollab.server.sandbox;

import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A directory that goes with all that was put into it.
record ScratchDirectory(Path path) implements AutoCloseable {
    private static final System.Logger log = System.getLogger(ScratchDirectory.class.getName());

    static ScratchDirectory create() throws IOException {
        return new ScratchDirectory(Files.createTempDirectory("memcollab-run-").toRealPath());
    }

    /// Gives the directory to another user, which only root may.
    void giveTo(int user) throws IOException {
        Files.setAttribute(path, "unix:uid", user);
    }

    @Override
    public void close() {
        try {
            Files.walkFileTree(path, new Remover());
        } catch (IOException e) {
            log.log(WARNING, "could not remove " + path, e);
        }
    }

    /// Removes a tree without following links, after opening the directories that were closed.
    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            open(directory);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path directory, IOException failure)
                throws IOException {
            if (!open(directory)) {
                throw failure;
            }
            Files.walkFileTree(directory, new Remover());
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }

        /// Whether its rights had to be and could be widened.
        private static boolean open(Path directory) {
            var file = directory.toFile();
            boolean closed = !file.canRead() || !file.canWrite() || !file.canExecute();
            return closed && file.setReadable(true) && file.setWritable(true)
                    && file.setExecutable(true);
        }
    }
}
