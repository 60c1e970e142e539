/// Linear algebra that fitting needs: of classifiers in recall, of weights in its benchmark.
@NullMarked
package dev.memcollab.algebra;

import org.jspecify.annotations.NullMarked;
