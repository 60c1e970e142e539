package dev.memcollab.memory;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.memcollab.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest extends HouseRules {
    ArchitectureTest() {
        super(25, "dev.memcollab.memory");
    }

    @Test
    void theMemoryKnowsNeitherTheEngineNorTheProtocol() {
        noClasses().should().dependOnClassesThat()
                .resideInAnyPackage("com.github.tjake..", "io.modelcontextprotocol..")
                .check(classes());
    }
}
