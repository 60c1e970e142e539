"""Talks to an MCP server as an outsider would: with PyPI's mcp, by both of its clients.

Usage: client_check.py COMMAND [ARGUMENT...]
Prints one line a check on stderr and ends with 1 at the first that fails.
"""

import json
import sys

import anyio
from mcp import Client, ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import ListRootsResult, Root

TASK = "divide the total by the number of rows"


def check(what, holds, seen):
    print(("ok   " if holds else "FAIL ") + what, file=sys.stderr)
    if not holds:
        sys.exit(f"{what}: got {seen!r}")


async def use(client, name):
    """Everything a client can do with either of mcp's clients."""
    tools = (await client.list_tools()).tools
    names = [tool.name for tool in tools]
    check(f"{name}: lists both tools", names == ["record_trajectory", "recall_constraints"], names)
    for tool in tools:
        check(f"{name}: {tool.name} has an output schema", bool(tool.output_schema), tool)

    recorded = await client.call_tool(
        "record_trajectory",
        {"task": TASK, "outcome": "failure", "steps": [{"kind": "action", "text": "return a / b"}]},
    )
    check(f"{name}: records", not recorded.is_error, recorded)
    check(f"{name}: gets an id", recorded.structured_content["trajectory_id"], recorded)

    recalled = await client.call_tool("recall_constraints", {"task": TASK})
    check(f"{name}: recalls", not recalled.is_error, recalled)
    held = recalled.structured_content["held_back"]
    check(
        f"{name}: gets lines or a reason",
        recalled.structured_content["constraints"] or held["why"],
        recalled.structured_content,
    )

    refused = await client.call_tool("recall_constraints", {"task": TASK, "limit": 0})
    check(
        f"{name}: a bad argument is a result, not a broken call",
        refused.is_error and "limit" in refused.content[0].text,
        refused,
    )

    status = await client.read_resource("memcollab://status")
    check(
        f"{name}: reads the status",
        "memory" in json.loads(status.contents[0].text),
        status,
    )
    templates = (await client.list_resource_templates()).resource_templates
    check(
        f"{name}: lists the template",
        [t.uri_template for t in templates] == ["memcollab://constraints/{id}"],
        templates,
    )
    prompts = sorted(p.name for p in (await client.list_prompts()).prompts)
    check(f"{name}: lists both prompts", prompts == ["recall", "reflect"], prompts)
    for line in recalled.structured_content["constraints"]:
        shown = await client.read_resource("memcollab://constraints/" + line["id"])
        check(f"{name}: reads {line['id']}", line["id"] in shown.contents[0].text, shown)
    reflect = await client.get_prompt("reflect", {})
    check(f"{name}: gets reflect", "record_trajectory" in reflect.messages[0].content.text, reflect)
    prompt = await client.get_prompt("recall", {"task": TASK})
    check(f"{name}: fills a prompt", TASK in prompt.messages[0].content.text, prompt)
    return {
        "tools": [tool.model_dump() for tool in tools],
        "recalled": recalled.structured_content["constraints"],
        "refused": refused.content[0].text,
        "prompt": prompt.messages[0].content.text,
    }


async def by_session(parameters):
    asked = []

    async def roots(context):
        asked.append(context)
        return ListRootsResult(roots=[Root(uri="file:///a%20project")])

    async with stdio_client(parameters) as (read, write):
        async with ClientSession(read, write, list_roots_callback=roots) as session:
            answer = await session.initialize()
            first = (answer.instructions or "")[:512]
            check(
                "session: instructions name both tools early",
                "recall_constraints" in first and "record_trajectory" in first,
                first,
            )
            check("session: speaks 2025-11-25", answer.protocol_version == "2025-11-25", answer)
            seen = await use(session, "session")
            await session.send_ping()
            check("session: was asked for its roots once", len(asked) == 1, asked)
            return seen


async def by_client(parameters, mode, revision):
    """The client that asks for revision 2026-07-28 first, unless told which one to speak."""
    asked = []
    name = f"client, {mode}"

    async def roots(context):
        asked.append(context)
        return ListRootsResult(roots=[Root(uri="file:///a%20project")])

    async with Client(parameters, mode=mode, list_roots_callback=roots) as client:
        check(f"{name}: speaks {revision}", client.protocol_version == revision, client.protocol_version)
        if mode != revision:
            check(f"{name}: knows the server", client.server_info.name == "memcollab", client.server_info)
            check(
                f"{name}: has the instructions",
                "recall_constraints" in (client.instructions or "")[:512],
                client.instructions,
            )
        seen = await use(client, name)
        expected = 0 if revision == "2026-07-28" else 1
        check(f"{name}: was asked for its roots {expected} times", len(asked) == expected, asked)
        return seen


async def main():
    parameters = StdioServerParameters(command=sys.argv[1], args=sys.argv[2:])
    with anyio.fail_after(150):
        seen = await by_session(parameters)
        for mode, revision in (
            ("auto", "2026-07-28"),
            ("2026-07-28", "2026-07-28"),
            ("legacy", "2025-11-25"),
        ):
            other = await by_client(parameters, mode, revision)
            check(f"{mode}: sees what the session saw", other == seen, [other, seen])


anyio.run(main)
