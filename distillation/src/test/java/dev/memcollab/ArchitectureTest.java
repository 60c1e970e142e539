package dev.memcollab;

import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

class ArchitectureTest extends HouseRules {
    ArchitectureTest() {
        super(60, "dev.memcollab");
    }

    @Test
    void theMethodNeedsNothingButTheJdk() {
        ArchRuleDefinition.classes().should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "dev.memcollab..")
                .check(classes());
    }
}
