package dev.memcollab.memory;

import dev.memcollab.constraint.ConstraintMemory;
import dev.memcollab.constraint.ConstraintMemoryContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class MemoryStoreAsConstraintMemoryTest extends ConstraintMemoryContract {
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
    protected ConstraintMemory memory() {
        return store;
    }
}
