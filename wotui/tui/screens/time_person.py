"""One person's hours of a pay period, day by day: correct, remove, approve, send back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from wotui.actions import approvals, labor_entries
from wotui.domain import labor
from wotui.errors import NotFound, Refused
from wotui.tui import keys, time_rows
from wotui.tui.time_verbs import HoursScreen
from wotui.tui.widgets.dialogs import Ask
from wotui.tui.widgets.hours import HoursList

if TYPE_CHECKING:
    from datetime import date

    from wotui.store.reads.labor import Entry
    from wotui.tui.time_page import TimePage


class PersonTime(HoursScreen):
    """A person's entries.

    Args:
        person_id: whose.
        day: any day of the period; None is today.
        entry: the id of the entry to stand on first.
    """

    ROOM = "hours"
    BINDINGS = keys.bindings("hours")

    def __init__(self, person_id: str, day: date | None = None, entry: str = "") -> None:
        super().__init__(day)
        self.person_id = person_id
        self._entry = entry

    def show_page(self, page: TimePage) -> None:
        self.title_line(f"Time · {page.name(self.person_id)}")
        add, earlier = keys.shown_key("time.add"), keys.shown_key("time.earlier")
        nothing = (
            f"No hours from {time_rows.period_words(page.period, page.today)}.\n\n"
            f"{add} adds hours by hand, or leave.\n{earlier} shows the period before.\n"
            "Starting an order runs the timer."
        )
        self.instead("" if page.entries_of(self.person_id) else nothing)
        self.lines.show(partial(time_rows.person, page, self.person_id), self._entry)
        self._entry = ""

    def person_in_hand(self) -> str:
        return self.person_id

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self.page.entry(self.lines.value) if self.page is not None else None

    def _in_hand(self) -> Entry | None:
        entry = self.entry
        if entry is None:
            add = keys.shown_key("time.add")
            self.wotui.refuse(NotFound("There is no entry under the cursor.", f"Add one with {add}."))
        return entry

    def action_open(self) -> None:
        self.with_page(lambda _page: self._open())

    def _open(self) -> None:
        entry = self._in_hand()
        if entry is None:
            return
        acting = self.shop.acting
        if entry.state == labor.APPROVED and acting is not None and "supervisor" not in acting.roles:
            self._ask_for_correction(entry)
            return
        if entry.batch_id:
            self._correct_paid(entry)
            return
        if entry.state == labor.APPROVED:
            way_out = f"Send it back first ({keys.shown_key('time.send_back')}), with a reason."
            self.wotui.refuse(Refused("This entry is approved and stands still.", way_out))
            return
        if entry.start is None:
            way_out = f"Remove it ({keys.shown_key('time.remove')}) and add it again."
            self.wotui.refuse(Refused("This entry has minutes only, no clock times.", way_out))
            return
        from wotui.tui.screens.time_form import TimeForm

        self.wotui.show(TimeForm.of(self.shop, entry))

    def _ask_for_correction(self, entry: Entry) -> None:
        """Who may not change what is approved says what is wrong with it; a supervisor sees it with the payroll."""

        def answered(words: str | None) -> None:
            if words:
                self.ask.act(lambda shop: approvals.ask_for_correction(shop, entry.id, words))

        said = "It is approved and stands still. Say what is wrong, and what is right; a supervisor sees it."
        placeholder = "I left at four"
        self.wotui.push_screen(
            Ask("Ask for a correction", words=said, placeholder=placeholder, check=_reason), answered
        )

    def _correct_paid(self, entry: Entry) -> None:
        """Hours in an exported payroll: ask why first; the next payroll pays the difference."""
        if entry.start is None:
            way_out = f"Remove it ({keys.shown_key('time.remove')}) with a reason, and add what is right."
            self.wotui.refuse(Refused("This entry has minutes only, and is in an exported payroll.", way_out))
            return

        def answered(reason: str | None) -> None:
            from wotui.tui.screens.time_form import TimeForm

            if reason:
                self.wotui.show(TimeForm.of(self.shop, entry, reason))

        words = "It is in an exported payroll. What you change is kept beside it; the next payroll pays the difference."
        title = f"Correct {entry.person}'s paid hours: why?"
        self.wotui.push_screen(
            Ask(title, words=words, placeholder="a reason, in a few words", check=_reason), answered
        )

    def action_remove(self) -> None:
        entry = self._in_hand()
        if entry is None:
            return
        if not entry.batch_id:
            self.ask.act(lambda shop: labor_entries.remove(shop, entry.id))
            return

        def answered(reason: str | None) -> None:
            if reason:
                self.ask.act(lambda shop: labor_entries.remove(shop, entry.id, reason=reason))

        words = "It is in an exported payroll; the next payroll takes it off again."
        title = f"Remove {entry.person}'s paid hours: why?"
        self.wotui.push_screen(
            Ask(title, words=words, placeholder="a reason, in a few words", check=_reason), answered
        )

    def action_approve_one(self) -> None:
        entry = self._in_hand()
        if entry is not None:
            self.ask.act(lambda shop: approvals.approve(shop, [entry.id]))

    def action_send_back(self) -> None:
        entry = self._in_hand()
        if entry is None:
            return
        if entry.state == labor.DRAFT:
            self.wotui.refuse(Refused("This entry is a draft already.", "Enter corrects it."))
            return

        def answered(reason: str | None) -> None:
            if reason:
                self.ask.act(lambda shop: approvals.send_back(shop, [entry.id], reason))

        title = f"Send back {entry.person}'s entry: why?"
        self.wotui.push_screen(Ask(title, placeholder="a reason, in a few words", check=_reason), answered)

    def action_open_order(self) -> None:
        entry = self._in_hand()
        if entry is None:
            return
        if not entry.order_id:
            self.wotui.refuse(NotFound("This entry is on no order.", "Enter gives it one."))
            return
        self.wotui.open_order(entry.order_id)

    def action_person(self, step: int) -> None:
        self.with_page(lambda page: self._person(page, step))

    def _person(self, page: TimePage, step: int) -> None:
        ids = [one.id for one in page.people]
        if self.person_id not in ids:
            return
        self.person_id = ids[(ids.index(self.person_id) + step) % len(ids)]
        self.show_page(page)

    def on_hours_list_taken(self, event: HoursList.Taken) -> None:
        event.stop()
        self.action_open()


def _reason(typed: str) -> str:
    if not typed:
        raise Refused("This needs a reason.", "A few words are enough.")
    return typed
