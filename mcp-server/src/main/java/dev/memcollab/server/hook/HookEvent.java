package dev.memcollab.server.hook;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// A moment of an agent's session at which it calls; named as Claude Code names them.
public enum HookEvent {
    SESSION_START("SessionStart"), USER_PROMPT_SUBMIT("UserPromptSubmit"), STOP(
            "Stop"), PRE_COMPACT("PreCompact"), SESSION_END("SessionEnd");

    private final String wireName;

    HookEvent(String wireName) {
        this.wireName = wireName;
    }

    /// How the agent writes it.
    String wireName() {
        return wireName;
    }

    /// How the command line writes it.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static HookEvent parse(String label) {
        return Arrays.stream(values()).filter(event -> event.label().equals(label)).findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("EVENT must be one of %s, got \"%s\""
                                .formatted(Arrays.stream(values()).map(HookEvent::label)
                                        .collect(Collectors.joining(", ")), label)));
    }
}
