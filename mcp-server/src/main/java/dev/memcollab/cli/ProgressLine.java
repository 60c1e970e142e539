package dev.memcollab.cli;

import dev.memcollab.jlama.gguf.Progress;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/// Shows how far a model has come: one line that rewrites itself on a terminal, a line at every
/// tenth elsewhere.
final class ProgressLine implements Progress, AutoCloseable {
    private static final long MEBI = 1 << 20;
    private static final int PARTS_ON_TERMINAL = 200;
    private static final int PARTS_ELSEWHERE = 10;

    private final PrintWriter out;
    private final String name;
    private final boolean terminal = Optional.ofNullable(System.console())
            .filter(Console::isTerminal).isPresent();
    private Phase phase = Phase.WAITING;
    private long shown = -1;
    private boolean lineOpen;

    ProgressLine(PrintWriter out, String name) {
        this.out = out;
        this.name = name;
    }

    @Override
    public void report(Phase now, long doneBytes, long totalBytes) {
        long parts = terminal ? PARTS_ON_TERMINAL : PARTS_ELSEWHERE;
        long part = totalBytes == 0 ? 0 : doneBytes * parts / totalBytes;
        if (now == phase && part == shown) {
            return;
        }
        phase = now;
        shown = part;
        String text = "%s: %s %s".formatted(name, now.name().toLowerCase(Locale.ROOT),
                amount(doneBytes, totalBytes));
        if (terminal) {
            out.print("\r" + text + "   ");
            lineOpen = true;
        } else {
            out.println(text);
        }
        out.flush();
    }

    private static String amount(long doneBytes, long totalBytes) {
        return totalBytes == 0
                ? ""
                : "%d of %d MiB".formatted(doneBytes / MEBI, totalBytes / MEBI);
    }

    @Override
    public void close() {
        if (lineOpen) {
            out.println();
            out.flush();
        }
    }
}
