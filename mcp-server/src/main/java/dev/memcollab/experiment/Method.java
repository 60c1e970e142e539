package dev.memcollab.experiment;

import dev.memcollab.check.Judges;
import dev.memcollab.distill.Distiller.Policy;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.model.ModelPair;
import dev.memcollab.model.Sampled;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// How a memory is made of tasks: ours, and those that it is compared with.
public enum Method {
    /// The runs of both models are contrasted, and both check what comes of it.
    MEMCOLLAB,
    /// The same, but what the filter lets pass is believed.
    UNCHECKED,
    /// The same as ours, but only the margin judges.
    MARGIN_ONLY,
    /// The same as ours, but the margin judges what a replay has judged, too.
    REPLAY_AND_MARGIN,
    /// The same as ours, but of a candidate only the form must be right.
    UNFILTERED,
    /// Each run of the weak model is read by itself, by the weak model; where no answer of its is right and the task comes with
    /// a solution, that.
    WEAK_RUNS,
    /// The same with the strong model.
    STRONG_RUNS,
    /// Two runs of the weak model are contrasted by the weak model, one greedy and one drawn.
    WEAK_SAMPLES,
    /// Two runs of the strong model are contrasted by the strong model.
    STRONG_SAMPLES;

    private static final long SEED = 42;

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Method parse(String label) {
        return Arrays.stream(values()).filter(method -> method.label().equals(label)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("method must be one of %s, got %s"
                        .formatted(Arrays.stream(values()).map(Method::label)
                                .collect(Collectors.joining(", ")), label)));
    }

    /// Who solves the tasks; the second one also writes.
    public ModelPair solvers(LanguageModel weak, LanguageModel strong) {
        return switch (this) {
            case MEMCOLLAB, UNCHECKED, MARGIN_ONLY, REPLAY_AND_MARGIN, UNFILTERED ->
                new ModelPair(weak, strong);
            case WEAK_RUNS -> new ModelPair(weak, weak);
            case STRONG_RUNS -> new ModelPair(strong, strong);
            case WEAK_SAMPLES -> new ModelPair(new Sampled(weak, SEED), weak);
            case STRONG_SAMPLES -> new ModelPair(new Sampled(strong, SEED), strong);
        };
    }

    /// What the distiller may do.
    public Policy policy(int turns) {
        Policy study = Policy.study(turns);
        return switch (this) {
            case MEMCOLLAB -> study;
            case MARGIN_ONLY -> study.judgedBy(Judges.MARGIN);
            case REPLAY_AND_MARGIN -> study.judgedBy(Judges.REPLAY_AND_MARGIN);
            case UNFILTERED -> study.unfiltered();
            case UNCHECKED, WEAK_SAMPLES, STRONG_SAMPLES -> study.judgedBy(Judges.NOBODY);
            case WEAK_RUNS, STRONG_RUNS -> study.judgedBy(Judges.NOBODY).readingAlone();
        };
    }
}
