"""The routing rules: who gets what comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from wotui.actions.routing import RULES
from wotui.domain.routing import words
from wotui.store.reads import routing as reads
from wotui.tui import keys, rule_form
from wotui.tui.screens.rules import RulesScreen
from wotui.tui.widgets.hours import HoursList
from wotui.tui.widgets.lines import Empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget

    from wotui.actions.rule_lists import RuleList
    from wotui.store.file import Shop
    from wotui.tui.screens.rules import Ruled
    from wotui.tui.widgets.form_box import FormBox

_PARTS = {"place": "When", "set_priority": "Then"}


class RoutingScreen(RulesScreen):
    """All routing rules in their order: the first whose conditions all hold decides."""

    ROOM = "routing"
    BINDINGS: ClassVar[list[Any]] = keys.bindings("routing")

    def body(self) -> Iterator[Widget]:
        yield HoursList(id="rules")
        yield Empty("", id="nothing")

    @property
    def list_of_rules(self) -> RuleList:
        return RULES

    def form(self, identity: str = "") -> FormBox:
        title = "Routing rule" if identity else "New routing rule"
        return rule_form.rule_form(self.shop, RULES, title, _PARTS, rule_form.CHOICES, identity)

    def refresh_from_shop(self) -> None:
        self.ask.read("routing", _ruled, self._show)

    def _show(self, found: list[Ruled]) -> None:
        on = sum(rule[4] for rule in found)
        self.title_line("Routing", f"{on} of {len(found)} on · the first that fits decides" if found else "")
        self.lines.display = bool(found)
        nothing = self.query_one("#nothing", Empty)
        nothing.display = not found
        nothing.tell(
            "No routing rules yet: who gets what comes in, by place, trade, words or hour.\n\n"
            f"{keys.shown_key('rules.new')} makes the first one; {keys.shown_key('routing.test')} tries them out."
        )
        self.show_rules(found)
        if found and self.focused is None:
            self.lines.focus()

    def action_test(self) -> None:
        self.wotui.open_screen(("wotui.tui.screens.dry_run", "DryRunScreen"))

    def action_people(self) -> None:
        self.wotui.open_screen(("wotui.tui.screens.working_hours", "WorkingHoursScreen"))


def _ruled(shop: Shop) -> list[Ruled]:
    found = reads.rules(shop, also_off=True)
    names, off = reads.named_in(shop, found), reads.switched_off(shop)
    return [
        (rule.id, rule.name, words.conditions(rule, names), words.actions(rule, names), rule.id not in off)
        for rule in found
    ]
