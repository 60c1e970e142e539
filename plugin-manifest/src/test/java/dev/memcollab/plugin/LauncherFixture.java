package dev.memcollab.plugin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A checkout with the real launcher in it, on a machine with only the JDKs and the Maven that a
/// test puts there: all of them shell scripts that tell how they were called.
final class LauncherFixture {
    private static final List<String> TOOLS = List.of("sh", "cat", "cp", "date", "find", "grep",
            "head", "ls", "mkdir", "mv", "ps", "readlink", "rm", "rmdir", "sed", "sleep");

    private final Path base;
    final Path root;
    final Path bin;
    final Map<String, String> environment = new HashMap<>();

    /// @param base an empty directory; the checkout's own name has a blank in it
    LauncherFixture(Path base) throws IOException {
        this.base = base.toRealPath();
        root = Files.createDirectories(this.base.resolve("my checkout"));
        bin = Files.createDirectories(this.base.resolve("bin"));
        for (var tool : TOOLS) {
            script(bin.resolve(tool), "exec '" + onRealPath(tool) + "' \"$@\"\n");
        }
        Files.copy(Path.of("..", "memcollab").toRealPath(), launcher());
        executable(launcher());
        write(root.resolve("pom.xml"), "<project/>");
        write(root.resolve("mcp-server/src/main/java/Main.java"), "class Main {}");
        environment.put("PATH", bin.toString());
        environment.put("HOME", Files.createDirectories(this.base.resolve("home")).toString());
        environment.put("MEMCOLLAB_JDK_PLACES",
                Files.createDirectories(this.base.resolve("places")).toString());
    }

    Path launcher() {
        return root.resolve("memcollab");
    }

    Path app() {
        return root.resolve(".app");
    }

    Path directory(String name) throws IOException {
        return Files.createDirectories(base.resolve(name));
    }

    /// A JDK whose java prints its name, process, directory and arguments, then what it reads. It
    /// archives no classes, until told [#rehearsal(Path, String)].
    Path jdk(String where, String version) throws IOException {
        var home = jdkWithoutRelease(where, version);
        write(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version
                + "\"\nMODULES=\"java.base jdk.incubator.vector\"\n");
        return home;
    }

    Path jdkWithoutRelease(String where, String version) throws IOException {
        var home = base.resolve(where);
        script(home.resolve("bin/java"), """
                if [ "$1" = -version ]; then
                    echo 'openjdk version "%s" 2025-09-16' >&2
                    exit
                fi
                printf 'jdk %s\\npid %%s\\ncwd %%s\\n' "$$" "$PWD"
                for argument in "$@"; do
                    printf 'arg %%s\\n' "$argument"
                    case $argument in -XX:ArchiveClassesAtExit=*) archive=${argument#*=} ;; esac
                done
                [ -z "${archive-}" ] || . '%s/rehearsal'
                cat
                """.formatted(version, where, home));
        script(home.resolve("bin/javac"), "exit 1\n");
        rehearsal(home, "exit 0");
        return home;
    }

    /// What the java of a fake JDK does that is told to leave an archive at `$archive`.
    void rehearsal(Path home, String does) throws IOException {
        write(home.resolve("rehearsal"), does + "\n");
    }

    /// A tool in another place than the launcher's own.
    static Path real(String tool) {
        return onRealPath(tool);
    }

    /// A Maven that notes each run, talks on stdout and would eat all input.
    void maven(String ending) throws IOException {
        script(bin.resolve("mvn"), """
                cat >/dev/null
                echo "$JAVA_HOME" >>'%1$s/runs'
                echo '[INFO] Building distillation 0.1.0-SNAPSHOT   [2/5]'
                for argument in "$@"; do
                    case $argument in -Dapp.directory=*) app=${argument#*=} ;; esac
                done
                mkdir -p mcp-server/target
                echo program >mcp-server/target/mcp-server-0.1.0.jar
                echo tests >mcp-server/target/mcp-server-0.1.0-tests.jar
                echo library >"$app/library.jar"
                %2$s
                """.formatted(base, ending));
    }

    /// The JDK of each build so far.
    List<String> builds() throws IOException {
        var runs = base.resolve("runs");
        return Files.exists(runs) ? Files.readAllLines(runs) : List.of();
    }

    Run run(String... arguments) throws IOException, InterruptedException {
        return start(launcher().toString(), base, arguments).end();
    }

    Started start(String command, Path directory, String... arguments) throws IOException {
        var line = new ArrayList<>(List.of(command));
        line.addAll(List.of(arguments));
        var builder = new ProcessBuilder(line).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var input = Files.createTempFile(base, "stdin", "");
        write(input, "from stdin\n");
        var out = Files.createTempFile(base, "stdout", "");
        var error = Files.createTempFile(base, "stderr", "");
        builder.redirectInput(input.toFile());
        builder.redirectOutput(out.toFile()).redirectError(error.toFile());
        return new Started(builder.start(), out, error);
    }

    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    static void script(Path file, String body) throws IOException {
        write(file, "#!/bin/sh\n" + body);
        executable(file);
    }

    private static void executable(Path file) {
        if (!file.toFile().setExecutable(true)) {
            throw new IllegalStateException("cannot make " + file + " executable");
        }
    }

    private static Path onRealPath(String tool) {
        for (var directory : System.getenv("PATH").split(":", -1)) {
            var file = Path.of(directory, tool);
            if (Files.isExecutable(file)) {
                return file.toAbsolutePath();
            }
        }
        throw new IllegalStateException("the launcher needs " + tool + ", which the PATH lacks");
    }

    /// A launcher that was started.
    record Started(Process process, Path out, Path error) {
        Run end() throws IOException, InterruptedException {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no end after a minute: " + Files.readString(error));
            }
            return new Run(process.exitValue(), process.pid(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(error, StandardCharsets.UTF_8));
        }
    }

    /// What a launcher did.
    record Run(int exit, long pid, String out, String error) {
        /// What the fake java printed after the word `name`.
        List<String> told(String name) {
            return out.lines().filter(line -> line.startsWith(name + " "))
                    .map(line -> line.substring(name.length() + 1)).toList();
        }
    }
}
