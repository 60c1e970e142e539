package dev.memcollab.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.memory.Event.Entry;
import dev.memcollab.memory.Event.Forgotten;
import dev.memcollab.memory.Forgettable.OneRun;
import dev.memcollab.memory.StoreCheck.Finding;
import dev.memcollab.memory.StoreCheck.Level;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import dev.memcollab.trajectory.TrajectoryLog.Trial;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each fault is made for real, seen, repaired, and gone with nothing lost.
class StoreCheckTest {
    private static final String REPAIR = "memcollab doctor --repair";
    /// About two runs.
    private static final long SMALL = 600;

    @TempDir
    private Path directory;

    private final Trajectory merge = Samples.run("merge");
    private final Trajectory heap = Samples.run("heap");
    private final Trajectory quick = Samples.run("quick");
    private final LearntConstraint learnt = Samples.learntFrom(merge, "a marigold is sorted");

    private StoreCheck check() {
        return new StoreCheck(directory, Clock.systemUTC(), Duration.ofMillis(200));
    }

    private void fill() {
        try (var store = MemoryStore.open(directory, SMALL)) {
            for (Trajectory run : List.of(merge, heap, quick)) {
                store.append(run);
            }
            store.learn(learnt);
            assertThat(Samples.found(store, "marigold")).hasSize(1);
        }
    }

    private void assertAllIsThere() {
        try (var store = MemoryStore.open(directory)) {
            assertThat(store.pending()).containsExactlyInAnyOrder(merge, heap, quick);
            assertThat(store.all()).containsExactly(learnt);
            assertThat(Samples.found(store, "marigold")).containsExactly(learnt);
        }
    }

    private static Finding of(List<Finding> findings, String check) {
        return findings.stream().filter(finding -> finding.check().equals(check)).findFirst()
                .orElseThrow(() -> new AssertionError("no " + check + " in " + findings));
    }

    private Finding seen(String check) {
        return of(check().examine(), check);
    }

    /// What was found is repaired, and found no more.
    private Finding repaired(String check) {
        Finding done = of(check().repair(), check);
        assertThat(done.level()).as(done.toString()).isEqualTo(Level.OK);
        assertThat(check().examine()).filteredOn(finding -> !finding.check().equals("distiller"))
                .allMatch(finding -> finding.level() == Level.OK);
        assertThat(check().repair()).isEmpty();
        return done;
    }

    private Path journal(String name) {
        return directory.resolve("journal").resolve(name);
    }

    private List<Path> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(name))) {
            return files.sorted().toList();
        }
    }

    private String setAside() throws IOException {
        var all = new StringBuilder();
        for (Path file : files("damaged")) {
            all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 0x15;
        Files.write(file, bytes);
    }

    @Test
    void aMemoryThatIsNotThereIsFineAndStaysAway() {
        Path none = directory.resolve("none");
        var check = new StoreCheck(none);

        assertThat(check.examine()).extracting(Finding::level).containsExactly(Level.OK);
        assertThat(check.repair()).isEmpty();
        assertThat(none).doesNotExist();
    }

    @Test
    void aHealthyMemoryIsFineAndLookingChangesNothing() throws IOException {
        fill();
        List<Path> before = files(".");

        List<Finding> findings = check().examine();

        assertThat(findings).filteredOn(finding -> finding.level() != Level.OK)
                .extracting(Finding::check).containsExactly("distiller");
        assertThat(findings).extracting(Finding::check).containsExactly("journal.lock",
                "index.lock", "checkpoint.lock", "journal", "journal files", "journal end",
                "forgetting", "index", "checkpoint", "distiller", "backups");
        assertThat(files(".")).isEqualTo(before);
        assertThat(check().repair()).isEmpty();
    }

    @Test
    void damagedLinesAreNamedAndSetAsideByteByByte() throws IOException {
        fill();
        Path first = journal("000001.jsonl");
        String line = Files.readAllLines(first).getFirst();
        flip(first, 40);
        String damaged = Files.readAllLines(first, StandardCharsets.ISO_8859_1).getFirst();

        Finding found = seen("journal");
        assertThat(found.level()).isEqualTo(Level.PROBLEM);
        assertThat(found.found()).contains("1 damaged",
                "line 1 of 000001.jsonl (its checksum does not fit)");
        assertThat(found.advice()).contains(REPAIR);

        repaired("journal");

        assertThat(setAside()).isEqualTo(damaged + "\n").isNotEqualTo(line + "\n");
        try (var store = MemoryStore.open(directory)) {
            assertThat(store.status().damaged()).isEmpty();
            assertThat(store.pending()).containsExactly(heap, quick);
            store.append(merge);
        }
        assertAllIsThere();
    }

    @Test
    void aSealedLineThatIsNoEventIsDamagedToo() throws IOException {
        fill();
        byte[] strange = Line.Seal.close("{\"v\":1,\"op\":\"trajectory\"}");
        Files.write(journal("000001.jsonl"), strange, StandardOpenOption.APPEND);

        assertThat(seen("journal").found()).contains("(id must be a string)");
        repaired("journal");

        assertThat(setAside()).isEqualTo(new String(strange, StandardCharsets.UTF_8));
        assertAllIsThere();
    }

    @Test
    void aTornEndIsCutAndSetAside() throws IOException {
        fill();
        Path last = files("journal").getLast();
        Files.writeString(last, "{\"v\":1,\"torn", StandardOpenOption.APPEND);

        Finding found = seen("journal end");
        assertThat(found.level()).isEqualTo(Level.WARNING);
        assertThat(found.found()).startsWith("12 bytes");
        repaired("journal end");

        assertThat(setAside()).isEqualTo("{\"v\":1,\"torn\n");
        assertAllIsThere();
    }

    @Test
    void aLineThatIsOnItsWayIsNeitherTornNorDamaged() throws IOException {
        fill();
        Path last = files("journal").getLast();
        byte[] before = Files.readAllBytes(last);
        Files.writeString(last, "{\"v\":1,\"half", StandardOpenOption.APPEND);

        try (var child = ChildProcess.start(LockChild.class, directory.resolve("journal.lock"))) {
            assertThat(child.line()).isEqualTo("held");

            assertThat(seen("journal").level()).isEqualTo(Level.OK);
            assertThat(seen("journal end"))
                    .isEqualTo(Finding.ok("journal end", "a line is being written"));
            assertThat(check().repair()).filteredOn(done -> done.level() == Level.OK).isEmpty();
        }
        assertThat(Files.readAllBytes(last)).startsWith(before).endsWith('f');
    }

    @Test
    void aMissingFileIsNamedAndComesBackFromABackup() throws IOException {
        fill();
        try (var store = MemoryStore.open(directory)) {
            store.backup();
        }
        Files.delete(journal("000002.jsonl"));

        Finding found = seen("journal files");
        assertThat(found.level()).isEqualTo(Level.PROBLEM);
        assertThat(found.found()).isEqualTo("missing: 000002.jsonl");
        assertThat(found.advice()).contains("put them back", REPAIR);

        assertThat(repaired("journal files").found()).contains("came back");
        assertAllIsThere();
    }

    @Test
    void aMissingFileStaysAProblemWhileThereIsNoBackup() throws IOException {
        fill();
        Path second = journal("000002.jsonl");
        byte[] bytes = Files.readAllBytes(second);
        Files.delete(second);

        assertThat(seen("journal files").advice()).contains("memcollab import",
                "memcollab backup");
        Finding refused = of(check().repair(), "journal files");
        assertThat(refused.level()).isEqualTo(Level.PROBLEM);
        assertThat(seen("journal files").found()).isEqualTo("missing: 000002.jsonl");

        Files.write(second, bytes);
        assertThat(seen("journal files").level()).isEqualTo(Level.OK);
        assertAllIsThere();
    }

    @Test
    void aBackupOfWhatIsLeftIsTheWordToGoOnWithout() throws IOException {
        fill();
        Files.delete(journal("000001.jsonl"));
        List<Trajectory> left;
        try (var store = MemoryStore.open(directory)) {
            left = store.pending();
            store.backup();
        }

        repaired("journal files");

        try (var store = MemoryStore.open(directory)) {
            assertThat(store.pending()).isEqualTo(left).isNotEmpty();
        }
    }

    @Test
    void thatTheLastFilesAreGoneIsToldByTheIndex() throws IOException {
        fill();
        try (var store = MemoryStore.open(directory)) {
            store.backup();
        }
        List<Path> all = files("journal");
        for (Path file : all.subList(1, all.size())) {
            Files.delete(file);
        }

        assertThat(seen("journal files").found()).startsWith("missing: 000002.jsonl");
        repaired("journal files");
        assertAllIsThere();
    }

    @Test
    void aJournalThatIsGoneComesBackFromABackup() throws IOException {
        fill();
        try (var store = MemoryStore.open(directory)) {
            store.backup();
        }
        for (Path file : files("journal")) {
            Files.delete(file);
        }

        assertThat(seen("journal files").found()).startsWith("missing: 000001.jsonl");
        repaired("journal files");
        assertAllIsThere();
    }

    @Test
    void whatACompactionThatDiedHasLeftIsDeleted() throws IOException {
        fill();
        Files.writeString(journal("unfinished.tmp"), "{\"v\":1,\"half");

        Finding found = seen("journal files");
        assertThat(found.level()).isEqualTo(Level.WARNING);
        assertThat(found.advice()).isEqualTo(REPAIR);
        repaired("journal files");

        assertThat(journal("unfinished.tmp")).doesNotExist();
        assertAllIsThere();
    }

    @Test
    void filesOfAnOlderGenerationAreDeletedAndWhatWasForgottenStaysSo() throws IOException {
        fill();
        Trajectory gone = Samples.run(Samples.PROJECT, "sort hyacinths", "bubble");
        try (var store = MemoryStore.open(directory)) {
            store.append(gone);
            store.learn(Samples.learntFrom(gone, "a hyacinth is sorted"));
            store.witnessed(Samples.learntFrom(gone, "a hyacinth is sorted").id(), true);
        }
        var old = new ArrayList<byte[]>();
        List<Path> before = files("journal");
        for (Path file : before) {
            old.add(Files.readAllBytes(file));
        }
        try (var store = MemoryStore.open(directory)) {
            store.forget(new OneRun(gone.id()));
        }
        for (int i = 0; i < old.size(); i++) {
            Files.write(before.get(i), old.get(i));
        }

        assertThat(seen("journal files").found()).startsWith(old.size() + " left by");
        repaired("journal files");

        assertThat(before).allMatch(file -> !Files.exists(file));
        assertThat(Samples.filesWith(directory, "hyacinth")).isEmpty();
        assertThat(directory.resolve("damaged")).doesNotExist();
        assertAllIsThere();
    }

    @Test
    void whatOnlyAnOlderGenerationHasIsSetAsideAndCanBeImported() throws IOException {
        fill();
        Path first = journal("000001.jsonl");
        byte[] old = Files.readAllBytes(first);
        try (var store = MemoryStore.open(directory)) {
            store.append(Samples.run("noise"));
            store.forget(new OneRun(Samples.run("noise").id()));
        }
        Path base = files("journal").getFirst();
        List<String> lines = new ArrayList<>(Files.readAllLines(base));
        lines.removeIf(line -> line.contains(merge.id()) && line.contains("\"trajectory\":{"));
        Files.write(base, lines);
        Files.write(first, old);

        assertThat(repaired("journal files").found()).contains("1 lines are set aside");

        try (var store = MemoryStore.open(directory);
                BufferedReader aside = Files.newBufferedReader(files("damaged").getFirst())) {
            assertThat(store.trajectory(merge.id())).isEmpty();
            assertThat(store.importFrom(aside).added()).isEqualTo(1);
        }
        assertAllIsThere();
    }

    @Test
    void aForgettingThatDiedIsFinished() throws IOException {
        fill();
        Trajectory gone = Samples.run(Samples.PROJECT, "sort hyacinths", "bubble");
        try (var store = MemoryStore.open(directory)) {
            store.append(gone);
            store.learn(Samples.learntFrom(gone, "a hyacinth is sorted"));
            store.backup();
            assertThat(Samples.found(store, "hyacinth")).isNotEmpty();
        }
        var order = new Entry("e-order", Samples.NOW, new Forgotten(Set.of(gone.id()), Set.of()));
        Files.write(files("journal").getLast(), Line.Seal.close(EventJson.write(order)),
                StandardOpenOption.APPEND);

        Finding found = seen("forgetting");
        assertThat(found.level()).isEqualTo(Level.PROBLEM);
        assertThat(found.advice()).isEqualTo(REPAIR);
        repaired("forgetting");

        assertThat(Samples.filesWith(directory, "hyacinth")).isEmpty();
        assertAllIsThere();
    }

    @Test
    void backupsThatStillHoldWhatWasForgottenAreSwept() throws IOException {
        fill();
        Trajectory gone = Samples.run(Samples.PROJECT, "sort hyacinths", "bubble");
        LearntConstraint ofGone = Samples.learntFrom(gone, "a hyacinth is sorted");
        Path backup;
        byte[] before;
        try (var store = MemoryStore.open(directory)) {
            store.append(gone);
            store.learn(ofGone);
            store.witnessed(ofGone.id(), true);
            backup = store.backup();
            before = Files.readAllBytes(backup);
            store.forget(new OneRun(gone.id()));
        }
        Files.write(backup, before);

        Finding found = seen("backups");
        assertThat(found.level()).isEqualTo(Level.PROBLEM);
        assertThat(found.found()).contains(String.valueOf(backup.getFileName()));
        repaired("backups");

        assertThat(Samples.filesWith(directory, "hyacinth")).isEmpty();
        assertThat(Samples.filesWith(directory.resolve("backups"), ofGone.id())).isEmpty();
        assertThat(Samples.filesWith(directory.resolve("backups"), merge.id())).hasSize(1);
        assertAllIsThere();
    }

    @Test
    void whatWasSetAsideIsForgottenToo() throws IOException {
        fill();
        flip(journal("000001.jsonl"), 40);
        check().repair();
        assertThat(setAside()).contains("merge");
        try (var store = MemoryStore.open(directory)) {
            store.append(merge);
            store.forget(new OneRun(merge.id()));
        }

        assertThat(setAside()).doesNotContain("merge");
    }

    @Test
    void aBackupThatWasNeverFinishedIsDeleted() throws IOException {
        fill();
        try (var store = MemoryStore.open(directory)) {
            store.backup();
        }
        Path dead = Files.writeString(directory.resolve("backups/2026-11-01.jsonl.tmp"), "half");
        Files.setLastModifiedTime(dead,
                FileTime.from(Instant.now().minus(Duration.ofMinutes(30))));
        Path alive = Files.writeString(directory.resolve("backups/2026-11-02.jsonl.tmp"), "half");

        assertThat(seen("backups")).isEqualTo(
                Finding.warning("backups", "1 never finished", REPAIR));
        repaired("backups");

        assertThat(dead).doesNotExist();
        assertThat(alive).exists();
        assertAllIsThere();
    }

    @Test
    void aDamagedBackupIsNamed() throws IOException {
        fill();
        Path backup;
        try (var store = MemoryStore.open(directory)) {
            backup = store.backup();
        }
        flip(backup, 40);

        assertThat(seen("backups")).isEqualTo(Finding.warning("backups",
                "damaged lines in " + backup, "memcollab backup makes a new one"));
    }

    @Test
    void aNewerFormatIsReportedAndNotTouched() throws IOException {
        fill();
        Path last = files("journal").getLast();
        Files.write(last, Line.Seal.close("{\"v\":2,\"id\":\"e\",\"op\":\"dance\"}"),
                StandardOpenOption.APPEND);
        Files.writeString(journal("unfinished.tmp"), "left");
        byte[] before = Files.readAllBytes(last);

        Finding found = seen("journal");
        assertThat(found.level()).isEqualTo(Level.PROBLEM);
        assertThat(found.found()).contains("newer MemCollab");
        assertThat(found.advice()).isEqualTo("update this MemCollab");
        assertThat(check().repair()).extracting(Finding::level).containsExactly(Level.PROBLEM);

        assertThat(Files.readAllBytes(last)).isEqualTo(before);
        assertThat(journal("unfinished.tmp")).exists();
    }

    @Test
    void everyFileOfTheIndexThatIsChangedOrTruncatedIsFoundAndRepaired() throws IOException {
        fill();
        int count = indexFiles().size();
        for (int i = 0; i < count; i++) {
            Path changed = indexFiles().get(i);
            flip(changed, (int) (Files.size(changed) / 2));
            assertIndexIsRepaired(changed);

            Path truncated = indexFiles().get(i);
            byte[] whole = Files.readAllBytes(truncated);
            Files.write(truncated, Arrays.copyOf(whole, whole.length / 2));
            assertIndexIsRepaired(truncated);

            Path deleted = indexFiles().get(i);
            Files.delete(deleted);
            assertIndexIsRepaired(deleted);
        }
        assertThat(count).isGreaterThan(2);
        assertAllIsThere();
    }

    /// Without Lucene's lock, which is empty.
    private List<Path> indexFiles() throws IOException {
        return files("index-v1").stream().filter(file -> file.toFile().length() > 0).toList();
    }

    private void assertIndexIsRepaired(Path file) {
        Finding found = seen("index");
        assertThat(found.level()).as(file + ": " + found).isEqualTo(Level.PROBLEM);
        assertThat(found.advice()).isEqualTo(REPAIR);
        repaired("index");
    }

    @Test
    void anIndexThatIsNotThereIsBuilt() throws IOException {
        fill();
        for (Path file : files("index-v1")) {
            Files.delete(file);
        }

        assertThat(seen("index").level()).isEqualTo(Level.WARNING);
        repaired("index");
        assertThat(seen("index").found()).isEqualTo("1 constraints, 0 changes behind the journal");
        assertAllIsThere();
    }

    @Test
    void anIndexOfAnotherVersionIsBuiltAnew() throws IOException {
        fill();
        try (var lucene = FSDirectory.open(directory.resolve("index-v1"));
                var writer = new IndexWriter(lucene, new IndexWriterConfig())) {
            writer.setLiveCommitData(Map.of("schema", "0", "line", "").entrySet());
            writer.commit();
        }

        assertThat(seen("index")).isEqualTo(
                Finding.warning("index", "of another version", REPAIR));
        repaired("index");
        assertAllIsThere();
    }

    @Test
    void anIndexWithoutAConstraintOfTheJournalIsBuiltAnew() throws IOException {
        fill();
        try (var lucene = FSDirectory.open(directory.resolve("index-v1"));
                var writer = new IndexWriter(lucene, new IndexWriterConfig())) {
            var commit = new HashMap<String, String>();
            writer.getLiveCommitData().forEach(one -> commit.put(one.getKey(), one.getValue()));
            writer.deleteAll();
            writer.setLiveCommitData(commit.entrySet());
            writer.commit();
        }

        Finding found = seen("index");
        assertThat(found.level()).isEqualTo(Level.PROBLEM);
        assertThat(found.found()).isEqualTo("has 0 constraints, the journal 1");
        repaired("index");
        assertAllIsThere();
    }

    @Test
    void anIndexThatIsFarBehindIsBroughtUpToDate() {
        fill();
        try (var store = MemoryStore.open(directory)) {
            for (int i = 0; i < 80; i++) {
                store.learn(Samples.learnt("a list is sorted in turn " + i, "word" + i));
            }
        }

        assertThat(seen("index")).isEqualTo(Finding.warning("index",
                "1 constraints, 80 changes behind the journal", REPAIR));
        repaired("index");
        assertThat(seen("index").found()).startsWith("81 constraints, 0 changes");
    }

    @Test
    void anIndexOfAnotherJournalIsBuiltAnew() throws IOException {
        fill();
        Path first = files("journal").getFirst();
        List<String> lines = new ArrayList<>();
        for (Path file : files("journal")) {
            lines.addAll(Files.readAllLines(file).reversed());
            Files.delete(file);
        }
        Files.write(first, lines);
        Files.write(journal("000009.base.jsonl"), lines);
        Files.delete(first);

        assertThat(seen("index")).isEqualTo(
                Finding.warning("index", "of another journal", REPAIR));
        repaired("index");
        assertAllIsThere();
    }

    @Test
    void aCheckpointThatIsDamagedOrOfAnotherJournalIsDeleted() throws IOException {
        try (var store = MemoryStore.open(directory)) {
            store.append(Samples.run("y".repeat(400_000)));
            assertThat(store.trajectories()).isOne();
        }
        Path checkpoint = directory.resolve("checkpoint-v1");
        byte[] whole = Files.readAllBytes(checkpoint);
        assertThat(seen("checkpoint").found()).isEqualTo("of this journal");
        flip(checkpoint, whole.length / 2);

        assertThat(seen("checkpoint")).isEqualTo(Finding.warning("checkpoint",
                "passed over, so that a start takes longer: its checksum does not fit", REPAIR));
        repaired("checkpoint");
        assertThat(checkpoint).doesNotExist();

        try (var store = MemoryStore.open(directory)) {
            store.append(Samples.run("noise"));
            store.forget(new OneRun(Samples.run("noise").id()));
        }
        Files.write(checkpoint, whole);
        assertThat(seen("checkpoint").found()).endsWith("it is of another journal");
        repaired("checkpoint");
        assertThat(checkpoint).doesNotExist();
    }

    @Test
    void aLockThatIsKeptIsReportedAndARepairThatNeedsItSaysWhoIsInTheWay() throws IOException {
        fill();
        Path last = files("journal").getLast();
        Files.writeString(last, "torn", StandardOpenOption.APPEND);

        for (String name : List.of("journal.lock", "index.lock", "checkpoint.lock")) {
            try (var child = ChildProcess.start(LockChild.class, directory.resolve(name))) {
                assertThat(child.line()).isEqualTo("held");

                Finding found = seen(name);
                assertThat(found.level()).isEqualTo(Level.PROBLEM);
                assertThat(found.found()).startsWith("another process has held " + name);
                assertThat(found.advice()).startsWith("stop the MemCollab servers");
                if (name.equals("journal.lock")) {
                    assertThat(check().repair()).allSatisfy(done -> {
                        assertThat(done.level()).isEqualTo(Level.PROBLEM);
                        assertThat(done.advice()).startsWith("stop the MemCollab servers");
                    }).isNotEmpty();
                    assertThat(Files.readString(last)).endsWith("torn");
                }
            }
            assertThat(seen(name).level()).isEqualTo(Level.OK);
        }
        repaired("journal end");
        assertAllIsThere();
    }

    @Test
    void aLockThatCannotBeTakenIsReportedAndTheRestIsLookedAt() throws IOException {
        fill();
        for (String name : List.of("journal.lock", "index.lock", "checkpoint.lock",
                "distiller.lock")) {
            Files.deleteIfExists(directory.resolve(name));
            Files.createDirectory(directory.resolve(name));
        }

        List<Finding> findings = check().examine();

        assertThat(findings).filteredOn(finding -> finding.level() == Level.PROBLEM)
                .extracting(Finding::check)
                .containsExactly("journal.lock", "index.lock", "checkpoint.lock", "distiller");
        assertThat(of(findings, "index.lock").advice()).contains("on a local disk");
        assertThat(of(findings, "index").level()).isEqualTo(Level.OK);
    }

    @Test
    void aJournalThatCannotBeReadIsReported() throws IOException {
        fill();
        Files.delete(journal("000001.jsonl"));
        Files.createDirectory(journal("000001.jsonl"));

        assertThat(seen("journal").level()).isEqualTo(Level.PROBLEM);
        assertThat(seen("journal").found()).contains("cannot be read", "000001.jsonl");
        assertThat(check().repair()).extracting(Finding::level).contains(Level.PROBLEM);
    }

    @Test
    void aKeptIndexLockKeepsTheRestFromNothing() throws IOException {
        fill();
        Path file = indexFiles().getFirst();
        flip(file, (int) file.toFile().length() / 2);
        Files.writeString(files("journal").getLast(), "torn", StandardOpenOption.APPEND);

        try (var child = ChildProcess.start(LockChild.class, directory.resolve("index.lock"))) {
            assertThat(child.line()).isEqualTo("held");
            assertThat(seen("index").found()).startsWith("not looked at");

            List<Finding> done = check().repair();

            assertThat(of(done, "journal end").level()).isEqualTo(Level.OK);
            assertThat(of(done, "index").level()).isEqualTo(Level.PROBLEM);
            assertThat(of(done, "index").advice()).startsWith("stop the MemCollab servers");
        }
        repaired("index");
        assertAllIsThere();
    }

    @Test
    void theDistillerIsElectedOrMissedWhereRunsWait() throws IOException {
        fill();
        try (var store = MemoryStore.open(directory)) {
            store.tried(Trial.failed(heap.id(), "no luck"));
            store.distilled(Distillation.setAside(heap.id(), store.failures(heap.id())));
        }

        Finding vacant = seen("distiller");
        assertThat(vacant.level()).isEqualTo(Level.WARNING);
        assertThat(vacant.found()).startsWith("none is at work; 2 runs wait since ")
                .endsWith(", 1 set aside");
        assertThat(vacant.advice()).contains("memcollab serve");

        try (var child = ChildProcess.start(OfficeChild.class, directory)) {
            assertThat(child.line()).isEqualTo("true");
            assertThat(seen("distiller").level()).isEqualTo(Level.OK);
            assertThat(seen("distiller").found()).startsWith("one is elected; ");

            var later = Clock.fixed(Instant.now().plus(Duration.ofDays(2)), ZoneOffset.UTC);
            assertThat(of(new StoreCheck(directory, later, Duration.ofMillis(200)).examine(),
                    "distiller").advice()).startsWith("memcollab status");
        }
    }

    @Test
    void aRepairBesideAnOpenStoreIsSeenByIt() throws IOException {
        fill();
        flip(journal("000001.jsonl"), 40);
        try (var store = MemoryStore.open(directory)) {
            assertThat(store.status().damaged()).hasSize(1);

            repaired("journal");

            assertThat(store.status().damaged()).isEmpty();
            assertThat(store.append(merge)).isTrue();
            var export = new StringWriter();
            assertThat(store.export(export)).isEmpty();
        }
        assertAllIsThere();
    }
}
