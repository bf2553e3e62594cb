"""What can be done with one order or several, from the list and from the order's own screen.

Each verb first asks what the lifecycle would refuse anyway (`domain.work_orders`), so that nobody types a reason for
nothing; the action checks again when it is done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.domain import work_orders as rules
from wotui.errors import NotFound, Problem, Refused
from wotui.text import counted
from wotui.tui import present
from wotui.tui.later import later
from wotui.tui.ties import WithShop
from wotui.tui.widgets.dialogs import Ask, Choose

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wotui.actions import lifecycle, work_orders
    from wotui.store.file import Shop
    from wotui.store.reads import codes
    from wotui.store.reads import lifecycle as facts_of
    from wotui.store.reads import work_orders as reads
    from wotui.store.reads.work_orders import Order
else:  # the Inbox paints before anybody presses a key
    lifecycle, work_orders = later("wotui.actions.lifecycle"), later("wotui.actions.work_orders")
    codes = later("wotui.store.reads.codes")
    facts_of, reads = later("wotui.store.reads.lifecycle"), later("wotui.store.reads.work_orders")

_PLAN_CHOICES = (
    ("s", "Leave it out", "the next date counts", "skip"),
    ("a", "Make another order", "for the same date", "again"),
)


class OrderVerbs(WithShop):
    """Mixed into screens that have orders in hand: `in_hand()` says which."""

    def in_hand(self) -> tuple[str, ...]:
        """The ids of the orders that a verb is meant for: the marked ones, or the one under the cursor."""
        raise NotImplementedError

    # verbs

    def action_start_pause(self) -> None:
        orders = self._orders()
        if not orders:
            return
        person = self.shop.acting
        mine = person is not None and (person.id, person.initials) in facts_of.running(
            self.shop, orders[-1].id
        )
        ids = [order.id for order in orders]
        if mine:
            self.ask.act(lambda shop: lifecycle.pause(shop, ids))
        else:
            self.wotui.as_somebody(lambda: self._permits_then(orders, lambda: self._start(ids)))

    def action_done(self) -> None:
        orders = self._orders()
        if orders and self._may(orders, "done", only_steps=True):
            from wotui.tui.screens.completion import CompletionScreen

            ids = tuple(order.id for order in orders)
            self.wotui.as_somebody(lambda: self.wotui.show(CompletionScreen(ids)))

    def action_hold(self) -> None:
        orders = self._orders()
        if not orders or not self._may(orders, "on_hold", only_steps=True):
            return
        own = [code.code for code in codes.codes(self.shop, "hold_reason")]
        reasons = [*rules.HOLD_REASONS[:-1], *own, rules.HOLD_REASONS[-1]]
        options = [("", present.words(reason), "", reason) for reason in reasons]

        def chosen(reason: str | None) -> None:
            if reason == "other":
                self._ask_reason("On hold: why?", lambda words: self._hold(orders, words))
            elif reason is not None:
                self._hold(orders, reason)

        self.wotui.push_screen(Choose(f"{_named(orders)} on hold: waiting for", options), chosen)

    def action_cancel(self) -> None:
        orders = self._orders()
        if orders and self._may(orders, "cancelled"):
            ids = [order.id for order in orders]
            self._ask_reason(
                f"Cancel {_named(orders)}: why?",
                lambda words: self._cancel(ids, words),
            )

    def _cancel(self, ids: Sequence[str], words: str, plan: str = "") -> None:
        """Cancel; an order of a maintenance plan asks what becomes of its date."""

        def refused(problem: Problem) -> None:
            from wotui.actions.plans.settling import AsksPlan

            if isinstance(problem, AsksPlan):
                question = Choose("And this date of the plan?", _PLAN_CHOICES, words=problem.what)
                self.wotui.push_screen(question, chosen)
            else:
                self.wotui.refuse(problem)

        def chosen(choice: str | None) -> None:
            if choice:
                self._cancel(ids, words, choice)

        self.ask.act(lambda shop: lifecycle.cancel(shop, ids, words, plan=plan), refused=refused)

    def action_close(self) -> None:
        orders = self._orders()
        if orders and self._may(orders, "closed"):
            ids = [order.id for order in orders]
            self.ask.act(lambda shop: lifecycle.close(shop, ids))

    def action_reopen(self) -> None:
        orders = self._orders()
        if not orders:
            return
        open_ones = [order for order in orders if order.status in rules.OPEN]
        if open_ones:
            words = f"{open_ones[0].number} is {rules.STATUS_WORDS[open_ones[0].status]}; there is nothing to reopen."
            self.wotui.refuse(Refused(words))
            return
        ids = [order.id for order in orders]
        self._ask_reason(
            f"Reopen {_named(orders)}: why?",
            lambda words: self.ask.act(lambda shop: lifecycle.reopen(shop, ids, words)),
        )

    def action_ready(self) -> None:
        orders = self._orders()
        if orders:
            ids = [order.id for order in orders]
            self.ask.act(lambda shop: lifecycle.make_ready(shop, ids))

    def action_plan(self) -> None:
        orders = self._orders()
        if not orders:
            return
        ids = [order.id for order in orders]
        self._ask_day(
            f"Plan {_named(orders)} for which day?",
            orders[0].planned_on or "",
            "planned_on",
            lambda day: self.ask.act(lambda shop: _planned(shop, ids, day)),
        )

    def action_due(self) -> None:
        orders = self._orders()
        if orders:
            ids = [order.id for order in orders]
            self._ask_day(
                f"{_named(orders)}: due when?",
                orders[0].due_on or "",
                "due_on",
                lambda day: self.ask.act(lambda shop: work_orders.edit(shop, ids, {"due_on": day})),
            )

    def action_assign(self) -> None:
        from wotui.tui.who import people
        from wotui.tui.widgets.picker import Picker

        orders = self._orders()
        if not orders:
            return
        marked = {person.initials for order in orders for person in reads.assignees(self.shop, order.id)}
        ids = [order.id for order in orders]

        def taken(initials: Any) -> None:
            if initials is not None:
                self.ask.act(lambda shop: work_orders.assign(shop, ids, sorted(initials)))

        title = f"Who is on {_named(orders)}?"
        self.wotui.push_screen(Picker(title, people, several=True, marked=marked), taken)

    def action_contractor(self) -> None:
        orders = self._orders()
        if orders:
            where = ("wotui.tui.screens.contractor_picker", "ContractorPicker")
            self.wotui.open_screen(where, orders[0].id)

    def action_copy(self) -> None:
        orders = self._orders()
        if orders:
            self.wotui.copy_to_clipboard("\n".join(f"{order.number} {order.title}" for order in orders))
            self.wotui.tell(f"Copied {_named(orders)} to the clipboard.")

    # pieces

    def _orders(self) -> list[Order]:
        """The orders in hand as they are now; says so when there is none."""
        found = [reads.order(self.shop, order_id) for order_id in self.in_hand()]
        orders = [order for order in found if order is not None and order.deleted_at is None]
        if not orders:
            self.wotui.refuse(
                NotFound("There is no order under the cursor.", "Move to one, or make one with n.")
            )
        return orders

    def _start(self, ids: Sequence[str]) -> None:
        self.ask.act(lambda shop: lifecycle.start(shop, ids))

    def _permits_then(self, orders: Sequence[Order], then: Callable[[], None]) -> None:
        """Let the person tick the permits by name that still miss, one after the other, then go on."""
        for order in orders:
            ticked = reads.members(self.shop, order.id, "permit_ticked")
            missing = [
                permit for permit in reads.members(self.shop, order.id, "permit") if permit not in ticked
            ]
            if missing and order.status != "in_progress":
                self._ask_permit(order, missing[0], lambda: self._permits_then(orders, then))
                return
        then()

    def _ask_permit(self, order: Order, permit: str, then: Callable[[], None]) -> None:
        from wotui.tui.widgets.dialogs import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self.ask.act(lambda shop: lifecycle.tick_permit(shop, order.id, permit), lambda _done: then())

        who = self.shop.acting.name if self.shop.acting else "you"
        question = f"{order.number} needs the permit “{permit}”. Is it there? The answer is kept with your name, {who}."
        self.wotui.push_screen(
            Confirm(question, title="Permit", yes="It is in place", no="Not yet"), answered
        )

    def _hold(self, orders: Sequence[Order], reason: str) -> None:
        ids = [order.id for order in orders]
        self.ask.act(lambda shop: lifecycle.hold(shop, ids, reason))

    def _offer_reason(self, title: str, name: str, then: Callable[[str], None]) -> None:
        """Ask for a reason, with the words of a code list to choose from where the shop has any."""
        known = [code.code for code in codes.codes(self.shop, name)]
        if not known:
            self._ask_reason(title, then)
            return

        def chosen(word: str | None) -> None:
            if word == "":
                self._ask_reason(title, then)
            elif word is not None:
                then(word)

        options = [*(("", word, "", word) for word in known), ("", "another reason …", "", "")]
        self.wotui.push_screen(Choose(title, options), chosen)

    def _ask_reason(self, title: str, then: Callable[[str], None]) -> None:
        def answered(words: str | None) -> None:
            if words:
                then(words)

        self.wotui.push_screen(
            Ask(title, placeholder="a reason, in a few words", check=_some_words, limit=500), answered
        )

    def _ask_day(self, title: str, value: str, field: str, then: Callable[[str], None]) -> None:
        from wotui.tui.record_rows import Spelling

        spelling = Spelling.of(self.shop)

        def check(typed: str) -> str:
            return spelling.day_typed(field, typed) if typed else ""

        def answered(day: str | None) -> None:
            if day is not None:
                then(day)

        words = "2026-06-30, fri, tomorrow, +3d; empty takes the day away"
        self.wotui.push_screen(Ask(title, value, words=words, check=check), answered)

    def _may(self, orders: Sequence[Order], to: str, *, only_steps: bool = False) -> bool:
        """Whether the step is worth asking for; otherwise the refusal is shown at once."""
        for order in orders:
            facts = facts_of.facts(self.shop, order, reason="asked for next")
            try:
                if only_steps and order.status in rules.OPEN and to in rules.next_statuses(order.status):
                    continue
                lifecycle.expect(order, facts, to)
            except Problem as problem:
                self.wotui.refuse(problem)
                return False
        return True


def _planned(shop: Shop, ids: Sequence[str], day: str) -> Any:
    return lifecycle.plan(shop, ids, day) if day else lifecycle.make_ready(shop, ids)


def _some_words(typed: str) -> str:
    if not typed:
        raise Refused("It needs a reason.", "A few words are enough.")
    return typed


def _named(orders: Sequence[Order]) -> str:
    return orders[0].number if len(orders) == 1 else counted(len(orders), "order")
