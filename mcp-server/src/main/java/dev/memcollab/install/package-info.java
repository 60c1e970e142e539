/// Writing the server into the files in which MCP clients look for it, and taking it out again.
///
/// | | |
/// |---|---|
/// | [Client][dev.memcollab.install.Client] | which clients there are, and where each keeps its servers |
/// | [Installation][dev.memcollab.install.Installation] | what one client's file becomes, as a [Change][dev.memcollab.install.Change] that may be shown or made |
/// | `ConfigText` | the port to a syntax, with `JsonConfig` and `TomlConfig` |
///
/// These files are other people's. So they are spliced and not written anew, every splice is parsed
/// again and compared, and the file as it was is kept
/// (docs/decisions/0037-config-files-are-spliced.md).
@NullMarked
package dev.memcollab.install;

import org.jspecify.annotations.NullMarked;
