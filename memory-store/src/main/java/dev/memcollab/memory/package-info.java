/// The memory on disk: a journal, which is the truth, and what is derived from it.
///
/// | file | what it is |
/// |---|---|
/// | `journal/000001.jsonl` | one sealed event a line, only ever appended to ([JournalFile][dev.memcollab.memory.JournalFile], [EventJson][dev.memcollab.memory.EventJson]) |
/// | `journal.lock`, `index.lock`, `distiller.lock` | held by the OS for a process, never deleted ([ProcessLock][dev.memcollab.memory.ProcessLock]) |
/// | `index-v1/` | Lucene's, may be deleted at any time ([ConstraintIndex][dev.memcollab.memory.ConstraintIndex]) |
///
/// [MemoryStore][dev.memcollab.memory.MemoryStore] is the way in. Any number of them, in any number
/// of processes, may share a directory on a local disk: what one has acknowledged, the next call of
/// each of them sees.
@NullMarked
package dev.memcollab.memory;

import org.jspecify.annotations.NullMarked;
