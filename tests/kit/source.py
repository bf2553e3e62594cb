"""The package's own source, read as text: what the layer tests walk."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import wotui

PACKAGE = Path(wotui.__file__).parent
ROOT = PACKAGE.parent


@dataclass(frozen=True)
class Module:
    """One file of the package: its dotted name, its text and its tree."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The room it lives in: `store` for `wotui.store.file`, `errors` for `wotui.errors`, `` for `wotui`."""
        return self.name.split(".")[1] if "." in self.name else ""

    def imports(self) -> list[tuple[str, int]]:
        """Every module it imports anywhere, also inside functions and TYPE_CHECKING, with the line."""
        found: list[tuple[str, int]] = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [(alias.name, node.lineno) for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.append((node.module, node.lineno))
                found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
        return found

    def calls(self) -> list[ast.Call]:
        """Every call in it."""
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package."""
    found: list[Module] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text(encoding="utf-8")
        found.append(Module(name, path, text, ast.parse(text)))
    return tuple(found)


def called(call: ast.Call) -> str:
    """The last name of what is called: `notify` for `self.app.notify(…)`."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """The value given for a keyword, or None."""
    return next((given.value for given in call.keywords if given.arg == name), None)
