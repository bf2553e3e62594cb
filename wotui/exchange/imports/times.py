"""Hours from a file: `employee_no,start,end,breaks,order,time_type,note`, one stretch of time a row.

`start` and `end` are instants as everywhere (the shop's wall time, or with an offset or Z), `breaks` are wall times
such as `12:00-12:30;15:00-15:15`. A row is known again by its person and its start, so importing twice changes
nothing. Every row passes the same rules as an entry by hand; all of them arrive as drafts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wotui.actions import labor_writing as writing
from wotui.actions.labor import order_named
from wotui.domain import break_times, labor, labor_rules, wall_time
from wotui.domain.identity import same_id
from wotui.domain.labor import Span
from wotui.domain.record_kinds import kind_named
from wotui.errors import Problem, Refused, UsageProblem
from wotui.exchange.imports.reading import open_sheet, rows, unguarded
from wotui.exchange.imports.report import CREATED, REJECTED, UNCHANGED, UPDATED, Report
from wotui.store.reads import labor as reads
from wotui.store.reads import records, work_calendar
from wotui.text import clean, listed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from wotui.exchange.imports import Progress
    from wotui.exchange.imports.reading import Sheet
    from wotui.store.file import Shop
    from wotui.store.reads.labor import Entry
    from wotui.store.transaction import Transaction

COLUMNS = ("employee_no", "start", "end", "breaks", "order", "time_type", "note")
REQUIRED = ("employee_no", "start", "end")


class _NothingWritten(Exception):
    """Ends a dry run, so that the transaction is rolled back."""


def run(
    shop: Shop,
    file: Path,
    *,
    dry_run: bool = False,
    mapping: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Import a file of hours in one transaction, and say what became of every row.

    Args:
        shop: the open shop.
        file: the delimited file.
        dry_run: judge every row and write nothing.
        mapping: not taken; the columns are these.
        progress: called with the number of rows judged so far.

    Raises:
        FileTrouble: the file cannot be read, or the shop's file not be written.
        Refused: the file is no table, or lacks a column; or the acting person may not import.
        UsageProblem: a mapping was given.
    """
    shop.require("import hours", "office", "supervisor")
    if mapping is not None:
        raise UsageProblem("Hours are imported without a mapping.", f"Name the columns {listed(COLUMNS)}.")
    sheet = open_sheet(file)
    columns = _columns(sheet)
    report = Report("times", file, dry_run=dry_run)
    report.notes += sheet.notes
    try:
        with shop.transaction() as tx:
            _judge(tx, sheet, columns, report, progress)
            if dry_run:
                raise _NothingWritten
            report.done = tx.done(f"Imported {report.sentence()}")
    except _NothingWritten:
        return report
    report.save_rejected(sheet)
    return report


def _columns(sheet: Sheet) -> Mapping[str, int]:
    found = {
        header.strip().casefold().replace(" ", "_").replace("-", "_"): place
        for place, header in enumerate(sheet.headers)
    }
    missing = [name for name in REQUIRED if name not in found]
    if missing:
        raise Refused(
            f"{sheet.path.name} has no column {listed(missing, 'or')}; its columns are {listed(list(sheet.headers))}.",
            f"The columns are {listed(COLUMNS)}.",
        )
    return {name: found[name] for name in COLUMNS if name in found}


def _judge(
    tx: Transaction, sheet: Sheet, columns: Mapping[str, int], report: Report, progress: Progress | None
) -> None:
    for row in rows(sheet):
        if row.problem:
            report.add(row.line, REJECTED, row.problem)
        else:
            cells = {name: row.cells[place].strip() for name, place in columns.items()}
            try:
                report.add(row.line, _take(tx, cells))
            except Problem as problem:
                report.add(row.line, REJECTED, str(problem))
        if progress is not None and len(report) % 100 == 0:
            progress(len(report))


def _take(tx: Transaction, cells: Mapping[str, str]) -> str:
    """Write one row, unless the shop knows it already; gives the verdict.

    Raises:
        Problem: the row cannot be taken; the reason is the sentence.
    """
    person_id = records.find(tx, kind_named("person"), unguarded(cells["employee_no"]))
    zone = work_calendar.calendar(tx).zone
    start, end = (_minute(cells[name], name, zone.key, tx) for name in ("start", "end"))
    order_id, number = order_named(tx, cells.get("order", ""))
    pauses = break_times.parse_breaks(cells.get("breaks", ""), start, end, zone)
    kind = labor.time_type(cells.get("time_type", ""))
    span = Span("", person_id, start, end, kind.code, pauses, order=number)
    note = clean(unguarded(cells.get("note", "")))
    old = _known(tx, person_id, start)
    if old is not None:
        return _update(tx, old, replace(span, id=old.id), order_id, note)
    _check(tx, span)
    identity = same_id("times", person_id, str(start))
    writing.put_span(tx, replace(span, id=identity), order_id=order_id, source="import", note=note)
    return CREATED


def _minute(text: str, column: str, zone: str, tx: Transaction) -> int:
    if not text:
        raise UsageProblem(f"The row has no {column}.", f"Write it like 2026-06-08T07:00 (in {zone}).")
    return wall_time.parse_minute(text, work_calendar.calendar(tx).zone)


def _known(tx: Transaction, person_id: str, start: int) -> Entry | None:
    found = reads.between(tx, work_calendar.calendar(tx), start, start + 1, person_id)
    return next((entry for entry in found if entry.start == start), None)


def _update(tx: Transaction, old: Entry, span: Span, order_id: str, note: str) -> str:
    before = (old.end, old.time_type, old.order_id, old.note, _pairs(old.span))
    if before == (span.end, span.time_type, order_id, note, _pairs(span)):
        return UNCHANGED
    if old.state == labor.APPROVED:
        raise Refused(f"The entry of {old.day} differs and is approved.", "Send it back first.")
    _check(tx, span)
    writing.put_span(tx, replace(span, state=old.state), order_id=order_id, source=old.source, note=note)
    return UPDATED


def _pairs(span: Span) -> list[tuple[int, int]]:
    return sorted((item.start, item.end) for item in span.breaks)


def _check(tx: Transaction, span: Span) -> None:
    try:
        writing.check(tx, span)
    except labor_rules.LongSpan as long:
        raise Refused(long.what, "If that is right, enter it by hand and confirm it.") from None
