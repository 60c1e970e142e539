package dev.memcollab.experiment;

/// How far a long job is, and how much longer it may take.
final class Pace {
    private static final double AT_ONCE = 0.5; // seconds: done before, says nothing of the rest

    private final int all;
    private int done;
    private int timed;
    private double seconds;

    Pace(int all) {
        this.all = all;
    }

    /// Counts one part.
    void done(double took) {
        done++;
        if (took > AT_ONCE) {
            timed++;
            seconds += took;
        }
    }

    @Override
    public String toString() {
        return timed == 0
                ? "%d of %d".formatted(done, all)
                : "%d of %d, %.0f s each, %s left".formatted(done, all, seconds / timed,
                        left((all - done) * seconds / timed));
    }

    private static String left(double seconds) {
        return seconds < 90
                ? "%.0f s".formatted(seconds)
                : "%.0f min".formatted(seconds / 60);
    }
}
