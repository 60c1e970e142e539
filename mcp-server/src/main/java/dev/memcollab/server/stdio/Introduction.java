package dev.memcollab.server.stdio;

import java.util.Map;

/// What a server says of itself: to `initialize`, and to `server/discover`. As plain values, since the first reply is made
/// of them.
public record Introduction(Map<String, String> server,
        Map<String, Map<String, Boolean>> capabilities, String instructions) {}
