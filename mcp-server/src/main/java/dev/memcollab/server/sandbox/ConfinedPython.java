package dev.memcollab.server.sandbox;

import dev.memcollab.verify.CodeRunner.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// An interpreter and the way to shut it in.
record ConfinedPython(String interpreter, Confinement confinement) {
    private static final int KEPT_BYTES = 8 * 1024;
    private static final int MOST_PROCESSES = 32;
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final String PRELUDE = prelude();

    private static String prelude() {
        try (InputStream text = ConfinedPython.class.getResourceAsStream("prelude.py")) {
            if (text == null) {
                throw new IllegalStateException("prelude.py is missing from the program");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Run run(String code, Duration limit) throws IOException, InterruptedException {
        try (var directory = ScratchDirectory.create()) {
            Path program = directory.path().resolve("main.py");
            Files.write(program, code.getBytes(StandardCharsets.UTF_8));
            if (confinement.nobody()) {
                directory.giveTo(Confinement.NOBODY);
            }
            String mark = "\n" + UUID.randomUUID();
            return watch(start(directory.path(), mark, limit), mark, limit);
        }
    }

    private Process start(Path directory, String mark, Duration limit) throws IOException {
        String seconds = Long.toString(limit.toSeconds() + 2);
        List<String> program = List.of(interpreter, "-I", "-B", "-X", "utf8",
                "-X", "no_debug_ranges", "-c", PRELUDE, mark,
                seconds, Integer.toString(MOST_PROCESSES),
                confinement.namespaced() ? "alone" : "among others");
        var builder = new ProcessBuilder(confinement.command(program, limit))
                .directory(directory.toFile()).redirectErrorStream(true);
        var inherited = System.getenv();
        builder.environment().clear();
        for (String name : List.of("PATH", "LANG", "SYSTEMROOT")) {
            String value = inherited.get(name);
            if (value != null) {
                builder.environment().put(name, value);
            }
        }
        for (String name : List.of("HOME", "TMPDIR", "TEMP", "TMP")) {
            builder.environment().put(name, directory.toString());
        }
        return builder.start();
    }

    private Run watch(Process process, String mark, Duration limit)
            throws IOException, InterruptedException {
        var tail = new OutputTail(process.getInputStream(), KEPT_BYTES + mark.length());
        Thread reader = Thread.ofVirtual().name("sandbox-output").start(tail);
        boolean ended;
        try {
            process.getOutputStream().close();
            ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            kill(process);
        }
        reader.join(LAST_WORDS);
        return result(tail.text(), mark, ended, process);
    }

    private static Run result(String text, String mark, boolean ended, Process process) {
        if (!ended) {
            return new Run(false, text, true);
        }
        int status = process.exitValue();
        if (status == 0 && text.endsWith(mark)) {
            return new Run(true, text.substring(0, text.length() - mark.length()), false);
        }
        String reason = status == 1
                ? ""
                : "\nthe program ended before its last statement, with exit status " + status;
        return new Run(false, text + reason, false);
    }

    /// Ends the process and all that it began: by the namespace, whose first process dies with its
    /// starter, or else by the session, whose number is the interpreter's, and by descent.
    private void kill(Process process) throws InterruptedException {
        List<ProcessHandle> begun = process.descendants().toList();
        // Not the process's own method: that one closes the pipe with what is still to be read.
        process.toHandle().destroyForcibly();
        begun.forEach(ProcessHandle::destroyForcibly);
        if (!confinement.namespaced()) {
            killSession(process.pid());
        }
        process.waitFor();
    }

    private static void killSession(long session) throws InterruptedException {
        try {
            new ProcessBuilder("kill", "-KILL", "--", "-" + session)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException _) {
            // Windows has no sessions and no such command.
        }
    }
}
