/// What is learnt: one-sentence constraints, what they must look like, and what speaks for them.
///
/// | paper (arXiv 2603.23234) | here |
/// |---|---|
/// | constraint c = (v, i) | [Constraint][dev.memcollab.constraint.Constraint]: `avoid` is the violation v, `enforce` the invariant i, `when` the trigger |
/// | "no numbers, no names, no example" | [AbstractionFilter][dev.memcollab.constraint.AbstractionFilter], which rejects and never repairs |
/// | bank B | [ConstraintMemory][dev.memcollab.constraint.ConstraintMemory] of [LearntConstraint][dev.memcollab.constraint.LearntConstraint]s |
/// | (no counterpart) | [Evidence][dev.memcollab.constraint.Evidence] of the check by both models, [Standing][dev.memcollab.constraint.Standing] |
@NullMarked
package dev.memcollab.constraint;

import org.jspecify.annotations.NullMarked;
