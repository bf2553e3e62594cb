"""What a batch keeps: the bytes of its files, its lines, the entries that it locks, and the rules it was made with."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from wotui import clock
from wotui.actions.payroll import NewBatch, NewLine
from wotui.domain import labor
from wotui.domain.payroll.calendar import Period
from wotui.domain.payroll.reckoning import Reckoning, reckon
from wotui.exchange import delimited, payroll_files, payroll_manifest
from wotui.exchange.payroll_adjustments import kept_rules
from wotui.exchange.payroll_rows import printed_lines
from wotui.store.reads import payroll as reads

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wotui.exchange.payroll_prepared import Prepared
    from wotui.store.file import Shop


def new_batch(shop: Shop, ready: Prepared, knew: Mapping[str, int]) -> NewBatch:
    """Everything that is kept of a period without blocking findings; `knew` is what the journal held before it was
    reckoned.
    """
    provider, weeks, detail = (
        payroll_files.provider_file(ready),
        payroll_files.weeks_file(ready),
        payroll_files.detail_file(ready),
    )
    names = (ready.file_name, "workweeks.csv", "detail.csv")
    digests = {
        name: delimited.sha256(content)
        for name, content in zip(names, (provider, weeks, detail), strict=True)
    }
    versions = payroll_manifest.engine_versions()
    made = {"created_at": clock.instant(clock.now()), "actor": shop.acting and shop.acting.name, **versions}
    manifest = payroll_manifest.manifest_file(ready, digests, made, _last_year(shop, ready))
    contents = (provider, weeks, detail, manifest)
    files = [
        (name, content, delimited.sha256(content))
        for name, content in zip((*names, "manifest.json"), contents, strict=True)
    ]
    book, form = ready.reckoning.book, ready.profile
    return NewBatch(
        ready.seq, book.period, form.name, ready.revision, files,
        lines=list(_lines(ready)), entries=_entries(ready),
        settled=[(one.table, one.id) for one in ready.pending.late if one.gone],
        totals=ready.totals, row_count=len(ready.rows),
        values={"rules": kept_rules(book), "form": json.dumps(form.document(), sort_keys=True),
                "knew": json.dumps(knew), **versions},
    )  # fmt: skip


def _last_year(shop: Shop, ready: Prepared) -> Reckoning | None:
    """The twelve months up to the period's end, where minutes are rounded: evidence that rounding is neutral."""
    book = ready.reckoning.book
    if not book.rounding:
        return None
    months = Period(book.period.end - timedelta(days=364), book.period.end)
    rules = reads.Rules(book.rule_sets, book.rule_set, book.rounding)
    return reckon(reads.book_of(shop, months, book.calendar, rules))


def _lines(ready: Prepared) -> Iterator[NewLine]:
    for person, line, printed in printed_lines(ready.reckoning, ready.profile):
        yield NewLine(person, line.week, line.code, line.minutes, str(printed))
    for one in ready.owed:
        yield NewLine(one.employee.id, one.week, one.code, one.minutes, str(one.printed), one.batch_id)


def _entries(ready: Prepared) -> list[tuple[str, str]]:
    """The entries that the batch locks: those of its period, and the late ones that it evens out."""
    book = ready.reckoning.book
    begin, end = book.calendar.day_begins(book.period.start), book.ends
    spans = [("time_span", one.id) for one in book.spans if begin <= one.start < end and one.end is not None]
    amounts = [("time_amount", one.id) for one in book.amounts if one.day in book.period]
    late = [(one.table, one.id) for one in ready.pending.late if not one.gone and one.state == labor.APPROVED]
    return [*spans, *amounts, *late]
