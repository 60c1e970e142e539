package dev.memcollab.demo;

import dev.memcollab.server.Home;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// One showing of the loop: record over MCP, watch the distilling, recall.
public final class DemoRun {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final String PROJECT = "demo";
    private static final int WIDTH = 96;

    private final Home home;
    private final DemoScript script;
    private final PrintWriter out;
    private final Map<String, Duration> phases = new LinkedHashMap<>();
    private long heard;

    /// Prepares a showing.
    ///
    /// @param home the demo's own, empty
    public DemoRun(Home home, DemoScript script, PrintWriter out) {
        this.home = home;
        this.script = script;
        this.out = out;
    }

    /// How long each phase took, in their order.
    public Map<String, Duration> phases() {
        return phases;
    }

    /// Shows the loop.
    ///
    /// @return whether something was learnt, recalled for the fitting task, and kept from the other
    public boolean show() throws InterruptedException {
        long begun = System.nanoTime();
        try (var server = DemoServer.start(home, line -> say("  server: " + line))) {
            phases.put("start of the server", since(begun));
            say("Started %s over stdio; it offers %s.".formatted(server.name(),
                    String.join(" and ", server.tools())));
            record(server);
            distil(server);
            return recall(server);
        }
    }

    private void record(DemoServer server) {
        long begun = System.nanoTime();
        title("Recording");
        for (Map<String, Object> run : script.runs()) {
            record(server, run);
        }
        for (Map<String, Object> task : script.tasks()) {
            record(server, task);
        }
        phases.put("recording", since(begun));
    }

    private void record(DemoServer server, Map<String, Object> run) {
        var arguments = new LinkedHashMap<>(run);
        arguments.put("project", PROJECT);
        say("record_trajectory: %s, \"%s\"".formatted(run.get("outcome"), run.get("task")));
        say("  " + server.call("record_trajectory", arguments).replace("\n", "\n  "));
    }

    /// Polls the status until nothing waits, and passes on what the distiller says.
    private void distil(DemoServer server) throws InterruptedException {
        long begun = System.nanoTime();
        title("Distilling (the two local models compare, state, check)");
        String state = "";
        while (true) {
            JsonNode status = server.read("memcollab://status");
            hear(status.get("recent"), begun);
            String now = status.get("distiller").asString();
            if (!now.equals(state)) {
                state = now;
                requireWorking(status, now);
            }
            if (status.get("memory").get("pending").asInt() == 0) {
                phases.put("distilling", since(begun));
                return;
            }
            Thread.sleep(LOOK);
        }
    }

    /// A distiller that waits for models would wait for ever here.
    private static void requireWorking(JsonNode status, String state) {
        if (state.startsWith("waits") || state.startsWith("failed")) {
            throw new IllegalStateException(
                    "the distiller %s %s".formatted(state, status.get("advice")));
        }
    }

    private void hear(JsonNode recent, long begun) {
        for (JsonNode entry : recent) {
            if (entry.get("number").asLong() > heard) {
                heard = entry.get("number").asLong();
                say("%4d s  %s".formatted(since(begun).toSeconds(),
                        entry.get("text").asString()));
            }
        }
    }

    private boolean recall(DemoServer server) {
        long begun = System.nanoTime();
        title("Recalling for another task that a trigger fits");
        List<JsonNode> lines = recalled(server, script.fitting());
        lines.forEach(line -> explain(server, line.get("id").asString()));
        title("Recalling for a task that nothing here fits");
        List<JsonNode> foreign = recalled(server, script.foreign());
        phases.put("recalling", since(begun));
        return !lines.isEmpty() && foreign.isEmpty();
    }

    private List<JsonNode> recalled(DemoServer server, String task) {
        say("recall_constraints: \"%s\"".formatted(task));
        Map<String, Object> arguments = Map.of("task", task, "project", PROJECT);
        say("  " + server.call("recall_constraints", arguments).replace("\n", "\n  "));
        var lines = new ArrayList<JsonNode>();
        server.recall(arguments).get("constraints").forEach(lines::add);
        return lines;
    }

    private void explain(DemoServer server, String id) {
        say("evidence of " + id + ":");
        for (JsonNode one : server.read("memcollab://constraints/" + id).get("evidence")) {
            say("  %-7s %s: %s".formatted(one.get("kind").asString(),
                    one.get("source").asString(), one.get("detail").asString()));
        }
    }

    private void title(String text) {
        say("");
        say("== " + text + " " + "=".repeat(Math.max(2, WIDTH - text.length())));
    }

    private void say(String text) {
        out.println(text);
        out.flush();
    }

    private static Duration since(long begunNanos) {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }
}
