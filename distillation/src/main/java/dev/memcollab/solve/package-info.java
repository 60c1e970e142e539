/// Letting a local model do a task, with or without a constraint in front of it.
@NullMarked
package dev.memcollab.solve;

import org.jspecify.annotations.NullMarked;
