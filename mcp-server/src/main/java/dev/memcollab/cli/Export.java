package dev.memcollab.cli;

import dev.memcollab.memory.MemoryStatus.DamagedLine;
import dev.memcollab.memory.MemoryStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `export FILE`: everything acknowledged, for programs or for people.
@Command(name = "export", description = {
        "Write all that memory holds as JSON lines, which import takes in again.",
        "forget does not reach what was exported."})
final class Export implements Callable<Integer> {
    @ParentCommand
    private Memcollab program;
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "FILE", description = "Where to; - is standard output.")
    private String file;
    @Option(names = "--markdown", description = "For people to read: constraints with their evidence, and a table of the runs.")
    private boolean markdown;

    @Override
    public Integer call() throws IOException {
        List<DamagedLine> damaged = file.equals("-") ? toStandardOutput() : toFile(Path.of(file));
        PrintWriter err = spec.commandLine().getErr();
        damaged.forEach(line -> err.printf("memcollab: left out %s line %d: %s%n", line.file(),
                line.number(), line.reason()));
        return damaged.isEmpty() ? 0 : 1;
    }

    private List<DamagedLine> toStandardOutput() throws IOException {
        PrintWriter out = Output.of(spec);
        try (var store = program.wiring().store()) {
            List<DamagedLine> damaged = write(store, out);
            out.flush();
            return damaged;
        }
    }

    /// Beside the file first, so that an export that breaks off does not take an older one's place.
    private List<DamagedLine> toFile(Path target) throws IOException {
        Path directory = target.toAbsolutePath().getParent();
        Path beside = Files.createTempFile(directory, "export", ".part");
        try (var store = program.wiring().store();
                Writer writer = Files.newBufferedWriter(beside)) {
            List<DamagedLine> damaged = write(store, writer);
            writer.flush();
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
            return damaged;
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private List<DamagedLine> write(MemoryStore store, Writer writer) throws IOException {
        if (!markdown) {
            return store.export(writer);
        }
        new MarkdownExport(store).write(writer);
        return store.status().damaged();
    }
}
