package dev.memcollab.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in front of a real JDK and a program of one class.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher there is memcollab.cmd")
class ClassArchiveTest {
    private static final String PROGRAM = """
            package dev.memcollab.cli;

            public final class Main {
                public static void main(String[] arguments) {
                    System.out.println("called " + String.join(" ", arguments));
                }
            }
            """;

    @TempDir
    Path directory;

    private LauncherFixture machine;
    private Path archive;
    private Path jar;

    @BeforeEach
    void aBuildWithAnArchive() throws Exception {
        machine = new LauncherFixture(directory);
        machine.jdk("places/jdk", "25");
        machine.environment.put("MEMCOLLAB_JAVA_HOME", System.getProperty("java.home"));
        machine.maven("cp '%s' \"$app/library.jar\"".formatted(program()));

        var built = machine.run("first");

        assertThat(built.exit()).as(built.error()).isZero();
        var current = machine.app()
                .resolve(Files.readString(machine.app().resolve("current")).strip());
        archive = current.resolve(Runtime.version() + ".jsa");
        jar = current.resolve("library.jar");
        assertThat(archive).exists();
    }

    private Path program() throws IOException {
        var source = machine.directory("program").resolve("Main.java");
        LauncherFixture.write(source, PROGRAM);
        var compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(null, null, null, source.toString())).isZero();
        var program = source.resolveSibling("program.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(program))) {
            out.putNextEntry(new JarEntry("dev/memcollab/cli/Main.class"));
            out.write(Files.readAllBytes(source.resolveSibling("Main.class")));
        }
        return program;
    }

    /// Starts the program, which must run as if there were no archive; answers where its class was
    /// found.
    private String started(String options) throws Exception {
        var loaded = machine.directory("logs").resolve("loaded");
        machine.environment.put("MEMCOLLAB_JAVA_OPTS",
                options + " -Xlog:class+load:file=" + loaded);

        var run = machine.run("serve", "*");

        assertThat(run.exit()).as(run.error()).isZero();
        assertThat(run.out()).isEqualTo("called serve *\n");
        assertThat(run.error().lines().filter(line -> !line.contains("incubator"))).isEmpty();
        try (var lines = Files.lines(loaded)) {
            return lines.filter(line -> line.contains("dev.memcollab.cli.Main ")).findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void theProgramsClassesComeFromTheArchive() throws Exception {
        assertThat(started("-Xshare:auto")).contains("shared objects file");
    }

    @Test
    void otherOptionsThanTheArchiveWasMadeWithStart() throws Exception {
        for (var options : new String[]{"-Xshare:off", "-XX:-UseSerialGC -XX:+UseG1GC",
                "-XX:-UseCompressedOops", "-XX:+UseCompactObjectHeaders"}) {
            assertThat(started(options)).as(options).contains("dev.memcollab.cli.Main");
        }
    }

    @Test
    @Timeout(120)
    void aJdkThatIsNewerThanTheBuildGetsAnArchiveOfItsOwn() throws Exception {
        Files.delete(archive);
        Files.delete(tried());

        assertThat(started("")).contains("library.jar");

        while (!Files.exists(archive)) { // until the time limit of the test
            Thread.sleep(100);
        }
        assertThat(started("-Xshare:auto")).contains("shared objects file");
        assertThat(tried()).exists();
    }

    @Test
    void anArchiveThatCouldNotBeMadeIsNotTriedAtEachStart() throws Exception {
        Files.delete(archive);

        assertThat(started("")).contains("library.jar");

        Thread.sleep(5_000);
        assertThat(archive).doesNotExist();
    }

    private Path tried() {
        return archive.resolveSibling(Runtime.version() + ".tried");
    }

    @Test
    void aBrokenArchiveIsPassedOverInSilence() throws Exception {
        byte[] whole = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(whole, whole.length / 2));
        assertThat(started("")).contains("library.jar");

        Files.writeString(archive, "no archive at all");
        assertThat(started("")).contains("library.jar");

        Files.write(archive, new byte[0]);
        assertThat(started("")).contains("library.jar");
    }

    @Test
    void jarsThatWereTouchedAreReadInsteadOfTheArchive() throws Exception {
        Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));

        assertThat(started("")).contains("library.jar");
    }
}
