package dev.memcollab.memory;

import dev.memcollab.memory.DiskIndex.Condition;
import dev.memcollab.memory.Line.Position;
import dev.memcollab.memory.Segment.Writers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What is on disk, as far as a check needs to know.
///
/// @param checkpointFault why the checkpoint cannot be used; empty where it can, or there is none
/// @param missing numbers of the files that the journal must have had
/// @param leftovers files of older generations, and of one that never began
/// @param files of the journal
/// @param holdingForgotten backups, and what was set aside, with something that was forgotten
/// @param damagedBackups backups with lines that do not fit their seal
record StoreFacts(Parts parts, JournalSurvey survey, Condition index,
        Optional<String> checkpointFault, List<Integer> missing, int leftovers, int files,
        List<Path> holdingForgotten, List<Path> damagedBackups) {

    /// Where what is.
    record Parts(Path directory, Journal journal, Backups backups, Backups setAside) {
        static Parts of(Path directory) {
            // Nothing is appended through it, so that it needs no size to begin a new file at.
            return new Parts(directory, new Journal(directory.resolve("journal"), Long.MAX_VALUE),
                    new Backups(directory.resolve("backups")),
                    new Backups(directory.resolve(SetAside.NAME)));
        }

        ProcessLock lock(String name, Duration patience) {
            return new ProcessLock(directory.resolve(name), patience);
        }
    }

    /// What is derived is read first: what it goes up to is in the journal that is read after it.
    static StoreFacts of(Path directory, Duration patience) throws IOException {
        Parts parts = Parts.of(directory);
        Condition index = index(parts, patience);
        try (var checkpoint = new Checkpoint(directory)) {
            Optional<String> fault = checkpoint.fault(parts.journal());
            int known = Math.max(checkpoint.lastFile().orElse(0),
                    index instanceof Condition.Sound sound ? sound.last().segment() : 0);
            JournalSurvey survey = survey(parts, patience);
            Journal journal = parts.journal();
            Pruning forgotten = survey.projection().forgotten();
            return new StoreFacts(parts, survey, index, fault, missing(journal, known),
                    journal.superseded().size() + (journal.hasUnfinished() ? 1 : 0),
                    journal.files().size(), holding(parts, forgotten), damaged(parts));
        }
    }

    private static Condition index(Parts parts, Duration patience) throws IOException {
        try (var disk = new DiskIndex(parts.directory(), ConstraintDocument.analyzer(),
                Meanings.none());
                var lock = parts.lock("index.lock", patience)) {
            if (!disk.exists()) {
                return new Condition.Missing();
            }
            try (var _ = lock.acquire()) {
                return disk.condition();
            } catch (ProcessLock.StillHeldException e) {
                return new Condition.Busy();
            } catch (IOException unlockable) {
                return disk.condition(); // nobody can write it either
            }
        }
    }

    private static JournalSurvey survey(Parts parts, Duration patience) throws IOException {
        JournalSurvey survey = JournalSurvey.of(parts.journal(), false);
        if (!survey.isDoubtful()) {
            return survey;
        }
        try (var lock = parts.lock("journal.lock", patience); var _ = lock.acquire()) {
            return JournalSurvey.of(parts.journal(), true);
        } catch (ProcessLock.StillHeldException e) {
            return survey;
        } catch (IOException unlockable) {
            return JournalSurvey.of(parts.journal(), true);
        }
    }

    /// @param known number of a file that there was
    private static List<Integer> missing(Journal journal, int known) throws IOException {
        return Stream.concat(journal.missing().stream(),
                IntStream.rangeClosed(journal.newest() + 1, known).boxed()).toList();
    }

    static String names(List<Integer> files) {
        return files.stream().map("%06d.jsonl"::formatted).collect(Collectors.joining(", "));
    }

    private static List<Path> holding(Parts parts, Pruning forgotten) throws IOException {
        var holding = new ArrayList<Path>();
        for (Path file : Stream
                .concat(parts.backups().complete().stream(), parts.setAside().complete().stream())
                .toList()) {
            var copy = new Segment(file, 1);
            Pruning pruning = forgotten.of(List.of(copy));
            if (any(copy, line -> !pruning.leaves(line))) {
                holding.add(file);
            }
        }
        return holding;
    }

    private static List<Path> damaged(Parts parts) throws IOException {
        var damaged = new ArrayList<Path>();
        for (Path backup : parts.backups().complete()) {
            if (any(new Segment(backup, 1), Line.Damaged.class::isInstance)) {
                damaged.add(backup);
            }
        }
        return damaged;
    }

    private static boolean any(Segment file, Predicate<Line> which)
            throws IOException {
        var found = new AtomicBoolean();
        file.scan(Position.startOf(1), Writers.NEVER_AGAIN, line -> {
            if (which.test(line)) {
                found.set(true);
            }
        });
        return found.get();
    }

    List<Path> backups() throws IOException {
        return parts.backups().complete();
    }

    boolean hasCheckpoint() {
        return Files.exists(parts.directory().resolve("checkpoint-v1"));
    }

    /// When the run that waits longest was recorded.
    Optional<Instant> oldestPending() throws IOException {
        Projection now = survey.projection();
        if (now.pending().isEmpty()) {
            return Optional.empty();
        }
        try {
            Line.Intact line = parts.journal().read(now.pending().getFirst().place());
            return Optional.of(EventJson.read(line).at());
        } catch (Journal.SupersededException compactedMeanwhile) {
            return Optional.empty();
        }
    }
}
