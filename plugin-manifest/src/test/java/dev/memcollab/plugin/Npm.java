package dev.memcollab.plugin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Programs of others, from npm, installed below `target` once.
///
/// What cannot be had ends the test: it is aborted and says why, and with `CI=true` it fails.
final class Npm {
    /// Some programs want a newer Node than many systems have.
    static final String NODE = "22.23.3";

    private static final Path ROOT = Path.of("target", "npm").toAbsolutePath();

    private Npm() {}

    /// Where a package is.
    ///
    /// @param version exactly
    static Path installed(String name, String version) throws Exception {
        Path directory = ROOT.resolve(name.replaceAll("\\W+", "-") + "-" + version);
        Path complete = directory.resolve("complete");
        if (!Files.exists(complete)) {
            Files.createDirectories(directory);
            Ended ended = run(List.of("npm", "install", "--no-audit", "--no-fund",
                    "--ignore-scripts", "--prefix", directory.toString(), name + "@" + version),
                    directory, Map.of(), 400);
            if (ended.code() != 0) {
                missing(name + " cannot be installed: " + ended.output());
            }
            Files.createFile(complete);
        }
        return directory.resolve("node_modules").resolve(name);
    }

    /// A new directory below `target`.
    static Path place(String name) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(ROOT), name);
    }

    private static void missing(String reason) {
        if ("true".equals(System.getenv("CI"))) {
            fail(reason);
        }
        abort(reason);
    }

    /// How a program ended, and what it said on both streams.
    record Ended(int code, String output) {}

    static Ended run(List<String> words, Path directory, Map<String, String> environment,
            long seconds) throws Exception {
        Path output = Files.createTempFile("npm", ".log");
        try {
            var builder = new ProcessBuilder(new ArrayList<>(words)).directory(directory.toFile())
                    .redirectErrorStream(true).redirectOutput(output.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(nothing().toFile()));
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(seconds, SECONDS);
            process.destroyForcibly().waitFor();
            return new Ended(ended ? process.exitValue() : -1, Files.readString(output));
        } catch (IOException notStarted) {
            return new Ended(-1, notStarted.toString());
        } finally {
            Files.delete(output);
        }
    }

    private static Path nothing() throws IOException {
        Path empty = ROOT.resolve("empty");
        Files.createDirectories(ROOT);
        return Files.exists(empty) ? empty : Files.createFile(empty);
    }
}
