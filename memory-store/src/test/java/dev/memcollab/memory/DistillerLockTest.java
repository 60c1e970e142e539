package dev.memcollab.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistillerLockTest {
    @TempDir
    private Path directory;

    @Test
    void thereIsOneDistillerInAProcess() {
        try (var office = DistillerLock.tryAcquire(directory).orElseThrow()) {
            assertThat(DistillerLock.tryAcquire(directory)).isEmpty();
            assertThat(DistillerLock.tryAcquire(directory.resolve("."))).isEmpty();
            assertThat(office).isNotNull();
        }

        try (var next = DistillerLock.tryAcquire(directory).orElseThrow()) {
            assertThat(next).isNotNull();
        }
    }

    @Test
    void eachStoreHasItsOwn() {
        try (var one = DistillerLock.tryAcquire(directory.resolve("one")).orElseThrow();
                var two = DistillerLock.tryAcquire(directory.resolve("two")).orElseThrow()) {
            assertThat(one).isNotSameAs(two);
        }
    }

    @Test
    void aFailedTryDoesNotFreeTheLockForOtherProcesses() throws IOException {
        try (var office = DistillerLock.tryAcquire(directory).orElseThrow()) {
            assertThat(DistillerLock.tryAcquire(directory)).isEmpty();

            try (var child = ChildProcess.start(OfficeChild.class, directory)) {
                assertThat(child.line()).isEqualTo("false");
            }
            assertThat(office).isNotNull();
        }
    }

    @Test
    void aKilledDistillerLeavesTheOfficeVacant() throws IOException {
        try (var child = ChildProcess.start(OfficeChild.class, directory)) {
            assertThat(child.line()).isEqualTo("true");
            assertThat(DistillerLock.tryAcquire(directory)).isEmpty();
        }

        try (var next = DistillerLock.tryAcquire(directory).orElseThrow()) {
            assertThat(next).isNotNull();
        }
    }
}
