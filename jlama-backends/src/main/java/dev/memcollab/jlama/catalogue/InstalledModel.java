package dev.memcollab.jlama.catalogue;

import dev.memcollab.jlama.gguf.ModelManifest;
import java.nio.file.Path;

/// A model that lies ready in a [ModelHome].
public record InstalledModel(Path directory, ModelManifest manifest) {
    public String name() {
        return manifest.name();
    }
}
