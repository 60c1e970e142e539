/// The memory over MCP: two tools, two resources, two prompts.
///
/// [McpMemoryServer][dev.memcollab.server.mcp.McpMemoryServer] puts a [MemoryService][dev.memcollab.server.MemoryService] on the
/// SDK twice, for sessions and for requests that stand alone; each tool, resource and prompt is defined once. The tools' definitions and all texts are resources beside this package, so that `tools/list` is the same bytes in every
/// run. What is wrong with a call's arguments is said in the result, in a sentence with field, rule and value; JSON-RPC errors
/// are for the protocol alone.
@NullMarked
package dev.memcollab.server.mcp;

import org.jspecify.annotations.NullMarked;
