package dev.memcollab.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.memcollab.HouseRules;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest extends HouseRules {
    ArchitectureTest() {
        super(80, "dev.memcollab.server", "dev.memcollab.cli", "dev.memcollab.install",
                "dev.memcollab.demo", "dev.memcollab.bench");
    }

    /// Main and its streams and log; the server, which quietens its SDK's logger; the JVMs of their own of
    /// a benchmark and of the build.
    @Override
    protected Set<String> ownersOfTheProcess() {
        return Set.of("dev.memcollab.cli.Main", "dev.memcollab.cli.Logging",
                "dev.memcollab.server.stdio.ProtocolStreams", "dev.memcollab.bench.Opening",
                "dev.memcollab.server.ShippedExemplars",
                "dev.memcollab.server.mcp.McpMemoryServer");
    }

    @Test
    void theServerKnowsNeitherTheEngineNorTheIndex() {
        noClasses().should().dependOnClassesThat()
                .resideInAnyPackage("com.github.tjake..", "org.apache.lucene..")
                .check(classes());
    }
}
