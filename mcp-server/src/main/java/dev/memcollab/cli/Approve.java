package dev.memcollab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `approve ID`: a person read the constraint and wants it recalled.
@Command(name = "approve", description = "Have a constraint recalled that you read and agree with.")
final class Approve implements Callable<Integer> {
    @ParentCommand
    private Memcollab program;
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "ID", description = "Such as c-1a2b3c4d5e6f.")
    private String id;
    @Option(names = "--json", description = "What came of it as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (var store = program.wiring().store()) {
            Decided decided = Decided.by(store, id, store::approve);
            if (json) {
                Output.json(spec, decided.fields());
            } else {
                Output.of(spec).println(sentence(decided));
            }
            return 0;
        }
    }

    private String sentence(Decided decided) {
        return decided.isNew()
                ? "%s is approved; it was %s.".formatted(id, decided.before().standing().label())
                : "%s was approved before; nothing changed.".formatted(id);
    }
}
