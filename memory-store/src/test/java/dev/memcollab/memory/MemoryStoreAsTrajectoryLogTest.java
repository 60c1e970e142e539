package dev.memcollab.memory;

import dev.memcollab.trajectory.TrajectoryLog;
import dev.memcollab.trajectory.TrajectoryLogContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class MemoryStoreAsTrajectoryLogTest extends TrajectoryLogContract {
    @TempDir
    private Path directory;

    private MemoryStore store;

    @BeforeEach
    void open() {
        store = MemoryStore.open(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected TrajectoryLog log() {
        return store;
    }
}
