"""Finishing orders: how it ended, what was found and done, the minutes, the failure's codes, the sign-off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.actions import finishing, work_orders
from wotui.domain.work_order_fields import WORK_ORDER
from wotui.domain.work_orders import MINIMUM_NOTE, OUTCOME_WORDS, SIGNING_ROLES
from wotui.errors import Problem, Refused
from wotui.store.reads import codes, templates
from wotui.store.reads import lifecycle as facts_of
from wotui.store.reads import work_orders as reads
from wotui.text import counted, listed
from wotui.tui import keys, own_rows, present, record_rows
from wotui.tui.record_rows import Spelling
from wotui.tui.screens.form_screen import FormScreen
from wotui.tui.widgets.fields import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.domain.templates import OwnField
    from wotui.store.file import Shop
    from wotui.store.reads.work_orders import Order
    from wotui.store.transaction import Done

_CODES = ("failure_problem", "failure_cause", "failure_remedy")
_BEFORE_WORK = ("ready", "scheduled")
_YES_NO = (("yes", "yes"), ("no", "no"))


class CompletionScreen(FormScreen):
    """Finish one order or several.

    Args:
        orders: their ids; the form of one order also asks for its failure codes, other people's timers and a sign-off.
    """

    def __init__(self, orders: tuple[str, ...]) -> None:
        super().__init__(orders[0])
        self._ids = orders
        self._own_fields: Sequence[OwnField] = ()
        self.draft_name = "completion" if len(orders) == 1 else ""

    def form_rows(self) -> Sequence[Row]:
        orders = [
            order for order in (reads.order(self.shop, each) for each in self._ids) if order is not None
        ]
        return self._rows_of_one(orders[0]) if len(orders) == 1 else self._rows_of_many(orders)

    def refresh_from_shop(self) -> None:
        number = reads.order(self.shop, self._ids[0])
        what = counted(len(self._ids), "order") if len(self._ids) > 1 else number.number if number else ""
        self.title_line(
            f"Finish {what}",
            f"{keys.shown_key('form.save')} finishes, {keys.shown_key('form.close')} goes back",
        )

    def check(self, row: Row, typed: str) -> str:
        spelling = Spelling.of(self.shop)
        if row.name == "outcome":
            return OUTCOME_WORDS[typed]
        if row.name.startswith(own_rows.CUSTOM):
            return own_rows.check(self._own_fields, row.name, typed, spelling.today)
        if row.name in ("completion_note", *_CODES):
            return record_rows.check(WORK_ORDER, spelling, row, typed)
        if row.name == "minutes":
            record_rows.check(WORK_ORDER, spelling, Row("planned_minutes", "minutes"), typed)
            return present.duration(int(typed)) if typed else ""
        return "•" * len(typed) if row.name == "pin" else typed

    def save(self) -> None:
        typed = self.form.typed()
        ids, missing = self._ids, self._missing(typed)
        if missing is not None:
            self.form.complain(*missing)
            return
        minutes = int(typed["minutes"]) if typed.get("minutes") else None

        def finish(shop: Shop) -> Done:
            written = [name for name in typed if name in _CODES or name.startswith(own_rows.CUSTOM)]
            fields = {name: typed[name] for name in written if typed.get(name)}
            if fields:
                work_orders.edit(shop, ids, fields)
            if typed.get("signed_by"):
                role = typed.get("signed_role") or "technician"
                finishing.sign_off(shop, ids[0], name=typed["signed_by"], role=role, pin=typed.get("pin", ""))
            done = finishing.finish(
                shop,
                ids,
                outcome=typed["outcome"],
                note=typed.get("completion_note", ""),
                minutes=minutes,
                stop_timers=typed.get("stop_timers") == "yes",
            )
            self.forget_draft(shop)
            return done

        self.ask.act(finish, self._finished)

    def _finished(self, _done: Done) -> None:
        self.stop_keeping()
        self.dismiss(None)

    def _missing(self, typed: dict[str, str]) -> tuple[str, Problem] | None:
        """The first field that must not be empty, and why."""
        for row in self.form.fields.rows:
            if row.required and row.is_field and not typed.get(row.name, "").strip():
                return row.name, Refused(f"It needs {row.hint or row.label}.")
        note = typed.get("completion_note", "").strip()
        if note and len(note) < MINIMUM_NOTE:
            return "completion_note", Refused("The note is too short.", "Say what was found and done.")
        return None

    def _rows_of_many(self, orders: Sequence[Order]) -> list[Row]:
        corrective = any(order.type == "corrective" and not order.completion_note for order in orders)
        straight = any(order.status in _BEFORE_WORK for order in orders)
        rows = [Row("fact:orders", "orders", kind="fact", shown=", ".join(order.number for order in orders))]
        return [
            *rows,
            _outcome("fixed"),
            _note("", required=corrective),
            _minutes(required=straight, each=True),
        ]

    def _rows_of_one(self, order: Order) -> list[Row]:
        facts = facts_of.facts(self.shop, order)
        rows = [Row("fact:order", order.number, kind="fact", shown=order.title)]
        open_ends = [*facts.unanswered, *(f"its part {number} finished" for number in facts.open_children)]
        if open_ends:
            rows.append(Row("fact:open", "still needs", kind="fact", shown="\n".join(open_ends), look="warn"))
        rows.append(_outcome(order.outcome or "fixed"))
        rows.append(_note(order.completion_note or "", required=order.type == "corrective"))
        if not facts.minutes and not facts.running:
            rows.append(_minutes(required=order.status in _BEFORE_WORK))
        others = [
            each for each in facts.running if self.shop.acting is None or each != self.shop.acting.initials
        ]
        if others:
            words = f"stops the timer of {listed(others)}"
            rows.append(
                Row("stop_timers", "stop timers", "choice", "yes", "yes", choices=_YES_NO, hint=words)
            )
        rows.extend(self._lacking(order))
        asked = [name for name in _CODES if WORK_ORDER.field(name).words in facts.unfilled_done]
        if order.type == "corrective" or asked:
            rows.append(Row("", "Failure"))
            rows.extend(self._codes(order, required=_CODES if facts.critical_failure else asked))
        if facts.signoff_missing:
            rows.extend(_sign_off(self.shop.acting.name if self.shop.acting else ""))
        return rows

    def _lacking(self, order: Order) -> list[Row]:
        """The fields of the shop's own that must be filled and are not."""
        values = reads.custom_values(self.shop, order.id)
        own = templates.own_fields(self.shop, order.template_id)
        self._own_fields = [field for field in own if field.required and not values.get(field.name)]
        rows = [own_rows.row(field, "", self.shop.today()) for field in self._own_fields]
        return [Row("", "Still to fill in"), *rows] if rows else []

    def _codes(self, order: Order, *, required: Sequence[str]) -> list[Row]:
        labels = {"failure_problem": "problem", "failure_cause": "cause", "failure_remedy": "remedy"}
        hints = {
            "failure_problem": "what was wrong",
            "failure_cause": "why it happened",
            "failure_remedy": "what was done",
        }
        values = {name: getattr(order, name) or "" for name in _CODES}
        made = [
            Row(
                name,
                labels[name],
                typed=values[name],
                shown=values[name],
                hint=hints[name],
                required=name in required,
                limit=60,
            )
            for name in _CODES
        ]
        return record_rows.with_codes(made, codes.lists_in_use(self.shop))


def _outcome(value: str) -> Row:
    choices = tuple(OUTCOME_WORDS.items())
    hint = "a temporary fix makes a follow-up order for the lasting repair"
    return Row(
        "outcome", "outcome", "choice", value, OUTCOME_WORDS[value], choices=choices, hint=hint, required=True
    )


def _note(value: str, *, required: bool) -> Row:
    hint = "a note: what was found and done"
    return Row(
        "completion_note", "work done", "text", value, value, hint=hint, required=required, limit=20_000
    )


def _minutes(*, required: bool, each: bool = False) -> Row:
    hint = "the minutes each of them took (0 if none)" if each else "the minutes it took (0 if none)"
    return Row("minutes", "minutes", "whole", hint=hint, required=required)


def _sign_off(name: str) -> list[Row]:
    roles = tuple((role, role) for role in SIGNING_ROLES)
    return [
        Row("", "Sign-off"),
        Row("signed_by", "name", typed=name, shown=name, hint="the name of whoever signs", required=True),
        Row(
            "signed_role",
            "role",
            "choice",
            "technician",
            "technician",
            choices=roles,
            hint="who signs",
            required=True,
        ),
        Row(
            "pin",
            "PIN",
            "line",
            hint="your own PIN, 4 to 12 digits; the first time you choose it here",
            limit=12,
        ),
    ]
