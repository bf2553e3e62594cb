"""Going to one order or asset by what is typed or scanned, and keys that come faster than the focus can move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.store.reads import work_orders_list as reads
from wotui.tui import keys
from wotui.tui.ties import WithShop
from wotui.tui.widgets.filter_bar import FilterBar

if TYPE_CHECKING:
    from textual import events

LONGEST = 60
"""Characters of a typed or scanned number."""


class GoTo(WithShop):
    """Mixed into the Inbox.

    A barcode scanner types a whole line at once. So this takes keys before the widgets do (`ShopScreen.early`): the
    first capital letter (or #) that is no key here begins a number, and everything up to enter belongs to it.
    """

    @property
    def bar(self) -> FilterBar:
        """The filter's line, where the number is shown."""
        raise NotImplementedError

    def use_filter(self, words: str) -> None:
        """Show what fits these words."""
        raise NotImplementedError

    def action_filter(self) -> None:
        self.bar.edit()

    def action_goto(self) -> None:
        self.go_to("")

    def go_to(self, begun: str) -> None:
        """Let somebody type a number, of which this is the beginning."""
        self.bar.go_to(begun)

    def early(self, event: events.Key) -> bool:
        """Take what belongs to the bar; whether it was taken."""
        if event.is_forwarded:  # it has been to the widgets already and comes back
            return False
        sign = event.character if event.is_printable else None
        if self.bar.going is not None:
            self._type_number(event.key, sign)
        elif self.bar.opening:
            if sign is not None:
                self.bar.type_ahead(sign)
            return sign is not None
        elif self.bar.typing:
            return False
        elif event.key in keys.command("inbox.filter").keys.split(","):
            self.bar.expect_typing()
            return False
        elif is_goto(event):
            self.action_goto()
        elif begins_a_number(event, "inbox"):
            self.bar.go_to(event.character)
        else:
            return False
        return True

    def _type_number(self, key: str, sign: str | None) -> None:
        """One key of the line "Go to"."""
        going = self.bar.going or ""
        if key == "enter":
            self._go_to(going)
        elif key == "escape":
            self.bar.go_to(None)
        elif key in ("backspace", "ctrl+h"):
            self.bar.go_to(going[:-1] if going else None)
        elif sign is not None and len(going) < LONGEST:
            self.bar.go_to(going + sign)

    def on_paste(self, event: events.Paste) -> None:
        """A scanner, or a person, pastes a number."""
        event.stop()
        lines = event.text.strip().splitlines()
        if lines and not self.bar.typing:
            self._go_to(lines[0][:LONGEST])

    def _go_to(self, typed: str) -> None:
        self.bar.go_to(None)
        found = reads.by_number_or_tag(self.shop, typed)
        if found is None:
            if typed.strip():
                again = keys.shown_key("inbox.goto")
                self.wotui.tell(
                    f"There is no order, request or asset “{typed.strip()}”. {again} tries again."
                )
        elif found[0] == "order":
            self.wotui.open_order(found[1])
        elif found[0] == "request":
            self.wotui.open_request(found[1])
        else:
            self.use_filter(f'#"{found[1]}"' if " " in found[1] or "," in found[1] else f"#{found[1]}")


def is_goto(event: events.Key) -> bool:
    """Whether it is the key that begins to type a number."""
    return event.key in keys.command("inbox.goto").keys.split(",")


def begins_a_number(event: events.Key, room: str) -> bool:
    """Whether a key is the first of a scanned line: a capital letter or # that does nothing in the room."""
    sign = event.character if event.is_printable else None
    if sign is None or not (sign.isupper() or sign == "#"):
        return False
    known = (*keys.in_room(room), *keys.in_room("list"), *keys.in_room("app"))
    return not any(event.key in command.keys.split(",") for command in known)
