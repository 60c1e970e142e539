package dev.memcollab.trajectory;

class InMemoryTrajectoryLogTest extends TrajectoryLogContract {
    private final InMemoryTrajectoryLog log = new InMemoryTrajectoryLog();

    @Override
    protected TrajectoryLog log() {
        return log;
    }
}
