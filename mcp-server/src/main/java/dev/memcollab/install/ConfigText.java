package dev.memcollab.install;

import java.util.Optional;

/// A syntax in which a client lists its servers.
///
/// A text that does not keep to it fails with an [InstallFailedException] that names the line.
sealed interface ConfigText permits JsonConfig, TomlConfig {
    /// The text with the server in it, which is the same text where the server is started so already.
    ///
    /// @param text blank where nothing was written yet
    String with(String text, ServerEntry entry);

    /// The text without the server, which is the same text where there is none.
    String without(String text);

    /// How the server is started, if it is in the text and is started by a command.
    Optional<ServerEntry> entry(String text);

    /// What ends the lines of a text.
    static String newline(String text) {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }
}
