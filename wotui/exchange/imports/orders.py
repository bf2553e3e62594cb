"""Work orders from other systems and from wotui's own export.

Without a mapping the file is wotui's own: its headings are the field names of `wotui list --json`, plus `external_id`
and `custom.NAME`. Finished orders are history: they keep their dates, their steps carry the reason "import" and
nobody's name. An order's id follows from the file's source and number, so importing twice changes nothing, on any
computer.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from wotui.domain.work_order_fields import WORK_ORDER
from wotui.errors import Refused, UsageProblem
from wotui.exchange.imports import mapping as mappings
from wotui.exchange.imports import shop_edits
from wotui.exchange.imports.cells import RowMistake, Rule, headings
from wotui.exchange.imports.mapping import ColumnMap
from wotui.exchange.imports.order_rows import BESIDE, OrderReader, Wanted
from wotui.exchange.imports.order_writing import OrderWriter
from wotui.exchange.imports.reading import open_sheet, rows
from wotui.exchange.imports.report import REJECTED, Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wotui.exchange.imports import Progress
    from wotui.exchange.imports.reading import Row, Sheet
    from wotui.store.file import Shop
    from wotui.store.transaction import Transaction

OWN = "wotui"
"""The source of orders that come from wotui's own export."""

_BATCH = 5000
_CUSTOM = "custom."


def run(
    shop: Shop,
    file: Path,
    *,
    dry_run: bool = False,
    mapping: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Import a file of orders in one transaction, and say what became of every row.

    Args:
        shop: the open shop.
        file: the delimited file.
        dry_run: judge every row and write nothing.
        mapping: a TOML mapping, or the name of one that ships; without it the file is wotui's own export.
        progress: called with the number of rows judged so far.

    Raises:
        FileTrouble: the file or the mapping cannot be read, or the shop's file not be written.
        Refused: the file is no table, or lacks a column; or the acting person may not import.
        UsageProblem: the mapping is wrong.
    """
    shop.require("import orders", "office", "supervisor")
    sheet = open_sheet(file)
    report = Report("orders", file, dry_run=dry_run)
    report.notes += sheet.notes
    columns = _columns(sheet, mapping, report)
    own = columns.source == OWN
    if dry_run:
        reader = OrderReader(shop, columns, sheet.headers, shop.zone, shop.setting("shop.currency"), own=own)
        _judge(sheet, reader, OrderWriter(shop, None, columns, reader), report, progress)
        return report
    with shop.transaction() as tx:
        reader = OrderReader(tx, columns, sheet.headers, shop.zone, shop.setting("shop.currency"), own=own)
        _judge(sheet, reader, OrderWriter(tx, tx, columns, reader), report, progress)
        _sign(tx, columns, report)
    report.save_rejected(sheet)
    return report


def _columns(sheet: Sheet, mapping: Path | None, report: Report) -> ColumnMap:
    if mapping is not None:
        chosen = mappings.load(mapping)
        if chosen.kind != "orders":
            raise UsageProblem(f"The mapping {chosen.name} is for {chosen.kind}, not for orders.")
        return chosen
    if "title" in {_plain(header) for header in sheet.headers}:
        return _own(sheet, report)
    fitting = mappings.fitting("orders", sheet.headers)
    if fitting is None:
        raise Refused(
            f"{sheet.path.name} has no column “title”; its columns are {headings(sheet.headers)}.",
            "Say which column is which in a mapping file (--mapping).",
        )
    report.notes.append(f"Read with the mapping {fitting.name}, which fits these columns.")
    return fitting


def _own(sheet: Sheet, report: Report) -> ColumnMap:
    """The mapping of wotui's own export: every heading is a field; what is none is named in a note."""
    fields: dict[str, Rule] = {}
    custom: dict[str, Rule] = {}
    external_id, unread = None, list[str]()
    for header in sheet.headers:
        name, rule = _plain(header), Rule(column=header)
        if name == "external_id":
            external_id = rule
        elif name.startswith(_CUSTOM):
            custom[header[len(_CUSTOM) :]] = rule
        elif name in BESIDE or _is_field(name):
            fields[name] = rule
        else:
            unread.append(header)
    if unread:
        report.notes.append(f"Not read: {headings(unread)}.")
    if external_id is None and "number" not in fields:
        report.notes.append("No column of ids: a row is known again by its whole content.")
    return ColumnMap("wotui's own export", "orders", OWN, external_id, fields, custom=custom)


def _is_field(name: str) -> bool:
    try:
        WORK_ORDER.field(name)
    except UsageProblem:
        return False
    return True


def _plain(header: str) -> str:
    return header.strip().casefold().replace(" ", "_").replace("-", "_")


def _judge(
    sheet: Sheet, reader: OrderReader, writer: OrderWriter, report: Report, progress: Progress | None
) -> None:
    lines = rows(sheet)
    while batch := list(islice(lines, _BATCH)):
        verdicts = dict(_rejected_and_rest(batch, reader, writer))
        for row in batch:
            verdict, reason = verdicts[row.line]
            report.add(row.line, verdict, reason)
        if progress is not None:
            progress(len(report))


def _rejected_and_rest(
    batch: list[Row], reader: OrderReader, writer: OrderWriter
) -> Iterator[tuple[int, tuple[str, str]]]:
    """The verdict and reason of every row of a batch, by line."""
    wanted: list[Wanted] = []
    for row in batch:
        try:
            wanted.append(writer.once(reader.read(row)))
        except RowMistake as mistake:
            yield row.line, (REJECTED, str(mistake))
    yield from ((one.line, judged) for one, judged in zip(wanted, writer.take(wanted), strict=True))


def _sign(tx: Transaction, columns: ColumnMap, report: Report) -> None:
    if report.created or report.updated:
        shop_edits.sign(tx, columns.source)
    report.done = tx.done(f"Imported {report.sentence()}")
