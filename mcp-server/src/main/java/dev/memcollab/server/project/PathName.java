package dev.memcollab.server.project;

import java.io.File;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A path as the name of a project. Windows writes one path in several ways, which are made one:
/// `C:/Users/me`.
final class PathName {
    private static final Pattern DRIVE = Pattern
            .compile("/?(?:\\\\\\\\\\?\\\\)?(?<letter>[A-Za-z]):(?<rest>(?:[\\\\/].*)?)",
                    Pattern.DOTALL);

    private PathName() {}

    static String of(String path) {
        Matcher drive = DRIVE.matcher(path);
        if (drive.matches()) {
            String rest = withoutEndingSlashes(drive.group("rest").replace('\\', '/'));
            return drive.group("letter").toUpperCase(Locale.ROOT) + ":"
                    + (rest.isEmpty() ? "/" : rest);
        }
        if (path.startsWith("\\\\")) {
            return withoutEndingSlashes(path.replace('\\', '/'));
        }
        String name = withoutEndingSlashes(path);
        return name.isEmpty() ? "/" : name;
    }

    static boolean isOfAnotherSystem(String path) {
        return File.separatorChar == '/'
                && (DRIVE.matcher(path).matches() || path.startsWith("\\\\"));
    }

    private static String withoutEndingSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
