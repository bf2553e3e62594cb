"""The rows of a payroll file before they are put into words: one per person, span of time and code."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from wotui.domain.payroll.employees import sort_text
from wotui.domain.payroll.lines import Line, hours_text
from wotui.domain.payroll.rules import REG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from wotui.domain.payroll.employees import Employee
    from wotui.domain.payroll.lines import Pay
    from wotui.domain.payroll.reckoning import Book, Reckoning
    from wotui.exchange.payroll_adjustments import Adjustment
    from wotui.exchange.payroll_profiles import Profile


@dataclass(frozen=True, slots=True)
class Row:
    """One row of hours.

    Attributes:
        employee: whose.
        line: the workweek (of a row per period, its first one), the pay code and the minutes.
        code: the pay code in the profile's words.
        printed: the hours as they stand in the file.
        day: of a row per day, which.
        order: of a row per day, the work order's number.
        adjusts: the label of the batch whose hours it corrects.
        reason: why it is there, for an adjustment.
    """

    employee: Employee
    line: Line
    code: str
    printed: Decimal
    day: date | None = None
    order: str = ""
    adjusts: str = ""
    reason: str = ""


def row(employee: Employee, line: Line, form: Profile) -> Row:
    """A row of a line's own hours."""
    return Row(employee, line, form.codes.get(line.code, line.code), Decimal(hours_text(line.minutes)))


def own_rows(reckoning: Reckoning, form: Profile) -> Iterator[Row]:
    """The rows of the period's own hours, person by person; leave that goes in by hand gives none."""
    book = reckoning.book
    orders = {entry.id: entry.order for entry in (*book.spans, *book.amounts)}
    for employee in book.employees:
        result = reckoning.pay.get(employee.id)
        lines = [one for one in result.lines if one.code not in form.by_hand] if result else []
        if result and form.per == "day":
            yield from _day_rows(employee, result, orders, form, book)
        else:
            yield from (row(employee, one, form) for one in _spans_of_time(lines, form))
        if not lines and form.zero_rows and employee.number and employee.employed_in(book.period):
            yield row(employee, Line(book.calendar.week_of(book.period.start), REG, 0), form)


def _spans_of_time(lines: Sequence[Line], form: Profile) -> list[Line]:
    if form.per == "week":
        return list(lines)
    sums: dict[str, Line] = {}
    for one in lines:
        before = sums.get(one.code)
        sums[one.code] = replace(before, minutes=before.minutes + one.minutes) if before else one
    order = {code: number for number, code in enumerate(form.codes)}
    return sorted(sums.values(), key=lambda one: order.get(one.code, len(order)))


def _day_rows(
    employee: Employee, result: Pay, orders: Mapping[str, str], form: Profile, book: Book
) -> Iterator[Row]:
    sums: Counter[tuple[date, str, str]] = Counter()
    for part in result.paid:
        if part.code not in form.by_hand:
            sums[part.day, orders.get(part.entry, ""), part.code] += part.minutes
    for (day, order, code), minutes in sorted(sums.items()):
        made = row(employee, Line(book.calendar.week_of(day), code, minutes), form)
        yield replace(made, day=day, order=order)


def with_adjustments(rows: Iterable[Row], adjustments: Sequence[Adjustment], form: Profile) -> list[Row]:
    """The rows with what earlier periods still owe: as rows of their own, or in the current row of the same code."""
    found = list(rows)
    if form.adjustments == "refuse":
        return found
    for one in adjustments:
        line = Line(one.week, one.code, one.minutes)
        code = form.codes.get(one.code, one.code)
        if form.adjustments == "rows":
            reason = f"correction of {one.period}"
            found.append(Row(one.employee, line, code, one.printed, adjusts=one.batch, reason=reason))
            continue
        at = _row_to_net(found, one)
        if at is None:
            found.append(Row(one.employee, line, code, one.printed, reason="correction"))
            continue
        old = found[at]
        minutes = old.line.minutes + one.minutes
        found[at] = replace(old, line=replace(old.line, minutes=minutes), printed=old.printed + one.printed)
    return [one for one in found if one.printed or one.line.minutes or form.zero_rows]


def _row_to_net(rows: Sequence[Row], one: Adjustment) -> int | None:
    matching = (
        number
        for number, each in enumerate(rows)
        if each.employee.id == one.employee.id and each.line.code == one.code
    )
    return max(matching, default=None)


_SORT: dict[str, Callable[[Row], str]] = {
    "last_name": lambda one: sort_text(one.employee.last_name),
    "first_name": lambda one: sort_text(one.employee.first_name),
    "employee_no": lambda one: sort_text(one.employee.number),
    "workweek_start": lambda one: one.line.week.isoformat(),
    "pay_code": lambda one: sort_text(one.code),
    "date": lambda one: str(one.day or ""),
    "order": lambda one: sort_text(one.order),
}


def in_order(rows: Iterable[Row], form: Profile) -> list[Row]:
    """Rows by the profile's columns; the last resort is the person's id, so that equal names never swap."""
    return sorted(rows, key=lambda one: (*(_SORT[name](one) for name in form.sort), one.employee.id))


def totals(rows: Iterable[Row]) -> dict[str, str]:
    """Control totals: per code of the file, the sum of the printed hours."""
    sums: dict[str, Decimal] = {}
    for one in rows:
        sums[one.code] = sums.get(one.code, Decimal("0.00")) + one.printed
    return {code: str(total) for code, total in sums.items()}


def printed_lines(reckoning: Reckoning, form: Profile) -> list[tuple[str, Line, Decimal]]:
    """What the file pays of its own period, by person, workweek and code: for the batch.

    The printed hours of all lines add up to what stands in the file, whatever span of time its rows have.
    """
    found: list[tuple[str, Line, Decimal]] = []
    for person, result in reckoning.pay.items():
        before: Counter[str] = Counter()
        for line in result.lines:
            if line.code in form.by_hand:
                continue
            if form.per == "week":
                printed = Decimal(hours_text(line.minutes))
            else:
                so_far = before[line.code]
                printed = Decimal(hours_text(so_far + line.minutes)) - Decimal(hours_text(so_far))
            before[line.code] += line.minutes
            found.append((person, line, printed))
    return found
