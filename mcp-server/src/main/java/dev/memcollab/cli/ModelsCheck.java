package dev.memcollab.cli;

import dev.memcollab.jlama.catalogue.InstalledModel;
import dev.memcollab.model.Decoding;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.model.Prompt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `models check NAME`.
@Command(name = "check", description = {
        "Compare a model's files with their digests, load it, let it"
                + " answer, and print its speed."})
final class ModelsCheck implements Callable<Integer> {
    private static final String QUESTION = "Say in one sentence what a unit test is good for, then give one example in Python.";
    private static final int ANSWER_TOKENS = 48;
    private static final int LONG_PROMPT_REPEATS = 14;
    private static final int ROUNDS = 5;

    @ParentCommand
    private Models models;
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "NAME", description = "An installed model.")
    private String name;
    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        InstalledModel installed = models.home().require(name);
        try (var progress = new ProgressLine(spec.commandLine().getErr(), name)) {
            models.home().verify(name, progress);
        }
        long loading = System.nanoTime();
        try (LanguageModel model = models.program().wiring().model(name)) {
            report(measured(model, installed, since(loading)));
        }
        return 0;
    }

    private static Map<String, Object> measured(LanguageModel model, InstalledModel installed,
            Duration load) throws InterruptedException {
        Prompt question = Prompt.of("You answer briefly.", QUESTION);
        var answer = model.generate(question, Decoding.greedy(ANSWER_TOKENS));
        var measured = new LinkedHashMap<String, Object>();
        measured.put("name", model.name());
        measured.put("digest", "ok");
        measured.put("bytes", installed.manifest().bytes());
        measured.put("load_seconds", rounded(load.toMillis() / 1e3));
        measured.put("answer", answer.text());
        measured.putAll(speed(model));
        return measured;
    }

    /// The medians of some rounds: the first ones are slower, while the JVM still compiles.
    private static Map<String, Object> speed(LanguageModel model) throws InterruptedException {
        var rounds = new ArrayList<Round>();
        for (int i = 0; i < ROUNDS; i++) {
            rounds.add(Round.of(model, i));
        }
        var speed = new LinkedHashMap<String, Object>();
        speed.put("rounds", ROUNDS);
        speed.put("prefill_tokens", rounds.getLast().prefillTokens());
        speed.put("prefill_tokens_per_second", median(rounds, Round::prefillRate));
        speed.put("decode_tokens", rounds.getLast().decodeTokens());
        speed.put("decode_tokens_per_second", median(rounds, Round::decodeRate));
        return speed;
    }

    /// A prompt whose answer is one token, then the same prompt, read already, with a longer answer.
    private record Round(int prefillTokens, double prefillRate, int decodeTokens,
            double decodeRate) {
        static Round of(LanguageModel model, int number) throws InterruptedException {
            // Another beginning each time: what two prompts share at theirs is not read again.
            Prompt prompt = Prompt.of("Round %d. You read carefully.".formatted(number),
                    (QUESTION + " ").repeat(LONG_PROMPT_REPEATS));
            long begun = System.nanoTime();
            int read = model.generate(prompt, Decoding.greedy(1)).promptTokens();
            double prefill = perSecond(read, since(begun));
            begun = System.nanoTime();
            int written = model.generate(prompt, Decoding.greedy(ANSWER_TOKENS)).tokens();
            return new Round(read, prefill, written, perSecond(written, since(begun)));
        }
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> rate) {
        return rounds.stream().mapToDouble(rate).sorted().skip(rounds.size() / 2).findFirst()
                .orElseThrow();
    }

    private void report(Map<String, Object> measured) {
        if (json) {
            Output.json(spec, measured);
        } else {
            measured.forEach((key, value) -> Output.of(spec).printf("%-26s %s%n",
                    key.replace('_', ' '), value));
        }
    }

    private static Duration since(long begunNanos) {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }

    private static double perSecond(int tokens, Duration took) {
        return rounded(tokens / (took.toNanos() / 1e9));
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
