"""Who acts: picked once, kept on this computer, changed from the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.tui.widgets.options import Option
from wotui.tui.widgets.picker import Picker

if TYPE_CHECKING:
    from wotui.store.file import Shop


class WhoAreYou(Picker):
    """Pick the person who acts; gives their initials, or None."""

    def __init__(self) -> None:
        super().__init__("Who are you?", people)


def people(shop: Shop, typed: str) -> list[Option]:
    """The active people; the value is their initials."""
    from wotui.store.reads import choices

    return [
        Option(each.handle, each.name, each.note, each.handle)
        for each in choices.choices(shop, "person", typed, limit=200)
    ]
