"""The tables of the README that are made from the code: `python -m tests.kit.readme` writes them anew.

A table stands between `<!-- name -->` and `<!-- /name -->`. A test compares; so the README never says more or less than
the program does.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wotui.cli.commands import COMMANDS, SECTIONS
from wotui.cli.main import face
from wotui.tui import keys

if TYPE_CHECKING:
    from collections.abc import Iterator

README = Path(__file__).parents[2] / "README.md"
_GLOBAL = {"--db", "--as", "--help"}


def usage(path: str, command: click.Command) -> Iterator[tuple[str, str]]:
    """Each command and subcommand as it is called, with its one line of help."""
    if isinstance(command, click.Group):
        for name, subcommand in command.commands.items():
            yield from usage(f"{path} {name}", subcommand)
        return
    words = [path]
    words += [
        str(parameter.metavar or parameter.human_readable_name.upper())
        for parameter in command.params
        if isinstance(parameter, click.Argument)
    ]
    for parameter in command.params:
        if not isinstance(parameter, click.Option) or _GLOBAL & set(parameter.opts) or parameter.hidden:
            continue
        value = "" if parameter.is_flag else f" {parameter.metavar or 'VALUE'}"
        more = "…" if parameter.multiple else ""
        word = f"{parameter.opts[0]}{value}"
        words.append(f"{word}{more}" if parameter.required else f"[{word}]{more}")
    yield " ".join(words), command.get_short_help_str(200)


def commands() -> str:
    """The table of commands, by heading."""
    context = face.make_context("wotui", [], resilient_parsing=True)
    lines = ["| command | what it does |", "|---|---|"]
    for heading, section in SECTIONS.items():
        lines.append(f"| **{heading}** | |")
        for name in section:
            command = face.get_command(context, name)
            assert command is not None, name
            called = list(usage(f"wotui {name}", command))
            if len(called) == 1:
                called = [(called[0][0], COMMANDS[name][2])]
            lines += [f"| `{_cell(words)}` | {_cell(said)} |" for words, said in called]
    return "\n".join(lines)


def key_table() -> str:
    """The table of keys, by room."""
    lines = ["| room | key | what it does |", "|---|---|---|"]
    for room, heading in keys.ROOMS.items():
        first = True
        for command in keys.COMMANDS:
            if command.rooms[0] != room:
                continue
            shown = " ".join(f"`{keys.display(key)}`" for key in command.keys.split(","))
            also = [keys.ROOMS[other].lower() for other in command.rooms[1:] if other in keys.ROOMS]
            words = command.tooltip + (f" (also: {', '.join(also)})" if also else "")
            lines.append(f"| {f'**{heading}**' if first else ''} | {_cell(shown)} | {_cell(words)} |")
            first = False
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


TABLES = {"commands": commands, "keys": key_table}


def rendered(text: str) -> str:
    """The README with its tables as the code has them now."""
    for name, table in TABLES.items():
        block = f"<!-- {name} -->\n\n{table()}\n\n<!-- /{name} -->"
        pattern = re.compile(rf"<!-- {name} -->.*?<!-- /{name} -->", re.DOTALL)
        assert pattern.search(text), f"README.md has no place for the table of {name}"
        text = pattern.sub(lambda _, block=block: block, text)
    return text


if __name__ == "__main__":
    README.write_text(rendered(README.read_text("utf-8")), "utf-8")
