/// The sandbox tested with programs that misbehave.
@NullMarked
package dev.memcollab.server.sandbox;

import org.jspecify.annotations.NullMarked;
