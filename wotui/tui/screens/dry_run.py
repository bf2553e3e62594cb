"""A dry run of the routing rules over the newest requests: which rule fires on each, and why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from wotui.actions import routing
from wotui.tui import keys, rule_rows
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.hours import HoursList
from wotui.tui.widgets.lines import Empty
from wotui.tui.widgets.pages import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget

    from wotui.actions.routing import Tried


class DryRunScreen(ShopScreen[None]):
    """The requests on top, how every rule fared with the one under the cursor below. Nothing is changed."""

    ROOM = "dry_run"
    BINDINGS: ClassVar[list[Any]] = keys.bindings("dry_run")
    DEFAULT_CSS = """
    DryRunScreen #why { height: 40%; border-top: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Tried] = []

    def body(self) -> Iterator[Widget]:
        yield HoursList(id="tried")
        why = Reader(id="why")
        why.can_focus = False
        yield why
        yield Empty("", id="nothing")

    @property
    def lines(self) -> HoursList:
        """The list."""
        return self.query_one("#tried", HoursList)

    def mounted(self) -> None:
        super().mounted()
        self.lines.focus()

    def refresh_from_shop(self) -> None:
        self.ask.read("dry-run", routing.dry_run, self._show)

    def _show(self, found: list[Tried]) -> None:
        self._found = found
        fired = sum(bool(one.rule) for one in found)
        self.title_line(
            "Dry run", f"a rule fires on {fired} of the last {len(found)} requests" if found else ""
        )
        for widget in (self.lines, self.query_one("#why")):
            widget.display = bool(found)
        nothing = self.query_one("#nothing", Empty)
        nothing.display = not found
        nothing.tell("No request has come in yet; the rules are tried on the last 50.\n\nesc goes back.")
        self.lines.show(partial(rule_rows.tried_lines, found))
        self._look()

    def _look(self) -> None:
        one = next((one for one in self._found if one.id == self.lines.value), None)
        if one is not None:
            self.query_one("#why", Reader).show(partial(rule_rows.trial_lines, one))

    def on_hours_list_moved(self, event: HoursList.Moved) -> None:
        event.stop()
        self.call_after_refresh(self._look)

    def on_hours_list_taken(self, event: HoursList.Taken) -> None:
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        if self.lines.value:
            self.wotui.open_request(self.lines.value)

    def action_again(self) -> None:
        """Let the rules decide once more; what a person typed stays."""
        identity = self.lines.value
        if identity:
            self.ask.act(lambda shop: routing.route_again(shop, [identity]))
