package dev.memcollab.server;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// What the distiller of this process is doing, and the last things it said.
///
/// Written by the distiller, read by whoever asks for the status.
public final class Activity {
    private static final int REMEMBERED = 200;

    private final Clock clock;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private String state = "idle";
    private long said;

    public Activity(Clock clock) {
        this.clock = clock;
    }

    /// One thing said.
    ///
    /// @param number counts from 1 in this process
    public record Entry(long number, Instant at, String text) {}

    /// Sets what is being done, in a few words.
    public synchronized void state(String state) {
        this.state = state;
    }

    public synchronized String state() {
        return state;
    }

    public synchronized void say(String text) {
        entries.addLast(new Entry(++said, clock.instant(), text));
        if (entries.size() > REMEMBERED) {
            entries.removeFirst();
        }
    }

    public synchronized List<Entry> recent() {
        return List.copyOf(entries);
    }
}
