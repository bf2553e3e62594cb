"""The last step of hiring: the price, where and when, and for papers that are not valid the written reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from wotui.actions import contractors as actions
from wotui.domain import money
from wotui.domain.contractors import documents as papers
from wotui.domain.contractors.terms import PRICE_KINDS, SERVICE_MODES, Terms
from wotui.domain.days import read_day
from wotui.errors import Problem, UsageProblem
from wotui.tui import present
from wotui.tui.widgets.dialogs import Words
from wotui.tui.widgets.fields import Row
from wotui.tui.widgets.form import Form
from wotui.tui.widgets.form_box import FormBox

if TYPE_CHECKING:
    from datetime import date

    from wotui.domain.contractors.ranking import Fit, Need
    from wotui.store.file import Shop
    from wotui.store.reads.contractor_jobs import JobRow
    from wotui.store.reads.work_orders import Order
    from wotui.store.transaction import Done

_MONEY = ("agreed_price", "rate", "nte_limit")
_DAYS = ("on", "sent_out_on", "due_back_on")
_DAY_HINT = "2026-06-30, fri, +3d"


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom somebody wants to hire for what: the order, the contractor as ranked, and an earlier quote."""

    order: Order
    fit: Fit
    need: Need
    quote: JobRow | None = None

    @property
    def currency(self) -> str:
        """The shop's currency."""
        return self.fit.candidate.rates.currency

    def lacking(self, on: date) -> tuple[papers.Check, ...]:
        """The required documents that are not good on a day."""
        candidate = self.fit.candidate
        trades = self.need.trades or candidate.trades
        found = papers.checks(self.need.required_documents, candidate.documents, trades, on)
        return tuple(check for check in found if not check.good)

    def first_values(self) -> dict[str, str]:
        """What the form begins with: the quote, else the contractor's own rate."""
        candidate, terms = self.fit.candidate, self.quote.terms if self.quote is not None else None
        if terms is None or not terms.price_kind:
            hour = candidate.rates.hour
            terms = Terms("fixed" if hour is None else "hourly", self.currency, rate=hour)
        amounts = {name: getattr(terms, name) for name in _MONEY}
        away = candidate.service_mode == "offsite" or self.need.mode == "offsite" or terms.mode == "offsite"
        return {
            "price_kind": terms.price_kind,
            **{
                name: "" if value is None else money.plain(value, self.currency)
                for name, value in amounts.items()
            },
            "mode": "offsite" if away and candidate.service_mode != "onsite" else "onsite",
            "on": self.order.planned_on or "",
            "sent_out_on": self.order.planned_on or "",
        }


class HireForm(FormBox):
    """Hire the contractor of a wish; gives what was done, or None."""

    def __init__(self, wish: Wish) -> None:
        self._wish = wish
        values = wish.first_values()
        super().__init__(
            f"Hire {wish.fit.candidate.name} for {wish.order.number}",
            rows_for(wish, values),
            self._shown,
            self._hire,
            words=self._warning(values),
            saves="Hire",
        )

    def mounted(self) -> None:
        super().mounted()
        self._warn(self._wish.first_values())

    def on_form_committed(self, event: Form.Committed) -> None:
        """Other fields are asked for when the kind of price, the place or the day changes."""
        event.stop()
        values = self.form.typed()
        if event.row.name in {"price_kind", "mode", "on"}:
            fields, rows = self.form.fields, self.with_save(rows_for(self._wish, values))
            at, name = fields.at, fields.rows[fields.at].name
            fields.show(rows)
            if all(row.name != name for row in rows):
                fields.go_to(rows[min(at, len(rows) - 1)].name)
            self._warn(values)

    def action_save(self) -> None:
        values = self.form.typed()
        if self._wish.lacking(_day_of(self._wish, values)) and len(values.get("override", "").strip()) < 3:
            self.form.fields.go_to("override")
            self.refuse(UsageProblem("It needs a reason.", "Say why they are hired all the same."))
            return
        super().action_save()

    def _shown(self, row: Row, typed: str) -> str:
        return shown(self._wish, row.name, typed)

    def _hire(self, shop: Shop, values: dict[str, str]) -> Done:
        wish = self._wish
        return actions.hire(
            shop,
            wish.order.id,
            wish.fit.candidate.id,
            read_terms(wish, values),
            on=read_day(values.get("on", ""), wish.need.today),
            override=values.get("override", ""),
            po_number=values.get("po_number", ""),
        )

    def _warn(self, values: dict[str, str]) -> None:
        line = self.query_one("#above", Words)
        words = self._warning(values)
        line.tell(words)
        line.display = bool(words)
        line.set_class(bool(self._wish.lacking(_day_of(self._wish, values))), "bad")
        self.call_after_refresh(self._fit)

    def _warning(self, values: dict[str, str]) -> str:
        """What is wrong with the papers on the day of the work; else nothing."""
        on = _day_of(self._wish, values)
        lacking = self._wish.lacking(on)
        if not lacking:
            return ""
        said = "; ".join(check.words for check in lacking)
        return f"✗ {said}. A supervisor may hire all the same, with a written reason."


def rows_for(wish: Wish, values: dict[str, str]) -> list[Row]:
    """The fields that the kind of price, the place and the papers ask for."""
    kind, away = values.get("price_kind", ""), values.get("mode") == "offsite"
    rows = [_row(wish, values, "price_kind", "price", "choice", choices=tuple(PRICE_KINDS.items()))]
    amounts = {
        "fixed": [("agreed_price", "amount", True)],
        "hourly": [("rate", "an hour", True), ("nte_limit", "not over", False)],
        "not_to_exceed": [("nte_limit", "not over", True), ("rate", "an hour", False)],
    }
    for name, label, required in amounts.get(kind, []):
        hint = "an amount, such as 450 or 84.50" + ("" if required else "; may stay empty")
        rows.append(_row(wish, values, name, label, "money", hint=hint, required=required))
    if wish.lacking(_day_of(wish, values)):
        hint = "why they are hired all the same; it stays visible on the order"
        rows.append(_row(wish, values, "override", "reason", "line", hint=hint, required=True, limit=400))
    rows.append(_mode_row(wish, values))
    rows.append(
        _row(wish, values, "on", "day", "date", hint=f"of the work; papers must be good then; {_DAY_HINT}")
    )
    if away:
        rows.append(_row(wish, values, "sent_out_on", "item leaves", "date", hint=_DAY_HINT))
        rows.append(_row(wish, values, "due_back_on", "due back", "date", hint=_DAY_HINT))
    rows.append(_row(wish, values, "po_number", "our PO", "line", hint="may stay empty", limit=40))
    return rows


def shown(wish: Wish, name: str, typed: str) -> str:
    """What is shown for a typed value.

    Raises:
        UsageProblem: no amount, no day.
    """
    if not typed:
        return ""
    if name in _MONEY:
        return money.shown(money.parse(typed, wish.currency), wish.currency)
    if name in _DAYS:
        return present.day(read_day(typed, wish.need.today), wish.need.today)
    if name == "price_kind":
        return PRICE_KINDS.get(typed, typed)
    return SERVICE_MODES.get(typed, typed) if name == "mode" else typed


def read_terms(wish: Wish, values: dict[str, str]) -> Terms:
    """The terms of a filled-in form; amounts of another kind of price are left behind.

    Raises:
        UsageProblem: no amount, no day.
    """
    kind = values.get("price_kind", "")
    asked = {
        "fixed": ("agreed_price",),
        "hourly": ("rate", "nte_limit"),
        "not_to_exceed": ("rate", "nte_limit"),
    }

    def amount(name: str) -> int | None:
        typed = values.get(name, "")
        return money.parse(typed, wish.currency) if typed and name in asked.get(kind, ()) else None

    terms = Terms(kind, wish.currency, amount("agreed_price"), amount("rate"), amount("nte_limit"))
    today = wish.need.today
    if values.get("mode") != "offsite":
        return terms
    sent, back = (read_day(values.get(name, ""), today) for name in ("sent_out_on", "due_back_on"))
    return replace(terms, mode="offsite", sent_out_on=sent, due_back_on=back)


def _mode_row(wish: Wish, values: dict[str, str]) -> Row:
    """Where: to choose where they work both ways, only said where they do not."""
    mode = wish.fit.candidate.service_mode
    if mode == "both":
        both = tuple((name, SERVICE_MODES[name]) for name in ("onsite", "offsite"))
        return _row(wish, values, "mode", "where", "choice", choices=both)
    words = f"{SERVICE_MODES.get(values['mode'], values['mode'])} only"
    return Row("mode", "where", "fixed", typed=values["mode"], shown=words, hint="how this contractor works")


def _row(wish: Wish, values: dict[str, str], name: str, label: str, kind: str, **more: Any) -> Row:
    """One field with its value as it is shown; `more` is what `Row` takes besides."""
    typed = values.get(name, "")
    if kind == "choice":
        more = {"hint": "enter shows what can be chosen", "required": True, **more}
    return Row(name, label, kind, typed=typed, shown=shown(wish, name, typed), **more)


def _day_of(wish: Wish, values: dict[str, str]) -> date:
    """The day that the papers are looked at: the one typed, else the order's planned day, else today."""
    try:
        typed = read_day(values.get("on", ""), wish.need.today)
    except Problem:
        typed = None
    return typed or wish.need.on
