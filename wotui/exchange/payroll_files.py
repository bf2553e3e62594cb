"""The bytes of a batch: the provider's file, the summary of workweeks, and the entries behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain import wall_time
from wotui.domain.labor import TIME_TYPES
from wotui.domain.payroll.calendar import WEEKDAYS
from wotui.domain.payroll.rules import REG, rank
from wotui.exchange import delimited
from wotui.exchange.delimited import Dialect
from wotui.exchange.payroll_columns import FOREIGN, Column
from wotui.exchange.payroll_profiles import profile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from wotui.domain.payroll.lines import Week
    from wotui.exchange.payroll_prepared import Prepared
    from wotui.exchange.payroll_profiles import Profile
    from wotui.exchange.payroll_rows import Row


def provider_file(ready: Prepared, label: str | None = None) -> bytes:
    """The file that the provider imports; `label` stands in the batch column instead of the batch's own."""
    form, batch = ready.profile, label or ready.label
    if form.kind == "weeks":
        return _weeks(ready, form, batch)
    make = _wide_rows if form.kind == "wide" else _long_rows
    return delimited.rendered(
        [one.header for one in form.columns],
        make(ready, batch),
        form.dialect,
        preamble=[line.format(**form.values) for line in form.preamble],
        with_header=form.header,
    )


def _long_rows(ready: Prepared, batch: str) -> Iterator[list[str]]:
    for number, row in enumerate(ready.rows, start=1):
        yield [_cell(ready, row, column, number, batch) for column in ready.profile.columns]


def _cell(ready: Prepared, row: Row, column: Column, number: int, batch: str) -> str:
    form = ready.profile
    match column.source:
        case "const":
            return column.word
        case "value":
            return form.values[column.word]
        case _:
            text = _field(ready, row, column.word, number, batch)
            return text.zfill(column.pad) if text and column.pad else text


def _field(ready: Prepared, row: Row, name: str, number: int, batch: str) -> str:
    form, period = ready.profile, ready.reckoning.book.period
    if name in FOREIGN:
        text = ready.foreign(row, name)
        return delimited.guarded(text) if form.formula_guard == "apostrophe" else text
    day = row.day or row.line.week
    cells: Mapping[str, str] = {
        "batch": batch,
        "batch_short": f"W{batch.lstrip('B'):0>7}",
        "row": str(number),
        "period_start": period.start.strftime(form.date),
        "period_end": period.end.strftime(form.date),
        "frequency": form.frequency.get(ready.schedule, ""),
        "workweek_start": row.line.week.strftime(form.date),
        "date": day.strftime(form.date),
        "pay_code": row.code,
        "hours": _hours(row.printed, form),
        "minutes": str(row.line.minutes),
        "duration": f"{row.line.minutes // 60}:{row.line.minutes % 60:02}",
        "billable": "1" if ready.jobs.get(row.order, ("", False))[1] else "0",
        "adjusts_batch": row.adjusts,
    }
    return cells[name]


def _hours(hours: Decimal, form: Profile) -> str:
    return str(hours).replace(".", form.decimal)


def _wide_rows(ready: Prepared, batch: str) -> Iterator[list[str]]:
    """One record per person, and another one for every code that finds no free slot; no hours is an empty cell."""
    form, number = ready.profile, 0
    by_person: dict[str, list[Row]] = {}
    for row in ready.rows:
        by_person.setdefault(row.employee.id, []).append(row)
    own = {one.word for one in form.columns if one.source == "hours"}
    for rows in by_person.values():
        plain = {row.line.code: row for row in rows if row.line.code in own}
        for record in _records(form, [row for row in rows if row.line.code not in own]):
            number += 1
            yield [
                _wide_cell(ready, column, rows[0], plain, record, (number, batch)) for column in form.columns
            ]
            plain = {}


def _records(form: Profile, rows: Sequence[Row]) -> list[dict[str, Row]]:
    """The rows of one person shared out over records, by the slot that each takes; at least one record."""
    slots = [one.word for one in form.columns if one.source == "slot_hours"]
    records: list[dict[str, Row]] = [{}]
    for row in rows:
        fitting = [slot for slot in slots if row.line.code in form.slots[slot]]
        free = [slot for slot in fitting if slot not in records[-1]]
        if not free:
            records.append({})
            free = fitting
        records[-1][free[0]] = row
    return records


def _wide_cell(
    ready: Prepared,
    column: Column,
    person: Row,
    plain: Mapping[str, Row],
    record: Mapping[str, Row],
    place: tuple[int, str],
) -> str:
    form, row = ready.profile, record.get(column.word)
    match column.source:
        case "hours":
            found = plain.get(column.word)
            return _hours(found.printed, form) if found and found.printed else ""
        case "slot_code":
            return form.slots[column.word][row.line.code] if row else ""
        case "slot_hours":
            return _hours(row.printed, form) if row else ""
        case _:
            return _cell(ready, person, column, *place)


def weeks_file(ready: Prepared) -> bytes:
    """`workweeks.csv`: the statutory summary of every workweek, federal overtime apart (29 CFR 516.2)."""
    return _weeks(ready, profile("workweeks"), ready.label)


def _weeks(ready: Prepared, form: Profile, batch: str) -> bytes:
    start = ready.reckoning.book.calendar.week_start
    days = [WEEKDAYS[(start + number) % 7][:3] for number in range(7)]
    header: list[str] = []
    for one in form.columns:
        header += days if one.word == "days" else [one.header]
    return delimited.rendered(header, _week_rows(ready, form, batch), form.dialect)


def _week_rows(ready: Prepared, form: Profile, batch: str) -> Iterator[list[str]]:
    book = ready.reckoning.book
    weekdays = [(book.calendar.week_start + number) % 7 for number in range(7)]
    for employee in book.employees:
        result = ready.reckoning.pay.get(employee.id)
        for week in result.weeks if result else ():
            if (
                week.start > book.period.end
            ):  # a night shift's hours of the next week belong to the next period
                continue
            last = week.start.toordinal() + 6
            cells = {
                "batch": batch,
                "employee_no": delimited.guarded(employee.number),
                "last_name": delimited.guarded(employee.last_name),
                "first_name": delimited.guarded(employee.first_name),
                "workweek_start": week.start.strftime(form.date),
                "complete": "yes" if last <= book.period.end.toordinal() else "no",
                **_minutes(week),
            }
            row: list[str] = []
            for one in form.columns:
                if one.word == "days" and one.source == "field":
                    row += [str(week.by_day[(weekday - week.start.weekday()) % 7]) for weekday in weekdays]
                else:
                    row.append(one.word if one.source == "const" else cells.get(one.word, ""))
            yield row


def _minutes(week: Week) -> dict[str, str]:
    overtime = sum(
        minutes for code, minutes in week.by_code.items() if code not in TIME_TYPES and rank(code) in {1, 2}
    )
    leave = sum(minutes for code, minutes in week.by_code.items() if code in TIME_TYPES)
    return {
        "total_minutes": str(week.worked),
        "reg_minutes": str(week.by_code.get(REG, 0)),
        "ot_minutes": str(overtime),
        "dt_minutes": str(week.by_code.get("DT", 0)),
        "flsa_ot_minutes": str(week.flsa_overtime),
        "leave_minutes": str(leave),
    }


_DETAIL = (
    "batch", "employee_no", "last_name", "first_name", "workweek_start", "date", "start", "end", "minutes",
    "pay_code", "time_type", "order", "entry",
)  # fmt: skip


def detail_file(ready: Prepared) -> bytes:
    """`detail.csv`: the entries behind the rows, cut where the day or the pay code changes."""
    book, zone = ready.reckoning.book, ready.reckoning.book.calendar.zone
    entries = {one.id: one for one in (*book.spans, *book.amounts)}

    def rows() -> Iterator[list[str]]:
        for employee in book.employees:
            result = ready.reckoning.pay.get(employee.id)
            who = [
                delimited.guarded(word) for word in (employee.number, employee.last_name, employee.first_name)
            ]
            for part in result.paid if result else ():
                entry, clock = entries[part.entry], ["", ""]
                if part.start is not None:
                    both = (part.start, part.start + part.minutes)
                    clock = [f"{wall_time.local(each, zone):%Y-%m-%dT%H:%M%z}" for each in both]
                week, day = book.calendar.week_of(part.day).isoformat(), part.day.isoformat()
                yield [
                    ready.label, *who, week, day, *clock, str(part.minutes), part.code, entry.time_type,
                    delimited.guarded(entry.order), entry.id,
                ]  # fmt: skip

    return delimited.rendered(_DETAIL, rows(), Dialect())
