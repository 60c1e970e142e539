package dev.memcollab.install;

import java.util.Locale;

/// The systems on which clients keep their files in different places.
public enum Platform {
    LINUX, MAC, WINDOWS;

    /// The one that Java calls by this name; whatever is not known is taken for a Unix like Linux.
    public static Platform named(String system) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return MAC;
        }
        return name.startsWith("windows") ? WINDOWS : LINUX;
    }
}
