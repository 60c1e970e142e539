package dev.memcollab.install;

/// For what a client is to start the server: all that the user does, or one project.
public enum Scope {
    USER, PROJECT
}
