package dev.memcollab.cli;

import dev.memcollab.memory.MemoryStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// A command by which a person decides about a constraint.
abstract class Decision implements Callable<Integer> {
    @ParentCommand
    private Memcollab program;
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "ID", description = "Such as c-1a2b3c4d5e6f.")
    private String id;
    @Option(names = "--json", description = "What came of it as JSON.")
    private boolean json;

    abstract void decide(MemoryStore store, String constraintId);

    abstract String sentence(String constraintId, Decided decided);

    @Override
    public final Integer call() {
        try (var store = program.wiring().store()) {
            Decided decided = Decided.by(store, id, constraint -> decide(store, constraint));
            if (json) {
                Output.json(spec, decided.fields());
            } else {
                Output.of(spec).println(sentence(id, decided));
            }
            return 0;
        }
    }
}
