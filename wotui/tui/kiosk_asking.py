"""What the kiosk asks the shop: places that fit, what is open there already, and a new request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.actions import kiosk, requests
from wotui.store.reads import choices
from wotui.store.reads.same_things import Same, same_things
from wotui.tui.widgets.dialogs import Ask

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from wotui.store.file import Shop
    from wotui.store.transaction import Done

MOST = 4
"""Places, or reports of the same thing, that are offered at once."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place or an asset (`kind`) that somebody may mean."""

    kind: str
    id: str
    words: str


def fitting(shop: Shop, typed: str) -> list[Where]:
    """The places, and then the assets, that hold what is typed."""
    found: list[Where] = []
    for kind in ("place", "asset"):
        for each in choices.choices(shop, kind, typed, MOST):
            name = f"{each.name} ({each.handle})" if each.name != each.handle else each.name
            found.append(Where(kind, each.id, name))
    return found[:MOST]


def same_there(shop: Shop, where: Where) -> list[Same]:
    """What is open about a place or an asset."""
    named = {"asset_id": None, "place_id": None, f"{where.kind}_id": where.id}
    return same_things(
        shop, asset_id=named["asset_id"], place_id=named["place_id"], work_kind=None, limit=MOST
    )[:MOST]


def send(shop: Shop, what: str, typed_where: str, where: Where | None, name: str, contact: str) -> Done:
    """Make the request; a place that nobody knows here stays as it was typed."""
    fields = {"requester_name": name or "at the kiosk", "requester_contact": contact}
    if where is None:
        fields |= {"place_unknown": "yes", "description": f"Where: {typed_where}"}
    else:
        fields[where.kind] = where.id
    return requests.new(shop, what, {field: words for field, words in fields.items() if words})


def add_to(shop: Shop, same: Same, name: str, contact: str, what: str) -> Done:
    """Let somebody be told with those who reported it first."""
    who = name or "somebody at the kiosk"
    return requests.follow(shop, same.kind, same.id, name=who, contact=contact, words=what)


class AskPin(Ask):
    """Asks for a supervisor's PIN; gives True, or None for escape."""

    def __init__(self, shop: Shop) -> None:
        def check(pin: str) -> bool:
            kiosk.expect_supervisor(shop, pin)
            return True

        super().__init__("Leave the kiosk", words="A supervisor's PIN:", check=check, limit=12)

    def inside(self) -> ComposeResult:
        from textual.widgets import Input

        for widget in super().inside():
            if isinstance(widget, Input):
                widget.password = True
            yield widget
