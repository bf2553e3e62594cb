"""Maintenance plans from a file: the headings are the fields of `wotui plan add`; `last_done` may give the first date.

A plan is the one of the same name. An empty cell says nothing, and what was edited here since the last import stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.actions.plans import writing
from wotui.domain.plans.fields import PLAN
from wotui.errors import NotFound, Problem, Refused, UsageProblem
from wotui.exchange.imports import mapping as mappings
from wotui.exchange.imports import shop_edits
from wotui.exchange.imports.cells import RowMistake, Rule, bind, headings
from wotui.exchange.imports.reading import open_sheet, rows, unguarded
from wotui.exchange.imports.report import CREATED, REJECTED, UNCHANGED, UPDATED, Report
from wotui.store.reads import plans as reads
from wotui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from wotui.exchange.imports import Progress
    from wotui.exchange.imports.cells import Reader
    from wotui.exchange.imports.reading import Sheet
    from wotui.exchange.imports.shop_edits import Acts
    from wotui.store.file import Shop
    from wotui.store.reads.plans import PlanRow
    from wotui.store.transaction import Transaction

OWN = "wotui"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan as its line asks for it."""

    line: int
    name: str
    typed: Mapping[str, str]
    mistake: str = ""


def run(
    shop: Shop,
    file: Path,
    *,
    dry_run: bool = False,
    mapping: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Import a file of plans in one transaction; arguments and errors as `orders.run`."""
    shop.require("import plans", "office", "supervisor")
    sheet = open_sheet(file)
    report = Report("plans", file, dry_run=dry_run)
    report.notes += sheet.notes
    lines = _read(sheet, _readers(sheet, mapping, report), progress)
    if dry_run:
        names = frozenset(one.name.casefold() for one in lines)
        for one in lines:
            _judge(shop, None, one, report, frozenset(), names)
        return report
    with shop.transaction() as tx:
        acts = shop_edits.imports(tx)
        for one in lines:
            _judge(shop, tx, one, report, acts)
        if report.created or report.updated:
            shop_edits.sign(tx, OWN)
        report.done = tx.done(f"Imported {report.sentence()}")
    report.save_rejected(sheet)
    return report


def _readers(sheet: Sheet, mapping: Path | None, report: Report) -> dict[str, Reader]:
    """Field → what reads its text from a row."""
    if mapping is not None:
        chosen = mappings.load(mapping)
        if chosen.kind != "plans":
            raise UsageProblem(f"The mapping {chosen.name} is for {chosen.kind}, not for plans.")
        return {_field(name): bind(rule, sheet.headers, name) for name, rule in chosen.fields.items()}
    found: dict[str, Reader] = {}
    unread: list[str] = []
    for header in sheet.headers:
        try:
            found[_field(header)] = bind(Rule(column=header), sheet.headers, header)
        except UsageProblem:
            unread.append(header)
    if "name" not in found:
        raise Refused(
            f"{sheet.path.name} has no column “name”; its columns are {headings(sheet.headers)}.",
            "Rename the columns, or say which is which in a mapping file (--mapping).",
        )
    if unread:
        report.notes.append(f"Not read: {headings(unread)}.")
    return found


def _field(word: str) -> str:
    return word if word == writing.LAST_DONE else PLAN.field(word).name


def _read(sheet: Sheet, readers: Mapping[str, Reader], progress: Progress | None) -> list[PlanLine]:
    found: list[PlanLine] = []
    for row in rows(sheet):
        typed: dict[str, str] = {}
        mistakes = [row.problem] if row.problem else []
        for name, reader in () if row.problem else readers.items():
            try:
                text = unguarded(reader(row.cells))
            except (RowMistake, Problem) as mistake:
                mistakes.append(str(mistake))
                continue
            if text.strip():
                typed[name] = text
        found.append(PlanLine(row.line, clean_line(typed.get("name", "")), typed, " ".join(mistakes)))
        if progress is not None and len(found) % 500 == 0:
            progress(len(found))
    return found


def _judge(
    shop: Shop,
    tx: Transaction | None,
    one: PlanLine,
    report: Report,
    acts: Acts,
    names: frozenset[str] = frozenset(),
) -> None:
    if one.mistake:
        report.add(one.line, REJECTED, one.mistake)
        return
    try:
        plan = _there(shop if tx is None else tx, one.name)
        typed = {name: text for name, text in one.typed.items() if name != "name"}
        if tx is None and any(
            word.strip().casefold() in names for word in typed.get("covers", "").split(";")
        ):
            del typed["covers"]  # it comes with the same file
        if plan is None:
            _add(shop, tx, one.name, typed)
            report.add(one.line, CREATED)
        else:
            _change(shop, tx, plan, typed, one.line, report, acts)
    except Problem as problem:
        report.add(one.line, REJECTED, str(problem))


def _add(shop: Shop, tx: Transaction | None, name: str, typed: Mapping[str, str]) -> None:
    if tx is None:
        writing.drafted(shop, shop, None, {**typed, "name": name})
    else:
        writing.add_in(shop, tx, name, typed)


def _change(
    shop: Shop,
    tx: Transaction | None,
    plan: PlanRow,
    typed: Mapping[str, str],
    line: int,
    report: Report,
    acts: Acts,
) -> None:
    source = shop if tx is None else tx
    acts = acts or shop_edits.imports(source)
    asked = writing.differing(plan.values, writing.drafted(shop, source, plan, typed))
    own = [
        field.name
        for field in asked
        if field.column and shop_edits.edited(source, plan.id, field.column, acts)
    ]
    kept = {name: text for name, text in typed.items() if name not in own}
    remark = f"Edited here since and kept: {headings(own)}." if own else ""
    left = [field for field in asked if field.name not in own]
    if left and tx is not None:
        writing.edit_in(shop, tx, plan, kept)
    report.add(line, UPDATED if left else UNCHANGED, remark)


def _there(source: Shop | Transaction, name: str) -> PlanRow | None:
    if not name:
        raise Refused("The name is empty.", "Give the plan one.")
    try:
        found = reads.find(source, name)
    except NotFound:
        return None
    return None if found.retired or found.name.casefold() != name.casefold() else found
