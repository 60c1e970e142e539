package dev.memcollab.memory;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.jspecify.annotations.Nullable;

/// The constraints that have changed since the disk index was written, indexed in memory.
final class Overlay implements AutoCloseable {
    private static final int MEANINGS_AT_ONCE = 4;

    private final Projection whose;
    private final Analyzer analyzer;
    private final Meanings meanings;
    private final Set<String> ids = new HashSet<>();
    private @Nullable Written written; // null while nothing has changed: a first search is faster
    private int until;
    private boolean withoutMeaning;

    /// @param from changes that the disk index covers
    Overlay(Projection whose, int from, Analyzer analyzer, Meanings meanings) {
        this.whose = whose;
        this.until = from;
        this.analyzer = analyzer;
        this.meanings = meanings;
    }

    boolean isOf(Projection projection) {
        return whose == projection;
    }

    /// Changes that disk and overlay together cover.
    int until() {
        return until;
    }

    /// The constraints whose version on disk, if there is one, is out of date.
    Set<String> ids() {
        return ids;
    }

    /// Whether it has constraints whose meaning is not known.
    boolean lacksMeanings() {
        return withoutMeaning;
    }

    List<LeafReaderContext> leaves() {
        return written == null ? List.of() : written.reader.leaves();
    }

    /// @param tail from [#until] on
    /// @param before knows meanings
    void takeIn(Tail tail, Ledger ledger, IndexReader before) throws IOException {
        Written target = written == null ? new Written(analyzer) : written;
        written = target;
        // A few are embedded at once; for more of them a search would have to wait.
        var known = new KnownMeanings(before, meanings.embedder().orElse(null), MEANINGS_AT_ONCE);
        target.add(tail, ledger, known);
        withoutMeaning |= known.lacking();
        ids.addAll(tail.ids());
        until = tail.until();
    }

    @Override
    public void close() throws IOException {
        if (written != null) {
            written.close();
            written = null;
        }
        ids.clear();
    }

    private static final class Written implements AutoCloseable {
        private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
        private final IndexWriter writer;
        private DirectoryReader reader;

        Written(Analyzer analyzer) throws IOException {
            this.writer = new IndexWriter(directory,
                    new IndexWriterConfig(analyzer).setMergeScheduler(new SerialMergeScheduler()));
            this.reader = DirectoryReader.open(writer);
        }

        void add(Tail tail, Ledger ledger, KnownMeanings known) throws IOException {
            tail.forEach(ledger, learnt -> writer.updateDocument(
                    ConstraintDocument.key(learnt.id()), known.document(learnt)));
            DirectoryReader newer = DirectoryReader.openIfChanged(reader, writer);
            if (newer != null) {
                reader.close();
                reader = newer;
            }
        }

        @Override
        public void close() throws IOException {
            DirectoryReader latest = reader;
            try (directory; writer; latest) {
                // The reader first.
            }
        }
    }
}
