package dev.memcollab.memory;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.Embedding;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/// The meanings that an index has already: embedding is what makes building one slow.
final class KnownMeanings {
    private final IndexReader reader;
    private final String field;

    KnownMeanings(IndexReader reader, Embedder embedder) {
        this.reader = reader;
        this.field = Meanings.field(embedder);
    }

    /// What a constraint means, where that was found out for the same texts.
    Optional<Embedding> of(LearntConstraint learnt) throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            int document = document(leaf.reader(), learnt.id());
            if (document != DocIdSetIterator.NO_MORE_DOCS) {
                return isOf(learnt, leaf.reader(), document)
                        ? meaning(leaf.reader(), document)
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static int document(LeafReader leaf, String id) throws IOException {
        Terms ids = leaf.terms(ConstraintDocument.ID);
        TermsEnum term = ids == null ? TermsEnum.EMPTY : ids.iterator();
        if (!term.seekExact(new BytesRef(id))) {
            return DocIdSetIterator.NO_MORE_DOCS;
        }
        Bits live = leaf.getLiveDocs();
        PostingsEnum documents = term.postings(null, PostingsEnum.NONE);
        int document = documents.nextDoc();
        while (document != DocIdSetIterator.NO_MORE_DOCS && live != null && !live.get(document)) {
            document = documents.nextDoc();
        }
        return document;
    }

    private static boolean isOf(LearntConstraint learnt, LeafReader leaf, int document)
            throws IOException {
        return Meanings.fingerprint(learnt).equals(leaf.storedFields()
                .document(document, Set.of(ConstraintDocument.MEANT))
                .get(ConstraintDocument.MEANT));
    }

    private Optional<Embedding> meaning(LeafReader leaf, int document) throws IOException {
        FloatVectorValues values = leaf.getFloatVectorValues(field);
        if (values == null) {
            return Optional.empty();
        }
        DocIndexIterator vectors = values.iterator();
        return vectors.advance(document) == document
                ? Optional.of(Embedding.of(values.vectorValue(vectors.index())))
                : Optional.empty();
    }
}
