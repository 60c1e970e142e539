package dev.memcollab.cli;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.jlama.gguf.FileTree;
import dev.memcollab.server.Home;
import dev.memcollab.server.Wiring;
import dev.memcollab.server.hook.HookCall;
import dev.memcollab.server.hook.HookEvent;
import dev.memcollab.server.hook.Hooks;
import dev.memcollab.server.stdio.ProtocolStreams;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.TaskCategory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `rehearse`: what a client's first minute asks for, so that a JVM that watches can archive the
/// classes of it.
@Command(name = "rehearse", hidden = true, description = {
        "Serve a scripted client in a home that is made for it and deleted again.",
        "The launcher runs this once for each build."})
final class Rehearse implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /// Enough that words have lists of several blocks in the index, which are read in other ways.
    private static final int LESSONS = 400;
    private static final Project PROJECT = new Project("rehearsal");

    /// Recall is told the project of the constraint; the run has that of the working directory, so
    /// that both ways are taken.
    private static final List<String> SCRIPT = List.of(
            """
                    {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":\
                    "2025-11-25","capabilities":{},"clientInfo":{"name":"rehearsal","version":"1"}}}""",
            """
                    {"jsonrpc":"2.0","method":"notifications/initialized"}""",
            """
                    {"jsonrpc":"2.0","id":2,"method":"tools/list","params":{}}""",
            """
                    {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":\
                    "recall_constraints","arguments":{"task":"Divide the sum of the prices by their \
                    count.","project":"rehearsal"}}}""",
            """
                    {"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":\
                    "record_trajectory","arguments":{"task":"Sum the prices of the basket.",\
                    "outcome":"failure","steps":[{"kind":"action","text":"return max(prices)"}]}}}""",
            """
                    {"jsonrpc":"2.0","id":5,"method":"server/discover","params":{"_meta":{\
                    "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                    "io.modelcontextprotocol/clientCapabilities":{}}}}""",
            """
                    {"jsonrpc":"2.0","id":6,"method":"tools/list","params":{"_meta":{\
                    "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                    "io.modelcontextprotocol/clientCapabilities":{}}}}""");

    private static final String TRANSCRIPT = """
            {"type":"user","message":{"role":"user","content":"Sum the prices of the basket."}}
            {"type":"assistant","message":{"role":"assistant","model":"m","content":[{"type":\
            "tool_use","id":"1","name":"Bash","input":{"command":"pytest"}}]}}
            {"type":"user","message":{"role":"user","content":[{"type":"tool_result",\
            "tool_use_id":"1","content":"1 failed"}]}}
            {"type":"user","message":{"role":"user","content":"Divide their sum by the count."}}
            """;

    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "DIR", description = "Where to make the home.")
    private Path directory;

    @Override
    public Integer call() throws IOException {
        if (Files.exists(directory)) {
            throw new IllegalArgumentException(
                    "DIR must be a directory that does not exist yet, got " + directory);
        }
        var client = new ScriptedClient(SCRIPT, PATIENCE);
        try {
            // Whatever MEMCOLLAB_MODELS says: nothing is to be distilled here.
            var wiring = new Wiring(new Home(directory, directory.resolve("models")));
            try (var store = wiring.store()) {
                for (int i = 0; i < LESSONS; i++) {
                    store.learn(lesson(i));
                }
            }
            Serve.serve(new ProtocolStreams(client.requests(), client.replies()), () -> wiring);
            hooks(wiring);
        } finally {
            FileTree.delete(directory);
        }
        Output.of(spec).print(client.heard());
        return client.isServed() ? 0 : 1;
    }

    /// The hooks of a session, each of which is a process that somebody waits for.
    private void hooks(Wiring wiring) throws IOException {
        Path transcript = Files.writeString(directory.resolve("session.jsonl"), TRANSCRIPT);
        try (var memory = wiring.wordsOnlyMemory()) {
            var hooks = Hooks.in(wiring, memory);
            for (HookEvent event : HookEvent.values()) {
                String call = JsonMapper.shared().writeValueAsString(Map.of("session_id", "one",
                        "transcript_path", transcript.toString(), "cwd", directory.toString(),
                        "prompt", "Divide the sum of the prices by their count."));
                var _ = hooks.run(HookCall.parse(event, call));
            }
        }
    }

    private static LearntConstraint lesson(int number) {
        return LearntConstraint.of(
                new Constraint("a sum is divided by a count",
                        "a check that count %d is not zero".formatted(number),
                        "dividing by the count unseen"),
                new Scope(PROJECT, new TaskCategory("code", "arithmetic")),
                new Source(ContrastKind.RECORDED_PAIR, "Divide the sum by the count.",
                        List.of("rehearsed"), "none", "none"),
                Evidence.NONE, Instant.EPOCH);
    }
}
