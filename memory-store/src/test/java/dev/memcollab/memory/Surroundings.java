package dev.memcollab.memory;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import tools.jackson.databind.json.JsonMapper;

/// What stands around a value in an agent's log.
final class Surroundings {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final List<UnaryOperator<String>> ALL = List.of(
            value -> value,
            value -> "I found " + value + " in the log, and went on from there.",
            value -> "It says (" + value + "), which is odd.",
            value -> "| setting | " + value + " |\n|---|---|",
            value -> json("output", value),
            value -> json("arguments", json("content", value)),
            value -> json("a", json("b", json("c", value))),
            value -> "$ cat .env\nNODE_ENV=production\n" + value + "\nPORT=8080\n",
            value -> "$ ./run.sh\n+ echo '" + value + "'\nexit status 1",
            value -> "java.lang.IllegalStateException: refused " + value
                    + "\n\tat shop.Client.call(Client.java:42)\n",
            value -> "Traceback (most recent call last):\n  File \"a.py\", line 3, in <module>\n"
                    + "ValueError: bad: " + value,
            value -> "--- a/conf\n+++ b/conf\n@@ -1,2 +1,2 @@\n-old\n+"
                    + value.replace("\n", "\n+") + "\n context",
            value -> "conf: |\n    " + value.replace("\n", "\n    ") + "\nnext: 1",
            value -> "```\n" + value + "\n```",
            value -> "<entry>" + value + "</entry>",
            value -> "2026-11-01T12:00:00Z DEBUG [main] sent " + value + " in 12 ms",
            value -> "x = f(\"" + value + "\")  # checked",
            value -> "cfg=" + value + ";",
            value -> "first,\"" + value + "\",last",
            value -> "12: " + value.replace("\n", "\n13: "));

    private Surroundings() {}

    static String around(String value, RandomGenerator random) {
        return ALL.get(random.nextInt(ALL.size())).apply(value);
    }

    private static String json(String field, String value) {
        return JSON.writeValueAsString(JSON.createObjectNode().put("id", 7).put(field, value)
                .put("ok", true));
    }
}
