package dev.memcollab.server.sandbox;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import dev.memcollab.verify.CodeRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs Python in a process that has limits and, where the platform allows it, no network.
///
/// A program passes when it ran up to its last statement without an error: one that calls `exit(0)`
/// before its tests does not. What is held and what is not yet stopped, the package says. Safe for
/// use by several threads.
public final class PythonSandbox implements CodeRunner {
    private static final System.Logger log = System.getLogger(PythonSandbox.class.getName());
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);
    private static final String PROBE = """
            import json, os, sys, tempfile, unittest
            os.stat(sys.executable)
            os.stat(json.__file__)
            with tempfile.TemporaryFile() as file:
                file.write(b"x")
            """;

    private final String command;
    private final String system;
    private @Nullable ConfinedPython python;

    public PythonSandbox() {
        this(System.getProperty("os.name").startsWith("Windows") ? "python" : "python3",
                System.getProperty("os.name"));
    }

    /// @param command the interpreter, by name or path
    /// @param system the operating system, as in the property `os.name`
    PythonSandbox(String command, String system) {
        this.command = command;
        this.system = system;
    }

    /// Runs a program in an empty directory that is removed afterwards.
    ///
    /// @throws SandboxUnavailableException when there is no Python to run it
    @Override
    public Run run(String pythonCode, Duration limit) throws InterruptedException {
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("limit must be positive, got " + limit);
        }
        try {
            return python().run(pythonCode, limit);
        } catch (IOException e) {
            throw new SandboxUnavailableException(
                    command + " could not be started in a temporary directory: " + e.getMessage(),
                    e);
        }
    }

    /// The interpreter and the tightest way to shut it in that works here, found once.
    private synchronized ConfinedPython python() throws InterruptedException {
        if (python == null) {
            python = tightest(interpreter());
        }
        return python;
    }

    /// Where the interpreter really is: the PATH may hold a version manager's script, which would
    /// miss its environment.
    private String interpreter() throws InterruptedException {
        try {
            Process asked = new ProcessBuilder(command, "-I", "-c",
                    "import sys; print(sys.executable)")
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            asked.getOutputStream().close();
            if (!asked.waitFor(PROBE_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                asked.destroyForcibly();
            }
            var answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (asked.waitFor() == 0 && !answer.isBlank()) {
                return answer.strip();
            }
            throw missing(null);
        } catch (IOException e) {
            throw missing(e);
        }
    }

    private SandboxUnavailableException missing(@Nullable IOException cause) {
        var message = "tests need Python, and " + command
                + " is not on the PATH or does not run: install Python 3";
        return cause == null
                ? new SandboxUnavailableException(message)
                : new SandboxUnavailableException(message, cause);
    }

    private ConfinedPython tightest(String interpreter) throws InterruptedException {
        for (Confinement confinement : Confinement.candidates(system)) {
            var candidate = new ConfinedPython(interpreter, confinement);
            try {
                Run probe = candidate.run(PROBE, PROBE_LIMIT);
                if (probe.passed()) {
                    tell(confinement);
                    return candidate;
                }
                log.log(DEBUG, "{0} does not work here: {1}", confinement.before(),
                        probe.output());
            } catch (IOException e) {
                log.log(DEBUG, "{0} does not work here: {1}", confinement.before(),
                        e.getMessage());
            }
        }
        throw new SandboxUnavailableException(interpreter
                + " can not run a program in a temporary directory: try it by hand with -I");
    }

    private static void tell(Confinement confinement) {
        if (!confinement.namespaced()) {
            log.log(WARNING, "this system gives no namespaces to programs under test:"
                    + " they run with limits, but can reach the network");
        }
        log.log(DEBUG, "programs under test run through {0}", confinement.before());
    }
}
