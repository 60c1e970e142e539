package dev.memcollab.jlama.catalogue;

import dev.memcollab.jlama.gguf.FileDigest;
import dev.memcollab.model.ModelRole;
import java.util.List;
import java.util.Optional;

/// A model that can be pulled by its name.
///
/// @param importedBytes about the size of the model directory made from the file
/// @param sources in the order to try them, never empty
public record CatalogueModel(String name, About about, Gguf gguf, long importedBytes,
        List<ModelSource> sources) {
    public CatalogueModel {
        ModelHome.requireName(name);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("sources of %s must not be empty".formatted(name));
        }
        sources = List.copyOf(sources);
    }

    /// What a person wants to know of it.
    ///
    /// @param defaultRole the part it plays where nobody says otherwise
    public record About(String title, String licence, Optional<ModelRole> defaultRole) {}

    /// The file to fetch.
    public record Gguf(String file, FileDigest digest) {
        public long bytes() {
            return digest.bytes();
        }
    }
}
