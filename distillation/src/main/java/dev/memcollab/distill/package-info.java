/// The way of a recorded run to what is learnt from it, step by step:
/// contrast → candidates → abstraction filter → check by both models → memory.
///
/// [Distiller][dev.memcollab.distill.Distiller] is Algorithm 1 of MemCollab (arXiv 2603.23234)
/// with the differences that docs/decisions gives reasons for.
@NullMarked
package dev.memcollab.distill;

import org.jspecify.annotations.NullMarked;
