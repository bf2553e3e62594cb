"""The house of the design: imports go down, Textual stays in the face, SQLModel in the store, foreign text unparsed."""

from __future__ import annotations

import ast

import pytest

from tests.kit.source import Module, called, keyword, modules

GROUND = {"errors", "clock", "text", "settings"}
MAY_IMPORT: dict[str, set[str]] = {
    "domain": GROUND,
    "store": GROUND | {"domain"},
    "actions": GROUND | {"domain", "store"},
    "merge": GROUND | {"domain", "store", "actions", "exchange"},
    "exchange": GROUND | {"domain", "store", "actions", "merge"},
    "cli": GROUND | {"domain", "store", "actions", "merge", "exchange"},
    "tui": GROUND | {"domain", "store", "actions", "merge", "exchange"},
    "errors": GROUND,
    "clock": GROUND,
    "text": GROUND,
    "settings": GROUND,
}
"""Which rooms each room may import from, besides itself."""

WHERE_ALLOWED = {
    "textual": ("wotui.tui",),
    "rich": ("wotui.tui",),
    "sqlmodel": ("wotui.store",),
    "sqlalchemy": ("wotui.store",),
    "pydantic": ("wotui.store",),
    "click": ("wotui.cli", "wotui.__main__"),
}
"""Libraries that belong to one room."""

NETWORK = {
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "ftplib",
    "smtplib",
    "asyncio.streams",
    "requests",
    "httpx",
    "socketserver",
    "xmlrpc",
}

SHOWS_MARKUP = {"Static", "Label", "notify"}
"""What parses square brackets as markup unless told not to."""

each_module = pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)


@each_module
def test_imports_never_run_up(module: Module) -> None:
    if module.room in {"", "__main__"}:
        return
    assert module.room in MAY_IMPORT, f"{module.name} lives in a room the design does not name"
    for name, line in module.imports():
        if name.split(".")[0] != "wotui" or name.count(".") == 0:
            continue
        room = name.split(".")[1]
        if room not in MAY_IMPORT:  # wotui.__version__
            continue
        assert room == module.room or room in MAY_IMPORT[module.room], (
            f"{module.path.name}:{line} imports {name}"
        )


@each_module
def test_libraries_stay_in_their_room(module: Module) -> None:
    for name, line in module.imports():
        rooms = WHERE_ALLOWED.get(name.split(".")[0])
        if rooms:
            assert module.name.startswith(rooms), f"{module.path.name}:{line} imports {name}"


@each_module
def test_nothing_opens_the_network(module: Module) -> None:
    for name, line in module.imports():
        assert name not in NETWORK, f"{module.path.name}:{line} imports {name}"


@each_module
def test_foreign_text_is_never_escaped_but_shown_as_content(module: Module) -> None:
    for call in module.calls():
        if called(call) == "escape":
            whose = ast.unparse(call.func)
            assert whose in {"re.escape", "html.escape", "glob.escape"}, (
                f"{module.path.name}:{call.lineno}: {whose}()"
            )


@each_module
def test_markup_is_off_wherever_text_is_shown(module: Module) -> None:
    if module.room != "tui":
        return
    for call in module.calls():
        if called(call) in SHOWS_MARKUP:
            off = keyword(call, "markup")
            assert isinstance(off, ast.Constant), (
                f"{module.path.name}:{call.lineno}: {called(call)} without markup=False"
            )
            assert off.value is False, (
                f"{module.path.name}:{call.lineno}: {called(call)} without markup=False"
            )


@each_module
def test_every_module_says_what_it_is_for(module: Module) -> None:
    assert ast.get_docstring(module.tree), f"{module.path} has no docstring"


def test_only_the_output_module_prints() -> None:
    printing = {
        m.name
        for m in modules()
        for c in m.calls()
        if ast.unparse(c.func) in {"print", "click.echo", "click.secho"}
    }
    assert printing <= {"wotui.cli.output"}


def test_only_one_module_starts_workers() -> None:
    starting = {
        m.name for m in modules() if m.room == "tui" for c in m.calls() if called(c) in {"run_worker", "work"}
    }
    assert starting <= {"wotui.tui.ask"}
