package dev.memcollab.jlama;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.memcollab.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest extends HouseRules {
    ArchitectureTest() {
        super(50, "dev.memcollab.jlama");
    }

    @Test
    void theModelsKnowNeitherTheIndexNorTheProtocol() {
        noClasses().should().dependOnClassesThat()
                .resideInAnyPackage("org.apache.lucene..", "io.modelcontextprotocol..")
                .check(classes());
    }

    @Test
    void jlamaIsOnlyComparedWith() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("com.github.tjake..")
                .check(classes());
    }
}
