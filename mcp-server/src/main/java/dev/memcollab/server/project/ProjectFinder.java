package dev.memcollab.server.project;

import dev.memcollab.trajectory.Project;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Finds the project that a directory belongs to. The answer is always one project, never all.
///
/// Clones of one remote are one project, and so are the directories of one work tree and all work
/// trees of one repository. A directory outside of git is a project of its own, be it a home
/// directory or the root of a file system.
public final class ProjectFinder {
    private ProjectFinder() {}

    /// The project of a directory, which need not exist.
    public static Project of(Path directory) {
        Path place = real(directory);
        Optional<WorkTree> tree = WorkTree.around(place);
        return new Project(tree.flatMap(WorkTree::remote).flatMap(RemoteUrl::name).orElseGet(
                () -> PathName.of(tree.map(WorkTree::root).orElse(place).toString())));
    }

    /// The project of a client's root: a `file` URI, a path, or the address of something elsewhere,
    /// which is its own name, without the user and password in it.
    public static Project ofRoot(String uri) {
        return switch (Root.parse(uri)) {
            case Root.Local(String path) -> ofPath(path);
            case Root.Elsewhere(String address) -> new Project(elsewhere(address));
        };
    }

    private static String elsewhere(String address) {
        return Optional.of(address).filter(text -> text.contains("://")).flatMap(RemoteUrl::name)
                .orElseGet(() -> RemoteUrl.withoutUser(address));
    }

    /// A path of Windows, told to a server on another system, can be named but not looked at.
    private static Project ofPath(String path) {
        if (PathName.isOfAnotherSystem(path)) {
            return new Project(PathName.of(path));
        }
        try {
            return of(Path.of(path));
        } catch (InvalidPathException notAPathHere) {
            return new Project(PathName.of(path));
        }
    }

    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException absent) {
            return directory.toAbsolutePath().normalize();
        }
    }
}
