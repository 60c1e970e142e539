package dev.memcollab.jlama.catalogue;

import dev.memcollab.jlama.gguf.GgufImport;
import dev.memcollab.model.ModelFailedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/// How models are pulled on this machine.
///
/// @param hub where files of a [ModelSource.Hub] are asked for
/// @param python the command that runs Python, to which `-m pip …` is added
/// @param freeBytes the bytes that may still be written to the disk of a directory
/// @param keepGguf whether the GGUF file stays in the home beside the model made from it
/// @param contextTokens the longest context that a model is to have room for
public record PullOptions(URI hub, List<String> python, ToLongFunction<Path> freeBytes,
        boolean keepGguf, int contextTokens) {
    public PullOptions {
        if (!List.of("http", "https").contains(String.valueOf(hub.getScheme()))) {
            throw new IllegalArgumentException(
                    "HF_ENDPOINT must be an http or https address, got " + hub);
        }
        if (python.isEmpty()) {
            throw new IllegalArgumentException("python must not be empty");
        }
        python = List.copyOf(python);
    }

    /// What fits most machines.
    ///
    /// @param environment where `HF_ENDPOINT` may name another hub
    public static PullOptions of(Map<String, String> environment, ModelCatalogue catalogue) {
        var endpoint = environment.getOrDefault("HF_ENDPOINT", "").strip();
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return new PullOptions(endpoint.isEmpty() ? catalogue.hub() : endpoint(endpoint),
                List.of(windows ? "python" : "python3"), PullOptions::usableBytes, false,
                GgufImport.DEFAULT_CONTEXT_TOKENS);
    }

    public PullOptions keepingGguf() {
        return new PullOptions(hub, python, freeBytes, true, contextTokens);
    }

    private static URI endpoint(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "HF_ENDPOINT must be an http or https address, got " + text, e);
        }
    }

    private static long usableBytes(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            throw new ModelFailedException(
                    "%s: its free space can not be told: %s".formatted(directory, e), e);
        }
    }
}
