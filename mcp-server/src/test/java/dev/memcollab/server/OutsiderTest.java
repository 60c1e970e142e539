package dev.memcollab.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The server as another implementation of MCP sees it: both clients of PyPI's `mcp`, in both eras of the protocol. The newer one
/// asks for revision 2026-07-28 first.
///
/// The client is installed below `target` once. Without Python or a package index the test is aborted and says why; with
/// `CI=true` it fails.
@Timeout(400)
class OutsiderTest {
    private static final String CLIENT = "mcp==2.3.0";
    private static final Path VENV = Path.of("target", "python", CLIENT.replace("==", "-"));

    @Test
    void bothPythonClientsListAndCallEverythingOfTheProgram(@TempDir Path home) throws Exception {
        bothPythonClientsAreContentWith(ServerCommand.real(home));
    }

    /// The only one with a constraint to recall before any model has run.
    @Test
    void bothPythonClientsReadWhatIsRecalled() throws Exception {
        bothPythonClientsAreContentWith(ServerCommand.fake());
    }

    private static void bothPythonClientsAreContentWith(List<String> server) throws Exception {
        var words = new ArrayList<>(List.of(client().toString(),
                Path.of("src", "test", "python", "client_check.py").toString()));
        words.addAll(server);

        Ended check = run(words, 180);

        assertThat(check.code()).as(check.output()).isZero();
    }

    private static Path client() throws Exception {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        Path python = VENV.resolve(windows ? "Scripts/python.exe" : "bin/python");
        if (!Files.exists(VENV.resolve("complete"))) {
            Files.createDirectories(VENV);
            require(run(List.of(windows ? "python" : "python3", "-m", "venv", "--clear",
                    VENV.toString()), 120));
            require(run(List.of(python.toString(), "-m", "pip", "install", "--quiet",
                    "--disable-pip-version-check", CLIENT), 200));
            Files.createFile(VENV.resolve("complete"));
        }
        return python;
    }

    private static void require(Ended step) {
        if (step.code() == 0) {
            return;
        }
        String reason = CLIENT + " cannot be installed: " + step.output();
        if ("true".equals(System.getenv("CI"))) {
            fail(reason);
        }
        abort(reason);
    }

    private static Ended run(List<String> words, long seconds) throws Exception {
        Path output = Files.createTempFile("outsider", ".log");
        try {
            Process process = new ProcessBuilder(words).redirectErrorStream(true)
                    .redirectOutput(output.toFile()).start();
            boolean ended = process.waitFor(seconds, SECONDS);
            process.destroyForcibly().waitFor();
            return new Ended(ended ? process.exitValue() : -1, Files.readString(output));
        } catch (IOException notStarted) {
            return new Ended(-1, notStarted.toString());
        } finally {
            Files.delete(output);
        }
    }

    /// How a process ended, and what it said.
    private record Ended(int code, String output) {}
}
