/// The memory as the server offers it: what can be asked, and what comes back.
///
/// [MemoryService][dev.memcollab.server.MemoryService] is the whole surface. The records beside it mirror the fields of the two
/// tools one to one; `dev.memcollab.server.mcp` turns JSON into them and them into JSON, whoever implements the service knows
/// nothing of the protocol.
@NullMarked
package dev.memcollab.server;

import org.jspecify.annotations.NullMarked;
