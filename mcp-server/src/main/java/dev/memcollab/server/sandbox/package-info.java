/// Running Python that nobody vouches for, in a process with limits.
///
/// Held everywhere: wall-clock time, an empty environment and a directory of its own, no input, the
/// kept output. Where Python knows `resource` (not on Windows): CPU time, 1 GiB of address space and
/// 1 MiB a file for each process, no core files. Where Linux allows it: no network, a namespace of
/// processes that dies as one, a bounded number of processes, and another user when started as root.
/// Where its kernel knows Landlock (5.13 on): no files but the run's own directory, and to read those
/// of the system and of Python.
///
/// Not stopped yet: many small files; memory summed over processes; unix-domain sockets with a path.
/// Without Landlock reading what the user may read, and writing where the user may write (as root:
/// where anybody may). Without namespaces (macOS, Windows, containers that forbid them) the network is open too,
/// and a process that leaves its session and its parent can outlive the run. A program can forge
/// its own success on purpose: the limits are for accidents, not yet for attacks.
@NullMarked
package dev.memcollab.server.sandbox;

import org.jspecify.annotations.NullMarked;
