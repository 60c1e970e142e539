/// What the program does, measured on this machine: `memcollab bench`.
@NullMarked
package dev.memcollab.bench;

import org.jspecify.annotations.NullMarked;
