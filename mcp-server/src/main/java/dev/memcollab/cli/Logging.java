package dev.memcollab.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Sends what the program logs to stderr, a line a record.
///
/// `MEMCOLLAB_LOG` is the least level: `WARNING` by default, `INFO` for what a person would want to
/// know, `FINE` for decisions.
final class Logging {
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger OWN = Logger.getLogger("dev.memcollab");

    private Logging() {}

    static void toStandardError() {
        Level level = level(System.getenv("MEMCOLLAB_LOG"));
        for (var handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        var console = new ConsoleHandler();
        console.setLevel(Level.ALL);
        console.setFormatter(new OneLine());
        ROOT.addHandler(console);
        ROOT.setLevel(Level.WARNING);
        OWN.setLevel(level);
    }

    private static Level level(@Nullable String name) {
        try {
            return name == null || name.isBlank() ? Level.WARNING : Level.parse(name);
        } catch (IllegalArgumentException e) {
            System.err.println("memcollab: MEMCOLLAB_LOG must be a level such as INFO, got \""
                    + name + "\"");
            return Level.WARNING;
        }
    }

    /// Where the program failed, for whoever asked for details.
    static void detail(Exception failure) {
        OWN.log(Level.FINE, "details of the failure", failure);
    }

    private static final class OneLine extends Formatter {
        @Override
        public String format(LogRecord record) {
            Throwable thrown = record.getThrown();
            String line = "memcollab %s: %s%n".formatted(record.getLevel(), formatMessage(record));
            return thrown == null || !OWN.isLoggable(Level.FINE) ? line : line + traceOf(thrown);
        }

        private static String traceOf(Throwable thrown) {
            var text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text));
            return text.toString();
        }
    }
}
