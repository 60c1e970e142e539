package dev.memcollab.distill;

import dev.memcollab.check.BothModelsCheck;
import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.FilterVerdict;
import dev.memcollab.constraint.Standing;
import dev.memcollab.contrast.Breadth;
import dev.memcollab.contrast.Contrast;
import dev.memcollab.contrast.Contraster;
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
    private static final int DIAGNOSES = 4;
    private static final int DIAGNOSES_UNVERIFIABLE = 2;
    /// Two candidates of one contrast that share this much of their words are one.
    private static final double SAME = 0.5;

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

    /// Decides whether a sentence drawn from some material may be a candidate; it may have the words of
    /// a vocabulary.
    @FunctionalInterface
    interface Filter {
        FilterVerdict judge(String sentence, String material, String vocabulary);
    }

    /// Finds how the memory says what a candidate says; empty where it does not say it, or in the same
    /// words.
    @FunctionalInterface
    interface KnownWording {
        Optional<Constraint> of(Constraint candidate) throws InterruptedException;
    }

    /// A candidate with what both models said of it.
    record Checked(Constraint constraint, Evidence evidence) {}

    /// The candidates worth keeping, the best borne out first.
    ///
    /// Each diagnosis is put into a rule about the same things first, and in general words where that is not
    /// verified: one contrast shows no more than that the rule holds there. A model whose next diagnosis leads to
    /// what it has said has said what it has to say.
    List<Checked> search(Contrast contrast, BothModelsCheck check) throws InterruptedException {
        var kept = new ArrayList<Checked>();
        int diagnoses = check.canVerify() ? DIAGNOSES : DIAGNOSES_UNVERIFIABLE;
        boolean repeated = false;
        for (int i = 0; i < diagnoses && !repeated && !enough(kept); i++) {
            String diagnosis = contraster.diagnosis(contrast, i);
            watcher.accept(new DistillerEvent.Diagnosed(diagnosis));
            var before = List.copyOf(kept);
            for (Breadth breadth : Breadth.values()) {
                Optional<Constraint> candidate = enough(kept)
                        ? Optional.empty()
                        : judged(contrast, diagnosis, breadth);
                if (candidate.isPresent()) {
                    repeated |= isSaid(candidate.get(), before);
                    checkKnownFirst(candidate.get(), check, kept).ifPresent(kept::add);
                }
            }
        }
        kept.sort(Comparator.comparing((Checked one) -> one.evidence().standing()).reversed()
                .thenComparingDouble(one -> -one.evidence().meanMargin()));
        return kept;
    }

    private static boolean enough(List<Checked> kept) {
        return kept.size() >= MOST_KEPT || kept.stream()
                .anyMatch(one -> one.evidence().standing() == Standing.VERIFIED);
    }

    private Optional<Constraint> judged(Contrast contrast, String diagnosis, Breadth breadth)
            throws InterruptedException {
        String vocabulary = switch (breadth) {
            case SITUATED -> contrast.task().text();
            case GENERAL -> "";
        };
        String rule = contraster.rule(contrast, diagnosis, breadth);
        return switch (filter.judge(rule, contrast.material(), vocabulary)) {
            case FilterVerdict.Passed(var constraint) -> Optional.of(constraint);
            case FilterVerdict.Rejected(var sentence, var broken) -> reject(sentence, broken);
        };
    }

    private boolean repeats(Constraint constraint, List<Checked> kept) {
        boolean said = isSaid(constraint, kept);
        if (said) {
            reject(constraint.sentence(),
                    "says again what another candidate of this contrast says");
        }
        return said;
    }

    private static boolean isSaid(Constraint constraint, List<Checked> kept) {
        return kept.stream().anyMatch(other -> constraint.similarity(other.constraint()) >= SAME);
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
            Optional<Checked> inItsPlace = check(wording.get(), check);
            if (inItsPlace.isPresent()) {
                return inItsPlace;
            }
        }
        return check(candidate, check);
    }

    private Optional<Checked> check(Constraint constraint, BothModelsCheck check)
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
        return Optional.of(new Checked(constraint, evidence));
    }

    private <T> Optional<T> reject(String sentence, String rule) {
        watcher.accept(new DistillerEvent.Rejected(sentence, rule));
        return Optional.empty();
    }
}
