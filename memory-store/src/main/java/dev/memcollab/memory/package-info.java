/// The memory on disk: a journal, which is the truth, and what is derived from it.
///
/// | file | what it is |
/// |---|---|
/// | `journal/*.jsonl` | one sealed event a line, only ever appended to ([Journal][dev.memcollab.memory.Journal], [EventJson][dev.memcollab.memory.EventJson]) |
/// | `backups/`, `damaged/` | copies, and lines that a repair set aside ([Backups][dev.memcollab.memory.Backups], [SetAside][dev.memcollab.memory.SetAside]) |
/// | `journal.lock`, `index.lock`, `checkpoint.lock`, `distiller.lock` | held by the OS for a process, never deleted ([ProcessLock][dev.memcollab.memory.ProcessLock]) |
/// | `index-v1/` | Lucene's, may be deleted at any time ([ConstraintIndex][dev.memcollab.memory.ConstraintIndex]) |
/// | `checkpoint-v1` | the state as of a line, may be deleted too ([Checkpoint][dev.memcollab.memory.Checkpoint]) |
///
/// [MemoryStore][dev.memcollab.memory.MemoryStore] is the way in. Any number of them, in any number
/// of processes, may share a directory on a local disk: what one has acknowledged, the next call of
/// each of them sees.
@NullMarked
package dev.memcollab.memory;

import org.jspecify.annotations.NullMarked;
