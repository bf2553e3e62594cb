"""Places, assets, people, contractors and parts from a file.

Without a mapping the headings are the field names of `wotui add`; people may be given as `first_name` and `last_name`.
A record is the one with the same code, tag, initials, name or stock number, a person also the one with the same
employee number. Parents may come in any order. An empty cell says nothing: it never clears what is there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wotui.domain import records as rules
from wotui.domain.identity import new_id
from wotui.domain.initials import initials_for
from wotui.domain.record_kinds import KINDS, kind_named
from wotui.errors import Problem, Refused, UsageProblem
from wotui.exchange.imports import mapping as mappings
from wotui.exchange.imports import shop_edits
from wotui.exchange.imports.cells import RowMistake, Rule, bind, headings
from wotui.exchange.imports.master_writing import MasterWriter
from wotui.exchange.imports.reading import open_sheet, rows, unguarded
from wotui.exchange.imports.report import REJECTED, Report
from wotui.store.reads import records as reads
from wotui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from wotui.domain.records import Kind, Value
    from wotui.exchange.imports import Progress
    from wotui.exchange.imports.cells import Reader
    from wotui.exchange.imports.reading import Sheet
    from wotui.store.file import Shop
    from wotui.store.reading import Reads

OWN = "wotui"


@dataclass(slots=True)
class MasterRow:
    """One record as its row asks for it; `values` holds only the fields that the row fills in."""

    line: int
    values: dict[str, Value] = field(default_factory=dict[str, "Value"])
    mistakes: list[str] = field(default_factory=list[str])
    id: str = ""
    known: bool = False


def run(
    shop: Shop,
    kind_word: str,
    file: Path,
    *,
    dry_run: bool = False,
    mapping: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Import a file of master data in one transaction; arguments and errors as `orders.run`."""
    kind = kind_named(kind_word)
    shop.require(f"import {kind.plural}", "office", "supervisor")
    sheet = open_sheet(file)
    report = Report(kind.plural, file, dry_run=dry_run)
    report.notes += sheet.notes
    readers = _readers(kind, sheet, mapping, report)
    currency = shop.setting("shop.currency")
    if dry_run:
        _judge(
            shop,
            kind,
            _read(sheet, kind, readers, currency, progress),
            MasterWriter(shop, None, kind),
            report,
        )
        return report
    with shop.transaction() as tx:
        _judge(tx, kind, _read(sheet, kind, readers, currency, progress), MasterWriter(tx, tx, kind), report)
        if report.created or report.updated:
            shop_edits.sign(tx, OWN)
        report.done = tx.done(f"Imported {report.sentence()}")
    report.save_rejected(sheet)
    return report


def _readers(kind: Kind, sheet: Sheet, mapping: Path | None, report: Report) -> dict[str, Reader]:
    """Field → what reads its text from a row."""
    if mapping is not None:
        chosen = mappings.load(mapping)
        if chosen.kind != kind.plural:
            raise UsageProblem(f"The mapping {chosen.name} is for {chosen.kind}, not for {kind.plural}.")
        return {
            kind.field(name).name: bind(rule, sheet.headers, name) for name, rule in chosen.fields.items()
        }
    found: dict[str, Reader] = {}
    unread: list[str] = []
    for header in sheet.headers:
        try:
            name = kind.field(header).name
        except UsageProblem:
            unread.append(header)
            continue
        found[name] = _unguarded(bind(Rule(column=header), sheet.headers, name))
    if not found.keys() & {kind.handle, "name", "payroll_id"}:
        raise Refused(
            f"{sheet.path.name} has no column “{kind.handle}”; its columns are {headings(sheet.headers)}.",
            "Rename the columns, or say which is which in a mapping file (--mapping).",
        )
    if unread:
        report.notes.append(f"Not read: {headings(unread)}.")
    return found


def _unguarded(reader: Reader) -> Reader:
    return lambda cells: unguarded(reader(cells))


def _read(
    sheet: Sheet, kind: Kind, readers: Mapping[str, Reader], currency: str, progress: Progress | None
) -> list[MasterRow]:
    found: list[MasterRow] = []
    for row in rows(sheet):
        one = MasterRow(row.line, mistakes=[row.problem] if row.problem else [])
        for name, reader in () if row.problem else readers.items():
            known = kind.field(name)
            try:
                text = reader(row.cells)
                if known.type == "set":
                    text = text.replace(";", ",").replace("|", ",")
                if text.strip():
                    one.values[name] = rules.read(known, text, currency)
            except (RowMistake, Problem) as mistake:
                one.mistakes.append(str(mistake))
        found.append(one)
        if progress is not None and len(found) % 500 == 0:
            progress(len(found))
    return found


def _judge(source: Reads, kind: Kind, found: list[MasterRow], writer: MasterWriter, report: Report) -> None:
    _name_people(source, kind, found)
    _identify(source, kind, found)
    _refer(source, kind, found)
    for one in found:
        if one.mistakes:
            report.add(one.line, REJECTED, " ".join(one.mistakes))
            continue
        try:
            verdict, remark = writer.take(one.id, one.values, known=one.known)
            report.add(one.line, verdict, remark)
        except Problem as problem:
            report.add(one.line, REJECTED, str(problem))


def _name_people(source: Reads, kind: Kind, found: list[MasterRow]) -> None:
    """What follows from the parts of a person's name: the name, and initials that nobody has yet."""
    if kind.name != "person":
        return
    taken = list(reads.handles(source, kind).values())
    taken += [str(one.values["initials"]) for one in found if one.values.get("initials")]
    for one in found:
        parts = [str(one.values.get(name) or "") for name in ("first_name", "last_name")]
        if any(parts):
            one.values.setdefault("name", clean_line(" ".join(parts)))
        if one.values.get("name") and not one.values.get("initials") and not _by(source, "payroll_id", one):
            initials = initials_for(str(one.values["name"]), taken)
            if initials:
                one.values["initials"] = initials
                taken.append(initials)


def _identify(source: Reads, kind: Kind, found: list[MasterRow]) -> None:
    """Which record each row is about: one that is there, or a new one; two rows are never about the same."""
    seen: dict[str, int] = {}
    for one in found:
        if one.mistakes:
            continue
        matches = {
            identity
            for name in {kind.handle, "payroll_id" if kind.name == "person" else kind.handle}
            if (identity := _holder(source, kind, name, one))
        }
        if len(matches) > 1:
            one.mistakes.append("The initials and the employee number belong to two different people.")
            continue
        one.id, one.known = (matches.pop(), True) if matches else (new_id(), False)
        handle = str(one.values.get(kind.handle) or one.id).casefold()
        if not one.known and not one.values.get(kind.handle):
            one.mistakes.append(f"The {kind.field(kind.handle).words} is empty.")
        for key in (handle, one.id):
            if key in seen and seen[key] != one.line:
                one.mistakes.append(f"Line {seen[key]} is about the same {kind.name}.")
                break
            seen[key] = one.line


def _holder(source: Reads, kind: Kind, name: str, one: MasterRow) -> str | None:
    value = one.values.get(name)
    found = reads.holder(source, kind, name, value) if value else None
    return found[0] if found else None


def _by(source: Reads, name: str, one: MasterRow) -> bool:
    return _holder(source, KINDS["person"], name, one) is not None


def _refer(source: Reads, kind: Kind, found: list[MasterRow]) -> None:
    """References as ids, also to records of the same file; a row under a refused row is refused too."""
    own: dict[str, MasterRow] = {
        str(one.values[kind.handle]).casefold(): one
        for one in found
        if one.id and one.values.get(kind.handle)
    }
    parents = dict(reads.parents(source, kind)) if _has_parent(kind) else {}
    for one in found:
        for name, value in list(one.values.items()):
            known = kind.field(name)
            if not known.refers_to or not value:
                continue
            words = value if isinstance(value, tuple) else (str(value),)
            try:
                ids = tuple(_find(source, kind, known.refers_to, word, own) for word in words)
            except Problem as problem:
                one.mistakes.append(f"{name}: {problem}")
                continue
            one.values[name] = ids if isinstance(value, tuple) else ids[0]
        if _has_parent(kind) and one.values.get("parent"):
            parents[one.id] = str(one.values["parent"])
    _refuse_rings(found, parents, own)


def _has_parent(kind: Kind) -> bool:
    return any(known.name == "parent" for known in kind.fields)


def _find(source: Reads, kind: Kind, refers_to: str, word: str, own: Mapping[str, MasterRow]) -> str:
    if refers_to == kind.name and word.casefold() in own:
        return own[word.casefold()].id
    return reads.find(source, KINDS[refers_to], word)


def _refuse_rings(
    found: list[MasterRow], parents: Mapping[str, str | None], own: Mapping[str, MasterRow]
) -> None:
    names = {one.id: handle for handle, one in own.items()}
    refused = {one.id for one in found if one.mistakes and not one.known}
    changed = True
    while changed:
        changed = False
        for one in found:
            parent = str(one.values.get("parent") or "")
            if one.mistakes or not parent:
                continue
            ring = _ring(one.id, parents)
            if ring:
                path = " → ".join(names.get(identity, identity).upper() for identity in ring)
                one.mistakes.append(f"It lies inside itself: {path}.")
            elif parent in refused:
                one.mistakes.append(f"Its parent {names.get(parent, '').upper()} was refused.")
            else:
                continue
            changed = True
            if not one.known:
                refused.add(one.id)


def _ring(start: str, parents: Mapping[str, str | None]) -> Sequence[str]:
    path = [start]
    above = parents.get(start)
    while above is not None and above not in path:
        path.append(above)
        above = parents.get(above)
    return [*path, start] if above == start else []
