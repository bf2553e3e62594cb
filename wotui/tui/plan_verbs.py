"""What can be done with a maintenance plan, from the list and from the plan's own screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.actions import plans as actions
from wotui.actions.plans import ClockBehind
from wotui.domain.plans.fields import PLAN
from wotui.domain.work_order_fields import one_day
from wotui.errors import NotFound, Problem, Refused
from wotui.store.reads import plan_ledger, plan_list
from wotui.tui import keys
from wotui.tui.ties import WithShop
from wotui.tui.widgets.dialogs import Ask, Choose, Confirm

if TYPE_CHECKING:
    from collections.abc import Callable

    from wotui.store.reads.plan_list import Listed


class PlanVerbs(WithShop):
    """Mixed into screens that have a plan in hand: `in_hand()` says which."""

    def in_hand(self) -> str:
        """The id of the plan that a verb is meant for; empty where there is none."""
        raise NotImplementedError

    def action_new(self) -> None:
        from wotui.tui.screens.plan_form import PlanForm

        self.wotui.show(PlanForm())

    def action_edit(self) -> None:
        from wotui.tui.screens.plan_form import PlanForm

        if (one := self._plan()) and self._in_use(one):
            self.wotui.show(PlanForm(one.plan.id))

    def action_run(self) -> None:
        """Make what is due now; the app also does it by itself when it starts and at midnight."""
        self._run(sure=False)

    def _run(self, *, sure: bool) -> None:
        def refused(problem: Problem) -> None:
            if isinstance(problem, ClockBehind):
                self.wotui.push_screen(
                    Confirm(f"{problem.what} Is the clock right?", yes="It is right"), confirmed
                )
            else:
                self.wotui.refuse(problem)

        def confirmed(yes: bool | None) -> None:
            if yes:
                self._run(sure=True)

        self.ask.act(lambda shop: actions.run(shop, sure=sure), refused=refused)

    def action_pause(self) -> None:
        """Pause the plan, or let it run again."""
        one = self._plan()
        if one is None or not self._in_use(one):
            return
        name = one.plan.id
        rule = one.plan.rule()
        if rule is not None and rule.paused_from is not None and one.standing.startswith("paused"):
            self.ask.act(lambda shop: actions.resume(shop, name))
            return

        def until(reason: str) -> None:
            def answered(day: str | None) -> None:
                if day is not None:
                    self.ask.act(lambda shop: actions.pause(shop, name, reason, until=day))

            words = "The dates until then are left out and never caught up. Empty: until you resume it."
            self.wotui.push_screen(
                Ask("Until when?", words=words, check=self._day_or_none, placeholder="2026-08-31, +4w"),
                answered,
            )

        self._why(f"Pause {one.plan.name}: why?", until)

    def action_skip(self) -> None:
        """Leave the next date out, once."""
        one = self._plan()
        if one is None or not self._in_use(one) or not self._none_open(one, "x there leaves this date out."):
            return
        name = one.plan.id
        self._why(
            f"Skip the next date of {one.plan.name}: why?",
            lambda reason: self.ask.act(lambda shop: actions.skip(shop, name, reason)),
        )

    def action_move(self) -> None:
        """Another date for the next order, once."""
        one = self._plan()
        if (
            one is None
            or not self._in_use(one)
            or not self._none_open(one, "t there changes when it is due.")
        ):
            return
        name = one.plan.id

        def moved(day: str | None) -> None:
            if day:
                self._why(
                    f"{day} instead, this once: why?",
                    lambda reason: self.ask.act(lambda shop: actions.override(shop, name, day, reason)),
                )
            elif day is not None and one.plan.values["override_next_on"]:
                self.ask.act(lambda shop: actions.override(shop, name, "", ""))

        words = f"The next order of {one.plan.name} is due then, this once; the dates after it stay."
        if one.plan.values["override_next_on"]:
            words += " Empty takes the date back that was set."
        question = Ask(
            "Due when instead?", words=words, check=self._day_or_none, placeholder="2026-06-30, fri, +3d"
        )
        self.wotui.push_screen(question, moved)

    def action_retire(self) -> None:
        """End the plan."""
        one = self._plan()
        if one is None or not self._in_use(one):
            return
        name = one.plan.id

        def answered(yes: bool | None) -> None:
            if yes:
                self.ask.act(lambda shop: actions.retire(shop, name))

        question = f"End the plan {one.plan.name}? It makes nothing any more; its orders and its ledger stay."
        self.wotui.push_screen(Confirm(question, yes="End it", no="Keep it"), answered)

    def action_order(self) -> None:
        """Open the plan's open order, the most urgent one first."""
        one = self._plan()
        if one is None:
            return
        found = plan_ledger.open_orders(self.shop, one.plan.id)
        if not found:
            self.wotui.refuse(NotFound(f"{one.plan.name} has no open order.", "It shows its next dates."))
            return
        ids = [row.order_id for row in found]
        if len(found) == 1:
            self.wotui.open_order(ids[0])
            return

        def chosen(order: str | None) -> None:
            if order:
                self.wotui.open_order(order, ids)

        options = [("", f"{row.number} {row.asset}", f"due {row.due_on}", row.order_id) for row in found]
        self.wotui.push_screen(Choose("Which order?", options), chosen)

    def _plan(self) -> Listed | None:
        wanted = self.in_hand()
        found = plan_list.listed(self.shop, self.shop.today(), retired=True) if wanted else []
        one = next((one for one in found if one.plan.id == wanted), None)
        if one is None:
            new = keys.shown_key("plans.new")
            self.wotui.refuse(NotFound("There is no plan under the cursor.", f"{new} makes one."))
        return one

    def _in_use(self, one: Listed) -> bool:
        if one.plan.retired:
            self.wotui.refuse(Refused(f"{one.plan.name} has ended.", "Make a new one, or undo its end."))
        return not one.plan.retired

    def _none_open(self, one: Listed, way_out: str) -> bool:
        """Whether no order of the plan is open, so that nobody types a reason for nothing."""
        if not one.open_numbers or one.plan.values["open_policy"] == "stack":
            return True
        opens = keys.shown_key("plans.order")
        self.wotui.refuse(Refused(f"{one.open_numbers[0]} is open already.", f"{opens} opens it, {way_out}"))
        return False

    def _why(self, title: str, then: Callable[[str], None]) -> None:
        def answered(reason: str | None) -> None:
            if reason:
                then(reason)

        self.wotui.push_screen(Ask(title, placeholder="a reason, in a few words", check=_reason), answered)

    def _day_or_none(self, typed: str) -> str:
        return one_day(PLAN.field("until_on"), typed, self.shop.today()) if typed.strip() else ""


def _reason(typed: str) -> str:
    if not typed:
        raise Refused("This needs a reason.", "A few words are enough.")
    return typed
