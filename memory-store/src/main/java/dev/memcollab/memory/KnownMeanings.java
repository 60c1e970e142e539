package dev.memcollab.memory;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.Embedding;
import dev.memcollab.recall.ConstraintMeaning;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.document.Document;
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
import org.jspecify.annotations.Nullable;

/// Makes constraints into documents with the meanings that an index has already: embedding is what
/// makes building one slow.
final class KnownMeanings {
    private final @Nullable IndexReader before;
    private final @Nullable Embedder embedder;
    private int affordable;
    private boolean lacking;

    /// @param before knows meanings; null where there is none
    /// @param embedder null where there is none; then no document has a meaning
    /// @param affordable how many that are not known shall be found out at once
    KnownMeanings(@Nullable IndexReader before, @Nullable Embedder embedder, int affordable) {
        this.before = before;
        this.embedder = embedder;
        this.affordable = affordable;
    }

    /// Whether a document was made without a meaning.
    boolean lacking() {
        return lacking;
    }

    Document document(LearntConstraint learnt) throws IOException {
        Embedding meaning = embedder == null ? null : meaning(learnt, embedder);
        lacking |= meaning == null;
        return meaning == null || embedder == null
                ? ConstraintDocument.of(learnt)
                : ConstraintDocument.of(learnt, embedder, meaning);
    }

    private @Nullable Embedding meaning(LearntConstraint learnt, Embedder by)
            throws IOException {
        Embedding known = before == null ? null : known(learnt, by, before).orElse(null);
        if (known != null || affordable == 0) {
            return known;
        }
        affordable--;
        return ConstraintMeaning.of(learnt, by);
    }

    /// What a constraint means, where that was found out for the same texts.
    private static Optional<Embedding> known(LearntConstraint learnt, Embedder by,
            IndexReader before) throws IOException {
        for (LeafReaderContext leaf : before.leaves()) {
            int document = document(leaf.reader(), learnt.id());
            if (document != DocIdSetIterator.NO_MORE_DOCS) {
                return isOf(learnt, leaf.reader(), document)
                        ? meaning(leaf.reader(), document, Meanings.field(by))
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
        return ConstraintMeaning.fingerprint(learnt).equals(leaf.storedFields()
                .document(document, Set.of(ConstraintDocument.MEANT))
                .get(ConstraintDocument.MEANT));
    }

    private static Optional<Embedding> meaning(LeafReader leaf, int document, String field)
            throws IOException {
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
