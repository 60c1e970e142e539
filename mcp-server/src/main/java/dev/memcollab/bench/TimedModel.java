package dev.memcollab.bench;

import dev.memcollab.bench.ModelCall.Kind;
import dev.memcollab.jlama.JlamaLanguageModel;
import dev.memcollab.jlama.TokenCounts;
import dev.memcollab.model.Decoding;
import dev.memcollab.model.ForwardingLanguageModel;
import dev.memcollab.model.Generation;
import dev.memcollab.model.ModelRole;
import dev.memcollab.model.Prompt;
import dev.memcollab.model.Score;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// A model that tells of each call what it took.
final class TimedModel extends ForwardingLanguageModel {
    private static final Pattern SENTENCE_END = Pattern.compile("\\.\\s|\\.$|,");

    private final JlamaLanguageModel model;
    private final ModelRole role;
    private final Consumer<ModelCall> listener;

    TimedModel(JlamaLanguageModel model, ModelRole role, Consumer<ModelCall> listener) {
        super(model);
        this.model = model;
        this.role = role;
        this.listener = listener;
    }

    @Override
    public Generation generate(Prompt prompt, Decoding decoding) throws InterruptedException {
        TokenCounts before = model.counts();
        long begun = System.nanoTime();
        Generation answer = model.generate(prompt, decoding);
        tell(Kind.GENERATE, prompt, before, answer.tokens(), begun);
        return answer;
    }

    @Override
    public List<Score> score(Prompt prompt, List<String> continuations)
            throws InterruptedException {
        TokenCounts before = model.counts();
        long begun = System.nanoTime();
        List<Score> scores = model.score(prompt, continuations);
        tell(Kind.SCORE, prompt, before, scores.stream().mapToInt(Score::tokens).sum(), begun);
        return scores;
    }

    private void tell(Kind kind, Prompt prompt, TokenCounts before, int tokens, long begun) {
        String asked = SENTENCE_END.split(prompt.messages().getFirst().text(), 2)[0];
        listener.accept(new ModelCall(role, kind, asked, model.counts().since(before), tokens,
                System.nanoTime() - begun));
    }
}
