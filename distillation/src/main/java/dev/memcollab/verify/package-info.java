/// Deciding whether an answer is right: by text, or by running tests where the user allows it.
@NullMarked
package dev.memcollab.verify;

import org.jspecify.annotations.NullMarked;
