package dev.memcollab.memory;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.memory.Event.Entry;
import dev.memcollab.memory.Event.Foreign;
import dev.memcollab.memory.Event.Learnt;
import dev.memcollab.memory.EventJson.NewerFormatException;
import dev.memcollab.memory.ImportReport.RejectedLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Takes the lines of an export into a ledger, some at a time.
final class Import {
    private static final int AT_ONCE = 500;

    private final Ledger ledger;
    private final UnaryOperator<Event> redaction;
    private final Function<Constraint, Optional<String>> refusal;
    private final List<Numbered> waiting = new ArrayList<>();
    private final List<RejectedLine> rejected = new ArrayList<>();
    private int added;
    private int known;
    private int forgotten;

    private record Numbered(long line, Entry entry) {}

    /// @param refusal why a constraint is not to be taken in; empty where it is
    Import(Ledger ledger, UnaryOperator<Event> redaction,
            Function<Constraint, Optional<String>> refusal) {
        this.ledger = ledger;
        this.redaction = redaction;
        this.refusal = refusal;
    }

    ImportReport read(BufferedReader lines) throws IOException {
        long number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                take(number, line);
            }
            if (waiting.size() == AT_ONCE) {
                write();
            }
        }
        write();
        return new ImportReport(added, known, forgotten, rejected);
    }

    private void take(long number, String line) {
        try {
            if (Line.Seal.verified(line.getBytes(StandardCharsets.UTF_8)).isEmpty()) {
                throw new IllegalArgumentException("its checksum does not fit");
            }
            Entry entry = EventJson.read(line);
            if (entry.event() instanceof Foreign(String op)) {
                throw new IllegalArgumentException("op must be one that this version knows, got \""
                        + op + "\"");
            }
            Event clean = redaction.apply(entry.event());
            refuse(clean);
            waiting.add(new Numbered(number, new Entry(entry.id(), entry.at(), clean)));
        } catch (NewerFormatException e) {
            throw new MemoryFailedException(
                    "line %d %s: update this MemCollab".formatted(number, e.getMessage()), e);
        } catch (IllegalArgumentException | DateTimeException e) {
            rejected.add(new RejectedLine(number, String.valueOf(e.getMessage())));
        }
    }

    private void refuse(Event event) {
        if (event instanceof Learnt(LearntConstraint learnt)) {
            refusal.apply(learnt.constraint()).ifPresent(rule -> {
                throw new IllegalArgumentException("constraint %s %s".formatted(learnt.id(), rule));
            });
        }
    }

    private void write() throws IOException {
        Pruning pruning = ledger.read(state -> state.projection().forgotten());
        var left = new ArrayList<Numbered>();
        for (Numbered one : waiting) {
            Optional<Entry> kept = pruning.kept(one.entry());
            kept.ifPresent(entry -> left.add(new Numbered(one.line(), entry)));
            forgotten += kept.isEmpty() ? 1 : 0;
        }
        waiting.clear();
        List<CompletableFuture<Boolean>> written = ledger
                .submit(left.stream().map(Numbered::entry).toList());
        for (int i = 0; i < written.size(); i++) {
            try {
                boolean fresh = Ledger.value(written.get(i));
                added += fresh ? 1 : 0;
                known += fresh ? 0 : 1;
            } catch (IllegalArgumentException e) {
                rejected.add(new RejectedLine(left.get(i).line(), String.valueOf(e.getMessage())));
            }
        }
    }
}
