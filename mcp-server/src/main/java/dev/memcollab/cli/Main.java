package dev.memcollab.cli;

import dev.memcollab.server.stdio.ProtocolStreams;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Where the program begins.
public final class Main {
    /// About what a JVM takes until here. What the system says of a process' start is a second off on Linux, by the
    /// fraction of the second in which the machine was started.
    private static final Duration BOOT = Duration.ofMillis(100);

    private Main() {}

    /// Exit codes: 0 done, 1 failed, 2 used wrongly.
    public static void main(String[] arguments) {
        Instant begun = Instant.now().minus(BOOT);
        ProtocolStreams streams = ProtocolStreams.take();
        Logging.toStandardError();
        int code = take(streams, begun, arguments);
        System.err.flush();
        System.exit(code);
    }

    private static int take(ProtocolStreams streams, Instant begun, String... arguments) {
        try {
            return Shortcut.isTaken(streams, begun, arguments)
                    ? 0
                    : run(streams, Surroundings.ofThisProcess(), begun, arguments);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            return fail(failure, errors());
        }
    }

    /// Runs a command that is begun here.
    static int run(ProtocolStreams streams, String... arguments) {
        return run(streams, Surroundings.ofThisProcess(), arguments);
    }

    static int run(ProtocolStreams streams, Surroundings surroundings, String... arguments) {
        return run(streams, surroundings, Instant.now(), arguments);
    }

    private static int run(ProtocolStreams streams, Surroundings surroundings, Instant begun,
            String... arguments) {
        var out = new PrintWriter(new OutputStreamWriter(streams.out(), StandardCharsets.UTF_8));
        var line = new CommandLine(new Memcollab(streams, surroundings, begun));
        line.setOut(out)
                .setErr(errors())
                .setExecutionExceptionHandler(
                        (failure, command, _) -> fail(failure, command.getErr()))
                .setParameterExceptionHandler((wrong, _) -> explain(wrong));
        int code = line.execute(arguments);
        if (out.checkError()) {
            errors().println("memcollab: standard output could not be written");
            return CommandLine.ExitCode.SOFTWARE;
        }
        return code;
    }

    private static PrintWriter errors() {
        return new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
    }

    private static int fail(Exception failure, PrintWriter errors) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        errors.println("memcollab: " + sentence(failure));
        Logging.detail(failure);
        return CommandLine.ExitCode.SOFTWARE;
    }

    /// What the system says of a file is its name alone.
    private static String sentence(Exception failure) {
        return switch (failure) {
            case NoSuchFileException file -> file.getFile() + " does not exist";
            case AccessDeniedException file -> file.getFile() + " may not be opened";
            case FileAlreadyExistsException file -> file.getFile() + " is there already";
            default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
        };
    }

    private static int explain(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println("memcollab: " + wrong.getMessage());
        command.getErr().println("See: memcollab %s --help".formatted(
                command.getParent() == null ? "" : command.getCommandName()).replace("  ", " "));
        return CommandLine.ExitCode.USAGE;
    }
}
