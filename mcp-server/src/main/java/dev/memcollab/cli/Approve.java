package dev.memcollab.cli;

import dev.memcollab.memory.MemoryStore;
import picocli.CommandLine.Command;

/// `approve ID`: a person read the constraint and wants it recalled.
@Command(name = "approve", description = "Have a constraint recalled that you read and agree with.")
final class Approve extends Decision {
    @Override
    void decide(MemoryStore store, String constraintId) {
        store.approve(constraintId);
    }

    @Override
    String sentence(String constraintId, Decided decided) {
        return decided.isNew()
                ? "%s is approved; it was %s.".formatted(constraintId,
                        decided.before().standing().label())
                : "%s was approved before; nothing changed.".formatted(constraintId);
    }
}
