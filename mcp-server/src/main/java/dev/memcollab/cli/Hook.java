package dev.memcollab.cli;

import dev.memcollab.server.Home;
import dev.memcollab.server.Wiring;
import dev.memcollab.server.hook.HookCall;
import dev.memcollab.server.hook.HookClient;
import dev.memcollab.server.hook.HookEvent;
import dev.memcollab.server.hook.HookLog;
import dev.memcollab.server.hook.Hooks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `hook EVENT`: what an agent's hooks start.
@Command(name = "hook", description = {
        "Recall or record without being asked: for the hooks of an agent.",
        "Reads the hook's JSON object from stdin. Whatever fails is logged, and the agent goes on."})
final class Hook implements Callable<Integer> {
    /// A person waits for these.
    private static final Set<HookEvent> WAITED_FOR = Set.of(HookEvent.SESSION_START,
            HookEvent.USER_PROMPT_SUBMIT);
    static final long PATIENCE_MILLIS = 1_000;
    private static final String LATE = "was not done in time, and said nothing";
    private static final Duration AFTER_WORK = Duration.ofSeconds(20);

    @ParentCommand
    private Memcollab program;
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "EVENT", description = "session-start, user-prompt-submit, stop, pre-compact or session-end.")
    private String event = "";
    @Option(names = "--timeout", paramLabel = "MS", defaultValue = ""
            + PATIENCE_MILLIS, description = "Say nothing after so many milliseconds from the start of the process on, where a person waits (default: ${DEFAULT-VALUE}).")
    private long timeoutMillis;

    @Override
    public Integer call() throws InterruptedException {
        run(event, program.home(), program.streams().in(),
                program.begun().plusMillis(timeoutMillis)).ifPresent(Output.of(spec)::println);
        return 0;
    }

    /// Does the work of a hook, or has a server do it. What fails is logged.
    ///
    /// @param event its label
    /// @param sayBy after which nothing is said, where a person waits
    /// @return what the agent is to be told; empty where there is nothing to say
    static Optional<String> run(String event, Home home, InputStream in, Instant sayBy)
            throws InterruptedException {
        HookEvent moment = HookEvent.parse(event);
        var log = HookLog.in(home);
        Duration left = left(moment, sayBy);
        if (left.isZero()) { // a quick failure would else be told as one, or not, by chance
            log.write(moment, LATE);
            return Optional.empty();
        }
        var work = new FutureTask<>(() -> run(moment, home, in));
        Thread.ofPlatform().daemon().name("hook").start(work);
        try {
            return work.get(left.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            log.write(moment, LATE);
        } catch (ExecutionException failed) {
            log.write(moment, String.valueOf(failed.getCause()));
        }
        return Optional.empty();
    }

    /// How long it may go on.
    private static Duration left(HookEvent moment, Instant sayBy) {
        Duration left = WAITED_FOR.contains(moment)
                ? Duration.between(Instant.now(), sayBy)
                : AFTER_WORK;
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Optional<String> run(HookEvent moment, Home home, InputStream in)
            throws IOException {
        byte[] input = input(in);
        Optional<String> served = HookClient.ask(home.run(), moment.label(), input);
        return served.isPresent()
                ? served.filter(told -> !told.isEmpty())
                : runHere(HookCall.parse(moment, new String(input, StandardCharsets.UTF_8)), home);
    }

    private static Optional<String> runHere(HookCall call, Home home) throws IOException {
        var wiring = new Wiring(home);
        try (var memory = wiring.wordsOnlyMemory()) {
            return Hooks.in(wiring, memory).run(call);
        }
    }

    private static byte[] input(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(HookCall.MOST_BYTES + 1);
        if (bytes.length > HookCall.MOST_BYTES) {
            throw new IllegalArgumentException(
                    "a hook may be given at most %d bytes, got more"
                            .formatted(HookCall.MOST_BYTES));
        }
        return bytes;
    }
}
