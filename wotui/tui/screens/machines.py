"""Machines: the rules that make requests of what they report, what stands still, and the newest events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from wotui import clock
from wotui.actions import downtime as actions
from wotui.actions.events import RULES
from wotui.domain.events.rules import PRIORITIES, SOURCES, conditions
from wotui.errors import Refused
from wotui.store.reads import downtime, routing
from wotui.store.reads import events as reads
from wotui.tui import keys, rule_form, rule_rows
from wotui.tui.screens.rules import RulesScreen
from wotui.tui.widgets.dialogs import Choose
from wotui.tui.widgets.form_dialogs import record_source
from wotui.tui.widgets.hours import HoursList
from wotui.tui.widgets.lines import Empty
from wotui.tui.widgets.pages import Reader
from wotui.tui.widgets.picker import Picker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget

    from wotui.actions.rule_lists import RuleList
    from wotui.store.file import Shop
    from wotui.store.reads.downtime import Standstill
    from wotui.store.reads.events import EventRow
    from wotui.tui.screens.rules import Ruled
    from wotui.tui.widgets.form_box import FormBox

    Found = tuple[list[Ruled], list[Standstill], list[EventRow]]

_PARTS = {"source": "When", "title": "Then"}
_EVENTS = 200


class MachinesScreen(RulesScreen):
    """The event rules on top; below, what stands still now and what machines reported last."""

    ROOM = "machines"
    BINDINGS: ClassVar[list[Any]] = keys.bindings("machines")
    DEFAULT_CSS = """
    MachinesScreen #rules, MachinesScreen #nothing { height: 1fr; }
    MachinesScreen #below { height: 1fr; border-top: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._standing: list[Standstill] = []

    def body(self) -> Iterator[Widget]:
        yield HoursList(id="rules")
        yield Empty("", id="nothing")
        below = Reader(id="below")
        below.can_focus = False
        yield below

    @property
    def list_of_rules(self) -> RuleList:
        return RULES

    def form(self, identity: str = "") -> FormBox:
        title = "Event rule" if identity else "New event rule"
        return rule_form.rule_form(self.shop, RULES, title, _PARTS, SOURCES, identity)

    def offers(self, command_id: str) -> bool:
        """That something runs again, only while something stands."""
        return command_id != "machines.running" or bool(self._standing)

    def refresh_from_shop(self) -> None:
        self.ask.read("machines", _load, self._show)

    def _show(self, found: Found) -> None:
        ruled, standing, newest = found
        self._standing = standing
        self.footer_changed()
        folder = self.wotui.computer.events.get("folder", "") if self.wotui.computer is not None else ""
        watched = f"watches {folder}" if folder else "no drop folder: wotui settings events.folder DIR"
        self.title_line("Machines", watched)
        self.lines.display = bool(ruled)
        nothing = self.query_one("#nothing", Empty)
        nothing.display = not ruled
        nothing.tell(
            "No event rules yet: when a fault becomes a request.\n\n"
            f"{keys.shown_key('rules.new')} makes one, such as: an asset is set to down."
        )
        self.show_rules(ruled)
        now, zone = clock.instant(clock.now()), self.shop.zone
        below = self.query_one("#below", Reader)
        below.show(lambda width: rule_rows.machine_lines(standing, newest, now, zone, width), keep_place=True)
        if ruled and self.focused is None:
            self.lines.focus()

    def action_down(self) -> None:
        """Say which asset stands still."""

        def chosen(value: Any) -> None:
            if value is not None:
                tag = value[0]
                self.ask.act(lambda shop: actions.set_down(shop, tag))

        self.wotui.push_screen(Picker("Which asset stands still?", record_source("asset")), chosen)

    def action_running(self) -> None:
        """Say which asset runs again; where only one stands, that one."""
        standing = self._standing
        if not standing:
            raise Refused(
                "Nothing stands still.", f"{keys.shown_key('machines.down')} says that an asset does."
            )
        if len(standing) == 1:
            self._runs(standing[0].asset_id)
            return
        options = [("", one.tag, one.name, one.asset_id) for one in standing]

        def chosen(asset_id: str | None) -> None:
            if asset_id:
                self._runs(asset_id)

        self.wotui.push_screen(Choose("Which asset runs again?", options), chosen)

    def _runs(self, asset_id: str) -> None:
        self.ask.act(lambda shop: actions.running_again(shop, asset_id))


def _load(shop: Shop) -> Found:
    found = reads.rules(shop, also_off=True)
    off = reads.switched_off(shop)
    names = routing.named(shop, [rule.asset_id for rule in found] + [rule.template_id for rule in found])
    ruled: list[Ruled] = [
        (
            rule.id,
            rule.name,
            conditions(rule, names),
            ", ".join(
                part
                for part in (PRIORITIES.get(rule.priority or 0, ""), names.get(rule.template_id or "", ""))
                if part
            ),
            rule.id not in off,
        )
        for rule in found
    ]
    return ruled, downtime.standstills(shop, open_only=True), reads.newest(shop, _EVENTS)
