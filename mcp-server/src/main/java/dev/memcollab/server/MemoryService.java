package dev.memcollab.server;

import java.util.Optional;

/// The memory behind the tools and resources.
///
/// Calls come from several threads at once. A call whose thread is interrupted was cancelled by the client: it may end with any
/// exception, its answer is dropped; but what is kept must survive that, and an interrupt closes a `FileChannel` that is in use. A
/// caller's mistake is an [IllegalArgumentException] that names the field, the rule and the
/// value; any other exception's message is shown to the agent, so it says what to do next.
public interface MemoryService {
    /// Keeps a run; returns once it is safe on disk, before anything is distilled from it.
    RecordReceipt record(RecordRequest request);

    /// Finds the constraints worth knowing for a task.
    RecallAnswer recall(RecallRequest request);

    /// Says what is stored, what waits and what is missing.
    StatusReport status();

    /// Looks a constraint up with its evidence; empty if no constraint has this id.
    Optional<ConstraintView> constraint(String id);
}
