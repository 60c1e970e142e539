package dev.memcollab.memory;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.ByteBuffersDirectory;

/// The constraints that have changed since the disk index was written, indexed in memory.
final class Overlay implements AutoCloseable {
    private final Projection whose;
    private final Set<String> ids = new HashSet<>();
    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final IndexWriter writer;
    private DirectoryReader reader;
    private int until;

    /// @param from changes that the disk index covers
    Overlay(Projection whose, int from, Analyzer analyzer) throws IOException {
        this.whose = whose;
        this.until = from;
        this.writer = new IndexWriter(directory,
                new IndexWriterConfig(analyzer).setMergeScheduler(new SerialMergeScheduler()));
        this.reader = DirectoryReader.open(writer);
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

    DirectoryReader reader() {
        return reader;
    }

    /// @param tail from [#until] on
    void takeIn(Tail tail, Ledger ledger) throws IOException {
        tail.forEach(ledger, learnt -> writer.updateDocument(ConstraintDocument.key(learnt.id()),
                ConstraintDocument.of(learnt)));
        ids.addAll(tail.ids());
        until = tail.until();
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
            ids.clear();
        }
    }
}
