"""Packs: what an industry starts with, as a folder of TOML: code lists, words for priorities, routing, templates.

`pack.toml` holds the head, the code lists and sample routing rules; each file in `templates/` is an order template
(`domain.templates.documents`), each in `checklists/` a checklist that several of them share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from wotui.domain.codes import LISTS, PER_CLASS, Code
from wotui.errors import UsageProblem
from wotui.text import clean_line, listed

_HEAD = ("title", "description", "codes", "classes", "routing")


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack's head: `codes` in their order, `routing` as the rules' fields."""

    name: str
    title: str
    description: str
    codes: tuple[Code, ...]
    routing: tuple[Mapping[str, Any], ...]


def pack_from(name: str, document: Mapping[str, object]) -> Pack:
    """A pack's head from its parsed `pack.toml`.

    Raises:
        UsageProblem: a table or list that a pack does not have, or an entry that is none.
    """
    for key in document:
        if key not in _HEAD:
            raise UsageProblem(f"The pack {name} has an unknown table “{clean_line(key, 40)}”.", "")
    codes = [*_plain_codes(name, document), *_class_codes(name, document)]
    rules = cast("list[Mapping[str, Any]]", document.get("routing", []))
    return Pack(
        name,
        clean_line(str(document.get("title") or name)),
        clean_line(str(document.get("description") or ""), 400),
        tuple(codes),
        tuple(rules),
    )


def _plain_codes(name: str, document: Mapping[str, object]) -> list[Code]:
    found: list[Code] = []
    for list_name, entries in _table(document, "codes", name).items():
        if list_name not in LISTS:
            raise UsageProblem(f"The pack {name} has a list “{list_name}”.", f"There are {listed([*LISTS])}.")
        found += _entries(list_name, "", entries)
    return found


def _class_codes(name: str, document: Mapping[str, object]) -> list[Code]:
    found: list[Code] = []
    for scope, lists in _table(document, "classes", name).items():
        for list_name, entries in cast("Mapping[str, object]", lists).items():
            if list_name not in PER_CLASS:
                raise UsageProblem(
                    f"The pack {name} keeps {list_name} per failure class.",
                    f"Only {listed([*PER_CLASS])} are.",
                )
            found += _entries(list_name, clean_line(scope, 40), entries)
    return found


def _table(document: Mapping[str, object], key: str, name: str) -> Mapping[str, object]:
    table = document.get(key, {})
    if not isinstance(table, Mapping):
        raise UsageProblem(f"The pack {name}: {key} is no table.", f"Write [{key}].")
    return cast("Mapping[str, object]", table)


def _entries(list_name: str, scope: str, entries: object) -> list[Code]:
    """A list of words, or a table of words with what is said about them."""
    pairs = (
        [(str(word), str(label)) for word, label in cast("Mapping[str, object]", entries).items()]
        if isinstance(entries, Mapping)
        else [(str(word), "") for word in cast("list[object]", entries)]
    )
    return [
        Code(list_name, clean_line(word, 60), clean_line(label), scope, place)
        for place, (word, label) in enumerate(pairs, 1)
    ]
