package dev.memcollab.memory;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Takes the distiller's office, says whether it has it, and stays until it is killed.
final class OfficeChild {
    private OfficeChild() {}

    public static void main(String[] arguments) throws IOException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var office = DistillerLock.tryAcquire(Path.of(arguments[0]));
        out.println(office.isPresent());
        int ended = System.in.read();
        office.ifPresent(DistillerLock::close);
        out.println(ended);
    }
}
