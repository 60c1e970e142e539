package dev.memcollab.jlama;

import dev.memcollab.jlama.catalogue.DataDirectory;
import dev.memcollab.jlama.catalogue.ModelCatalogue;
import dev.memcollab.jlama.catalogue.ModelHome;
import dev.memcollab.jlama.catalogue.ModelPull;
import dev.memcollab.jlama.catalogue.PullOptions;
import dev.memcollab.jlama.gguf.Progress;
import java.util.Map;

/// Brings the models of [TestModels] to where they are looked for, as the program itself would; the
/// build runs it where `CI=true`.
final class TestModelsPull {
    private static final System.Logger LOG = System.getLogger(TestModelsPull.class.getName());

    private TestModelsPull() {}

    /// Pulls the models named.
    public static void main(String... names) throws InterruptedException {
        Map<String, String> environment = System.getenv();
        var catalogue = ModelCatalogue.bundled();
        var models = DataDirectory.models(DataDirectory.of(environment), environment);
        var pull = new ModelPull(new ModelHome(models), catalogue,
                PullOptions.of(environment, catalogue));
        for (String name : names) {
            var installed = pull.pull(name, new Tenths(name));
            LOG.log(System.Logger.Level.INFO, "{0} is installed in {1}", name,
                    installed.directory());
        }
    }

    /// Says each tenth of each phase once.
    private static final class Tenths implements Progress {
        private final String name;
        private String said = "";

        Tenths(String name) {
            this.name = name;
        }

        @Override
        public void report(Phase phase, long doneBytes, long totalBytes) {
            long percent = totalBytes == 0 ? 0 : doneBytes * 10 / totalBytes * 10;
            String now = "%s: %s %d %%".formatted(name, phase, percent);
            if (!now.equals(said)) {
                said = now;
                LOG.log(System.Logger.Level.INFO, now);
            }
        }
    }
}
