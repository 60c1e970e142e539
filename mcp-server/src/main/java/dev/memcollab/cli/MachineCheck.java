package dev.memcollab.cli;

import dev.memcollab.jlama.catalogue.InstalledModel;
import dev.memcollab.jlama.catalogue.ModelHome;
import dev.memcollab.jlama.kernel.ComputePath;
import dev.memcollab.memory.StoreCheck.Finding;
import dev.memcollab.model.ModelFailedException;
import dev.memcollab.server.Home;
import dev.memcollab.server.Settings;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// Whether the machine can run the models, and whether they are there.
final class MachineCheck {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final int OLDEST_JDK = 25;
    private static final double MEBI = 1 << 20;

    private final Home home;
    private final ModelHome models;
    private final PrintWriter err;

    MachineCheck(Home home, PrintWriter err) {
        this.home = home;
        this.models = new ModelHome(home.models());
        this.err = err;
    }

    List<Finding> examine(boolean thorough) throws InterruptedException {
        var findings = new ArrayList<Finding>();
        boolean vectors = ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
        findings.add(jdk(Runtime.version(), vectors));
        if (vectors) {
            findings.add(simd(ComputePath.here()));
        }
        Settings settings = settings();
        findings.add(model("weak model", settings.weak(), thorough));
        findings.add(model("strong model", settings.strong(), thorough));
        return findings;
    }

    static Finding jdk(Runtime.Version version, boolean vectors) {
        if (version.feature() < OLDEST_JDK) {
            return Finding.problem("jdk", version.toString(),
                    "install a JDK %d, or set MEMCOLLAB_JAVA_HOME to its home"
                            .formatted(OLDEST_JDK));
        }
        return vectors
                ? Finding.ok("jdk", version + ", with " + VECTOR_MODULE)
                : Finding.problem("jdk", version + " without " + VECTOR_MODULE,
                        "start it with the launcher memcollab, which adds the module");
    }

    static Finding simd(ComputePath path) {
        String found = "%s, the compiler's vectors have %d bits".formatted(path.name(),
                path.vectorBits());
        return path.fast()
                ? Finding.ok("simd", found)
                : Finding.warning("simd", found + ": models run on the slow scalar fallback",
                        "use a JDK with the C2 compiler on a machine with vectors, and take out of"
                                + " MEMCOLLAB_JAVA_OPTS what switches them off");
    }

    /// What holds where the settings cannot be read, which is a finding of its own.
    private Settings settings() {
        try {
            return Settings.read(home.settings());
        } catch (IllegalArgumentException | UncheckedIOException e) {
            return Settings.DEFAULT;
        }
    }

    private Finding model(String check, String name, boolean thorough)
            throws InterruptedException {
        if (!Files.exists(models.path(name))) {
            return Finding.warning(check, name + " is not installed; runs wait until it is",
                    "memcollab models pull " + name);
        }
        try {
            InstalledModel model = models.require(name);
            if (thorough) {
                try (var progress = new ProgressLine(err, name)) {
                    models.verify(name, progress);
                }
            }
            return Finding.ok(check, "%s, %.0f MiB, %s".formatted(name,
                    model.manifest().bytes() / MEBI, thorough ? "digests right" : "sizes right"));
        } catch (ModelFailedException e) {
            return Finding.problem(check, String.valueOf(e.getMessage()),
                    "memcollab models remove %s, then memcollab models pull %s".formatted(name,
                            name));
        }
    }
}
