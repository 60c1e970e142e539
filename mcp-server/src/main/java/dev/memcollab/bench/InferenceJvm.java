package dev.memcollab.bench;

import dev.memcollab.jlama.InferenceBenchmark.Phase;
import dev.memcollab.jlama.InferenceBenchmark.Sample;
import dev.memcollab.jlama.MachinePeak;
import dev.memcollab.jlama.WeightCount;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// An [InferenceChild] in a JVM of its own, started with the options of this one: the first model
/// that a process opens decides with how many threads it computes.
final class InferenceJvm implements AutoCloseable {
    private final String what;
    private final Process process;
    private final Writer to;
    private final BufferedReader from;
    private final WeightCount weights;

    private InferenceJvm(String what, Process process) throws IOException {
        this.what = what;
        this.process = process;
        this.to = process.outputWriter();
        this.from = process.inputReader();
        this.weights = heard(WeightCount.class);
    }

    /// Starts it and waits until it has loaded its model.
    ///
    /// @param what it measures, for messages
    /// @param program what the program is to be called with
    static InferenceJvm start(String what, List<String> program) throws IOException {
        Process process = new ProcessBuilder(OtherJvm.program(program))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            return new InferenceJvm(what, process);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    WeightCount weights() {
        return weights;
    }

    Sample measure(Phase phase) throws IOException {
        return answer(InferenceChild.word(phase), Sample.class);
    }

    MachinePeak peak() throws IOException {
        return answer(InferenceChild.PEAK, MachinePeak.class);
    }

    private <T> T answer(String line, Class<T> type) throws IOException {
        to.write(line + "\n");
        to.flush();
        return heard(type);
    }

    private <T> T heard(Class<T> type) throws IOException {
        String line = from.readLine();
        if (line == null) {
            throw new IOException("the JVM that was to measure %s ended".formatted(what));
        }
        return JsonMapper.shared().readValue(line, type);
    }

    @Override
    public void close() throws IOException {
        process.destroy(); // it keeps nothing
        to.close();
    }
}
