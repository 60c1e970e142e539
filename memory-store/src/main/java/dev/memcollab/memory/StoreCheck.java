package dev.memcollab.memory;

import dev.memcollab.memory.DiskIndex.Condition;
import dev.memcollab.memory.JournalSurvey.Damage;
import dev.memcollab.memory.MemoryStatus.DamagedLine;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Looks for what can be wrong with a memory on disk, and sets right what can be set right without
/// losing anything.
///
/// Looking changes nothing and waits for nobody longer than a few seconds, so that it can be done
/// beside running servers, and beside one that hangs.
public final class StoreCheck {
    static final String REPAIR = "memcollab doctor --repair";
    static final String STOP_SERVERS = "stop the MemCollab servers on this home (end the clients that"
            + " started them), then try again";

    /// How long somebody may hold a lock that is meant to be held for moments.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Nobody writes a backup for longer without any progress.
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    /// Runs that wait for longer although somebody distils say that the distiller is stuck.
    private static final Duration STUCK = Duration.ofDays(1);
    private static final int MOST_BEHIND = 64;
    private static final int MOST_NAMED = 5;

    private final Path directory;
    private final Clock clock;
    private final Duration patience;

    public StoreCheck(Path memoryDirectory) {
        this(memoryDirectory, Clock.systemUTC(), PATIENCE);
    }

    StoreCheck(Path memoryDirectory, Clock clock, Duration patience) {
        this.directory = memoryDirectory;
        this.clock = clock;
        this.patience = patience;
    }

    /// How much a finding matters.
    public enum Level {
        OK,
        /// Everything works, though not as well as it could.
        WARNING,
        /// Something is lost, or will not work.
        PROBLEM;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What one check came to.
    ///
    /// @param advice what to do about it; empty where nothing is
    public record Finding(String check, Level level, String found, String advice) {
        public static Finding ok(String check, String found) {
            return new Finding(check, Level.OK, found, "");
        }

        public static Finding warning(String check, String found, String advice) {
            return new Finding(check, Level.WARNING, found, advice);
        }

        public static Finding problem(String check, String found, String advice) {
            return new Finding(check, Level.PROBLEM, found, advice);
        }
    }

    /// Looks at everything and changes nothing.
    public List<Finding> examine() {
        if (!Files.isDirectory(directory)) {
            return List.of(Finding.ok("memory", "nothing was recorded yet"));
        }
        var findings = new ArrayList<Finding>();
        for (String name : List.of("journal.lock", "index.lock", "checkpoint.lock")) {
            findings.add(lock(name));
        }
        try {
            StoreFacts facts = StoreFacts.of(directory, patience);
            findings.addAll(journal(facts));
            findings.add(index(facts));
            findings.add(checkpoint(facts));
            findings.add(distiller(facts));
            findings.add(backups(facts));
        } catch (IOException e) {
            findings.add(Finding.problem("journal", "cannot be read: " + e.getMessage(),
                    "check that " + directory + " may be read and that its disk works"));
        }
        return findings;
    }

    private Finding lock(String name) {
        Path file = directory.resolve(name);
        if (!Files.exists(file)) {
            return Finding.ok(name, "was never needed");
        }
        try (var lock = new ProcessLock(file, patience); var _ = lock.acquire()) {
            return Finding.ok(name, "free");
        } catch (ProcessLock.StillHeldException e) {
            return Finding.problem(name, e.getMessage() + ", which is meant for moments",
                    STOP_SERVERS);
        } catch (IOException e) {
            return Finding.problem(name, "cannot be taken: " + e,
                    "the home must be writable and on a local disk");
        }
    }

    private static List<Finding> journal(StoreFacts facts) throws IOException {
        JournalSurvey survey = facts.survey();
        if (survey.newer().isPresent()) {
            DamagedLine line = survey.newer().get();
            return List.of(Finding.problem("journal", "line %d of %s %s".formatted(line.number(),
                    line.file().getFileName(), line.reason()), "update this MemCollab"));
        }
        return List.of(lines(survey), row(facts), end(survey), forgetting(survey));
    }

    private static Finding lines(JournalSurvey survey) {
        List<Damage> damaged = survey.damaged();
        if (damaged.isEmpty()) {
            return Finding.ok("journal", "%d events, every line intact".formatted(survey.events()));
        }
        String named = damaged.stream().limit(MOST_NAMED).map(Damage::line)
                .map(line -> "line %d of %s (%s)".formatted(line.number(),
                        line.file().getFileName(), line.reason()))
                .collect(Collectors.joining(", "));
        String more = damaged.size() > MOST_NAMED
                ? " and %d more".formatted(damaged.size() - MOST_NAMED)
                : "";
        return Finding.problem("journal",
                "%d damaged, skipped: %s%s".formatted(damaged.size(), named, more),
                REPAIR + " sets them aside in " + SetAside.NAME + "/");
    }

    private static Finding row(StoreFacts facts) throws IOException {
        if (!facts.missing().isEmpty()) {
            return Finding.problem("journal files",
                    "missing: " + StoreFacts.names(facts.missing()), missingAdvice(facts));
        }
        return facts.leftovers() > 0
                ? Finding.warning("journal files",
                        "%d left by a compaction that did not end".formatted(facts.leftovers()),
                        REPAIR)
                : Finding.ok("journal files", "%d in a row".formatted(facts.files()));
    }

    /// Going on without what is missing takes a person's word: a backup of what is left is one.
    static String missingAdvice(StoreFacts facts) throws IOException {
        return facts.backups().isEmpty()
                ? "put them back, or memcollab import an export; where there is neither, memcollab"
                        + " backup and then " + REPAIR + " go on with what is left"
                : "put them back if you have them; otherwise " + REPAIR
                        + " takes what it can from the backups";
    }

    private static Finding end(JournalSurvey survey) {
        if (survey.torn() == 0) {
            return Finding.ok("journal end", "whole");
        }
        if (survey.isDoubtful()) {
            return Finding.ok("journal end", "a line is being written");
        }
        return Finding.warning("journal end",
                "%d bytes of a line that was never acknowledged".formatted(survey.torn()),
                "nothing: the next record cuts them; " + REPAIR + " sets them aside");
    }

    private static Finding forgetting(JournalSurvey survey) {
        return survey.projection().isForgettingUnfinished()
                ? Finding.problem("forgetting", "what was to be forgotten is still on disk", REPAIR)
                : Finding.ok("forgetting", "nothing is left of what was forgotten");
    }

    static Finding index(StoreFacts facts) {
        Projection now = facts.survey().projection();
        return switch (facts.index()) {
            case Condition.Missing _ when now.constraints.isEmpty() ->
                Finding.ok("index", "none, and nothing to index");
            case Condition.Missing _ -> Finding.warning("index",
                    "none; recall goes on without and builds it", REPAIR);
            case Condition.Foreign _ -> Finding.warning("index", "of another version", REPAIR);
            case Condition.Damaged(String reason) ->
                Finding.problem("index", "damaged: " + reason, REPAIR);
            case Condition.Busy _ -> Finding.warning("index", "not looked at: it is being written",
                    "try again when it is not");
            case Condition.Sound sound -> index(sound, now);
        };
    }

    private static Finding index(Condition.Sound sound, Projection now) {
        int covered = now.changesUpTo(sound.last());
        int behind = now.changes().size() - covered;
        if (covered < 0) {
            return Finding.warning("index", "of another journal", REPAIR);
        }
        if (behind == 0 && sound.constraints() != now.constraints.size()) {
            return Finding.problem("index", "has %d constraints, the journal %d"
                    .formatted(sound.constraints(), now.constraints.size()), REPAIR);
        }
        String found = "%d constraints, %d changes behind the journal"
                .formatted(sound.constraints(), behind);
        return behind > MOST_BEHIND
                ? Finding.warning("index", found, REPAIR)
                : Finding.ok("index", found);
    }

    private static Finding checkpoint(StoreFacts facts) {
        return facts.checkpointFault()
                .map(fault -> Finding.warning("checkpoint",
                        "passed over, so that a start takes longer: " + fault, REPAIR))
                .orElse(Finding.ok("checkpoint", facts.hasCheckpoint()
                        ? "of this journal"
                        : "none, and none needed"));
    }

    private Finding distiller(StoreFacts facts) throws IOException {
        Projection now = facts.survey().projection();
        boolean elected;
        try {
            elected = isElected();
        } catch (MemoryFailedException e) {
            return Finding.problem("distiller", "its lock cannot be taken: " + e.getCause(),
                    "the home must be writable and on a local disk");
        }
        Optional<Instant> oldest = facts.oldestPending();
        String found = "%s; %d runs wait%s, %d set aside".formatted(
                elected ? "one is elected" : "none is at work", now.pendingCount(),
                oldest.map(at -> " since " + at).orElse(""), setAside(now));
        if (!elected && now.pendingCount() > 0) {
            return Finding.warning("distiller", found,
                    "start a server: your client, or memcollab serve");
        }
        boolean stuck = oldest.filter(clock.instant().minus(STUCK)::isAfter).isPresent();
        return stuck
                ? Finding.warning("distiller", found, "memcollab status says what it lacks")
                : Finding.ok("distiller", found);
    }

    private static long setAside(Projection now) {
        return now.distillations.values().stream().filter(Distillation::isSetAside).count();
    }

    private boolean isElected() {
        Path file = directory.resolve("distiller.lock");
        if (!Files.exists(file)) {
            return false;
        }
        Optional<DistillerLock> office = DistillerLock.tryAcquire(directory);
        office.ifPresent(DistillerLock::close);
        return office.isEmpty();
    }

    private Finding backups(StoreFacts facts) throws IOException {
        if (!facts.holdingForgotten().isEmpty()) {
            return Finding.problem("backups", "%d hold what was forgotten, the first is %s"
                    .formatted(facts.holdingForgotten().size(),
                            facts.holdingForgotten().getFirst()),
                    REPAIR);
        }
        int unfinished = facts.parts().backups().unfinished(abandonedBefore()).size();
        if (unfinished > 0) {
            return Finding.warning("backups", unfinished + " never finished", REPAIR);
        }
        if (!facts.damagedBackups().isEmpty()) {
            return Finding.warning("backups",
                    "damaged lines in " + facts.damagedBackups().getFirst(),
                    "memcollab backup makes a new one");
        }
        return Finding.ok("backups", facts.backups().isEmpty()
                ? "none; memcollab backup makes one"
                : "%d, the last is %s".formatted(facts.backups().size(),
                        facts.backups().getLast().getFileName()));
    }

    Instant abandonedBefore() {
        return clock.instant().minus(ABANDONED);
    }

    /// Sets right what can be, under the locks that it needs.
    ///
    /// @return what was done, and what could not be; empty where there was nothing to do
    public List<Finding> repair() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        return new StoreRepair(directory, clock, patience, this).run();
    }
}
