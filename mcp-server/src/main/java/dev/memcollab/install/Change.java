package dev.memcollab.install;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a file becomes.
///
/// @param before empty where there is no file
/// @param after empty where there shall be none
public record Change(Path file, Optional<String> before, Optional<String> after) {
    private static final int AROUND = 3; // lines

    /// Whether all is as it shall be.
    public boolean isNone() {
        return before.equals(after);
    }

    /// The lines that go, marked `-`, and that come, marked `+`, with a few around them.
    public String shown() {
        List<String> old = before.orElse("").lines().toList();
        List<String> fresh = after.orElse("").lines().toList();
        int shorter = Math.min(old.size(), fresh.size());
        int same = 0;
        while (same < shorter && old.get(same).equals(fresh.get(same))) {
            same++;
        }
        int rest = 0;
        while (rest < shorter - same && old.get(old.size() - 1 - rest)
                .equals(fresh.get(fresh.size() - 1 - rest))) {
            rest++;
        }
        List<String> behind = old.subList(old.size() - rest, old.size());
        return Stream.of(marked(" ", old.subList(Math.max(0, same - AROUND), same)),
                marked("-", old.subList(same, old.size() - rest)),
                marked("+", fresh.subList(same, fresh.size() - rest)),
                marked(" ", behind.subList(0, Math.min(AROUND, rest)))).flatMap(lines -> lines)
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static Stream<String> marked(String mark, List<String> lines) {
        return lines.stream().map(line -> mark + " " + line);
    }
}
