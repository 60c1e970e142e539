package dev.memcollab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("settings.toml"), text);
    }

    @Test
    void withoutAFileTheDefaultsHold() {
        assertThat(Settings.read(directory.resolve("none.toml"))).isEqualTo(Settings.DEFAULT);
    }

    @Test
    void whatIsNotSetKeepsItsDefault() throws IOException {
        assertThat(Settings.read(file("weak = \"tiny\" # small\n")))
                .isEqualTo(new Settings("tiny", Settings.DEFAULT.strong(), false, 0, false));
    }

    @Test
    void everySettingIsRead() throws IOException {
        var all = """
                weak = "tiny"
                strong = "small"
                allow_code = true
                threads = 3
                redact_emails = true
                """;

        assertThat(Settings.read(file(all)))
                .isEqualTo(new Settings("tiny", "small", true, 3, true));
    }

    @ParameterizedTest
    @CsvSource({"false, me@example.com", "true, [redacted:email]"})
    void emailsAreRedactedWhereSet(boolean set, String kept) throws IOException {
        Settings settings = Settings.read(file("redact_emails = " + set));

        assertThat(settings.redaction().redact("me@example.com")).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wek = "tiny"                   | unknown setting "wek"; known are [allow_code, redact_emails, strong, threads, weak]
            threads = "all"                | threads must be a whole number, got "all"
            threads = 1000                 | threads must lie in [0, 256], got 1000
            allow_code = 1                 | allow_code must be true or false, got 1
            redact_emails = "yes"          | redact_emails must be true or false, got "yes"
            weak = 3                       | weak must be a string, got 3
            weak = "qwen2.5-coder-1.5b"    | weak and strong must be two different models, got "qwen2.5-coder-1.5b" twice
            """)
    void aWrongSettingIsToldWithFileFieldRuleAndValue(String line, String message)
            throws IOException {
        Path file = file(line);

        assertThatIllegalArgumentException().isThrownBy(() -> Settings.read(file))
                .withMessage(file + ": " + message);
    }

    @Test
    void aFileThatIsNoTomlIsNamed() throws IOException {
        Path file = file("weak = ");

        assertThatIllegalArgumentException().isThrownBy(() -> Settings.read(file))
                .withMessageStartingWith(file + ": ");
    }
}
