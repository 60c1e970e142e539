package dev.memcollab.jlama.catalogue;

import dev.memcollab.jlama.gguf.FileDigest;
import dev.memcollab.jlama.gguf.TestFiles;
import dev.memcollab.model.ModelRole;
import java.io.IOException;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A catalogue of one tiny model that imports in a moment.
final class TinyModel {
    static final String NAME = "tiny";
    static final String FILE = "tiny-llama.gguf";
    static final ModelSource.Hub HUB = new ModelSource.Hub("some/tiny", "abc");
    static final ModelSource.Packages PACKAGES = new ModelSource.Packages("tiny-part{n}", "1.2",
            "tiny_part{n}/data/part{nn}.bin", 3);

    private TinyModel() {}

    static byte[] gguf() throws IOException {
        return TestFiles.bytes(FILE);
    }

    static ModelCatalogue catalogue(ModelSource... sources) throws IOException {
        var gguf = gguf();
        var digest = new FileDigest(gguf.length,
                HexFormat.of().formatHex(FileDigest.newSha256().digest(gguf)));
        var about = new CatalogueModel.About("Tiny", "MIT", Optional.of(ModelRole.WEAK));
        return new ModelCatalogue(URI.create("http://localhost"), List.of(new CatalogueModel(NAME,
                about, new CatalogueModel.Gguf(FILE, digest), 30_000, List.of(sources))));
    }
}
