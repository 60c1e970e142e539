package dev.memcollab.memory;

import dev.memcollab.constraint.ConstraintMemory.Query;
import dev.memcollab.embedding.Embedding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.VectorUtil;
import org.jspecify.annotations.Nullable;

/// A search by words and by meaning: each finds candidates, and all of them are scored by both.
final class Search {
    private final IndexSearcher searcher;
    private final org.apache.lucene.search.Query filter;
    private final org.apache.lucene.search.Query words;
    private final @Nullable Embedding meaning;
    private final String field;

    /// @param field that holds what constraints mean; null where there is no embedder
    Search(IndexSearcher searcher, Analyzer analyzer, Query query, @Nullable String field)
            throws IOException {
        this.searcher = searcher;
        this.filter = ConstraintDocument.filter(query);
        this.words = ConstraintDocument.words(query.text(), searcher.getIndexReader(), analyzer);
        this.meaning = field == null ? null : query.meaning();
        this.field = field == null ? "" : field;
    }

    /// A constraint that was found.
    ///
    /// @param words BM25, see [ConstraintDocument]
    /// @param nearness cosine of meanings
    record Hit(String constraintId, double words, OptionalDouble nearness) {}

    /// Those that share most words, best first, then those that are near alone, nearest first.
    ///
    /// @param limit most of either
    List<Hit> hits(int limit) throws IOException {
        Map<Integer, Double> found = new LinkedHashMap<>();
        for (ScoreDoc shared : sharingWords(limit)) {
            found.put(shared.doc, ((Number) ((FieldDoc) shared).fields[0]).doubleValue());
        }
        int[] nearOnly = Arrays.stream(nearest(limit)).mapToInt(near -> near.doc)
                .filter(document -> !found.containsKey(document)).toArray();
        Map<Integer, Double> theirWords = wordsOf(nearOnly);
        Arrays.stream(nearOnly)
                .forEach(document -> found.put(document, theirWords.getOrDefault(document, 0.0)));
        Map<Integer, Double> nearness = nearnessOf(sorted(found.keySet()));
        var hits = new ArrayList<Hit>();
        for (Map.Entry<Integer, Double> each : found.entrySet()) {
            Double near = nearness.get(each.getKey());
            hits.add(new Hit(id(each.getKey()), each.getValue(),
                    near == null ? OptionalDouble.empty() : OptionalDouble.of(near)));
        }
        return hits;
    }

    private ScoreDoc[] sharingWords(int limit) throws IOException {
        var all = new BooleanQuery.Builder().add(words, Occur.MUST).add(filter, Occur.FILTER)
                .build();
        return searcher.search(all, limit, ConstraintDocument.BEST_FIRST).scoreDocs;
    }

    private ScoreDoc[] nearest(int limit) throws IOException {
        return meaning == null
                ? new ScoreDoc[0]
                : searcher.search(ConstraintDocument.nearest(meaning, field, limit, filter),
                        limit).scoreDocs;
    }

    private String id(int document) throws IOException {
        LeafReaderContext leaf = leafOf(document);
        SortedSetDocValues ids = DocValues.getSortedSet(leaf.reader(), ConstraintDocument.ID);
        if (!ids.advanceExact(document - leaf.docBase)) {
            throw new IOException("document %d of the index has no id".formatted(document));
        }
        return ids.lookupOrd(ids.nextOrd()).utf8ToString();
    }

    private static int[] sorted(Set<Integer> documents) {
        return documents.stream().mapToInt(document -> document).sorted().toArray();
    }

    private Map<Integer, Double> wordsOf(int[] documents) throws IOException {
        var scores = new LinkedHashMap<Integer, Double>();
        Weight weight = searcher.createWeight(searcher.rewrite(words), ScoreMode.COMPLETE, 1);
        LeafReaderContext leaf = null;
        Scorer scorer = null; // one for all documents of a leaf: each opens the words' postings
        for (int document : Arrays.stream(documents).sorted().toArray()) {
            LeafReaderContext of = leafOf(document);
            if (!of.equals(leaf)) {
                leaf = of;
                scorer = weight.scorer(of);
            }
            int inLeaf = document - of.docBase;
            if (scorer != null && reaches(scorer.iterator(), inLeaf)) {
                scores.put(document, (double) scorer.score());
            }
        }
        return scores;
    }

    private static boolean reaches(DocIdSetIterator documents, int document) throws IOException {
        int at = documents.docID();
        return (at < document ? documents.advance(document) : at) == document;
    }

    private Map<Integer, Double> nearnessOf(int[] documents) throws IOException {
        var nearness = new LinkedHashMap<Integer, Double>();
        if (meaning == null) {
            return nearness;
        }
        float[] asked = meaning.toArray();
        for (int document : documents) {
            LeafReaderContext leaf = leafOf(document);
            FloatVectorValues values = leaf.reader().getFloatVectorValues(field);
            int inLeaf = document - leaf.docBase;
            if (values != null) {
                DocIndexIterator vectors = values.iterator();
                if (vectors.advance(inLeaf) == inLeaf) {
                    nearness.put(document, (double) VectorUtil.dotProduct(asked,
                            values.vectorValue(vectors.index())));
                }
            }
        }
        return nearness;
    }

    private LeafReaderContext leafOf(int document) {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        return leaves.get(ReaderUtil.subIndex(document, leaves));
    }
}
