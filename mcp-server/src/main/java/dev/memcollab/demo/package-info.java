/// The whole loop over real MCP, narrated: what `memcollab demo` shows.
///
/// Nothing here knows what the models will say: the runs and tasks are bundled, all that is learnt
/// and recalled comes from the server.
@NullMarked
package dev.memcollab.demo;

import org.jspecify.annotations.NullMarked;
