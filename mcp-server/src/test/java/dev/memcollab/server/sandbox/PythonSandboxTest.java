package dev.memcollab.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memcollab.verify.CodeRunner.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@EnabledOnOs(value = {OS.LINUX, OS.MAC}, disabledReason = "Windows has no limits but time")
class PythonSandboxTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final PythonSandbox TIGHTEST = new PythonSandbox();
    private static final PythonSandbox WITHOUT_NAMESPACES = new PythonSandbox("python3", "none");

    static Stream<PythonSandbox> sandboxes() {
        return Stream.of(TIGHTEST, WITHOUT_NAMESPACES);
    }

    private static Run run(String code) throws InterruptedException {
        return TIGHTEST.run(code, LIMIT);
    }

    @ParameterizedTest
    @MethodSource("sandboxes")
    void whatRunsToItsEndPasses(PythonSandbox sandbox) throws Exception {
        var run = sandbox.run("print('café')\nassert 1 + 1 == 2\n", LIMIT);

        assertThat(run).isEqualTo(new Run(true, "café\n", false));
    }

    @Test
    void anEmptyProgramPasses() throws Exception {
        assertThat(run("").passed()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("sandboxes")
    void aFailedAssertionIsToldWithItsLineAndMessage(PythonSandbox sandbox) throws Exception {
        var run = sandbox.run("def f():\n    return 3\n\nassert f() == 4, 'got three'\n", LIMIT);

        assertThat(run.passed()).isFalse();
        assertThat(run.timedOut()).isFalse();
        assertThat(run.output()).startsWith("""
                Traceback (most recent call last):
                  File "main.py", line 4, in <module>
                    assert f() == 4, 'got three'
                """).endsWith("\nAssertionError: got three\n");
    }

    @ParameterizedTest
    @MethodSource("sandboxes")
    void aFailedComparisonIsToldWithWhatItGot(PythonSandbox sandbox) throws Exception {
        var run = sandbox.run("def f():\n    return 'x' * 999\n\nassert f() == 4\n", LIMIT);

        assertThat(run.output()).startsWith("""
                Traceback (most recent call last):
                  File "main.py", line 4, in <module>
                    assert f() == 4
                """).endsWith("\nAssertionError: got '%s\n".formatted("x".repeat(199)));
    }

    @Test
    void whatAnAssertionComparesIsAskedOnce() throws Exception {
        var run = run("""
                class Counter:
                    asked = 0

                    def next(self):
                        self.asked += 1
                        return self.asked

                def check(counter):
                    assert counter.next() == 1
                    assert 1 < counter.next() < 3
                    assert [n for n in [counter.next()]] != []
                    assert counter.next() == 5

                check(Counter())
                """);

        assertThat(run.output()).endsWith("\nAssertionError: got 4\n");
    }

    @Test
    void aSyntaxErrorNamesTheLine() throws Exception {
        var run = run("x = 1\ndef f(:\n");

        assertThat(run.passed()).isFalse();
        assertThat(run.output()).contains("main.py", "line 2", "SyntaxError")
                .doesNotContain("<string>");
    }

    @Test
    void leavingBeforeTheTestsDoesNotPass() throws Exception {
        assertThat(run("import sys\nsys.exit(0)\nassert False\n").passed()).isFalse();
        assertThat(run("import os\nos._exit(0)\nassert False\n").passed()).isFalse();
        assertThat(run("import os\nos._exit(0)\nassert False\n").output())
                .contains("before its last statement");
    }

    @Test
    void aTestFrameworkMayLeaveAtTheEnd() throws Exception {
        var tests = """
                import unittest

                class Sums(unittest.TestCase):
                    def test_sum(self):
                        self.assertEqual(%s, 1 + 1)

                if __name__ == "__main__":
                    unittest.main()
                """;

        assertThat(run(tests.formatted("2")).passed()).isTrue();
        assertThat(run(tests.formatted("3")).passed()).isFalse();
        assertThat(run(tests.formatted("3")).output()).contains("3 != 2");
    }

    @ParameterizedTest
    @MethodSource("sandboxes")
    void anEndlessLoopEndsAtTheLimit(PythonSandbox sandbox) throws Exception {
        sandbox.run("", LIMIT);
        long before = System.nanoTime();

        var run = sandbox.run("print('on', flush=True)\nwhile True: pass\n",
                Duration.ofSeconds(1));

        assertThat(run).isEqualTo(new Run(false, "on\n", true));
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @MethodSource("sandboxes")
    void moreMemoryThanAGibibyteIsRefused(PythonSandbox sandbox) throws Exception {
        var run = sandbox.run("x = bytearray(10_000_000_000)\n", LIMIT);

        assertThat(run.passed()).isFalse();
        assertThat(run.output()).contains("MemoryError");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aForkBombIsBoundedAndLeavesNothing() throws Exception {
        var name = "bomb" + System.nanoTime();
        var run = TIGHTEST.run("""
                import os, time
                # %s
                born = 0
                try:
                    while born < 400:
                        if os.fork() == 0:
                            time.sleep(600)
                        born += 1
                except BlockingIOError:
                    print("born", born)
                    raise
                """.formatted(name), LIMIT);

        assertThat(run.passed()).isFalse();
        assertThat(run.output()).containsPattern("born \\d{1,2}\\n").contains("BlockingIOError");
        assertThat(leftBehind()).isZero();
    }

    @ParameterizedTest
    @MethodSource("sandboxes")
    void whatAProgramStartedDiesWithIt(PythonSandbox sandbox) throws Exception {
        var run = sandbox.run("""
                import subprocess, sys
                subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
                subprocess.Popen(["sleep", "601"], start_new_session=False)
                """, LIMIT);

        assertThat(run.passed()).as(run.output()).isTrue();
        assertThat(leftBehind()).isZero();
    }

    /// Processes whose directory is a run's, or was one before it was removed.
    private static long leftBehind() throws InterruptedException {
        Thread.sleep(200);
        return ProcessHandle.allProcesses().filter(ProcessHandle::isAlive)
                .filter(process -> inRunDirectory(process.pid())).count();
    }

    private static boolean inRunDirectory(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd")).toString()
                    .contains("memcollab-run-");
        } catch (IOException _) {
            return false;
        }
    }

    @Test
    void ofAFloodTheEndIsKept() throws Exception {
        var run = run("for i in range(300_000): print('line', i)\n");

        assertThat(run.passed()).isTrue();
        assertThat(run.output()).hasSizeBetween(8_000, 8_192).endsWith("line 299999\n");
    }

    @Test
    void aFileCannotGrowBeyondAMebibyte() throws Exception {
        var run = run("open('big', 'wb').write(bytes(2_000_000))\n");

        assertThat(run.passed()).isFalse();
        assertThat(run.output()).contains("File too large");
    }

    @Test
    void thereIsNothingToReadFromStdin() throws Exception {
        assertThat(run("input()\n").output()).contains("EOFError");
    }

    @Test
    void theEnvironmentIsEmptyAndHomeIsTheRunsOwn() throws Exception {
        var run = run("""
                import os, tempfile
                assert set(os.environ) <= {"PATH", "LANG", "HOME", "TMPDIR", "TEMP", "TMP",
                                           "SYSTEMROOT", "LC_CTYPE"}, sorted(os.environ)
                assert os.environ["HOME"] == os.getcwd() == tempfile.gettempdir()
                print(os.getcwd())
                """);

        assertThat(run.passed()).as(run.output()).isTrue();
        assertThat(Path.of(run.output().strip())).isAbsolute().doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("sandboxes")
    @EnabledOnOs(OS.LINUX)
    void whatTheUserHasCannotBeReadWhereTheKernelCloses(PythonSandbox sandbox,
            @TempDir Path home) throws Exception {
        Path secret = Files.writeString(home.resolve("secret"), "key");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));

        Run run = sandbox.run("print(open('%s').read())\n".formatted(secret), LIMIT);

        assertThat(run.passed()).as(run.output()).isEqualTo(!filesCanBeClosed());
        assertThat(run.output().contains("PermissionError")).isEqualTo(filesCanBeClosed());
    }

    @ParameterizedTest
    @MethodSource("sandboxes")
    @EnabledOnOs(OS.LINUX)
    void nothingCanBeWrittenOrRemovedOutsideWhereTheKernelCloses(PythonSandbox sandbox,
            @TempDir Path outside) throws Exception {
        Path kept = Files.writeString(outside.resolve("kept"), "as it was");
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rwxrwxrwx"));

        Run run = sandbox.run("""
                import os, subprocess
                refused = 0
                for attempt in (lambda: open("%1$s/new", "w"), lambda: open("%1$s/kept", "w"),
                                lambda: os.remove("%1$s/kept"),
                                lambda: subprocess.run(["touch", "%1$s/new"], check=True)):
                    try:
                        attempt()
                    except (OSError, subprocess.CalledProcessError):
                        refused += 1
                print(refused)
                """.formatted(outside), LIMIT);

        assertThat(run.passed()).as(run.output()).isTrue();
        if (filesCanBeClosed()) {
            assertThat(run.output()).endsWith("4\n");
            assertThat(kept).hasContent("as it was");
            assertThat(outside.resolve("new")).doesNotExist();
        }
    }

    /// Whether the kernel knows Landlock, asked as the sandbox asks.
    private static boolean filesCanBeClosed() throws IOException, InterruptedException {
        return works("python3", "-I", "-c",
                "import ctypes, sys; sys.exit(ctypes.CDLL(None).syscall("
                        + "444, None, ctypes.c_size_t(0), ctypes.c_uint32(1)) < 1)");
    }

    @Test
    void evenAClosedDirectoryIsRemoved() throws Exception {
        var run = run("""
                import os
                os.makedirs("a/b")
                open("a/b/c", "w").close()
                os.chmod("a/b", 0)
                os.symlink("/", "root")
                print(os.getcwd())
                """);

        assertThat(run.passed()).as(run.output()).isTrue();
        assertThat(Path.of(run.output().strip())).doesNotExist();
        assertThat(Path.of("/")).isNotEmptyDirectory();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theNetworkCannotBeReachedWhereNamespacesWork() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var attempt = "import socket\nsocket.create_connection(('%s', %d), 2)\n"
                    .formatted(server.getInetAddress().getHostAddress(), server.getLocalPort());

            assertThat(WITHOUT_NAMESPACES.run(attempt, LIMIT).passed()).isTrue();
            assertThat(run(attempt).passed()).isEqualTo(!namespacesWork());
        }
    }

    private static boolean namespacesWork() throws IOException, InterruptedException {
        return works("unshare", "--net", "true") || works("unshare", "--map-root-user", "--net",
                "true");
    }

    private static boolean works(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void rootDoesNotRunPrograms() throws Exception {
        var run = run("print(open('/proc/self/status').read().split('Uid:')[1].split()[0])\n");

        assertThat(run.passed()).as(run.output()).isTrue();
        if (System.getProperty("user.name").equals("root")) {
            assertThat(run.output()).isEqualTo("65534\n");
        }
    }

    @Test
    void anInterruptEndsTheProgram() throws Exception {
        TIGHTEST.run("", LIMIT);
        var interrupted = new InterruptedException[1];
        var caller = Thread.ofPlatform().start(() -> {
            try {
                TIGHTEST.run("import time; time.sleep(600)", Duration.ofMinutes(5));
            } catch (InterruptedException e) {
                interrupted[0] = e;
            }
        });
        Thread.sleep(500);
        caller.interrupt();
        caller.join(5_000);

        assertThat(interrupted[0]).isNotNull();
        assertThat(leftBehind()).isZero();
    }

    @Test
    void withoutPythonTheErrorSaysWhatToInstall() {
        var sandbox = new PythonSandbox("python-that-is-not-there", "Linux");

        assertThatThrownBy(() -> sandbox.run("", LIMIT))
                .isInstanceOf(SandboxUnavailableException.class)
                .hasMessageContaining("python-that-is-not-there").hasMessageContaining("install");
    }

    @Test
    void aLimitMustBePositive() {
        assertThatThrownBy(() -> TIGHTEST.run("", Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit must be positive, got PT0S");
    }
}
