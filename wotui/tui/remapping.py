"""Which keys a person wants instead: checked against the one table, so that no command loses its key unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.tui import keys

if TYPE_CHECKING:
    from collections.abc import Mapping


def remap(wanted: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """What the settings ask for, checked: the keymap to apply, and one sentence for each wish that cannot be met.

    A wish is refused when its command does not exist or when its key already belongs to another command of the same
    room (or of everywhere); the default stays then.
    """
    known_commands = {each.id: each for each in keys.COMMANDS}
    complaints = [
        f"There is no command {name!r} to give a key to." for name in wanted if name not in known_commands
    ]
    met = {name: wish for name, wish in wanted.items() if name in known_commands}
    while True:
        clash = next(
            ((name, other) for name in met for other in keys.COMMANDS if _clash(name, other, met)), None
        )
        if clash is None:
            return met, complaints
        name, other = clash
        complaints.append(f"The key {met[name]} cannot be {name}: it is {other.id} already.")
        del met[name]  # its default counts again, which may clash with another wish: look once more


def _clash(name: str, other: keys.Command, wishes: Mapping[str, str]) -> bool:
    mine = keys.command(name)
    if other.id == name:
        return False
    together = set(mine.rooms) & set(other.rooms) or "app" in mine.rooms or "app" in other.rooms
    theirs = wishes.get(other.id, other.keys)
    return bool(together) and bool(set(wishes[name].split(",")) & set(theirs.split(",")))
