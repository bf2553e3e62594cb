"""What the screens of both lists of rules share: the list, and its verbs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from wotui.errors import NotFound
from wotui.tui import keys, rule_rows
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.hours import HoursList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.actions.rule_lists import RuleList
    from wotui.store.transaction import Done
    from wotui.tui.widgets.form_box import FormBox

    Ruled = tuple[str, str, str, str, bool]
    """A rule as it is listed: id, name, when, then, whether it is on."""


class RulesScreen(ShopScreen[None]):
    """A list of rules in their order. A subclass names its `RULES` and gives the form."""

    BINDINGS: ClassVar[list[Any]] = []

    def __init__(self) -> None:
        super().__init__()
        self.rules: Sequence[Ruled] = ()

    @property
    def list_of_rules(self) -> RuleList:
        """The list that is shown."""
        raise NotImplementedError

    def form(self, identity: str = "") -> FormBox:
        """The form of a new rule, or of one that is there."""
        raise NotImplementedError

    @property
    def lines(self) -> HoursList:
        """The list."""
        return self.query_one("#rules", HoursList)

    def mounted(self) -> None:
        super().mounted()
        self.lines.focus()

    def show_rules(self, found: Sequence[Ruled]) -> None:
        """Show these rules; the cursor stays on the rule it stood on."""
        self.rules = found
        self.lines.show(partial(rule_rows.rule_lines, found))

    def in_hand(self) -> Ruled:
        """The rule under the cursor.

        Raises:
            NotFound: there is none.
        """
        for rule in self.rules:
            if rule[0] == self.lines.value:
                return rule
        raise NotFound("There is no rule under the cursor.", f"{keys.shown_key('rules.new')} adds one.")

    def action_open(self) -> None:
        if self.rules:
            self.wotui.push_screen(self.form(self.in_hand()[0]))
        else:
            self.action_new()

    def action_new(self) -> None:
        def added(done: Done | None) -> None:
            if done is not None:
                self.lines.show(partial(rule_rows.rule_lines, self.rules), done.records[0])

        self.wotui.push_screen(self.form(), added)

    def action_move(self, step: int) -> None:
        rule = self.in_hand()
        place = self.rules.index(rule) + 1 + step
        rules = self.list_of_rules
        if 1 <= place <= len(self.rules):
            self.ask.act(lambda shop: rules.move(shop, rule[0], place))

    def action_switch(self) -> None:
        rule = self.in_hand()
        rules = self.list_of_rules
        self.ask.act(lambda shop: rules.switch(shop, rule[0], on=not rule[4]))

    def action_remove(self) -> None:
        rule = self.in_hand()
        rules = self.list_of_rules
        self.ask.act(lambda shop: rules.remove(shop, rule[0]))

    def on_hours_list_taken(self, event: HoursList.Taken) -> None:
        event.stop()
        self.action_open()
