package dev.memcollab.cli;

import dev.memcollab.memory.StoreCheck.Finding;
import dev.memcollab.server.Home;
import dev.memcollab.server.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Whether the home is a place where a memory can live.
final class HomeCheck {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions
            .fromString("rwx------");
    private static final long GIBI = 1L << 30;
    private static final long LEAST_BYTES = 64L << 20; // a few files of the journal and an index
    private static final long LOW_BYTES = 2 * GIBI; // the two models

    /// Names of file systems whose locks do not reach other machines, or do nothing.
    private static final Set<String> REMOTE = Set.of("nfs", "nfs3", "nfs4", "cifs", "smb", "smb2",
            "smb3", "smbfs", "9p", "v9fs", "afs", "afpfs", "webdav", "davfs", "ncpfs", "ceph",
            "glusterfs", "lustre", "fuse.sshfs", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs");

    private final Home home;

    HomeCheck(Home home) {
        this.home = home;
    }

    List<Finding> examine() {
        return List.of(place(), privacy(), disk(), settings());
    }

    private Finding place() {
        Path existing = existing();
        if (!Files.isDirectory(existing)) {
            return Finding.problem("home", existing + " is no directory", elsewhere());
        }
        if (!Files.isWritable(existing)) {
            return Finding.problem("home", existing + " cannot be written", elsewhere());
        }
        return Finding.ok("home", existing.equals(home.root())
                ? home.root().toString()
                : home.root() + ", which the first record makes");
    }

    private static String elsewhere() {
        return "make it writable, or take another with --home DIR or MEMCOLLAB_HOME";
    }

    /// The home, or what there is of the way to it.
    private Path existing() {
        Path place = home.root();
        while (!Files.exists(place) && place.getParent() != null) {
            place = place.getParent();
        }
        return place;
    }

    /// The directory of the memory keeps all below it from others.
    private Finding privacy() {
        try {
            return openToOthers().isEmpty()
                    ? Finding.ok("permissions", "for its owner only")
                    : Finding.warning("permissions", "others may enter " + home.memory(),
                            "chmod go-rwx " + home.memory() + ", or memcollab doctor --repair");
        } catch (IOException e) {
            return Finding.problem("permissions", home.memory() + " cannot be looked at: " + e,
                    elsewhere());
        }
    }

    private Set<PosixFilePermission> openToOthers() throws IOException {
        var view = Files.getFileAttributeView(home.memory(), PosixFileAttributeView.class);
        if (view == null || !Files.isDirectory(home.memory())) {
            return Set.of();
        }
        var open = EnumSet.noneOf(PosixFilePermission.class);
        open.addAll(view.readAttributes().permissions());
        open.removeAll(OWNER_ONLY);
        return open;
    }

    private Finding disk() {
        try {
            FileStore store = Files.getFileStore(existing());
            String type = store.type().toLowerCase(Locale.ROOT);
            String found = "%.1f GiB free, %s".formatted((double) store.getUsableSpace() / GIBI,
                    type);
            if (store.getUsableSpace() < LEAST_BYTES) {
                return Finding.problem("disk", found, "free some space: nothing can be recorded");
            }
            if (isRemote(type)) {
                return Finding.warning("disk", found + ": locks may not work over a network",
                        "take a home on a local disk with --home DIR or MEMCOLLAB_HOME");
            }
            return store.getUsableSpace() < LOW_BYTES
                    ? Finding.warning("disk", found, "free some space: the two models need 2 GiB")
                    : Finding.ok("disk", found);
        } catch (IOException e) {
            return Finding.problem("disk", "cannot be asked: " + e, elsewhere());
        }
    }

    /// @param type of a file system, in lower case
    static boolean isRemote(String type) {
        return REMOTE.contains(type);
    }

    private Finding settings() {
        try {
            Settings.read(home.settings());
            return Finding.ok("settings", Files.exists(home.settings())
                    ? home.settings().toString()
                    : "none, the defaults hold");
        } catch (IllegalArgumentException | UncheckedIOException e) {
            return Finding.problem("settings", String.valueOf(e.getMessage()),
                    "correct it, or delete it for the defaults");
        }
    }

    /// Closes the memory to others.
    List<Finding> repair() {
        var done = new ArrayList<Finding>();
        try {
            if (!openToOthers().isEmpty()) {
                Files.setPosixFilePermissions(home.memory(), OWNER_ONLY);
                done.add(Finding.ok("permissions", home.memory() + " is for its owner only"));
            }
        } catch (IOException e) {
            done.add(Finding.problem("permissions", "not changed: " + e, elsewhere()));
        }
        return done;
    }
}
