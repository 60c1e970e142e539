package dev.memcollab.jlama.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memcollab.jlama.gguf.FileDigest;
import dev.memcollab.model.ModelRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The models that can be pulled by name.
///
/// @param hub the hub to ask where `HF_ENDPOINT` names no other
public record ModelCatalogue(URI hub, List<CatalogueModel> models) {
    public ModelCatalogue {
        models = List.copyOf(models);
    }

    /// The catalogue that comes with the program: `models.json` beside this class.
    public static ModelCatalogue bundled() {
        try (var in = ModelCatalogue.class.getResourceAsStream("models.json")) {
            if (in == null) {
                throw new IllegalStateException("models.json is missing from the class path");
            }
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ModelCatalogue read(InputStream json) throws IOException {
        var root = new ObjectMapper().readTree(json);
        var models = new ArrayList<CatalogueModel>();
        for (var model : root.required("models")) {
            models.add(model(model));
        }
        return new ModelCatalogue(URI.create(root.required("hub").textValue()), models);
    }

    public Optional<CatalogueModel> find(String name) {
        return models.stream().filter(model -> model.name().equals(name)).findFirst();
    }

    /// The model of this name.
    ///
    /// @throws IllegalArgumentException naming those there are
    public CatalogueModel require(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException(
                ("the model must be one of %s, got %s; "
                        + "memcollab models import takes any GGUF file")
                        .formatted(models.stream().map(CatalogueModel::name).toList(), name)));
    }

    /// The model that plays this part where nobody names another.
    public CatalogueModel defaultFor(ModelRole role) {
        return models.stream()
                .filter(model -> model.about().defaultRole().equals(Optional.of(role))).findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("no model is the default for " + role));
    }

    private static CatalogueModel model(JsonNode node) {
        var role = Optional.ofNullable(node.path("default_role").textValue())
                .map(text -> ModelRole.valueOf(text.toUpperCase(Locale.ROOT)));
        var sources = new ArrayList<ModelSource>();
        for (var source : node.required("sources")) {
            sources.add(source(source));
        }
        return new CatalogueModel(text(node, "name"),
                new CatalogueModel.About(text(node, "title"), text(node, "licence"), role),
                new CatalogueModel.Gguf(text(node, "file"),
                        new FileDigest(node.required("bytes").longValue(), text(node, "sha256"))),
                node.required("imported_bytes").longValue(), sources);
    }

    private static ModelSource source(JsonNode node) {
        var kind = text(node, "kind");
        return switch (kind) {
            case "hub" -> new ModelSource.Hub(text(node, "repository"), text(node, "revision"));
            case "packages" -> new ModelSource.Packages(text(node, "package"),
                    text(node, "version"), text(node, "member"),
                    node.required("parts").intValue());
            default -> throw new IllegalArgumentException(
                    "kind must be hub or packages, got " + kind);
        };
    }

    private static String text(JsonNode node, String field) {
        return node.required(field).asText();
    }
}
