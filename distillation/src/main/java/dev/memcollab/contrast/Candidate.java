package dev.memcollab.contrast;

/// What the strong model made of a contrast in one go.
///
/// @param diagnosis what it says separates the two runs
/// @param sentence the rule it drew from that; well-formed or not
public record Candidate(String diagnosis, String sentence) {}
