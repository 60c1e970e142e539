package dev.memcollab.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The bundled runs, tasks and questions of the demo, as `script.json` has them.
///
/// @param runs arguments of `record_trajectory`: a task that the local pair should pass, so that
///     nothing learnt may break it; then two runs of another, one failing, one working
/// @param tasks arguments of `record_trajectory`: failed runs of tasks that have a verifier, which
///     the local pair then solves
/// @param fitting another task of the kind of `runs`
/// @param foreign a task that nothing learnt here fits
public record DemoScript(List<Map<String, Object>> runs, List<Map<String, Object>> tasks,
        String fitting, String foreign) {
    public DemoScript {
        runs = List.copyOf(runs);
        tasks = List.copyOf(tasks);
    }

    public static DemoScript bundled() {
        try (InputStream in = DemoScript.class.getResourceAsStream("script.json")) {
            if (in == null) {
                throw new IllegalStateException("script.json is missing beside DemoScript");
            }
            return JsonMapper.shared().readValue(in, DemoScript.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
