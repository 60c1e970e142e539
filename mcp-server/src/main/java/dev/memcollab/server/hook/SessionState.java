package dev.memcollab.server.hook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of a session between two hooks.
///
/// @param transcript where it is written; null while that is not known
/// @param cwd where the agent works
/// @param offset in bytes; what is before it in the transcript has been recorded
/// @param shown ids of the constraints that were shown for a prompt, by the prompt's key
public record SessionState(@Nullable String transcript, String cwd, long offset,
        Map<String, List<String>> shown) {
    private static final int MOST_SHOWN = 200;

    public SessionState {
        shown = new LinkedHashMap<>(shown);
    }

    static SessionState of(HookCall call) {
        return new SessionState(call.transcript() == null ? null : call.transcript().toString(),
                call.cwd().toString(), 0, Map.of());
    }

    SessionState recordedUpTo(long place) {
        return new SessionState(transcript, cwd, place, shown);
    }

    /// A place in one transcript is none in another.
    SessionState at(HookCall call) {
        String now = call.transcript() == null ? transcript : call.transcript().toString();
        return new SessionState(now, call.cwd().toString(),
                Objects.equals(now, transcript) || transcript == null ? offset : 0, shown);
    }

    /// The transcript, where there is one.
    Optional<Path> file() {
        return Optional.ofNullable(transcript).map(Path::of).filter(Files::isRegularFile);
    }

    /// Whether nothing was written since all was recorded.
    boolean isRecorded() throws IOException {
        Optional<Path> file = file();
        return file.isEmpty() || offset >= Files.size(file.get());
    }

    /// The oldest are dropped where there are very many.
    SessionState showing(String key, List<String> ids) {
        var all = new LinkedHashMap<>(shown);
        all.merge(key, ids, (before, now) -> {
            var both = new ArrayList<>(before);
            now.stream().filter(id -> !before.contains(id)).forEach(both::add);
            return both;
        });
        while (all.size() > MOST_SHOWN) {
            all.remove(all.keySet().iterator().next());
        }
        return new SessionState(transcript, cwd, offset, all);
    }
}
