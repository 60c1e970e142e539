package dev.memcollab.memory;

import dev.memcollab.memory.JournalSurvey.Damage;
import dev.memcollab.memory.Line.Position;
import dev.memcollab.memory.StoreCheck.Finding;
import dev.memcollab.memory.StoreCheck.Level;
import dev.memcollab.memory.StoreFacts.Parts;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Sets right what [StoreCheck] finds, a step at a time, each under the locks that it needs.
///
/// What leaves the journal is first set aside. While files of the journal are missing nothing is
/// done that would hide it.
final class StoreRepair {
    private static final System.Logger LOG = System.getLogger(StoreRepair.class.getName());

    private final Parts parts;
    private final Clock clock;
    private final Duration patience;
    private final StoreCheck check;
    private final List<Finding> done = new ArrayList<>();

    StoreRepair(Path directory, Clock clock, Duration patience, StoreCheck check) {
        this.parts = Parts.of(directory);
        this.clock = clock;
        this.patience = patience;
        this.check = check;
    }

    List<Finding> run() {
        step("journal files", this::leftovers);
        if (refused()) {
            return List.copyOf(done);
        }
        step("journal end", this::torn);
        step("journal files", this::missing);
        if (!refused()) {
            step("journal", this::damaged);
            step("forgetting", this::forgetting);
            step("index", this::index);
            step("checkpoint", this::checkpoint);
        }
        step("backups", this::backups);
        return List.copyOf(done);
    }

    private boolean refused() {
        return done.stream().anyMatch(finding -> finding.level() == Level.PROBLEM);
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private void step(String name, Step step) {
        try {
            step.run();
        } catch (IOException e) {
            failed(name, e, e.getMessage());
        } catch (MemoryFailedException e) {
            failed(name, e.getCause(), e.getMessage());
        }
    }

    private void leftovers() throws IOException {
        try (var lock = parts.lock("journal.lock", patience); var _ = lock.acquire()) {
            var newer = JournalSurvey.of(parts.journal(), true).newer();
            if (newer.isPresent()) {
                done.add(Finding.problem("journal", "not touched: %s %s"
                        .formatted(newer.get().file().getFileName(), newer.get().reason()),
                        "update this MemCollab"));
                return;
            }
            int left = parts.journal().superseded().size();
            if (left == 0 && !parts.journal().hasUnfinished()) {
                return;
            }
            var unknown = new SetAside(parts.directory());
            JournalSurvey.unaccounted(parts.journal()).forEach(unknown::add);
            String aside = aside(unknown);
            parts.journal().deleteSuperseded();
            done.add(Finding.ok("journal files",
                    "deleted what a compaction that did not end had left" + aside));
        }
    }

    /// Where they are now, as a clause.
    private String aside(SetAside lines) throws IOException {
        return lines.isEmpty()
                ? ""
                : "; %d lines are set aside in %s".formatted(lines.size(),
                        lines.write(clock.instant()));
    }

    private void torn() throws IOException {
        try (var lock = parts.lock("journal.lock", patience); var _ = lock.acquire()) {
            JournalSurvey survey = JournalSurvey.of(parts.journal(), true);
            if (survey.torn() > 0) {
                var torn = new SetAside(parts.directory());
                torn.add(parts.journal().torn(survey.end()));
                String aside = aside(torn);
                parts.journal().cutTorn(survey.end());
                done.add(Finding.ok("journal end", "cut the torn end" + aside));
            }
        }
    }

    /// Takes from the backups what is not in the journal, and makes the row of files whole.
    private void missing() throws IOException {
        StoreFacts facts = StoreFacts.of(parts.directory(), patience);
        if (facts.missing().isEmpty()) {
            return;
        }
        if (facts.backups().isEmpty()) {
            done.add(Finding.problem("journal files", "not repaired, no backup: missing "
                    + StoreFacts.names(facts.missing()), StoreCheck.missingAdvice(facts)));
            return;
        }
        probe("index.lock");
        probe("checkpoint.lock");
        try (var store = open()) {
            int restored = restored(store, facts.backups());
            compact(Set.of());
            store.rebuildIndex();
            done.add(Finding.ok("journal files",
                    "%d events came back from %d backups in place of %s".formatted(restored,
                            facts.backups().size(), StoreFacts.names(facts.missing()))));
        }
        deleteCheckpoint();
    }

    private static int restored(MemoryStore store, List<Path> backups) throws IOException {
        int restored = 0;
        for (Path backup : backups) {
            try (BufferedReader lines = Files.newBufferedReader(backup)) {
                restored += store.importFrom(lines).added();
            }
        }
        return restored;
    }

    /// Begins a new generation without the lines that end at these positions.
    private void compact(Set<Position> dropped) throws IOException {
        try (var lock = parts.lock("journal.lock", patience); var _ = lock.acquire()) {
            compactLocked(dropped);
        }
    }

    private void compactLocked(Set<Position> dropped) throws IOException {
        parts.journal().compact(line -> dropped.contains(line.end())
                ? Optional.empty()
                : Optional.of(Pruning.withBreak(line.bytes())));
    }

    private void damaged() throws IOException {
        try (var lock = parts.lock("journal.lock", patience); var _ = lock.acquire()) {
            List<Damage> damaged = JournalSurvey.of(parts.journal(), true).damaged();
            if (damaged.isEmpty()) {
                return;
            }
            var lines = new SetAside(parts.directory());
            damaged.forEach(damage -> lines.add(damage.bytes().bytes()));
            String aside = aside(lines);
            compactLocked(damaged.stream().map(damage -> damage.bytes().end())
                    .collect(Collectors.toSet()));
            done.add(Finding.ok("journal", "took the damaged lines out" + aside));
        }
    }

    private void forgetting() throws IOException {
        if (!survey().projection().isForgettingUnfinished()) {
            return;
        }
        probe("index.lock");
        probe("checkpoint.lock");
        try (var store = open()) {
            if (store.finishForgetting()) {
                done.add(Finding.ok("forgetting", "finished what was to be forgotten"));
            }
        }
    }

    private JournalSurvey survey() throws IOException {
        return JournalSurvey.of(parts.journal(), false);
    }

    private void index() throws IOException {
        StoreFacts facts = StoreFacts.of(parts.directory(), patience);
        if (StoreCheck.index(facts).level() == Level.OK) {
            return;
        }
        probe("index.lock");
        try (var store = open()) {
            store.rebuildIndex();
        }
        done.add(Finding.ok("index", "built anew"));
    }

    private void checkpoint() throws IOException {
        try (var checkpoint = new Checkpoint(parts.directory())) {
            if (checkpoint.fault(parts.journal()).isEmpty()) {
                return;
            }
        }
        deleteCheckpoint();
        done.add(Finding.ok("checkpoint", "deleted; the next start makes another"));
    }

    private void deleteCheckpoint() throws IOException {
        probe("checkpoint.lock");
        try (var checkpoint = new Checkpoint(parts.directory())) {
            checkpoint.delete();
        }
    }

    private void backups() throws IOException {
        for (Path unfinished : parts.backups().unfinished(check.abandonedBefore())) {
            Files.delete(unfinished);
            done.add(Finding.ok("backups", "deleted " + unfinished.getFileName()
                    + ", which was never finished"));
        }
        List<Path> holding = StoreFacts.of(parts.directory(), patience).holdingForgotten();
        if (!holding.isEmpty()) {
            try (var store = open()) {
                store.pruneBackups();
            }
            done.add(Finding.ok("backups",
                    "took what was forgotten out of %d files".formatted(holding.size())));
        }
    }

    private MemoryStore open() {
        return MemoryStore.open(parts.directory(), clock, patience);
    }

    /// Fails where somebody keeps a lock that would then be waited for without end.
    private void probe(String name) throws IOException {
        try (var lock = parts.lock(name, patience); var _ = lock.acquire()) {
            LOG.log(System.Logger.Level.DEBUG, "{0} can be taken", name);
        }
    }

    private void failed(String name, @Nullable Throwable cause, @Nullable String message) {
        String advice = cause instanceof ProcessLock.StillHeldException
                ? StoreCheck.STOP_SERVERS
                : "the home needs free space on a local disk that may be written";
        done.add(Finding.problem(name, "not repaired: " + message, advice));
    }
}
