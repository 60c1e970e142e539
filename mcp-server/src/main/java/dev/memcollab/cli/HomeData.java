package dev.memcollab.cli;

import dev.memcollab.jlama.gguf.FileTree;
import dev.memcollab.server.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What of a home was made by this program, or for it.
final class HomeData {
    // By name, since a home may be a directory that holds other things as well. Models that several
    // homes share are elsewhere, and stay.
    private static final List<String> NAMES = List.of("memory", "models", "experiment", "demo",
            "cache", "hooks", "run", "log", "settings.toml", "taxonomy.txt");

    private final Path root;

    HomeData(Home home) {
        this.root = home.root();
    }

    /// What there is of it.
    List<Path> there() {
        return NAMES.stream().map(root::resolve)
                .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS)).toList();
    }

    /// Deletes it, and the home if nothing else is in there.
    void delete() throws IOException {
        for (Path path : there()) {
            FileTree.delete(path);
        }
        if (Files.isDirectory(root) && isEmpty(root)) {
            Files.delete(root);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }
}
