package dev.memcollab.server;

import java.util.List;

/// What the memory holds, what it is doing and what it lacks.
///
/// @param distiller a sentence: who distils, and whether work is going on
/// @param advice sentences that say what is missing and the command that gets it
/// @param recent what the distiller of this server said last, oldest first
public record StatusReport(MemoryCounts memory, String home, String distiller,
        List<ModelState> models, List<String> advice, List<Activity.Entry> recent) {
    public StatusReport {
        Required.text("home", home);
        Required.text("distiller", distiller);
        models = List.copyOf(models);
        advice = List.copyOf(advice);
        recent = List.copyOf(recent);
    }

    /// One model of the pair.
    ///
    /// @param role weak or strong
    public record ModelState(String role, String name, boolean installed) {
        public ModelState {
            Required.text("role", role);
            Required.text("name", name);
        }
    }
}
