package dev.memcollab.memory;

import dev.memcollab.constraint.ConstraintMemory.Query;
import dev.memcollab.memory.DiskIndex.Opened;
import dev.memcollab.memory.MemoryStatus.IndexState;
import dev.memcollab.memory.Search.Hit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;

/// Full-text search over the constraints: an index on disk, which may lag behind or be missing, and
/// in front of it an overlay in memory with all that has changed since.
final class ConstraintIndex implements AutoCloseable {
    /*
     * Invariant: disk and overlay together show the latest version of each constraint exactly once.
     * The disk index says in its commit up to which change it goes; the overlay holds every
     * constraint that changed later, and hides its older version on disk. Both are read as one, so
     * that they share the statistics that scores are made of. A disk index that cannot be used is
     * treated as one that goes up to nothing: search is right without it, only slower to open.
     *
     * Nobody waits for anybody: whoever finds the overlay grown and gets the lock at once brings
     * the disk index up to date; the others go on with what they have.
     */
    private static final System.Logger LOG = System.getLogger(ConstraintIndex.class.getName());

    /// Constraints in the overlay from which on the disk index is brought up to date.
    private static final int OVERLAY_LIMIT = 64;

    /// Takes about a second, in which nobody else can write the index and closing waits.
    private static final int MEANINGS_AT_ONCE = 32;
    private static final int MEANINGS_IN_BULK = 1_024;

    private final Ledger ledger;
    private final Meanings meanings;
    private final Analyzer analyzer = ConstraintDocument.analyzer();
    private final DiskIndex disk;
    private final ExecutorService advancing = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("memory-index").factory());

    private @Nullable View view;
    private @Nullable Advance advancedTo;

    /// Whether the disk index has more than when it was opened.
    private volatile boolean grown;
    private volatile boolean closing;

    /// How far the disk index was to be brought.
    private record Advance(int until, boolean withMeanings) {}

    ConstraintIndex(Path memoryDirectory, Ledger ledger, Meanings meanings) {
        this.ledger = ledger;
        this.meanings = meanings;
        this.disk = new DiskIndex(memoryDirectory, analyzer, meanings);
    }

    /// @param limit most of those that share words, and of those that are near
    synchronized List<Hit> search(Query query, int limit) throws IOException {
        IndexSearcher searcher = refreshed().searcher;
        String field = query.meaning() == null
                ? null
                : meanings.embedder().map(Meanings::field).orElse(null);
        return new Search(searcher, analyzer, query, field).hits(limit);
    }

    Optional<IndexState> state() {
        return disk.state(ledger);
    }

    /// Builds the index anew, so that it has no byte of what is no more.
    void rebuild() throws IOException {
        disk.rebuild(ledger);
    }

    /// Brings the disk index up to date and finds out what all constraints in it mean.
    ///
    /// @param left told now and then how many are still to be done
    void embedAll(IntConsumer left) throws IOException {
        disk.advance(ledger, false);
        grown = true;
        addMeanings(MEANINGS_IN_BULK, left);
    }

    private void addMeanings(int atOnce, IntConsumer left) throws IOException {
        while (!closing) {
            int lacking = disk.addMeanings(ledger, atOnce);
            if (lacking == 0) {
                return;
            }
            grown = true;
            left.accept(lacking);
        }
    }

    /// Brings the disk index up to date where this process has anything to add.
    @Override
    public void close() throws IOException {
        closing = true;
        synchronized (this) {
            if (view != null && !view.overlay.ids().isEmpty()) {
                advanceSoon(false);
            }
        }
        advancing.close();
        synchronized (this) {
            if (view != null) {
                view.close();
                view = null;
            }
        }
        try (disk; analyzer) {
            LOG.log(System.Logger.Level.DEBUG, "index closed");
        }
    }

    private View refreshed() throws IOException {
        View before = view;
        View current = before == null || outgrown(before) ? reopened(before) : before;
        view = current;
        current.takeInTail(ledger, current.searcher.getIndexReader());
        int overlaid = current.overlay.ids().size();
        boolean any = current.opened != null || overlaid > 0;
        boolean known = any && meanings.embedder().isPresent();
        boolean neverLooked = advancedTo == null || !advancedTo.withMeanings();
        boolean lacking = known && (current.overlay.lacksMeanings() || neverLooked);
        if (overlaid >= OVERLAY_LIMIT || (current.opened == null && overlaid > 0) || lacking) {
            advanceSoon(known);
        }
        return current;
    }

    /// Whether it is worth a look at the disk: search would be right without.
    private boolean outgrown(View current) {
        return grown || current.opened == null || current.overlay.ids().size() >= OVERLAY_LIMIT
                || ledger.read(state -> !current.overlay.isOf(state.projection()));
    }

    private View reopened(@Nullable View before) throws IOException {
        if (before == null) {
            // Meanwhile, what the first answer needs beside the index.
            advancing.execute(() -> ledger.read(Ledger.State::anyConstraint));
        }
        grown = false;
        Opened newest = disk.open(before == null ? null : before.opened);
        record Base(Projection projection, int changes) {}
        Base base = ledger.read(state -> new Base(state.projection(),
                newest == null ? -1 : state.projection().changesUpTo(newest.last())));
        boolean unchanged = before != null && Objects.equals(before.opened, newest)
                && before.overlay.isOf(base.projection());
        if (before != null && unchanged) {
            return before;
        }
        Opened usable = base.changes() < 0 ? null : newest;
        var overlay = new Overlay(base.projection(), Math.max(0, base.changes()), analyzer,
                meanings);
        var after = new View(usable, overlay);
        if (before != null) {
            after.takeInTail(ledger, before.searcher.getIndexReader());
        }
        if (newest != null && usable == null) {
            LOG.log(System.Logger.Level.WARNING,
                    "the index does not belong to the journal and will be built anew");
            if (before == null || !Objects.equals(before.opened, newest)) {
                newest.close();
            }
        }
        if (before != null) {
            before.closeBut(usable);
        }
        return after;
    }

    /// @param withMeanings whether they can and shall be found out
    private void advanceSoon(boolean withMeanings) {
        var wanted = new Advance(view == null ? -1 : view.overlay.until(), withMeanings);
        if (wanted.equals(advancedTo)) {
            return;
        }
        advancedTo = wanted;
        advancing.execute(() -> {
            try {
                disk.advance(ledger, withMeanings);
                grown = true;
                addMeanings(MEANINGS_AT_ONCE, _ -> {
                });
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING,
                        "the index was not brought up to date; recall goes on without", e);
            }
        });
    }

    /// What is searched: one commit on disk and the overlay that belongs to it.
    private static final class View implements AutoCloseable {
        private final @Nullable Opened opened;
        private final Overlay overlay;
        private IndexSearcher searcher;

        View(@Nullable Opened opened, Overlay overlay) throws IOException {
            this.opened = opened;
            this.overlay = overlay;
            this.searcher = searcher();
        }

        /// @param before knows meanings
        void takeInTail(Ledger ledger, IndexReader before) throws IOException {
            Tail tail = ledger.read(state -> Tail.of(state.projection(),
                    overlay.isOf(state.projection())
                            ? overlay.until()
                            : state.projection().changes().size()));
            if (!tail.ids().isEmpty()) {
                overlay.takeIn(tail, ledger, before);
                searcher = searcher();
            }
        }

        private IndexSearcher searcher() throws IOException {
            var readers = new ArrayList<IndexReader>();
            if (opened != null) {
                for (LeafReaderContext leaf : opened.reader().leaves()) {
                    readers.add(new ShadowedLeaf(leaf.reader(), overlay.ids()));
                }
            }
            overlay.leaves().forEach(leaf -> readers.add(leaf.reader()));
            var searcher = new IndexSearcher(
                    new MultiReader(readers.toArray(IndexReader[]::new), false));
            searcher.setQueryCache(null);
            return searcher;
        }

        /// Closes all but a commit that is still in use.
        void closeBut(@Nullable Opened used) throws IOException {
            overlay.close();
            if (opened != null && !opened.equals(used)) {
                opened.close();
            }
        }

        @Override
        public void close() throws IOException {
            closeBut(null);
        }
    }
}
