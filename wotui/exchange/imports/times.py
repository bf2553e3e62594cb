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
    from wotui.store.reading import Reads
    from wotui.store.reads.labor import Entry
    from wotui.store.transaction import Transaction

COLUMNS = ("employee_no", "start", "end", "breaks", "order", "time_type", "note")
REQUIRED = ("employee_no", "start", "end")


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
    if dry_run:
        _judge(_Rows(shop, None), sheet, columns, report, progress)
        return report
    with shop.transaction() as tx:
        _judge(_Rows(tx, tx), sheet, columns, report, progress)
        report.done = tx.done(f"Imported {report.sentence()}")
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
    taker: _Rows, sheet: Sheet, columns: Mapping[str, int], report: Report, progress: Progress | None
) -> None:
    for row in rows(sheet):
        if row.problem:
            report.add(row.line, REJECTED, row.problem)
        else:
            cells = {name: row.cells[place].strip() for name, place in columns.items()}
            try:
                report.add(row.line, taker.take(cells))
            except Problem as problem:
                report.add(row.line, REJECTED, str(problem))
        if progress is not None and len(report) % 100 == 0:
            progress(len(report))


class _Rows:
    """Takes rows one after the other.

    Args:
        knows: where to look things up.
        tx: where to write; None only judges, against the shop and the rows judged before.
    """

    def __init__(self, knows: Reads, tx: Transaction | None) -> None:
        self._knows = knows
        self._tx = tx
        self._zone = work_calendar.calendar(knows).zone
        self._judged: dict[str, list[Span]] = {}

    def take(self, cells: Mapping[str, str]) -> str:
        """Write one row, unless the shop knows it already; gives the verdict.

        Raises:
            Problem: the row cannot be taken; the reason is the sentence.
        """
        person_id = records.find(self._knows, kind_named("person"), unguarded(cells["employee_no"]))
        start, end = (self._minute(cells[name], name) for name in ("start", "end"))
        order_id, number = order_named(self._knows, cells.get("order", ""))
        pauses = break_times.parse_breaks(cells.get("breaks", ""), start, end, self._zone)
        kind = labor.time_type(cells.get("time_type", ""))
        identity = same_id("times", person_id, str(start))
        span = Span(identity, person_id, start, end, kind.code, pauses, order=number)
        note = clean(unguarded(cells.get("note", "")))
        old = self._known(person_id, start)
        if old is None:
            self._write(span, order_id, "import", note)
            return CREATED
        before = (old.end, old.time_type, old.order_id, old.note, _pairs(old.span))
        if before == (end, kind.code, order_id, note, _pairs(span)):
            return UNCHANGED
        if old.state == labor.APPROVED:
            raise Refused(f"The entry of {old.day} differs and is approved.", "Send it back first.")
        self._write(replace(span, id=old.id, state=old.state), order_id, old.source, note)
        return UPDATED

    def _minute(self, text: str, column: str) -> int:
        if not text:
            way_out = f"Write it like 2026-06-08T07:00 (in {self._zone.key})."
            raise UsageProblem(f"The row has no {column}.", way_out)
        return wall_time.parse_minute(text, self._zone)

    def _known(self, person_id: str, start: int) -> Entry | None:
        found = reads.between(self._knows, work_calendar.calendar(self._knows), start, start + 1, person_id)
        return next((entry for entry in found if entry.start == start), None)

    def _write(self, span: Span, order_id: str, source: str, note: str) -> None:
        try:
            writing.check(self._knows, span)
        except labor_rules.LongSpan as long:
            raise Refused(long.what, "If that is right, enter it by hand and confirm it.") from None
        if self._tx is not None:
            writing.put_span(self._tx, span, order_id=order_id, source=source, note=note)
            return
        judged = self._judged.setdefault(span.person, [])
        labor_rules.check_overlap(span, judged, now=writing.present(), zone=self._zone)
        judged.append(span)


def _pairs(span: Span) -> list[tuple[int, int]]:
    return sorted((item.start, item.end) for item in span.breaks)
