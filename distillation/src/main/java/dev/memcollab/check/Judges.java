package dev.memcollab.check;

/// Who judges the candidates of a contrast, where there is a choice (docs/decisions/0047).
public enum Judges {
    /// What the filter lets pass is believed.
    NOBODY,
    /// [MarginCheck] alone.
    MARGIN,
    /// [ReplayCheck], and [MarginCheck] where no model can replay the task.
    REPLAY_ELSE_MARGIN,
    /// [ReplayCheck], and [MarginCheck] everywhere.
    REPLAY_AND_MARGIN;

    boolean replay() {
        return this == REPLAY_ELSE_MARGIN || this == REPLAY_AND_MARGIN;
    }

    boolean takeMargin(boolean replayed) {
        return switch (this) {
            case NOBODY -> false;
            case MARGIN, REPLAY_AND_MARGIN -> true;
            case REPLAY_ELSE_MARGIN -> !replayed;
        };
    }
}
