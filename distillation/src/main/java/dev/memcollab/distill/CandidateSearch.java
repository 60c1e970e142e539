package dev.memcollab.distill;

import dev.memcollab.check.BothModelsCheck;
import dev.memcollab.constraint.AbstractionFilter.Sayable;
import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.FilterVerdict;
import dev.memcollab.constraint.Standing;
import dev.memcollab.contrast.Breadth;
import dev.memcollab.contrast.Contrast;
import dev.memcollab.contrast.Contraster;
import dev.memcollab.contrast.Contraster.Draft;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Samples candidates from a contrast until enough have passed: wrong diagnoses make wrong rules,
/// so several are drawn and the checks choose. The search for a line that works is the distilling.
final class CandidateSearch {
    /// The paper's K: most constraints of one contrast.
    private static final int MOST_KEPT = 3;
    private static final Comparator<Checked> BEST_FIRST = Comparator
            .comparing((Checked one) -> one.evidence().standing())
            .thenComparingLong(one -> one.evidence().flips()).reversed()
            .thenComparingDouble(one -> -one.evidence().meanMargin());
    /// Two candidates of one contrast that share this much of their words are one. Those about the same
    /// things begin alike.
    private static final double SAME = 0.7;

    private final Contraster contraster;
    private final Filter filter;
    private final KnownWording known;
    private final Consumer<DistillerEvent> watcher;

    CandidateSearch(Contraster contraster, Filter filter, KnownWording known,
            Consumer<DistillerEvent> watcher) {
        this.contraster = contraster;
        this.filter = filter;
        this.known = known;
        this.watcher = watcher;
    }

    /// Decides whether a sentence drawn from some material may be a candidate.
    @FunctionalInterface
    interface Filter {
        FilterVerdict judge(String sentence, String material, Sayable sayable);
    }

    /// Finds how the memory says what a candidate says; empty where it does not say it, or in the same
    /// words.
    @FunctionalInterface
    interface KnownWording {
        Optional<Constraint> of(Constraint candidate) throws InterruptedException;
    }

    /// A candidate with what both models said of it.
    ///
    /// @param drawn as it came out of the contrast, where memory says it in other words
    record Checked(Constraint constraint, Constraint drawn, Evidence evidence) {}

    /// The candidates worth keeping, the best borne out first.
    ///
    /// Rules about the same things come first, and general ones where none of them was verified: one contrast
    /// shows no more than that a rule holds there. The search ends with a line that helps every model that failed;
    /// one that helps only one of them may have done so by chance, and the best of those is kept alone.
    List<Checked> search(Contrast contrast, BothModelsCheck check) throws InterruptedException {
        var kept = new ArrayList<Checked>();
        draw(contrast, Breadth.SITUATED, check, kept);
        if (!helps(kept, 1)) {
            draw(contrast, Breadth.GENERAL, check, kept);
        }
        return kept.stream().sorted(BEST_FIRST).limit(helps(kept, 1) ? 1 : MOST_KEPT).toList();
    }

    private void draw(Contrast contrast, Breadth breadth, BothModelsCheck check,
            List<Checked> kept) throws InterruptedException {
        int attempts = attempts(breadth, !check.failed().isEmpty());
        for (int i = 0; i < attempts && !helps(kept, check.failed().size()); i++) {
            Optional<Constraint> candidate = candidate(contrast, breadth, i);
            if (candidate.isPresent()) {
                checkKnownFirst(candidate.get(), check, kept).ifPresent(kept::add);
            }
        }
    }

    /// More where a model failed, so that there may be a line that helps it; as many where nobody looks, so that an
    /// ablation differs in the checks alone.
    private static int attempts(Breadth breadth, boolean failed) {
        return switch (breadth) {
            case SITUATED -> failed ? 4 : 2;
            case GENERAL -> failed ? 2 : 1;
        };
    }

    /// Whether one of them was verified by so many of the models that had failed.
    private static boolean helps(List<Checked> kept, int models) {
        return kept.stream().map(Checked::evidence)
                .anyMatch(evidence -> evidence.standing() == Standing.VERIFIED
                        && evidence.flips() >= models);
    }

    private Optional<Constraint> candidate(Contrast contrast, Breadth breadth, int attempt)
            throws InterruptedException {
        Draft draft = contraster.draw(breadth, attempt);
        watcher.accept(new DistillerEvent.Diagnosed(draft.diagnosis()));
        Sayable sayable = switch (breadth) {
            case SITUATED -> new Sayable(contrast.task().text(), contrast.numbers());
            case GENERAL -> Sayable.GENERAL;
        };
        return switch (filter.judge(draft.rule(), contrast.material(), sayable)) {
            case FilterVerdict.Passed(var constraint) -> Optional.of(constraint);
            case FilterVerdict.Rejected(var sentence, var broken) -> reject(sentence, broken);
        };
    }

    private boolean repeats(Constraint constraint, List<Checked> kept) {
        boolean said = kept.stream()
                .anyMatch(other -> constraint.similarity(other.constraint()) >= SAME);
        if (said) {
            reject(constraint.sentence(),
                    "says again what another candidate of this contrast says");
        }
        return said;
    }

    /// Checks how the memory says it, so that what is known gains a source and evidence of its own; where
    /// that does not pass, the candidate's own words may.
    private Optional<Checked> checkKnownFirst(Constraint candidate, BothModelsCheck check,
            List<Checked> kept) throws InterruptedException {
        if (repeats(candidate, kept)) {
            return Optional.empty();
        }
        Optional<Constraint> wording = known.of(candidate);
        if (wording.isPresent()) {
            if (repeats(wording.get(), kept)) {
                return Optional.empty();
            }
            Optional<Checked> inItsPlace = check(wording.get(), candidate, check);
            if (inItsPlace.isPresent()) {
                return inItsPlace;
            }
        }
        return check(candidate, candidate, check);
    }

    private Optional<Checked> check(Constraint constraint, Constraint drawn,
            BothModelsCheck check)
            throws InterruptedException {
        Evidence evidence = check.evidence(constraint);
        watcher.accept(new DistillerEvent.Checked(constraint.sentence(), evidence));
        if (evidence.breaksControls()) {
            return reject(constraint.sentence(), "breaks a task that worked without it");
        }
        if (evidence.opposed() && evidence.standing() != Standing.VERIFIED) {
            return reject(constraint.sentence(),
                    "both models see it as speaking for the other run");
        }
        return Optional.of(new Checked(constraint, drawn, evidence));
    }

    private <T> Optional<T> reject(String sentence, String rule) {
        watcher.accept(new DistillerEvent.Rejected(sentence, rule));
        return Optional.empty();
    }
}
