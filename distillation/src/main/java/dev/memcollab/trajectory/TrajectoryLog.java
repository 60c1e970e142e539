package dev.memcollab.trajectory;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The port to the runs that were recorded, and to what has been done with them.
///
/// What [#append] has returned from is on disk and seen by every process on the same store.
public interface TrajectoryLog {
    /// Keeps a run.
    ///
    /// @return false when the same run was there already
    boolean append(Trajectory trajectory);

    Optional<Trajectory> trajectory(String id);

    /// Runs of the same task, oldest first, the given one left out.
    List<Trajectory> othersOf(Trajectory trajectory);

    /// Runs that the distiller has not looked at, oldest first.
    List<Trajectory> pending();

    /// The run that the distiller takes up next: the newest of the pending.
    Optional<Trajectory> nextPending();

    /// Keeps how far an attempt at distilling a run came, so that a run that ends its process does
    /// not do so for ever.
    void tried(Trial trial);

    /// What went wrong with a run so far.
    Failures failures(String trajectoryId);

    /// Says that the distiller is through with a run.
    void distilled(Distillation distillation);

    /// What became of a run; empty while it is pending.
    Optional<Distillation> distillation(String trajectoryId);

    void attempted(LocalAttempt attempt);

    /// Runs whose task, with a verifier and of the category or of none that was told, the local model
    /// passed; newest first.
    List<Trajectory> passedBy(String model, TaskCategory category, int limit);

    /// Tasks whose category the caller told, the last recorded first.
    List<Task> told(int limit);

    int trajectories();

    /// An attempt at distilling a run.
    ///
    /// @param reason why it did not come to its end; empty where it began or was only put off
    record Trial(String trajectoryId, State state, String reason) {
        /// How far it came.
        public enum State {
            /// It goes on; where nothing follows, its process died.
            BEGUN,
            /// It was put off for a reason that has nothing to do with the run.
            STOPPED,
            /// It can not be done, this time at least.
            FAILED;

            public String label() {
                return name().toLowerCase(Locale.ROOT);
            }

            public static State parse(String label) {
                return valueOf(label.toUpperCase(Locale.ROOT));
            }
        }

        public static Trial begun(String trajectoryId) {
            return new Trial(trajectoryId, State.BEGUN, "");
        }

        public static Trial stopped(String trajectoryId) {
            return new Trial(trajectoryId, State.STOPPED, "");
        }

        public static Trial failed(String trajectoryId, String reason) {
            return new Trial(trajectoryId, State.FAILED, reason);
        }
    }

    /// Attempts at distilling a run that failed, or began and never ended.
    ///
    /// @param last why the last of them failed
    record Failures(int count, String last) {
        public static final Failures NONE = new Failures(0, "");
        private static final String DIED = "its process died";

        /// What they are after one more.
        public Failures after(Trial trial) {
            return switch (trial.state()) {
                case BEGUN -> new Failures(count + 1, DIED);
                case STOPPED -> new Failures(Math.max(0, count - 1), last);
                case FAILED -> new Failures(Math.max(1, count), trial.reason());
            };
        }
    }

    /// What the distiller made of one run.
    ///
    /// @param learnt ids of the constraints that came of it
    /// @param reason why there are none, or what was done, in a sentence
    record Distillation(String trajectoryId, List<String> learnt, String reason) {
        private static final String SET_ASIDE = "set aside after ";

        public Distillation {
            learnt = List.copyOf(learnt);
        }

        /// The end of a run that fails again and again.
        public static Distillation setAside(String trajectoryId, Failures failures) {
            return new Distillation(trajectoryId, List.of(),
                    SET_ASIDE + "%d failures: %s".formatted(failures.count(), failures.last()));
        }

        /// Whether it was given up.
        public boolean isSetAside() {
            return learnt.isEmpty() && reason.startsWith(SET_ASIDE);
        }
    }
}
