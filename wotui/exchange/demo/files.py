"""The demo's files as the builder needs them: rows of text, lines of what happened when."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from typing import Any

from wotui.domain.identity import same_id
from wotui.settings import data_file


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a history: `-5 07:15 DO done | note` is day, wall time, initials, words and the note."""

    day: int
    clock: str
    who: str
    words: str
    note: str


def happening(line: str) -> Happening:
    """A line of what happened, taken apart.

    Raises:
        ValueError: it has fewer than three words before the bar.
    """
    head, _, note = line.partition(" | ")
    day, clock, who, *words = head.split()
    return Happening(int(day), clock, who, " ".join(words), note.strip())


def rows(name: str) -> list[dict[str, str]]:
    """The rows of `data/demo/NAME.csv` by heading; empty cells are empty texts."""
    with data_file("demo", f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def document(*parts: str) -> dict[str, Any]:
    """A TOML file below `data/demo/`."""
    return tomllib.loads(data_file("demo", *parts).read_text(encoding="utf-8"))


def orders() -> dict[str, dict[str, Any]]:
    """Every order of the demo by its key, in the order in which they were made."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(data_file("demo", "orders").glob("*.toml")):
        found.update(document("orders", path.name))

    def made(key: str) -> tuple[int, str]:
        told = happening(found[key]["created"])
        return told.day, told.clock

    return {key: found[key] for key in sorted(found, key=made)}


def ident(kind: str, *names: object) -> str:
    """The id of a demo record: the same in every demo shop."""
    return same_id("demo", kind, *(str(name) for name in names))
