package dev.memcollab.server;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What `record_trajectory` answers: the run is safe, and this is what becomes of it.
///
/// @param detail a sentence: with what it was paired, or what it waits for
/// @param queuePosition runs or pairs to be distilled before this one, from 0
/// @param etaSeconds until it is distilled; null if nobody can say
public record RecordReceipt(String trajectoryId, Status status, String detail, int queuePosition,
        @Nullable Integer etaSeconds) {
    public RecordReceipt {
        Required.text("trajectoryId", trajectoryId);
        Required.text("detail", detail);
        Required.notNegative("queuePosition", queuePosition);
        if (etaSeconds != null) {
            Required.notNegative("etaSeconds", etaSeconds);
        }
    }

    /// Whether a contrast was found for the run.
    public enum Status {
        PAIRED, WAITING;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
