@NullMarked
package dev.memcollab.jlama.kernel;

import org.jspecify.annotations.NullMarked;
