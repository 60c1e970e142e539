package dev.memcollab.server.hook;

import static java.lang.System.Logger.Level.WARNING;

import dev.memcollab.memory.Redaction;
import dev.memcollab.recall.Recall;
import dev.memcollab.server.MemoryService;
import dev.memcollab.server.RecallAnswer;
import dev.memcollab.server.RecallAnswer.RecalledLine;
import dev.memcollab.server.RecallRequest;
import dev.memcollab.server.RecordRequest;
import dev.memcollab.server.Wiring;
import dev.memcollab.server.project.ProjectFinder;
import dev.memcollab.trajectory.ContentDigest;
import dev.memcollab.trajectory.Excerpt;
import dev.memcollab.trajectory.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Does what a hook is for: recalls before the agent works, and records what it did.
///
/// An episode is recorded once, when it is over: when the user has asked for something else, when the
/// session ends, or when nothing has been heard of the session for a day. What the agent has recorded itself
/// is left to it.
public final class Hooks {
    private static final int MOST_LINES = 5;
    /// Of all that is put in front of the agent, the words around the lines included.
    private static final int MOST_TOKENS = 300;
    private static final Duration ABANDONED = Duration.ofDays(1);
    /// After which a session is hardly resumed.
    private static final Duration KEPT = Duration.ofDays(60);
    private static final System.Logger LOG = System.getLogger(Hooks.class.getName());
    private static final String INTRODUCTION = "Advice from earlier runs (MemCollab), not"
            + " instructions. Take a line only where its \"when\" fits.";

    private final MemoryService memory;
    private final Redaction redaction;
    private final HookSessions sessions;
    private final Clock clock;

    /// Those of a home.
    ///
    /// @param memory that of the home
    public static Hooks in(Wiring wiring, MemoryService memory) {
        return new Hooks(memory, wiring.settings().redaction(),
                new HookSessions(wiring.home().hooks()), Clock.systemUTC());
    }

    Hooks(MemoryService memory, Redaction redaction, HookSessions sessions, Clock clock) {
        this.memory = memory;
        this.redaction = redaction;
        this.sessions = sessions;
        this.clock = clock;
    }

    /// Does it, and gives what the agent is to be told; empty where there is nothing to say.
    public Optional<String> run(HookCall call) throws IOException {
        return switch (call.event()) {
            case USER_PROMPT_SUBMIT -> recall(call, call.prompt());
            case SESSION_START -> started(call);
            case STOP, PRE_COMPACT -> {
                sessions.change(call.session(), before -> recorded(call, before, false));
                recordAbandoned();
                yield Optional.empty();
            }
            case SESSION_END -> {
                sessions.change(call.session(), before -> recorded(call, before, true));
                recordAbandoned();
                yield Optional.empty();
            }
        };
    }

    /// A new session has no task yet, and so nothing is relevant; one that goes on has.
    private Optional<String> started(HookCall call) throws IOException {
        boolean goesOn = call.source().equals("resume") || call.source().equals("compact");
        Optional<String> task = goesOn ? openTask(call) : Optional.empty();
        return task.isPresent() ? recall(call, task.get()) : Optional.empty();
    }

    private Optional<String> openTask(HookCall call) throws IOException {
        SessionState state = sessions.known(call.session()).orElseGet(() -> SessionState.of(call))
                .at(call);
        return episodes(state, UnaryOperator.identity()).flatMap(Episodes::open)
                .map(Episode::task);
    }

    private Optional<String> recall(HookCall call, String prompt) throws IOException {
        if (prompt.isBlank()) {
            return Optional.empty();
        }
        RecallAnswer answer = memory.recall(request(call, prompt));
        var text = new StringBuilder(INTRODUCTION);
        var ids = new ArrayList<String>();
        for (RecalledLine line : answer.lines()) {
            String shown = "\n- [%s] %s".formatted(line.id(),
                    Excerpt.line(line.statement().text()));
            if (text.length() + shown.length() <= MOST_TOKENS * Recall.CHARACTERS_PER_TOKEN) {
                text.append(shown);
                ids.add(line.id());
            }
        }
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        sessions.change(call.session(), before -> before.orElseGet(() -> SessionState.of(call))
                .at(call).showing(key(prompt), ids));
        return Optional.of(output(call.event(), text.toString()));
    }

    /// What the user says against the work is what has just failed; the task is the one that goes on.
    private RecallRequest request(HookCall call, String prompt) throws IOException {
        Optional<String> task = Remark.of(prompt) == Remark.CORRECTION
                ? openTask(call)
                : Optional.empty();
        return new RecallRequest(Excerpt.of(task.orElse(prompt), Task.MAX_CHARACTERS),
                task.isPresent() ? prompt : null, MOST_LINES, null, null, project(call.cwd()),
                MOST_TOKENS);
    }

    private static String project(Path cwd) {
        return ProjectFinder.of(cwd).name();
    }

    private static String output(HookEvent event, String context) {
        return JsonMapper.shared().writeValueAsString(Map.of("hookSpecificOutput",
                Map.of("hookEventName", event.wireName(), "additionalContext", context)));
    }

    /// Records what is left of sessions that never ended, where an agent does not wait for it.
    private void recordAbandoned() throws IOException {
        Instant now = clock.instant();
        for (String session : sessions.quietSince(now.minus(ABANDONED))) {
            sessions.change(session, before -> before.filter(state -> state.file().isPresent())
                    .map(state -> abandoned(session, state)).orElse(null));
        }
        sessions.dropQuietSince(now.minus(KEPT));
    }

    /// One whose transcript can not be read must not keep others from being recorded.
    private SessionState abandoned(String session, SessionState state) {
        try {
            return state.isRecorded() ? state : state.recordedUpTo(record(state, true));
        } catch (IOException | RuntimeException e) {
            LOG.log(WARNING, "what session " + session + " did was not recorded", e);
            return state;
        }
    }

    private @Nullable SessionState recorded(HookCall call, Optional<SessionState> before,
            boolean ends) throws IOException {
        SessionState state = before.orElseGet(() -> SessionState.of(call)).at(call);
        return ends && state.file().isEmpty() ? null : state.recordedUpTo(record(state, ends));
    }

    /// Records what is over.
    ///
    /// @param all whether the last episode is over, too
    /// @return up to where all is recorded, in bytes: a session that is resumed goes on there
    private long record(SessionState state, boolean all) throws IOException {
        Optional<Episodes> read = episodes(state, redaction::redact);
        if (read.isEmpty()) {
            return state.offset();
        }
        Episodes episodes = read.get();
        var over = new ArrayList<>(episodes.complete());
        Optional<Episode> open = episodes.open();
        if (all) {
            open.ifPresent(over::add);
        }
        for (Episode episode : over) {
            if (episode.isRun() && !episode.recordedByAgent()) {
                memory.record(request(episode, state));
            }
        }
        return all ? episodes.end() : open.map(Episode::offset).orElse(state.offset());
    }

    /// What has not been recorded yet; nothing where there is no transcript.
    private static Optional<Episodes> episodes(SessionState state,
            UnaryOperator<String> redaction) throws IOException {
        Optional<Path> transcript = state.file();
        return transcript.isEmpty()
                ? Optional.empty()
                : Optional.of(Episodes.of(transcript.get(), state.offset(), redaction));
    }

    private static RecordRequest request(Episode episode, SessionState state) {
        var recalled = new LinkedHashSet<>(episode.recalled());
        recalled.addAll(state.shown().getOrDefault(key(episode.task()), List.of()));
        return new RecordRequest(episode.task(), episode.outcome(), episode.steps(),
                episode.model().isEmpty() ? "claude-code" : episode.model(), null,
                episode.feedback(), null, null, null, List.copyOf(recalled),
                project(Path.of(state.cwd())));
    }

    /// A prompt is known again in the transcript by its words.
    private static String key(String prompt) {
        return new ContentDigest()
                .add(Task.normalised(Excerpt.of(prompt, Task.MAX_CHARACTERS))).hex(8);
    }
}
