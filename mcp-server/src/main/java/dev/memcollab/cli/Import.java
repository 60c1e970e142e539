package dev.memcollab.cli;

import dev.memcollab.constraint.AbstractionFilter;
import dev.memcollab.constraint.AbstractionFilter.Sayable;
import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.FilterVerdict;
import dev.memcollab.contrast.ContrastPrompts;
import dev.memcollab.jlama.gguf.Progress;
import dev.memcollab.language.OrdinaryLanguage;
import dev.memcollab.memory.ImportReport;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `import FILE`: takes in what `export` or `backup` wrote.
@Command(name = "import", description = {
        "Take in what export or backup wrote, of this memory or of another.",
        "What is here already stays as it is, what was forgotten here stays forgotten; done twice"
                + " it is the same as once. A constraint that is no general rule is refused."})
final class Import implements Callable<Integer> {
    /// Less is through before anybody wonders.
    private static final long LONG_BYTES = 4 << 20;

    @ParentCommand
    private Memcollab program;
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "FILE", description = "JSON lines; - reads standard input.")
    private String file;
    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    private final AbstractionFilter filter = new AbstractionFilter(OrdinaryLanguage.english(),
            new ContrastPrompts().examples());

    @Override
    public Integer call() throws IOException {
        ImportReport report = file.equals("-")
                ? imported(program.streams().in(), 0)
                : fromFile(Path.of(file));
        if (json) {
            Output.json(spec, structured(report));
        } else {
            print(report);
        }
        return report.rejected().isEmpty() ? 0 : 1;
    }

    private ImportReport fromFile(Path path) throws IOException {
        long bytes = Files.size(path);
        try (InputStream input = Files.newInputStream(path)) {
            return imported(input, bytes);
        }
    }

    private ImportReport imported(InputStream input, long total) throws IOException {
        try (var progress = new ProgressLine(spec.commandLine().getErr(), file);
                var store = program.wiring().store()) {
            var counted = new Counted(input, total, progress);
            return store.importFrom(
                    new BufferedReader(new InputStreamReader(counted, StandardCharsets.UTF_8)),
                    this::refusal);
        }
    }

    /// Judged without the material that it was drawn from, which may not have come along.
    private Optional<String> refusal(Constraint constraint) {
        return switch (filter.judge(constraint.sentence(), "",
                Sayable.numbersOf(constraint.sentence()))) {
            case FilterVerdict.Passed _ -> Optional.empty();
            case FilterVerdict.Rejected(String _, String rule) -> Optional.of(rule);
        };
    }

    /// Says how much of a long input was read.
    private static final class Counted extends FilterInputStream {
        private final long total;
        private final Progress progress;
        private long read;

        Counted(InputStream input, long total, Progress progress) {
            super(input);
            this.total = total;
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            count(Math.max(0, count));
            return count;
        }

        private void count(int more) {
            read += more;
            if (total > LONG_BYTES) {
                progress.report(Progress.Phase.IMPORTING, Math.min(read, total), total);
            }
        }
    }

    private static Map<String, Object> structured(ImportReport report) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("added", report.added());
        fields.put("known", report.known());
        fields.put("forgotten", report.forgotten());
        fields.put("rejected", report.rejected().stream()
                .map(line -> Map.of("line", line.number(), "reason", line.reason())).toList());
        return fields;
    }

    private void print(ImportReport report) {
        PrintWriter out = Output.of(spec);
        out.printf("%d added, %d known already, %d forgotten here, %d rejected%n", report.added(),
                report.known(), report.forgotten(), report.rejected().size());
        PrintWriter err = spec.commandLine().getErr();
        report.rejected().forEach(line -> err.printf("memcollab: line %d of %s is rejected: %s%n",
                line.number(), file, line.reason()));
    }
}
