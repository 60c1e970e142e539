/// Poisoned runs beside innocent ones, on their whole way through the method.
@NullMarked
package dev.memcollab.poison;

import org.jspecify.annotations.NullMarked;
