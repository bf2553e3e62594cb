"""What can be done with a contractor's job: its steps, the invoice, the rating; from the picker and both screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.actions import contractors as actions
from wotui.domain import money
from wotui.domain.contractors import jobs as rules
from wotui.domain.contractors import scores
from wotui.domain.days import read_day
from wotui.errors import Refused, UsageProblem
from wotui.tui import present
from wotui.tui.ties import WithShop
from wotui.tui.widgets.dialogs import Ask, Choose
from wotui.tui.widgets.fields import Row
from wotui.tui.widgets.form_box import FormBox

if TYPE_CHECKING:
    from collections.abc import Callable

    from wotui.store.file import Shop
    from wotui.store.reads.contractor_jobs import JobRow
    from wotui.store.transaction import Done

DAY_HINT = "a day: 2026-06-30, fri, tomorrow, +3d"
_STEPS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "considering": (("h", "Hire", "hire"), ("w", "Withdraw", "withdrawn")),
    "asked": (("h", "Hire", "hire"), ("d", "They say no", "declined"), ("w", "Withdraw", "withdrawn")),
    "quoted": (("h", "Hire on this quote", "hire"), ("j", "Turn the quote down", "rejected")),
    "accepted": (
        ("o", "Item was sent out", "sent_out"),
        ("b", "Work has begun", "in_work"),
        ("f", "Finished", "finish"),
        ("d", "Other days", "days"),
        ("w", "Withdraw", "withdrawn"),
    ),
    "in_work": (
        ("c", "Item came back", "came_back"),
        ("o", "Item was sent out again", "sent_out"),
        ("f", "Finished", "finish"),
        ("d", "Other days", "days"),
        ("w", "Withdraw", "withdrawn"),
    ),
    "finished": (
        ("i", "Invoice came", "invoice"),
        ("r", "Rate", "rate"),
        ("b", "Not finished after all", "in_work"),
    ),
    "invoiced": (("p", "Paid", "paid"), ("r", "Rate", "rate"), ("i", "Correct the invoice", "invoice")),
    "paid": (("r", "Rate", "rate"),),
    **dict.fromkeys(rules.EXITS, (("c", "Consider again", "considering"),)),
}


_ASPECTS = {
    "quality": "1 (poor) to 5 (good): how good the work is",
    "time": "1 (poor) to 5 (good): how well they kept the days",
    "price": "1 (poor) to 5 (good): how fair the price was",
}


def steps(job: JobRow) -> list[tuple[str, str, str]]:
    """What can be done with a job now: key, words, verb."""
    offered = _STEPS.get(job.state, ())
    if not job.job.offsite:
        return [step for step in offered if step[2] not in {"sent_out", "came_back"}]
    hidden = {"in_work"} if job.state == "accepted" else set[str]()
    if job.state == "in_work":
        hidden = {"came_back"} if job.came_back_on else {"sent_out"}
    return [step for step in offered if step[2] not in hidden]


class JobVerbs(WithShop):
    """Mixed into screens that show contractors' jobs."""

    def open_job(self, job: JobRow, hire: Callable[[], None] | None = None) -> None:
        """Show what can be done with a job and do it; `hire` opens the hire form where that makes sense."""
        offered = [step for step in steps(job) if step[2] != "hire" or hire is not None]
        options: list[tuple[str, str, str, str]] = [(key, words, "", verb) for key, words, verb in offered]
        options.append(("g", f"Go to {job.number}", job.title, "go"))

        def chosen(verb: str | None) -> None:
            if verb == "hire" and hire is not None:
                hire()
            elif verb is not None:
                self._step(job, verb)

        state = rules.WORDS.get(job.state, job.state)
        words = " · ".join(part for part in (state, job.terms.words, job.override_reason) if part)
        self.wotui.push_screen(Choose(f"{job.contractor} on {job.number}", options, words=words), chosen)

    def _step(self, job: JobRow, verb: str) -> None:
        identity = job.id
        if verb == "go":
            self.wotui.open_order(job.work_order_id)
        elif verb in {"declined", "rejected", "withdrawn"}:
            self.with_reason(
                f"{job.contractor} on {job.number} {verb}: why?",
                lambda why: self.ask.act(lambda shop: actions.move(shop, identity, verb, reason=why)),
            )
        elif verb in {"in_work", "paid", "considering"}:
            self.ask.act(lambda shop: actions.move(shop, identity, verb))
        elif verb == "invoice":
            self.note_invoice(job)
        elif verb == "rate":
            self.rate_job(job)
        elif verb == "days":
            self._other_days(job)
        else:
            self._days_of(job, verb)

    def _days_of(self, job: JobRow, verb: str) -> None:
        """Ask for the day on which the item left or came back, or the work was finished."""
        today, identity = self.shop.today(), job.id
        rows = [Row("on", "on", "date", typed="today", shown=present.day(today, today), hint=DAY_HINT)]
        if verb == "sent_out":
            due = job.terms.due_back_on
            typed = due.isoformat() if due else ""
            rows.append(
                Row("due_back", "due back", "date", typed=typed, shown=present.day(due, today), hint=DAY_HINT)
            )

        def write(shop: Shop, values: dict[str, str]) -> Done:
            day = read_day(values["on"], shop.today(), past=True)
            if verb == "sent_out":
                due_back = read_day(values["due_back"], shop.today())
                return actions.sent_out(shop, identity, on=day, due_back=due_back)
            return (actions.came_back if verb == "came_back" else actions.finish)(shop, identity, on=day)

        titles = {
            "sent_out": "The item was sent out",
            "came_back": "The item came back",
            "finish": "Finished",
        }
        self.wotui.push_screen(FormBox(f"{titles[verb]}: {job.job.label}", rows, self._day_shown, write))

    def _other_days(self, job: JobRow) -> None:
        """Ask for the days that were agreed anew."""
        today, identity = self.shop.today(), job.id
        asked = [("planned_on", "work on", job.planned_on)]
        if job.job.offsite and job.state == "accepted":
            asked.append(("ship_out", "item leaves", job.terms.sent_out_on))
        if job.job.offsite:
            asked.append(("due_back", "due back", job.terms.due_back_on))
        before = {name: day.isoformat() if day else "" for name, _, day in asked}
        rows = [
            Row(name, label, "date", typed=before[name], shown=present.day(day, today), hint=DAY_HINT)
            for name, label, day in asked
        ]

        def write(shop: Shop, values: dict[str, str]) -> Done:
            days = {
                name: read_day(values[name], shop.today()) for name in before if values[name] != before[name]
            }
            return actions.change_days(shop, identity, **days)

        self.wotui.push_screen(FormBox(f"Other days: {job.job.label}", rows, self._day_shown, write))

    def note_invoice(self, job: JobRow) -> None:
        """Ask for the contractor's invoice."""
        currency, identity = job.terms.currency, job.id
        amount = "" if job.invoiced_amount is None else money.plain(job.invoiced_amount, currency)
        rows = [
            Row(
                "amount",
                "amount",
                "money",
                typed=amount,
                shown=amount,
                required=True,
                hint=f"agreed: {job.terms.words}",
            ),
            Row("reference", "their number", "line", typed=job.invoice_ref, shown=job.invoice_ref, limit=60),
        ]

        def check(row: Row, typed: str) -> str:
            return (
                money.shown(money.parse(typed, currency), currency)
                if row.name == "amount" and typed
                else typed
            )

        def write(shop: Shop, values: dict[str, str]) -> Done:
            minor = money.parse(values["amount"], currency)
            return actions.invoice(shop, identity, minor, reference=values["reference"])

        self.wotui.push_screen(FormBox(f"Invoice of {job.job.label}", rows, check, write))

    def rate_job(self, job: JobRow) -> None:
        """Ask for quality, time and price, 1 to 5 each."""
        try:
            rules.refuse_rating(job.job)
        except Refused as problem:
            self.wotui.refuse(problem)
            return
        identity = job.id
        given = zip(_ASPECTS, job.ratings, strict=True)
        rows = [
            Row(
                aspect,
                aspect,
                typed=str(mark or ""),
                shown=_mark(str(mark or "")),
                hint=_ASPECTS[aspect],
                limit=1,
            )
            for aspect, mark in given
        ]
        rows.append(Row("note", "note", "line", typed=job.rating_note, shown=job.rating_note, limit=400))

        def check(row: Row, typed: str) -> str:
            return _mark(typed) if row.name in _ASPECTS else typed

        def write(shop: Shop, values: dict[str, str]) -> Done:
            marks = {aspect: int(values[aspect]) if _mark(values[aspect]) else None for aspect in _ASPECTS}
            return actions.rate(shop, identity, **marks, note=values["note"] or None)

        title = f"Rate {job.job.label}"
        self.wotui.push_screen(FormBox(title, rows, check, write, saves="Rate"))

    def with_reason(self, title: str, then: Callable[[str], None]) -> None:
        """Ask why, then go on with the answer."""

        def answered(words: str | None) -> None:
            if words:
                then(words)

        self.wotui.push_screen(Ask(title, placeholder="a few words", check=_some_words, limit=400), answered)

    def _day_shown(self, _row: Row, typed: str) -> str:
        today = self.shop.today()
        return present.day(read_day(typed, today, past=_row.name == "on"), today)


def _some_words(typed: str) -> str:
    if len(typed) < 3:
        raise UsageProblem("It needs a reason.", "A few words are enough.")
    return typed


def _mark(typed: str) -> str:
    """A rating as it is shown: `4 of 5`."""
    if not typed:
        return ""
    if typed not in {"1", "2", "3", "4", "5"}:
        raise UsageProblem(f"“{typed}” is off the scale.", "Type 1 (poor) to 5 (good).")
    return f"{typed} of {scores.BEST}"
