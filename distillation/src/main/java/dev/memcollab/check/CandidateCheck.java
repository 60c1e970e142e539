package dev.memcollab.check;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.Evidence;

/// What the candidates of one contrast are judged by.
public interface CandidateCheck {
    /// Believes everything, to measure what checking is good for.
    CandidateCheck NONE = new CandidateCheck() {
        @Override
        public Evidence evidence(Constraint constraint) {
            return Evidence.NONE;
        }

        @Override
        public boolean canVerify() {
            return false;
        }
    };

    Evidence evidence(Constraint constraint) throws InterruptedException;

    /// Whether a candidate can be verified here at all.
    boolean canVerify();
}
