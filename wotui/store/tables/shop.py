"""The shop itself: its settings and the computers that hold its file."""

from __future__ import annotations

from wotui.store.tables.base import Record


class Setting(Record, table=True):
    """A setting of the shop, shared by all its files; id = same_id("setting", name)."""

    name: str | None = None
    value: str | None = None


class Device(Record, table=True):
    """A file copy that writes: its origin in the journal, the letter in its numbers, the computer's name."""

    origin: str | None = None
    letter: str | None = None
    name: str | None = None
