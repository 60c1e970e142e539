package dev.memcollab.server.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A way to shut a program in: the commands that go before it.
///
/// @param before words of the command line that end in executing the program
/// @param namespaced whether network and processes are the program's own
/// @param nobody whether the program runs as a user who owns nothing
record Confinement(List<String> before, boolean namespaced, boolean nobody) {
    /// The user and group `nobody` of Linux.
    static final int NOBODY = 65534;

    private static final List<String> NAMESPACES = List.of("--net", "--pid", "--fork",
            "--kill-child", "--");
    private static final String READ_ALL = "-all,+dac_read_search";

    Confinement {
        before = List.copyOf(before);
    }

    /// The ways to try, the tightest first; the last one always works.
    ///
    /// Root must become somebody else, because no limit of processes holds for root. An interpreter
    /// may be where only root can read, so a second try keeps that one right.
    static List<Confinement> candidates(String system) {
        var none = new Confinement(List.of(), false, false);
        if (!system.startsWith("Linux")) {
            return List.of(none);
        }
        List<String> own = join(List.of("unshare"), NAMESPACES);
        List<String> mapped = join(List.of("unshare", "--map-root-user"), NAMESPACES);
        return List.of(new Confinement(join(own, nobodyWith("-all")), true, true),
                new Confinement(join(own, nobodyWith(READ_ALL)), true, true),
                new Confinement(nobodyWith("-all"), false, true),
                new Confinement(nobodyWith(READ_ALL), false, true),
                new Confinement(mapped, true, false), none);
    }

    private static List<String> nobodyWith(String capabilities) {
        return List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups",
                "--no-new-privs", "--inh-caps=" + capabilities, "--ambient-caps=" + capabilities);
    }

    /// The command that runs `program` shut in. In a namespace its first process sees to the limit,
    /// even if nobody is left outside to do so.
    List<String> command(List<String> program, Duration limit) {
        if (!namespaced) {
            return join(before, program);
        }
        int inside = before.indexOf("--") + 1;
        var words = new ArrayList<>(before.subList(0, inside));
        words.addAll(List.of("timeout", "--signal=KILL", Long.toString(limit.toSeconds() + 2)));
        words.addAll(before.subList(inside, before.size()));
        words.addAll(program);
        return words;
    }

    private static List<String> join(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
