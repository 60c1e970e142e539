package dev.memcollab.server.project;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// A git work tree, as git's repository layout [1] describes it.
///
/// [1] gitrepository-layout(5)
///
/// @param root what stands for the repository: the directory that holds its `.git`, or the
/// repository itself where it is called otherwise, as a bare one with linked work trees is
/// @param repository the directory that all work trees of the repository share
record WorkTree(Path root, Path repository) {
    private static final String GIT = ".git";
    private static final String POINTER = "gitdir:";
    private static final long MOST_BYTES = 1 << 20;

    /// The innermost work tree that a directory is in.
    static Optional<WorkTree> around(Path directory) {
        for (Path place = directory; place != null; place = place.getParent()) {
            Optional<WorkTree> found = at(place);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /// The address that its repository is pulled from, where that is clear.
    Optional<String> remote() {
        return text(repository.resolve("config"))
                .flatMap(text -> GitConfig.parse(text).mainRemote());
    }

    private static Optional<WorkTree> at(Path place) {
        Path git = place.resolve(GIT);
        if (isRepository(git)) {
            return Optional.of(new WorkTree(place, git));
        }
        return text(git).map(String::strip).filter(text -> text.startsWith(POINTER))
                .map(text -> pointed(place, text.substring(POINTER.length())));
    }

    /// The work tree of a pointer that leads nowhere is still one, of which no more is known: its
    /// repository may be on the other side of a container's wall.
    private static WorkTree pointed(Path place, String pointer) {
        try {
            Path own = real(place.resolve(pointer.strip()));
            if (!isRepository(own)) {
                return new WorkTree(place, own);
            }
            Path shared = text(own.resolve("commondir"))
                    .map(common -> real(own.resolve(common.strip()))).orElse(own);
            return new WorkTree(shared.endsWith(GIT) ? shared.resolveSibling("") : shared, shared);
        } catch (InvalidPathException pointsNowhere) {
            return new WorkTree(place, place.resolve(GIT));
        }
    }

    private static boolean isRepository(Path directory) {
        return Files.isRegularFile(directory.resolve("HEAD"));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException absent) {
            return path.normalize();
        }
    }

    /// Nothing that could be endless or keep one waiting, as a pipe does.
    private static Optional<String> text(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES
                    ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
