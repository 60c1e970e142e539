package dev.memcollab.bench;

import dev.memcollab.jlama.InferenceBenchmark;
import dev.memcollab.jlama.InferenceBenchmark.Phase;
import dev.memcollab.jlama.InferenceBenchmark.Sample;
import dev.memcollab.jlama.InferenceBenchmark.Sizes;
import dev.memcollab.jlama.MachinePeak;
import dev.memcollab.jlama.WeightCount;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// Measures one model with one number of threads, a phase whenever it is told to, so that it can take
/// turns with others.
///
/// Says a line of JSON once it is ready, the [WeightCount], and one for each line it reads: to the name
/// of a phase a [Sample], to `peak` a [MachinePeak], to `prompt` the tokens after which it drafts, for
/// another program to go on from.
public final class InferenceChild {
    static final String PEAK = "peak";
    private static final String PROMPT = "prompt";

    /// The prompt of the phase with drafting.
    private record DraftPrompt(List<Integer> tokens) {}

    private InferenceChild() {}

    /// Answers until there is no more to read.
    public static void serve(Path model, int threads, Sizes sizes, BufferedReader in,
            PrintWriter out) throws IOException, InterruptedException {
        try (var benchmark = InferenceBenchmark.open(model, threads, sizes)) {
            say(out, benchmark.weights());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                say(out, switch (line) {
                    case PEAK -> MachinePeak.measure(threads);
                    case PROMPT -> new DraftPrompt(benchmark.correction());
                    default -> benchmark.measure(phase(line));
                });
            }
        }
    }

    static String word(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    private static Phase phase(String line) {
        for (Phase phase : Phase.values()) {
            if (word(phase).equals(line)) {
                return phase;
            }
        }
        throw new IllegalArgumentException("a line must be one of %s, got %s".formatted(
                Stream.concat(Stream.of(PEAK, PROMPT),
                        Arrays.stream(Phase.values()).map(InferenceChild::word))
                        .collect(Collectors.joining(", ")),
                line));
    }

    private static void say(PrintWriter out, Record answer) {
        out.println(JsonMapper.shared().writeValueAsString(answer));
        out.flush();
    }
}
