package dev.memcollab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.cli.Terminal.Ended;
import dev.memcollab.jlama.kernel.ComputePath;
import dev.memcollab.memory.StoreCheck.Level;
import dev.memcollab.server.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DoctorTest {
    @TempDir
    private Path directory;
    private Path home;
    private Terminal terminal;

    @BeforeEach
    void theHomeIsNotThereYet() {
        home = directory.resolve("home");
        terminal = new Terminal(home);
    }

    private static JsonNode of(Ended ended, String check) {
        return ended.json().path("checks").valueStream()
                .filter(one -> one.path("check").asString().equals(check)).findFirst()
                .orElseThrow(() -> new AssertionError("no " + check + " in " + ended.out()));
    }

    private JsonNode seen(String check) {
        return of(terminal.run("doctor", "--json"), check);
    }

    @Test
    void aHomeThatIsNotThereYetIsNoProblemAndStaysAway() {
        Ended ended = terminal.run("doctor");

        assertThat(ended.code()).as(ended.out()).isZero();
        assertThat(ended.out()).contains("ok        home", "which the first record makes",
                "ok        memory          nothing was recorded yet", "ok        jdk",
                "with jdk.incubator.vector");
        assertThat(home).doesNotExist();
    }

    @Test
    void everyCheckHasItsLine() {
        Memories.fill(home);

        Ended ended = terminal.run("doctor", "--json");

        assertThat(ended.code()).as(ended.out()).isZero();
        assertThat(ended.json().path("ok").asBoolean()).isTrue();
        assertThat(ended.json().path("checks").valueStream()
                .map(one -> one.path("check").asString())).containsExactly("home", "permissions",
                        "disk", "settings", "jdk", "simd", "weak model", "strong model",
                        "journal.lock", "index.lock", "checkpoint.lock", "journal",
                        "journal files", "journal end", "forgetting", "index", "checkpoint",
                        "distiller", "backups");
        assertThat(terminal.run("doctor").out().lines())
                .hasSameSizeAs(ended.json().path("checks").valueStream().toList());
    }

    @Test
    void aProblemEndsWithOneAndARepairWithZeroAndNothingIsLost() throws IOException {
        Memories.fill(home);
        Path journal = home.resolve("memory/journal/000001.jsonl");
        Files.writeString(journal, "damaged\n" + Files.readString(journal));

        Ended before = terminal.run("doctor");
        assertThat(before.code()).isOne();
        assertThat(before.out()).contains("problem   journal         1 damaged, skipped: line 1 of"
                + " 000001.jsonl (its checksum does not fit) -> memcollab doctor --repair");

        Ended repaired = terminal.run("doctor", "--repair");
        assertThat(repaired.code()).as(repaired.out()).isZero();
        assertThat(repaired.out()).contains("repaired  journal         took the damaged lines out",
                "set aside in", "ok        journal         8 events, every line intact");
        assertThat(terminal.run("doctor", "--repair").out()).startsWith("Nothing to repair.");
        try (var aside = Files.list(home.resolve("memory/damaged"))) {
            assertThat(Files.readString(aside.findFirst().orElseThrow())).isEqualTo("damaged\n");
        }
    }

    @Test
    void whatWasRepairedIsInTheJson() throws IOException {
        Memories.fill(home);
        Files.writeString(home.resolve("memory/journal/unfinished.tmp"), "half");

        Ended ended = terminal.run("doctor", "--repair", "--json");

        assertThat(ended.json().path("repaired").path(0).path("check").asString())
                .isEqualTo("journal files");
        assertThat(of(ended, "journal files").path("level").asString()).isEqualTo("ok");
    }

    @Test
    void aMemoryThatOthersMayEnterIsClosed() throws IOException {
        Memories.fill(home);
        Path memory = home.resolve("memory");
        Files.setPosixFilePermissions(memory, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(seen("permissions").path("level").asString()).isEqualTo("warning");
        assertThat(seen("permissions").path("advice").asString()).startsWith("chmod go-rwx ");
        assertThat(terminal.run("doctor", "--repair").out()).contains("repaired  permissions");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(memory)))
                .isEqualTo("rwx------");
        assertThat(seen("permissions").path("level").asString()).isEqualTo("ok");
    }

    @Test
    void aHomeThatIsAFileIsAProblem() throws IOException {
        Files.writeString(home, "not a directory");

        Ended ended = terminal.run("doctor", "--json");

        assertThat(ended.code()).isOne();
        assertThat(of(ended, "home").path("found").asString()).endsWith("is no directory");
        assertThat(of(ended, "home").path("advice").asString()).contains("MEMCOLLAB_HOME");
    }

    @Test
    void settingsThatCannotBeReadAreNamedAndTheRestIsChecked() throws IOException {
        Files.createDirectories(home);
        Files.writeString(home.resolve("settings.toml"), "thread = 3\n");

        Ended ended = terminal.run("doctor", "--json");

        assertThat(ended.code()).isOne();
        assertThat(of(ended, "settings").path("found").asString())
                .contains("unknown setting \"thread\"");
        assertThat(of(ended, "memory").path("level").asString()).isEqualTo("ok");
    }

    @Test
    void aModelThatIsNotInstalledIsNamedWithWhatGetsIt() throws IOException {
        Files.createDirectories(home);
        Files.writeString(home.resolve("settings.toml"), "weak = \"no-such-model\"\n");

        JsonNode found = seen("weak model");

        assertThat(found.path("level").asString()).isEqualTo("warning");
        assertThat(found.path("advice").asString())
                .isEqualTo("memcollab models pull no-such-model");
    }

    @Test
    void aModelWhoseManifestCannotBeReadIsAProblem() throws IOException {
        Files.createDirectories(home);
        Files.writeString(home.resolve("settings.toml"), "weak = \"broken-model\"\n");
        Path models = new Home(home, home.resolve("models")).models();
        Files.createDirectories(models.resolve("broken-model"));

        JsonNode found = seen("weak model");

        assertThat(found.path("level").asString()).isEqualTo("problem");
        assertThat(found.path("advice").asString()).isEqualTo(
                "memcollab models remove broken-model, then memcollab models pull broken-model");
    }

    @Test
    void theComputePathIsToldAndTheSlowOneWarnedOf() {
        assertThat(MachineCheck.simd(ComputePath.here()).found())
                .contains("MemCollab", "-bit vectors");

        var slow = MachineCheck.simd(new ComputePath("Naive", 64, false));
        assertThat(slow.level()).isEqualTo(Level.WARNING);
        assertThat(slow.found()).contains("slow scalar fallback");
        assertThat(slow.advice()).isNotEmpty();
    }

    @Test
    void aJdkWithoutTheVectorModuleOrTooOldIsAProblem() {
        assertThat(MachineCheck.jdk(Runtime.version(), false).advice()).contains("the launcher");
        assertThat(MachineCheck.jdk(Runtime.Version.parse("21.0.1"), true).level())
                .isEqualTo(Level.PROBLEM);
    }

    @Test
    void fileSystemsOfANetworkAreKnown() {
        assertThat(List.of("nfs4", "cifs", "fuse.sshfs")).allMatch(HomeCheck::isRemote);
        assertThat(List.of("ext4", "xfs", "apfs", "ntfs", "overlay", "tmpfs"))
                .noneMatch(HomeCheck::isRemote);
    }
}
