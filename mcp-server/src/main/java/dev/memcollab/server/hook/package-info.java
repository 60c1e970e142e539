/// Memory that works without being asked: what an agent's hooks start.
///
/// A [HookCall][dev.memcollab.server.hook.HookCall] comes on stdin. Before the agent works,
/// [Hooks][dev.memcollab.server.hook.Hooks] recalls for what the user has just said; after it, the
/// session's transcript is read line by line
/// ([TranscriptReader][dev.memcollab.server.hook.TranscriptReader]), cut into episodes, one a task of the
/// user ([Episodes][dev.memcollab.server.hook.Episodes]), and each episode is recorded as a run once it is
/// over. What is known of a session between two hooks is in a small file of its own
/// ([HookSessions][dev.memcollab.server.hook.HookSessions]).
@NullMarked
package dev.memcollab.server.hook;

import org.jspecify.annotations.NullMarked;
