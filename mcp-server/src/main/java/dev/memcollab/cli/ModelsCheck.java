package dev.memcollab.cli;

import dev.memcollab.jlama.catalogue.InstalledModel;
import dev.memcollab.model.Decoding;
import dev.memcollab.model.Generation;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.model.Prompt;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
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

    /// Prefill is a prompt whose answer is one token; decode is the same prompt, read already.
    private static Map<String, Object> speed(LanguageModel model) throws InterruptedException {
        Prompt prompt = Prompt.of("You read carefully.", (QUESTION + " ")
                .repeat(LONG_PROMPT_REPEATS));
        long begun = System.nanoTime();
        Generation first = model.generate(prompt, Decoding.greedy(1));
        Duration prefill = since(begun);
        begun = System.nanoTime();
        Generation answer = model.generate(prompt, Decoding.greedy(ANSWER_TOKENS));
        Duration decode = since(begun);
        var speed = new LinkedHashMap<String, Object>();
        speed.put("prefill_tokens", first.promptTokens());
        speed.put("prefill_tokens_per_second", perSecond(first.promptTokens(), prefill));
        speed.put("decode_tokens", answer.tokens());
        speed.put("decode_tokens_per_second", perSecond(answer.tokens(), decode));
        return speed;
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
