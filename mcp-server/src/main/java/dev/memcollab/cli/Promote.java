package dev.memcollab.cli;

import dev.memcollab.memory.MemoryStore;
import picocli.CommandLine.Command;

/// `promote ID`: a constraint of one project becomes one of all.
@Command(name = "promote", description = "Have a constraint of one project recalled in all.")
final class Promote extends Decision {
    @Override
    void decide(MemoryStore store, String constraintId) {
        store.promote(constraintId);
    }

    @Override
    String sentence(String constraintId, Decided decided) {
        return decided.isNew()
                ? "%s is of all projects; it was of %s only.".formatted(constraintId,
                        decided.before().scope().project().name())
                : "%s was promoted before; nothing changed.".formatted(constraintId);
    }
}
