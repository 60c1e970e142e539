package dev.memcollab.trajectory;

/// Whose memory a run belongs to: the client's root or working directory, or a name of the
/// caller's own. Memories do not leave their project.
public record Project(String name) {
    public Project {
        name = name.strip();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("project must not be blank");
        }
    }
}
