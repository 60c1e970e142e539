/// MCP's stdio transport behind the SDK's transport SPIs: one JSON-RPC message a line.
///
/// [StdioTransport][dev.memcollab.server.stdio.StdioTransport] reads lines, answers by itself what needs no server
/// (`initialize`, `ping`, what is no message), runs each request on a
/// thread of its own and writes replies one at a time. It never dies of what a client sends: only the end of the input, a broken
/// output or the death of the parent process ends it. [StatelessTransport][dev.memcollab.server.stdio.StatelessTransport] answers
/// requests that need no session, as revision 2026-07-28 has them. [ProtocolStreams][dev.memcollab.server.stdio.ProtocolStreams] takes
/// stdout away from everybody else.
@NullMarked
package dev.memcollab.server.stdio;

import org.jspecify.annotations.NullMarked;
