package dev.memcollab.memory;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.memory.Line.Place;
import dev.memcollab.memory.MemoryStatus.IndexState;
import dev.memcollab.recall.ConstraintMeaning;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NoLockFactory;
import org.jspecify.annotations.Nullable;

/// The index on disk: derived from the journal, as of the change that its commit names.
final class DiskIndex implements AutoCloseable {
    /*
     * A commit of Lucene's is a switch: new segments are written beside the old ones, and readers
     * go on with those they have opened. So bringing the index up to date and building it anew are
     * the same thing to a reader. Only when not even Lucene can make sense of what is there is the
     * directory emptied first; readers that find it empty do without.
     */
    private static final System.Logger LOG = System.getLogger(DiskIndex.class.getName());
    private static final String SCHEMA = "schema";
    private static final String LINE = "line";

    /// More than an overlay holds before it is moved here.
    private static final int MEANINGS_WITH_A_WRITE = 128;

    private final Path path;
    private final ProcessLock lock;
    private final Analyzer analyzer;
    private final Meanings meanings;
    private final AtomicReference<String> warned = new AtomicReference<>("");

    DiskIndex(Path memoryDirectory, Analyzer analyzer, Meanings meanings) {
        this.path = memoryDirectory.resolve("index-v1");
        this.lock = new ProcessLock(memoryDirectory.resolve("index.lock"));
        this.analyzer = analyzer;
        this.meanings = meanings;
    }

    /// A commit that is open for reading.
    ///
    /// @param last line of the journal that changed a constraint, of those that it covers
    record Opened(FSDirectory directory, DirectoryReader reader, Place last)
            implements
                AutoCloseable {
        @Override
        public void close() throws IOException {
            try (directory; reader) {
                // Both go, the reader first.
            }
        }
    }

    /// The latest commit, or the one given where it is the latest; null where there is none that can
    /// be used. The one given stays open.
    @Nullable
    Opened open(@Nullable Opened before) {
        try {
            if (before != null && before.reader().isCurrent()) {
                return before;
            }
            return Files.isDirectory(path) ? open(true) : null;
        } catch (IOException | IllegalArgumentException e) {
            warnOnce(String.valueOf(e.getMessage()));
            return null;
        }
    }

    /// Where nobody may write, the same index fails at each search.
    private void warnOnce(String reason) {
        if (!reason.equals(warned.getAndSet(reason))) {
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be used and will be built anew: {1}",
                    path, reason);
        }
    }

    /// @param checked whether every byte of it is compared with its checksum
    private @Nullable Opened open(boolean checked) throws IOException {
        FSDirectory directory = FSDirectory.open(path);
        DirectoryReader reader = null;
        Opened opened = null;
        try {
            if (DirectoryReader.indexExists(directory)) {
                reader = DirectoryReader.open(directory);
                Place last = covered(reader.getIndexCommit().getUserData());
                if (last != null) {
                    if (checked) {
                        checkIntegrity(reader);
                    }
                    opened = new Opened(directory, reader, last);
                }
            }
            return opened;
        } finally {
            if (opened == null) {
                try (directory; var _ = reader) {
                    LOG.log(System.Logger.Level.DEBUG, "no index of ours in {0}", path);
                }
            }
        }
    }

    /// Null where it is of another schema.
    private static @Nullable Place covered(Map<String, String> commit) {
        boolean ours = Integer.toString(ConstraintDocument.SCHEMA).equals(commit.get(SCHEMA));
        String line = commit.get(LINE);
        return ours && line != null ? Place.parse(line) : null;
    }

    private static void checkIntegrity(DirectoryReader reader) throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            if (leaf.reader() instanceof CodecReader segment) {
                segment.checkIntegrity();
            }
        }
    }

    /// Brings the index up to the journal, unless somebody is at it.
    ///
    /// @param hasTime whether the meanings of a few may be found out on the way
    void advance(Ledger ledger, boolean hasTime) throws IOException {
        Optional<ProcessLock.Held> held = lock.tryAcquire();
        if (held.isPresent()) {
            try (var _ = held.get()) {
                advanceLocked(ledger, hasTime);
            }
        }
    }

    /// Builds the index anew, after whoever is at it.
    void rebuild(Ledger ledger) throws IOException {
        try (var _ = lock.acquire()) {
            Tail all = ledger.read(state -> Tail.of(state.projection(), 0));
            if (all.last() == null) {
                deleteAll();
            } else {
                buildAnew(all, ledger, true);
            }
        }
    }

    private void advanceLocked(Ledger ledger, boolean hasTime) throws IOException {
        Optional<Place> covered = Optional.empty();
        try (Opened opened = open(null)) {
            covered = Optional.ofNullable(opened).map(Opened::last);
        }
        Optional<Place> known = covered;
        record Work(boolean anew, Tail tail) {}
        Work work = ledger.read(state -> {
            int from = known.map(state.projection()::changesUpTo).orElse(-1);
            return new Work(from < 0, Tail.of(state.projection(), Math.max(0, from)));
        });
        if (work.tail().ids().isEmpty()) {
            return;
        }
        if (work.anew()) {
            buildAnew(work.tail(), ledger, hasTime);
        } else {
            write(work.tail(), ledger, OpenMode.APPEND, hasTime);
        }
    }

    private void buildAnew(Tail all, Ledger ledger, boolean hasTime) throws IOException {
        Directories.createPrivate(path);
        try {
            write(all, ledger, OpenMode.CREATE, hasTime);
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(System.Logger.Level.DEBUG, "emptying {0}: {1}", path, e.getMessage());
            deleteAll();
            write(all, ledger, OpenMode.CREATE, hasTime);
        }
    }

    /// Writes constraints, with the meanings that the index before knows. Of some, what it does not
    /// know is found out here: the overlay that they come from knew it, and nobody shall miss it.
    private void write(Tail tail, Ledger ledger, OpenMode mode, boolean hasTime)
            throws IOException {
        Embedder embedder = meanings.embedder().orElse(null);
        int affordable = hasTime ? MEANINGS_WITH_A_WRITE : 0;
        try (Opened before = embedder == null ? null : open(null);
                Directory directory = FSDirectory.open(path);
                var writer = new IndexWriter(directory, config(mode))) {
            var known = new KnownMeanings(before == null ? null : before.reader(), embedder,
                    affordable);
            tail.forEach(ledger, learnt -> writer.updateDocument(
                    ConstraintDocument.key(learnt.id()), known.document(learnt)));
            commit(writer, Objects.requireNonNull(tail.last(), "nothing to index"));
        }
    }

    private IndexWriterConfig config(OpenMode mode) {
        return new IndexWriterConfig(analyzer).setOpenMode(mode)
                .setMergeScheduler(new SerialMergeScheduler());
    }

    private static void commit(IndexWriter writer, Place last) throws IOException {
        writer.setLiveCommitData(Map.of(SCHEMA, Integer.toString(ConstraintDocument.SCHEMA), LINE,
                last.toString()).entrySet());
        writer.commit();
    }

    /// Finds out what some constraints mean of which that is not known, unless somebody is at the
    /// index.
    ///
    /// @param most how many
    /// @return how many were not known before
    int addMeanings(Ledger ledger, int most) throws IOException {
        Embedder embedder = meanings.embedder().orElse(null);
        Optional<ProcessLock.Held> held = embedder == null || !exists()
                ? Optional.empty()
                : lock.tryAcquire();
        if (embedder == null || held.isEmpty()) {
            return 0;
        }
        try (var _ = held.get(); Opened opened = open(false)) {
            if (opened == null) {
                return 0;
            }
            var searcher = new IndexSearcher(opened.reader());
            var lacking = ConstraintDocument.without(Meanings.field(embedder));
            int count = searcher.count(lacking);
            if (count > 0) {
                addMeanings(ids(searcher, lacking, most), embedder, opened.last(), ledger);
            }
            return count;
        }
    }

    private static List<String> ids(IndexSearcher searcher, Query wanted, int most)
            throws IOException {
        var ids = new ArrayList<String>();
        for (ScoreDoc document : searcher.search(wanted, most).scoreDocs) {
            ids.add(searcher.storedFields().document(document.doc, Set.of(ConstraintDocument.ID))
                    .get(ConstraintDocument.ID));
        }
        return ids;
    }

    /// Their latest versions may be newer than the commit says; that does no harm, since whoever
    /// reads it takes all newer changes in.
    private void addMeanings(List<String> ids, Embedder embedder, Place last, Ledger ledger)
            throws IOException {
        try (Directory directory = FSDirectory.open(path);
                var writer = new IndexWriter(directory, config(OpenMode.APPEND))) {
            for (String id : ids) {
                Optional<LearntConstraint> learnt = ledger.read(state -> state.constraint(id));
                if (learnt.isPresent()) {
                    writer.updateDocument(ConstraintDocument.key(id),
                            ConstraintDocument.of(learnt.get(), embedder,
                                    ConstraintMeaning.of(learnt.get(), embedder)));
                } else {
                    writer.deleteDocuments(ConstraintDocument.key(id));
                }
            }
            commit(writer, last);
        }
    }

    private void deleteAll() throws IOException {
        if (!Files.isDirectory(path)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    /// What the commit on disk says, without opening it.
    Optional<IndexState> state(Ledger ledger) {
        if (!Files.isDirectory(path)) {
            return Optional.empty();
        }
        try (Directory directory = FSDirectory.open(path)) {
            SegmentInfos commit = SegmentInfos.readLatestCommit(directory);
            return Optional.ofNullable(covered(commit.getUserData())).map(
                    last -> new IndexState(commit.getGeneration(), behind(last, ledger)));
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(System.Logger.Level.DEBUG, "no index in {0}: {1}", path, e.getMessage());
            return Optional.empty();
        }
    }

    /// All of them, where it is of another journal.
    private static int behind(Place last, Ledger ledger) {
        return ledger.read(state -> state.projection().changes().size()
                - Math.max(0, state.projection().changesUpTo(last)));
    }

    /// What a thorough look at the index finds.
    sealed interface Condition {
        record Missing() implements Condition {}

        /// Written by another version of the program.
        record Foreign() implements Condition {}

        record Damaged(String reason) implements Condition {}

        /// Another process is writing it.
        record Busy() implements Condition {}

        /// Nothing is wrong with it.
        ///
        /// @param last line of the journal that it covers
        record Sound(Place last, int constraints) implements Condition {}
    }

    boolean exists() {
        return Files.isDirectory(path);
    }

    /// Reads every byte of it. The caller sees to it that nobody writes meanwhile.
    Condition condition() throws IOException {
        if (!Files.isDirectory(path)) {
            return new Condition.Missing();
        }
        // Without Lucene's own lock, so that looking does not need the right to write.
        try (Directory directory = FSDirectory.open(path, NoLockFactory.INSTANCE)) {
            if (!DirectoryReader.indexExists(directory)) {
                return directory.listAll().length == 0
                        ? new Condition.Missing()
                        : new Condition.Damaged("it has no commit");
            }
            return condition(directory);
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            return new Condition.Damaged(String.valueOf(e.getMessage()));
        }
    }

    private static Condition condition(Directory directory) throws IOException {
        Place last = covered(SegmentInfos.readLatestCommit(directory).getUserData());
        if (last == null) {
            return new Condition.Foreign();
        }
        try (var check = new CheckIndex(directory)) {
            check.setThreadCount(1);
            CheckIndex.Status status = check.checkIndex();
            if (!status.clean) {
                return new Condition.Damaged(reason(status));
            }
        }
        try (var reader = DirectoryReader.open(directory)) {
            return new Condition.Sound(last, reader.numDocs());
        }
    }

    private static String reason(CheckIndex.Status status) {
        return status.segmentInfos.stream().map(segment -> segment.error)
                .filter(Objects::nonNull).map(Throwable::getMessage).filter(Objects::nonNull)
                .findFirst().orElse("a file of it is missing or cannot be read");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
