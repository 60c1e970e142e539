/// Hooks, on transcripts as Claude Code writes them.
@NullMarked
package dev.memcollab.server.hook;

import org.jspecify.annotations.NullMarked;
