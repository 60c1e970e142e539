package dev.memcollab.server.mcp;

import static java.lang.System.Logger.Level.DEBUG;

import dev.memcollab.server.project.ProjectFinder;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.Root;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The project a call belongs to when it names none: that of the client's first root, else that of
/// the working directory.
///
/// The client is asked once, if it said that it has roots, and again only if it says that they changed.
final class ClientProject {
    private static final System.Logger log = System.getLogger(ClientProject.class.getName());

    /// A client that is busy may answer later; one that never does is not waited for at each call.
    private static final int MOST_FAILURES = 3;

    private final Path workingDirectory;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable String known;
    private int failures; // under the lock

    ClientProject(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    String of(McpSyncServerExchange exchange) {
        var ready = known;
        if (ready != null) {
            return ready;
        }
        lock.lock();
        try {
            return known == null ? asked(exchange) : known;
        } finally {
            lock.unlock();
        }
    }

    private String asked(McpSyncServerExchange exchange) {
        Optional<String> told = ask(exchange);
        failures += told.isPresent() ? 0 : 1;
        String project = told.orElseGet(this::ofWorkingDirectory);
        if (told.isPresent() || failures >= MOST_FAILURES) {
            known = project;
        }
        return project;
    }

    void rootsChanged(List<Root> roots) {
        known = first(roots);
    }

    /// Nothing where the client failed to answer.
    private Optional<String> ask(McpSyncServerExchange exchange) {
        var capabilities = exchange.getClientCapabilities();
        if (capabilities == null || capabilities.roots() == null) {
            return Optional.of(ofWorkingDirectory());
        }
        try {
            return Optional.of(first(exchange.listRoots().roots()));
        } catch (RuntimeException noAnswer) {
            if (Thread.currentThread().isInterrupted()) {
                throw noAnswer;
            }
            // The client's failing, whatever its kind, must not fail the call: it only did not say
            // where it works.
            log.log(DEBUG, "the client did not tell its roots", noAnswer);
            return Optional.empty();
        }
    }

    private String first(List<Root> roots) {
        return roots.isEmpty() || roots.getFirst().uri().isBlank()
                ? ofWorkingDirectory()
                : ProjectFinder.ofRoot(roots.getFirst().uri()).name();
    }

    /// The project of a request that stands alone: nobody can be asked for roots.
    String ofWorkingDirectory() {
        return ProjectFinder.of(workingDirectory).name();
    }
}
