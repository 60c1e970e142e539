/// The command line: one class a command, each doing what its `--help` says.
@NullMarked
package dev.memcollab.cli;

import org.jspecify.annotations.NullMarked;
