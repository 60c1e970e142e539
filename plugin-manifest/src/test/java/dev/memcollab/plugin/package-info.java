/// What a client installs and the launcher it starts, compared with the program itself.
@NullMarked
package dev.memcollab.plugin;

import org.jspecify.annotations.NullMarked;
