package dev.memcollab.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstallationTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final ServerEntry ENTRY = ServerEntry.of(Path.of("/opt/mc/memcollab"),
            Optional.empty());
    private static final String TOML = """
            # mine
            model = "best" # and dear

            [mcp_servers.other] # keep
            command = "npx"
            args = [
              "-y", # yes
              "other",
            ]

            [tui]
            theme = "dark"
            """;

    @TempDir
    private Path home;

    private Installation of(Client client) {
        return Installation.of(client, Scope.USER,
                new Machine(Platform.LINUX, home, Map.of()), home.resolve("project"));
    }

    /// A file such as the client's user may have.
    private static String sample(Client client) {
        return switch (client.text()) {
            case TomlConfig _ -> TOML;
            case JsonConfig(var servers, var _) -> """
                    // mine
                    {
                        "theme": "dark", /* as ever */
                        "%s": {
                            // the other
                            "other": { "command": "npx", "args": ["-y", "other"] } // keep
                        },
                        "zoom": 1.50,
                    }
                    """.formatted(servers);
        };
    }

    private static Path write(Installation installation, String text) throws IOException {
        Files.createDirectories(installation.file().getParent());
        return Files.writeString(installation.file(), text);
    }

    private static Optional<Path> install(Installation installation) {
        return installation.make(installation.adding(ENTRY), NOW);
    }

    private static Optional<Path> uninstall(Installation installation) {
        return installation.make(installation.removing(), NOW);
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void anAbsentFileIsMadeAndDeletedAgain(Client client) throws IOException {
        Installation installation = of(client);

        assertThat(install(installation)).isEmpty();

        assertThat(installation.file()).content().contains("/opt/mc/memcollab", "[\"serve\"]")
                .endsWith("\n");
        assertThat(client.text().entry(Files.readString(installation.file()))).contains(ENTRY);

        uninstall(installation);

        assertThat(installation.file()).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void whatElseIsInAFileStays(Client client) throws IOException {
        Installation installation = of(client);
        String before = sample(client);
        write(installation, before);

        install(installation);

        String after = Files.readString(installation.file());
        assertThat(client.text().entry(after)).contains(ENTRY);
        assertThat(after.lines().map(line -> line.replaceFirst(",$", "")))
                .containsSubsequence(before.lines().filter(line -> !line.contains("// keep"))
                        .map(line -> line.replaceFirst(",$", "")).toList());
        assertThat(after).contains("keep");
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void takingItOutGivesTheFileBack(Client client) throws IOException {
        Installation installation = of(client);
        write(installation, sample(client));

        install(installation);
        uninstall(installation);

        assertThat(installation.file()).hasContent(sample(client));
        assertThat(Files.readString(installation.file())).isEqualTo(sample(client));
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void takingItOutGivesTheFileBackWithoutABackupToo(Client client) throws IOException {
        Installation installation = of(client);
        write(installation, sample(client));

        Files.delete(install(installation).orElseThrow());
        uninstall(installation);

        assertThat(Files.readString(installation.file())).isEqualTo(sample(client));
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void aFileThatWasEmptyIsEmptyAgain(Client client) throws IOException {
        Installation installation = of(client);
        write(installation, "");

        install(installation);
        uninstall(installation);

        assertThat(installation.file()).isEmptyFile();
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void whatIsChangedMeanwhileStaysWhenItIsTakenOut(Client client) throws IOException {
        Installation installation = of(client);
        write(installation, sample(client));
        install(installation);
        write(installation,
                Files.readString(installation.file()).replace("\"dark\"", "\"light\""));

        uninstall(installation);

        assertThat(Files.readString(installation.file()))
                .isEqualTo(sample(client).replace("\"dark\"", "\"light\""));
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void twiceIsOnce(Client client) throws IOException {
        Installation installation = of(client);
        write(installation, sample(client));
        install(installation);

        assertThat(installation.adding(ENTRY).isNone()).isTrue();

        uninstall(installation);

        assertThat(installation.removing().isNone()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void whereThereIsNoFileThereIsNothingToTakeOut(Client client) {
        assertThat(of(client).removing().isNone()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void anotherLauncherTakesThePlaceOfTheFirst(Client client) throws IOException {
        Installation installation = of(client);
        write(installation, sample(client));
        install(installation);
        var moved = ServerEntry.of(Path.of("/new/memcollab"), Optional.of(Path.of("/data")));

        installation.make(installation.adding(moved), NOW);

        String text = Files.readString(installation.file());
        assertThat(client.text().entry(text)).contains(moved);
        assertThat(text).doesNotContain("/opt/mc").containsOnlyOnce("/new/memcollab")
                .contains("\"serve\", \"--home\", \"/data\"");
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void aBrokenFileIsNamedWithItsLineAndStays(Client client) throws IOException {
        Installation installation = of(client);
        String broken = sample(client).replace("\"dark\"", "");
        write(installation, broken);

        for (var change : List.<Runnable>of(() -> installation.adding(ENTRY),
                installation::removing)) {
            assertThatThrownBy(change::run).isInstanceOf(InstallFailedException.class)
                    .hasMessageContaining(installation.file() + ", line "
                            + (client == Client.CODEX ? 12 : 3) + ": ")
                    .hasMessageEndingWith("; it was not changed");
        }

        assertThat(Files.readString(installation.file())).isEqualTo(broken);
        assertThat(files(installation)).containsExactly(installation.file());
    }

    private static List<Path> files(Installation installation) throws IOException {
        try (Stream<Path> files = Files.list(installation.file().getParent())) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void theFileAsItWasIsKept(Client client) throws IOException {
        Installation installation = of(client);
        write(installation, sample(client));

        Path first = install(installation).orElseThrow();
        Path second = uninstall(installation).orElseThrow();

        assertThat(first).hasToString(
                installation.file() + ".memcollab-backup-20261127T120000Z").hasContent(
                        sample(client));
        assertThat(second).hasToString(first + "-2").content().contains("/opt/mc/memcollab");
        assertThat(files(installation)).containsExactlyInAnyOrder(installation.file(), first,
                second);
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Installation installation = of(Client.CURSOR);
        Path dotfiles = Files.createDirectories(home.resolve("dotfiles"));
        Path real = Files.writeString(dotfiles.resolve("cursor.json"), "{}\n");
        Files.createDirectories(installation.file().getParent());
        Path between = Files.createSymbolicLink(home.resolve("between"), real);
        Files.createSymbolicLink(installation.file(), Path.of("../between"));

        install(installation);

        assertThat(installation.file()).isSymbolicLink();
        assertThat(between).isSymbolicLink();
        assertThat(real).isRegularFile().content().contains("/opt/mc/memcollab");
    }

    @Test
    void aLinkToNothingYetLeadsToTheNewFile() throws IOException {
        Installation installation = of(Client.CURSOR);
        Path real = home.resolve("dotfiles/cursor.json");
        Files.createDirectories(installation.file().getParent());
        Files.createSymbolicLink(installation.file(), real);

        install(installation);

        assertThat(installation.file()).isSymbolicLink();
        assertThat(real).content().contains("/opt/mc/memcollab");
    }

    @Test
    void aLinkThatLeadsInACircleIsNamed() throws IOException {
        Installation installation = of(Client.CURSOR);
        Files.createDirectories(installation.file().getParent());
        Files.createSymbolicLink(installation.file(), installation.file());

        assertThatThrownBy(() -> install(installation))
                .isInstanceOf(InstallFailedException.class)
                .hasMessage(installation.file() + " is a link that leads nowhere");
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void permissionsStay(Client client) throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        Installation installation = of(client);
        write(installation, sample(client));
        var only = PosixFilePermissions.fromString("rw--w---x");
        Files.setPosixFilePermissions(installation.file(), only);

        Path backup = install(installation).orElseThrow();

        assertThat(Files.getPosixFilePermissions(installation.file())).isEqualTo(only);
        assertThat(Files.getPosixFilePermissions(backup)).isEqualTo(only);
    }

    @Test
    void aFileThatAnotherProgramChangesMeanwhileIsLeftToIt() throws IOException {
        Installation installation = of(Client.CLAUDE_CODE);
        write(installation, "{\"n\": 1}");
        Change change = installation.adding(ENTRY);
        write(installation, "{\"n\": 2}");

        assertThatThrownBy(() -> installation.make(change, NOW)).hasMessage(
                installation.file() + " was changed by another program meanwhile: try again");
        assertThat(installation.file()).hasContent("{\"n\": 2}");
        assertThat(files(installation)).containsExactly(installation.file());
    }

    @Test
    void aFileThatIsNotTextIsNamed() throws IOException {
        Installation installation = of(Client.CURSOR);
        write(installation, "");
        Files.write(installation.file(), "{\"ä\": 1}".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> installation.adding(ENTRY))
                .hasMessage(installation.file() + " is not in UTF-8; it was not changed");
    }

    @Test
    void aBackupThatIsBrokenIsPassedOver() throws IOException {
        Installation installation = of(Client.CURSOR);
        write(installation, "{ }\n");
        install(installation);
        Files.writeString(installation.file()
                .resolveSibling("mcp.json.memcollab-backup-99990101T000000Z"), "{");

        uninstall(installation);

        assertThat(Files.readString(installation.file())).isEqualTo("{ }\n");
    }

    @Test
    void aChangeShowsLinesWithAFewAround() {
        var change = new Change(Path.of("f"), Optional.of("1\n2\n3\n4\n5\n6\n7\n8\n9\n"),
                Optional.of("1\n2\n3\n4\n5,\n5a\n6\n7\n8\n9\n"));

        assertThat(change.shown().lines()).containsExactly("  2", "  3", "  4", "- 5", "+ 5,",
                "+ 5a", "  6", "  7", "  8");
    }
}
