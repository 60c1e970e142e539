package dev.memcollab.memory;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.memory.Event.Entry;
import dev.memcollab.memory.Event.Foreign;
import dev.memcollab.memory.Event.Forgotten;
import dev.memcollab.memory.Event.Learnt;
import dev.memcollab.memory.Event.Recorded;
import dev.memcollab.memory.Event.Tried;
import dev.memcollab.memory.EventJson.NewerFormatException;
import dev.memcollab.memory.ImportReport.RejectedLine;
import dev.memcollab.memory.Ledger.State;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog.Trial;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Takes the lines of an export into a ledger, some at a time.
final class Import {
    private static final int AT_ONCE = 500;

    private final Ledger ledger;
    private final UnaryOperator<Event> redaction;
    private final Function<Constraint, Optional<String>> refusal;
    private final Set<String> ordered = new HashSet<>(); // runs that this import said to forget
    private final Set<String> brought = new HashSet<>(); // runs that were not here before
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
            if (waiting.size() == AT_ONCE || endWithRunRecordedAnew()) {
                write();
            }
        }
        write();
        return new ImportReport(added, known, forgotten, rejected);
    }

    /// Only when it is part of the state is what was learnt from it after that not forgotten.
    private boolean endWithRunRecordedAnew() {
        return !waiting.isEmpty()
                && waiting.getLast().entry().event() instanceof Recorded(Trajectory run)
                && ordered.contains(run.id());
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
        int before = waiting.size();
        ledger.read(state -> waiting.removeIf(one -> isCounted(one.entry().event(), state)));
        known += before - waiting.size();
        List<Optional<Entry>> kept = ledger
                .read(state -> waiting.stream().map(one -> kept(one.entry(), state)).toList());
        var left = new ArrayList<Numbered>();
        for (int i = 0; i < kept.size(); i++) {
            Numbered one = waiting.get(i);
            if (kept.get(i).isPresent()) {
                left.add(new Numbered(one.line(), kept.get(i).get()));
            } else if (one.entry().event() instanceof Forgotten) {
                known++;
            } else {
                forgotten++;
            }
        }
        waiting.clear();
        left.forEach(one -> remember(one.entry().event()));
        List<CompletableFuture<Boolean>> written = ledger
                .submit(left.stream().map(Numbered::entry).toList());
        for (int i = 0; i < written.size(); i++) {
            try {
                boolean fresh = WriteQueue.value(written.get(i));
                added += fresh ? 1 : 0;
                known += fresh ? 0 : 1;
                if (fresh && left.get(i).entry().event() instanceof Recorded(Trajectory run)) {
                    brought.add(run.id());
                }
            } catch (IllegalArgumentException e) {
                rejected.add(new RejectedLine(left.get(i).line(), String.valueOf(e.getMessage())));
            }
        }
    }

    /// Of a run that was here before, the attempts at it have been counted here.
    private boolean isCounted(Event event, State state) {
        return event instanceof Tried(Trial trial)
                && state.projection().recording(trial.trajectoryId()).isPresent()
                && !brought.contains(trial.trajectoryId());
    }

    private Optional<Entry> kept(Entry entry, State state) {
        Forgotten here = state.projection().forgotten().forgotten();
        if (entry.event() instanceof Forgotten order) {
            Forgotten rest = open(order, here, entry.at(), state);
            return rest.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Entry(entry.id(), entry.at(), rest));
        }
        var runs = new HashSet<>(here.trajectories());
        runs.removeAll(ordered);
        return new Pruning(new Forgotten(runs, here.constraints()), Set.of()).kept(entry);
    }

    /// What of an order is neither carried out here nor older than the run that it is about, which
    /// was recorded anew then.
    private static Forgotten open(Forgotten order, Forgotten here, Instant at, State state) {
        Set<String> runs = order.trajectories().stream()
                .filter(id -> !here.trajectories().contains(id))
                .filter(id -> state.projection().recording(id)
                        .filter(recording -> state.entryAt(recording.place()).at().isAfter(at))
                        .isEmpty())
                .collect(Collectors.toSet());
        Set<String> constraints = order.constraints().stream()
                .filter(id -> !here.constraints().contains(id)).collect(Collectors.toSet());
        return new Forgotten(runs, constraints);
    }

    /// What comes after an order in the same file was recorded anew after it.
    private void remember(Event event) {
        if (event instanceof Forgotten order) {
            ordered.addAll(order.trajectories());
        }
    }
}
