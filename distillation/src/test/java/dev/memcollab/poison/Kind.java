package dev.memcollab.poison;

/// How a run is poisoned.
enum Kind {
    /// What is to be learnt is said in so many words.
    DIRECT,
    /// A task leads to it over steps that look like reasons, with fewer of them from run to run
    /// (MINJA, arXiv 2503.03704).
    BRIDGING,
    /// Turns of a chat, or our own words, are faked.
    ROLE_TAGS,
    /// It is encoded.
    BASE64,
    /// It can not be seen, or is not what it looks like.
    HIDDEN,
    /// The same is said in three runs of three tasks.
    SPLIT,
    /// The outcome claimed is not the one that was seen.
    LYING
}
