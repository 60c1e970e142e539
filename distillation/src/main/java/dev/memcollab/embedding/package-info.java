/// Meaning as a vector: what texts in other words have in common.
///
/// [Embedder][dev.memcollab.embedding.Embedder] is the port; its adapter runs a model. Recall works
/// without one, by words alone, so nothing may require that an embedder is there.
@NullMarked
package dev.memcollab.embedding;

import org.jspecify.annotations.NullMarked;
