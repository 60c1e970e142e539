package dev.memcollab.memory;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ConstraintMemory;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.Embedding;
import dev.memcollab.recall.ConstraintMeaning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedSetSelector;
import org.apache.lucene.search.TermQuery;

/// How a constraint is indexed, and how it is asked for.
///
/// score(c) = Σ over words w of the query, Σ over fields f, boost(f) · BM25(w, f of c). The trigger
/// counts double: it says what a task must be like, the rest what to do then. Each field has its own
/// length norm, so that a constraint with many source tasks is not worse for it.
final class ConstraintDocument {
    /// Raised when fields or their analysis change: an index of another schema is built anew.
    static final int SCHEMA = 3;

    static final String ID = "id";

    /// What its vector was made of, see [ConstraintMeaning#fingerprint].
    static final String MEANT = "meant";

    /// Best first; equal scores by id, so that the order does not depend on what is indexed where.
    static final Sort BEST_FIRST = new Sort(SortField.FIELD_SCORE,
            KeywordField.newSortField(ID, false, SortedSetSelector.Type.MIN));

    private static final String PROJECT = "project";
    private static final String REACH = "reach";
    private static final String GLOBAL = "global";
    private static final String CATEGORY = "category";
    private static final String SUBCATEGORY = "subcategory";
    private static final String WHEN = "when";
    private static final String ENFORCE = "enforce";
    private static final String AVOID = "avoid";
    private static final String TASK = "task";
    private static final Map<String, Float> BOOSTS = Map.of(WHEN, 2f, ENFORCE, 1f, AVOID, 1f, TASK,
            1f);

    /// Words of a query that are scored, the rarest of it; keeps a query under Lucene's limit.
    private static final int MAX_WORDS = 200;

    private ConstraintDocument() {}

    static Analyzer analyzer() {
        return new EnglishAnalyzer();
    }

    static Term key(String id) {
        return new Term(ID, id);
    }

    /// A constraint with its meaning.
    static Document of(LearntConstraint learnt, Embedder embedder, Embedding meaning) {
        Document document = of(learnt);
        document.add(new StoredField(MEANT, ConstraintMeaning.fingerprint(learnt)));
        document.add(new KnnFloatVectorField(Meanings.field(embedder), meaning.toArray(),
                VectorSimilarityFunction.DOT_PRODUCT));
        return document;
    }

    /// A constraint whose meaning is not known yet.
    static Document of(LearntConstraint learnt) {
        var document = new Document();
        document.add(new KeywordField(ID, learnt.id(), Store.YES));
        Scope scope = learnt.scope();
        document.add(new KeywordField(PROJECT, scope.project().name(), Store.NO));
        document.add(new KeywordField(REACH, learnt.ruling().promoted() ? GLOBAL : "project",
                Store.NO));
        document.add(new KeywordField(CATEGORY, scope.category().category(), Store.NO));
        document.add(new KeywordField(SUBCATEGORY, scope.category().subcategory(), Store.NO));
        Constraint constraint = learnt.constraint();
        document.add(new TextField(WHEN, constraint.when(), Store.NO));
        document.add(new TextField(ENFORCE, constraint.enforce(), Store.NO));
        document.add(new TextField(AVOID, constraint.avoid(), Store.NO));
        for (Source source : learnt.sources()) {
            document.add(new TextField(TASK, source.task(), Store.NO));
        }
        return document;
    }

    /// Scores constraints by the words they share with a text.
    ///
    /// @param reader what will be searched: words that it does not have are left out
    static Query words(String text, IndexReader reader, Analyzer analyzer) throws IOException {
        var words = new BooleanQuery.Builder();
        for (Query word : rarest(text, reader, analyzer)) {
            words.add(word, Occur.SHOULD);
        }
        return words.build();
    }

    /// Scores constraints by (1 + cosine) / 2 of their meaning and another; finds the nearest.
    static Query nearest(Embedding meaning, String field, int limit, Query filter) {
        return new KnnFloatVectorQuery(field, meaning.toArray(), limit, filter);
    }

    /// Those that may answer a query at all.
    static Query filter(ConstraintMemory.Query query) {
        var all = new BooleanQuery.Builder().add(new BooleanQuery.Builder()
                .add(exact(PROJECT, query.project().name()), Occur.SHOULD)
                .add(exact(REACH, GLOBAL), Occur.SHOULD).build(), Occur.FILTER);
        if (query.category() != null) {
            all.add(exact(CATEGORY, query.category().category()), Occur.FILTER);
            all.add(exact(SUBCATEGORY, query.category().subcategory()), Occur.FILTER);
        }
        return all.build();
    }

    /// Those without a meaning in a field.
    static Query without(String field) {
        return new BooleanQuery.Builder().add(MatchAllDocsQuery.INSTANCE, Occur.MUST)
                .add(new FieldExistsQuery(field), Occur.MUST_NOT).build();
    }

    private static Query exact(String field, String value) {
        return KeywordField.newExactQuery(field, value);
    }

    private static List<Query> rarest(String text, IndexReader reader, Analyzer analyzer)
            throws IOException {
        record Word(String text, long documents) {}
        var words = new ArrayList<Word>();
        for (String word : words(text, analyzer)) {
            long documents = 0;
            for (String field : BOOSTS.keySet()) {
                documents += reader.docFreq(new Term(field, word));
            }
            if (documents > 0) {
                words.add(new Word(word, documents));
            }
        }
        return words.stream().sorted(Comparator.comparingLong(Word::documents)).limit(MAX_WORDS)
                .flatMap(word -> BOOSTS.entrySet().stream()
                        .<Query>map(field -> new BoostQuery(
                                new TermQuery(new Term(field.getKey(), word.text())),
                                field.getValue())))
                .toList();
    }

    private static Set<String> words(String text, Analyzer analyzer) throws IOException {
        var words = new LinkedHashSet<String>();
        try (TokenStream tokens = analyzer.tokenStream(WHEN, text)) {
            var word = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                words.add(word.toString());
            }
            tokens.end();
        }
        return words;
    }
}
