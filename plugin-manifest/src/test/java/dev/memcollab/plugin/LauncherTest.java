package dev.memcollab.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher there is memcollab.cmd")
class LauncherTest {
    private static final String WIDE = "-XX:UseAVX=3";

    @TempDir
    Path directory;

    private LauncherFixture machine;

    @BeforeEach
    void anEmptyMachine() throws IOException {
        machine = new LauncherFixture(directory);
    }

    private Path installed() throws IOException {
        var build = machine.app().resolve("build-1");
        LauncherFixture.write(build.resolve("began"), "");
        LauncherFixture.write(build.resolve("library.jar"), "earlier");
        LauncherFixture.write(machine.app().resolve("current"), "build-1\n");
        Files.setLastModifiedTime(build.resolve("began"),
                FileTime.from(Instant.now().plusSeconds(60)));
        return build;
    }

    private Path current() throws IOException {
        return machine.app()
                .resolve(Files.readString(machine.app().resolve("current")).strip());
    }

    private List<String> namesIn(Path folder) throws IOException {
        try (var children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theVariablesComeBeforeThePathAndThePathBeforeTheUsualPlaces() throws Exception {
        installed();
        machine.jdk("places/jdk-25", "25.0.1");
        assertThat(machine.run().told("jdk")).containsExactly("places/jdk-25");

        var onPath = machine.jdk("path jdk", "25");
        Files.createSymbolicLink(machine.bin.resolve("java"), onPath.resolve("bin/java"));
        assertThat(machine.run().told("jdk")).containsExactly("path jdk");

        machine.environment.put("JAVA_HOME", machine.jdk("java home", "26-ea").toString());
        assertThat(machine.run().told("jdk")).containsExactly("java home");

        machine.environment.put("MEMCOLLAB_JAVA_HOME", machine.jdk("ours", "25.0.2").toString());
        assertThat(machine.run().told("jdk")).containsExactly("ours");
    }

    @Test
    void oldJdksArePassedOver() throws Exception {
        installed();
        machine.environment.put("JAVA_HOME", machine.jdk("java home", "1.8.0_392").toString());
        var onPath = machine.jdk("path jdk", "17.0.15");
        Files.createSymbolicLink(machine.bin.resolve("java"), onPath.resolve("bin/java"));
        machine.jdk("places/a-24", "24.0.2");
        machine.jdk("places/b-25", "25");

        assertThat(machine.run().told("jdk")).containsExactly("places/b-25");
    }

    @Test
    void ofManyInTheUsualPlacesTheOneItIsBuiltWithWins() throws Exception {
        installed();
        machine.jdk("places/a-27", "27");
        machine.jdk("places/z-25/Contents/Home", "25.0.3");

        assertThat(machine.run().told("jdk")).containsExactly("places/z-25/Contents/Home");
    }

    @Test
    void aJdkThatDoesNotSayItsVersionInAFileIsAsked() throws Exception {
        installed();
        machine.jdkWithoutRelease("places/a-old", "21.0.1");
        machine.jdkWithoutRelease("places/b-new", "25.0.1");

        assertThat(machine.run().told("jdk")).containsExactly("places/b-new");
    }

    @Test
    void aRuntimeWithoutTheVectorModuleIsPassedOver() throws Exception {
        installed();
        var small = machine.jdk("places/a-small", "25");
        LauncherFixture.write(small.resolve("release"),
                "JAVA_VERSION=\"25\"\nMODULES=\"java.base java.logging\"\n");
        machine.jdk("places/b-whole", "25");

        assertThat(machine.run().told("jdk")).containsExactly("places/b-whole");
    }

    @Test
    void withoutAJdkOneSentenceSaysWhatToInstall() throws Exception {
        installed();
        machine.jdk("places/old", "21");

        var run = machine.run("serve");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.error()).hasLineCount(1).contains("no JDK 25", "install",
                "MEMCOLLAB_JAVA_HOME");
    }

    @Test
    void aWrongMemcollabJavaHomeIsAnErrorAndNotPassedOver() throws Exception {
        installed();
        machine.jdk("places/good", "25");
        var old = machine.jdk("old", "17.0.15");
        machine.environment.put("MEMCOLLAB_JAVA_HOME", old.toString());

        var run = machine.run();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.error()).hasLineCount(1).contains("MEMCOLLAB_JAVA_HOME", old.toString(),
                "17.0.15");
    }

    @Test
    void argumentsInputAndDirectoryReachTheProgram() throws Exception {
        installed();
        machine.jdk("places/jdk", "25");
        var elsewhere = machine.directory("some where");

        var run = machine.start(machine.launcher().toString(), elsewhere, "record", "two  blanks",
                "*", "", "--x=$HOME").end();

        assertThat(run.exit()).isZero();
        assertThat(run.told("cwd")).containsExactly(elsewhere.toString());
        assertThat(run.told("arg")).endsWith("-cp", current() + "/*", "dev.memcollab.cli.Main",
                "record", "two  blanks", "*", "", "--x=$HOME");
        assertThat(run.out()).endsWith("from stdin\n");
        assertThat(run.error()).isEmpty();
    }

    @Test
    void javaTakesOverTheProcessOfTheLauncher() throws Exception {
        installed();
        machine.jdk("places/jdk", "25");

        var run = machine.run();

        assertThat(run.told("pid")).containsExactly(Long.toString(run.pid()));
    }

    @Test
    void linksAndRelativePathsLeadToTheCheckout() throws Exception {
        installed();
        machine.jdk("places/jdk", "25");
        var links = machine.directory("links");
        Files.createSymbolicLink(links.resolve("second"), Path.of("../my checkout/memcollab"));
        Files.createSymbolicLink(links.resolve("first"), Path.of("second"));

        for (var command : List.of("links/first", "./my checkout/memcollab")) {
            var run = machine.start("sh", machine.directory(""), "-c", "exec \"$0\"", command)
                    .end();

            assertThat(run.told("arg")).as(command).contains(current() + "/*",
                    "-Dmemcollab.launcher=" + machine.launcher());
        }
    }

    @Test
    void theFlagsAreThoseThatTheTestsRunWith() throws Exception {
        installed();
        machine.jdk("places/jdk", "25");
        machine.environment.put("MEMCOLLAB_JAVA_OPTS", "-Xmx2g  -Dx=*");
        var flags = Pattern.compile("<jvm.flags>(.*)</jvm.flags>")
                .matcher(Files.readString(Path.of("..", "pom.xml")));
        assertThat(flags.find()).isTrue();

        var arguments = machine.run().told("arg");

        assertThat(arguments).containsSequence(flags.group(1).split(" ", -1));
        assertThat(arguments).containsSubsequence("-Xmx1536m", "-Xmx2g", "-Dx=*", "-cp");
    }

    @Test
    void theFlagsAreThoseOfTheLauncherForWindows() throws Exception {
        installed();
        machine.jdk("places/jdk", "25");
        var flags = Pattern.compile("(?m)^set \"flags=(.*)\"\\r?$")
                .matcher(Files.readString(Path.of("..", "memcollab.cmd")));
        assertThat(flags.find()).isTrue();

        var arguments = machine.run().told("arg");

        assertThat(arguments.subList(0, arguments.indexOf("-cp") - 1))
                .filteredOn(argument -> !argument.equals(WIDE))
                .containsExactly(flags.group(1).split(" ", -1));
    }

    @Test
    void vectorsOf512BitsAreUsedWhereverTheProcessorHasThem() throws Exception {
        installed();
        machine.jdk("places/jdk", "25");
        Path processor = Path.of("/proc/cpuinfo");
        boolean has = Files.isReadable(processor)
                && Pattern.compile("\\bavx512vl\\b").matcher(Files.readString(processor)).find();

        var arguments = machine.run().told("arg");

        assertThat(arguments.contains(WIDE)).isEqualTo(has);
    }

    @Test
    void theFirstStartBuildsAndStdoutStaysThePrograms() throws Exception {
        var jdk = machine.jdk("places/jdk", "25");
        machine.maven("sleep 2");

        var run = machine.run("serve");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("jdk places/jdk\n").endsWith("from stdin\n");
        assertThat(run.error()).contains("building in", "building distillation 0.1.0-SNAPSHOT");
        assertThat(machine.builds()).containsExactly(jdk.toString());
        assertThat(namesIn(current())).containsExactly("25.tried", "began", "library.jar",
                "mcp-server-0.1.0.jar");
        assertThat(namesIn(machine.app())).containsExactly(
                current().getFileName().toString(), "build.log", "current");
    }

    @Test
    void aBuildIsRehearsedWhereItStaysAndStartsUseTheArchive() throws Exception {
        var jdk = machine.jdk("places/jdk", "25.0.1");
        machine.maven("exit 0");
        machine.environment.put("MEMCOLLAB_JAVA_OPTS", "-Dmine=1");
        machine.rehearsal(jdk, "mkdir \"$argument\"; echo classes >\"$archive\"");

        var run = machine.run("serve");

        var archive = current().resolve("25.0.1.jsa");
        assertThat(archive).hasContent("classes");
        assertThat(namesIn(current())).containsExactly("25.0.1.jsa", "25.0.1.tried", "began",
                "library.jar", "mcp-server-0.1.0.jar");
        assertThat(run.told("arg")).containsSubsequence("-XX:SharedArchiveFile=" + archive,
                "-Dmine=1", "-cp", current() + "/*", "dev.memcollab.cli.Main", "serve");
        assertThat(machine.app().resolve("build.log")).content()
                .contains("arg -cp\narg " + current() + "/*\n", "arg rehearse\narg " + current()
                        + "/rehearsal-")
                .doesNotContain("-Dmine");
    }

    @Test
    void anArchiveOfAnotherJdkIsLeftAlone() throws Exception {
        LauncherFixture.write(installed().resolve("25.0.1.jsa"), "classes");
        machine.jdk("places/jdk", "25.0.2");

        assertThat(machine.run().told("arg"))
                .noneMatch(argument -> argument.contains("SharedArchiveFile"));
    }

    @Test
    void aRehearsalThatFailsLeavesTheBuildWithoutAnArchive() throws Exception {
        var jdk = machine.jdk("places/jdk", "25");
        machine.maven("exit 0");
        machine.rehearsal(jdk, "echo half >\"$archive\"; exit 1");

        var run = machine.run();

        assertThat(run.exit()).as(run.error()).isZero();
        assertThat(namesIn(current())).containsExactly("25.tried", "began", "library.jar",
                "mcp-server-0.1.0.jar");
        assertThat(run.told("arg")).noneMatch(argument -> argument.contains("SharedArchiveFile"));
    }

    @Test
    void aRehearsalThatHangsIsEnded() throws Exception {
        var jdk = machine.jdk("places/jdk", "25");
        machine.maven("exit 0");
        machine.rehearsal(jdk, "exec '" + LauncherFixture.real("sleep") + "' 1000");
        LauncherFixture.script(machine.bin.resolve("sleep"), "exit 0\n");

        var run = machine.run();

        assertThat(run.exit()).as(run.error()).isZero();
        assertThat(namesIn(current())).containsExactly("25.tried", "began", "library.jar",
                "mcp-server-0.1.0.jar");
    }

    @Test
    void aNewerJdkRunsWhatAnotherBuilds() throws Exception {
        var older = machine.jdk("places/jdk-25", "25");
        machine.environment.put("JAVA_HOME", machine.jdk("java home", "26").toString());
        machine.maven("exit 0");

        var run = machine.run();

        assertThat(run.told("jdk")).containsExactly("java home");
        assertThat(machine.builds()).containsExactly(older.toString());
    }

    @Test
    void manyFirstStartsBuildOnce() throws Exception {
        machine.jdk("places/jdk", "25");
        machine.maven("sleep 2");

        var started = new ArrayList<LauncherFixture.Started>();
        for (var i = 0; i < 5; i++) {
            started.add(machine.start(machine.launcher().toString(), directory));
        }
        var errors = new StringBuilder();
        for (var launcher : started) {
            var run = launcher.end();
            assertThat(run.told("jdk")).as(run.error()).containsExactly("places/jdk");
            errors.append(run.error());
        }

        assertThat(machine.builds()).hasSize(1);
        assertThat(errors.toString().lines().filter(line -> line.contains("waiting")))
                .hasSize(4);
    }

    @Test
    void aBuildGoesOnWhenItsClientLosesPatience() throws Exception {
        machine.jdk("places/jdk", "25");
        machine.maven("sleep 2");
        var impatient = machine.start(machine.launcher().toString(), directory);
        while (machine.builds().isEmpty()) {
            Thread.sleep(20);
        }
        impatient.process().destroyForcibly().waitFor();

        var run = machine.run();

        assertThat(run.exit()).as(run.error()).isZero();
        assertThat(run.error()).contains("waiting");
        assertThat(machine.builds()).hasSize(1);
    }

    @Test
    void theLockOfADeadProcessIsTakenOver() throws Exception {
        machine.jdk("places/jdk", "25");
        machine.maven("exit 0");
        var dead = new ProcessBuilder("true").start();
        dead.waitFor();
        LauncherFixture.write(machine.app().resolve("lock/owner"), dead.pid() + " sh memcollab\n");

        var run = machine.run();

        assertThat(run.exit()).isZero();
        assertThat(run.error()).contains("taking over from process " + dead.pid());
    }

    @Test
    void theLockOfANumberThatIsAnotherProcessNowIsTakenOver() throws Exception {
        machine.jdk("places/jdk", "25");
        machine.maven("exit 0");
        LauncherFixture.write(machine.app().resolve("lock/owner"),
                ProcessHandle.current().pid() + " sh memcollab\n");

        assertThat(machine.run().exit()).isZero();
    }

    @Test
    void aFailedBuildSaysWhyAndInstallsNothing() throws Exception {
        machine.jdk("places/jdk", "25");
        machine.maven("echo '[ERROR] it is too hot'; exit 1");

        var run = machine.run("serve");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.error()).contains("it is too hot", "the build failed", "build.log");
        assertThat(namesIn(machine.app())).containsExactly("build.log");
    }

    @Test
    void aFailedRebuildLeavesTheEarlierBuild() throws Exception {
        var earlier = installed();
        machine.jdk("places/jdk", "25");
        machine.maven("exit 1");

        var failed = machine.run("--rebuild");
        var next = machine.run();

        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.error()).contains("the earlier one was left as it is");
        assertThat(next.told("arg")).contains(earlier + "/*");
    }

    @Test
    void aRebuildGoesBesideWhatRuns() throws Exception {
        var earlier = installed();
        machine.jdk("places/jdk", "25");
        machine.maven("exit 0");
        machine.environment.put("MEMCOLLAB_REBUILD", "1");

        var run = machine.run();

        assertThat(run.told("arg")).contains(current() + "/*");
        assertThat(current()).isNotEqualTo(earlier);
        assertThat(earlier.resolve("library.jar")).hasContent("earlier");
    }

    @Test
    void buildsThatNobodyRunsAreRemovedButTheLastTwo() throws Exception {
        installed();
        machine.jdk("places/jdk", "25");
        machine.maven("exit 0");
        LauncherFixture.write(machine.app().resolve("build-0/library.jar"), "unused");
        var used = machine.app().resolve("build-00");
        LauncherFixture.write(used.resolve("library.jar"), "used");
        var user = machine.start("sh", directory, "-c", "sleep 60; :", used + "/*");

        var run = machine.run("--rebuild");
        user.process().destroyForcibly();

        assertThat(run.exit()).as(run.error()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(namesIn(machine.app())).contains("build-00", "build-1",
                current().getFileName().toString()).doesNotContain("build-0");
    }

    @Test
    void sourcesNewerThanTheBuildAreHintedAt() throws Exception {
        var build = installed();
        machine.jdk("places/jdk", "25");
        Files.setLastModifiedTime(build.resolve("began"),
                FileTime.from(Instant.now().minusSeconds(60)));

        var run = machine.run();

        assertThat(run.exit()).isZero();
        assertThat(run.error()).hasLineCount(1).contains("newer", "--rebuild");
        assertThat(machine.builds()).isEmpty();
    }

    @Test
    void withoutMavenOneSentenceSaysWhatToInstall() throws Exception {
        machine.jdk("places/jdk", "25");

        var run = machine.run();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.error()).hasLineCount(1).contains("Maven is missing");
        assertThat(machine.app()).doesNotExist();
    }

    @Test
    void aHookDoesNotWaitForABuild() throws Exception {
        machine.jdk("places/jdk", "25");

        var run = machine.run("hook", "stop");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(machine.app()).doesNotExist();
    }
}
