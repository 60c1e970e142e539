package dev.memcollab.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomlConfigTest {
    private static final ServerEntry ENTRY = ServerEntry.of(Path.of("/m"), Optional.empty());
    private static final String TABLE = """
            [mcp_servers.memcollab]
            command = "/m"
            args = ["serve"]
            """;
    private static final TomlConfig CONFIG = new TomlConfig("mcp_servers");

    @Test
    void aNewFileHasTheTableAlone() {
        assertThat(CONFIG.with("", ENTRY)).isEqualTo(TABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a = 1\n", "a = 1", "# only this", "a = 1\n\n", "a = 1\r\n[b]\r\n",
            "a = '''\n[mcp_servers.memcollab]\n'''\n", "a = \"\"\"\n\\\"\"\"\"\"\n[b]\n",
            "a = [\n  [1], # ]\n  [\"#\"],\n]\n", "[mcp_servers]\n",
            "[mcp_servers.x]\ncommand = \"y\"\n\n[[z]]\nq = {r = 1}\n[[z]]\n",
            "[mcp_servers.\"memcollab too\"]\ncommand = \"y\"\n"})
    void whatWasPutInIsTakenOut(String text) {
        String with = CONFIG.with(text, ENTRY);

        assertThat(with).startsWith(text);
        assertThat(CONFIG.entry(with)).contains(ENTRY);
        assertThat(CONFIG.without(with)).isEqualTo(text);
    }

    @Test
    void tablesBelowGoTooAndWhatFollowsStays() {
        String text = """
                a = 1

                [ mcp_servers . "memcollab" ]
                command = "/m"
                # odd
                args = ["serve"]
                [mcp_servers.memcollab.env]
                MEMCOLLAB_LOG = "INFO"

                # about b
                [b]
                c = 1
                """;

        assertThat(CONFIG.without(text)).isEqualTo("""
                a = 1

                # about b
                [b]
                c = 1
                """);
    }

    @Test
    void whatAUserAddedToTheTableStays() {
        String text = """
                [mcp_servers.memcollab]
                startup_timeout_sec = 60 # it builds
                command = "/old"
                [b]
                command = "other"
                """;

        assertThat(CONFIG.with(text, ENTRY)).isEqualTo("""
                [mcp_servers.memcollab]
                args = ["serve"]
                startup_timeout_sec = 60 # it builds
                command = "/m"
                [b]
                command = "other"
                """);
    }

    @Test
    void anEntryThatStartsTheSameIsLeftAsItIsWritten() {
        String text = "mcp_servers.memcollab = {command = '/m', args = ['serve'], enabled = false}\n";

        assertThat(CONFIG.with(text, ENTRY)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp_servers = {}\n", "mcp_servers = 1\n",
            "[mcp_servers]\nmemcollab = {command = \"/old\"}\n",
            "mcp_servers.memcollab.command = \"/old\"\n"})
    void whatIsNotWrittenAsATableIsLeftToTheUser(String text) {
        assertThatThrownBy(() -> CONFIG.with(text, ENTRY))
                .isInstanceOf(InstallFailedException.class)
                .hasMessage("where mcp_servers.memcollab is not written as a table"
                        + " [mcp_servers.memcollab]: change it by hand");
    }

    @Test
    void anEntryThatIsNotATableIsNotTakenOutEither() {
        assertThatThrownBy(() -> CONFIG.without("[mcp_servers]\nmemcollab = {command = \"/m\"}\n"))
                .isInstanceOf(InstallFailedException.class).hasMessageEndingWith("by hand");
    }

    @Test
    void aPathOfWindowsIsEscaped() {
        var entry = new ServerEntry("C:\\mc\\memcollab.cmd", ENTRY.arguments());

        assertThat(CONFIG.entry(CONFIG.with("", entry))).contains(entry);
    }
}
