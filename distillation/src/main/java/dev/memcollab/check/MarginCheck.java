package dev.memcollab.check;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.Margin;
import dev.memcollab.contrast.Contrast;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.model.ModelPair;
import dev.memcollab.model.ModelRole;
import dev.memcollab.model.Prompt;
import dev.memcollab.model.Score;
import dev.memcollab.solve.SolvingPrompts;
import dev.memcollab.trajectory.Excerpt;
import dev.memcollab.trajectory.Quoted;
import dev.memcollab.trajectory.Run;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Takes the margin of constraints on the contrast they were drawn from:
/// margin(c) = [log p(τ+ | x, c) − log p(τ− | x, c)] − [log p(τ+ | x) − log p(τ− | x)], a token.
///
/// | symbol | here |
/// |---|---|
/// | x | the task's statement |
/// | c | the constraint's sentence, as the models would be given it |
/// | τ+, τ− | excerpts of the contrast's two runs, teacher-forced as the model's own answer |
///
/// The term without c is taken once a model for all constraints of a contrast.
public final class MarginCheck {
    private static final int RUN_CHARACTERS = 800;

    private final ModelPair models;
    private final Contrast contrast;
    private final List<String> runs; // τ+, τ−
    private final Map<ModelRole, Double> without = new EnumMap<>(ModelRole.class);

    public MarginCheck(ModelPair models, Contrast contrast) {
        this.models = models;
        this.contrast = contrast;
        this.runs = List.of(excerpt(contrast.preferred()), excerpt(contrast.unpreferred()));
    }

    /// The margin under each model, weak first.
    public List<Margin> margins(Constraint constraint) throws InterruptedException {
        var margins = new ArrayList<Margin>();
        for (ModelRole role : ModelRole.values()) {
            LanguageModel model = models.of(role);
            double base = baseline(role);
            double with = preference(model,
                    SolvingPrompts.advised(contrast.task(), List.of(constraint)));
            margins.add(new Margin(role, model.name(), with - base));
        }
        return margins;
    }

    private double baseline(ModelRole role) throws InterruptedException {
        Double known = without.get(role);
        if (known != null) {
            return known;
        }
        double base = preference(models.of(role), SolvingPrompts.plain(contrast.task()));
        without.put(role, base);
        return base;
    }

    /// log p(τ+ | prompt) − log p(τ− | prompt), each a token.
    private double preference(LanguageModel model, Prompt prompt) throws InterruptedException {
        List<Score> scores = model.score(prompt, runs);
        return scores.get(0).perToken() - scores.get(1).perToken();
    }

    private static String excerpt(Run run) {
        return Quoted.plain(Excerpt.of(run, RUN_CHARACTERS));
    }
}
