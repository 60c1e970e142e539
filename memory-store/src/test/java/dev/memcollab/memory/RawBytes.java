package dev.memcollab.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All bytes of a directory as they stood at one moment, whoever else writes there: indexes come and
/// go in the background. A byte is a char here.
final class RawBytes {
    private static final Charset BYTE_BY_BYTE = StandardCharsets.ISO_8859_1;
    private static final int MOST_LOOKS = 100;

    private final Map<Path, String> files;

    private RawBytes(Map<Path, String> files) {
        this.files = files;
    }

    /// Looks until no file went away meanwhile: what it held may have moved to one already read.
    static RawBytes in(Path directory) throws IOException {
        for (int look = 1;; look++) {
            try (Stream<Path> found = Files.walk(directory)) {
                var files = new LinkedHashMap<Path, String>();
                for (Path file : found.filter(Files::isRegularFile).toList()) {
                    files.put(file, Files.readString(file, BYTE_BY_BYTE));
                }
                return new RawBytes(files);
            } catch (UncheckedIOException | NoSuchFileException e) {
                boolean gone = e instanceof NoSuchFileException
                        || e.getCause() instanceof NoSuchFileException;
                if (!gone || look == MOST_LOOKS) {
                    throw e;
                }
            }
        }
    }

    /// The files a text stands in.
    List<Path> filesWith(String text) {
        String bytes = new String(text.getBytes(StandardCharsets.UTF_8), BYTE_BY_BYTE);
        return files.keySet().stream().filter(file -> files.getOrDefault(file, "").contains(bytes))
                .toList();
    }

    /// What stands anywhere in the way of the pattern.
    Set<String> matches(Pattern pattern) {
        return files.values().stream().map(pattern::matcher).flatMap(Matcher::results)
                .map(match -> match.group()).collect(Collectors.toSet());
    }

    /// All files one after the other.
    String all() {
        return String.join("\n", files.values());
    }
}
