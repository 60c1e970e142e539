package dev.memcollab.memory;

import java.io.IOException;
import java.util.Set;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/// A segment in which some constraints count as deleted.
final class ShadowedLeaf extends FilterLeafReader {
    private final FixedBitSet live;
    private final int liveDocuments;

    ShadowedLeaf(LeafReader leaf, Set<String> hidden) throws IOException {
        super(leaf);
        this.live = new FixedBitSet(Math.max(1, leaf.maxDoc()));
        live.set(0, leaf.maxDoc());
        Bits before = leaf.getLiveDocs();
        if (before != null) {
            for (int document = 0; document < leaf.maxDoc(); document++) {
                if (!before.get(document)) {
                    live.clear(document);
                }
            }
        }
        hide(leaf, hidden);
        this.liveDocuments = live.cardinality();
    }

    private void hide(LeafReader leaf, Set<String> hidden) throws IOException {
        Terms ids = leaf.terms(ConstraintDocument.ID);
        if (ids == null) {
            return;
        }
        TermsEnum terms = ids.iterator();
        for (String id : hidden) {
            if (terms.seekExact(new BytesRef(id))) {
                PostingsEnum documents = terms.postings(null, PostingsEnum.NONE);
                while (documents.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                    live.clear(documents.docID());
                }
            }
        }
    }

    @Override
    public Bits getLiveDocs() {
        return live;
    }

    @Override
    public int numDocs() {
        return liveDocuments;
    }

    @Override
    public CacheHelper getCoreCacheHelper() {
        return in.getCoreCacheHelper();
    }

    /// What is hidden differs from reader to reader.
    @Override
    public @Nullable CacheHelper getReaderCacheHelper() {
        return null;
    }
}
