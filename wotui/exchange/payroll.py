"""The payroll file of a pay period: checked, rendered, written.

The same hours give the same bytes under the same name on every computer; nothing is written while a finding blocks.
Until periods are kept as batches, the period itself is the stable label: batch `P2026-06-07`, file
`payroll_generic_2026-06-07_2026-06-13.csv`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wotui.domain.payroll import findings
from wotui.domain.payroll.employees import sort_text
from wotui.domain.payroll.findings import Finding
from wotui.domain.payroll.lines import Line, hours_text, printed_total
from wotui.domain.payroll.reckoning import Reckoning, reckon
from wotui.domain.payroll.rules import REG
from wotui.errors import Refused
from wotui.exchange import delimited
from wotui.exchange.payroll_profiles import Profile, profile, rule_sets
from wotui.store.reads import payroll as reads
from wotui.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from wotui.domain.payroll.employees import Employee
    from wotui.exchange.delimited import Written
    from wotui.store.file import Shop

FOREIGN = frozenset({"employee_no", "last_name", "first_name", "reason"})
"""Columns of text that people typed; only these are guarded against formulas."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file before it is put into words."""

    employee: Employee
    line: Line
    code: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A pay period, ready to be shown or written.

    Attributes:
        reckoning: everybody's pay.
        profile: what the file looks like.
        rows: in the order of the file.
        findings: everything to put right or to know, the profile's own included.
    """

    reckoning: Reckoning
    profile: Profile
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]

    @property
    def blocked(self) -> bool:
        """Whether any finding forbids the export."""
        return any(one.blocks for one in self.findings)

    @property
    def label(self) -> str:
        """What stands in the batch column."""
        return f"P{self.reckoning.book.period.start}"

    @property
    def file_name(self) -> str:
        """The name that this period's file always has."""
        period = self.reckoning.book.period
        return f"payroll_{self.profile.name}_{period.start}_{period.end}.csv"

    @property
    def totals(self) -> dict[str, str]:
        """Control totals: per code of the file, the sum of the printed hours."""
        codes = dict.fromkeys(row.code for row in self.rows)
        return {
            code: printed_total([row.line.minutes for row in self.rows if row.code == code]) for code in codes
        }


def reckoned(shop: Shop, day: date) -> Reckoning:
    """Everybody's pay for the period that `day` lies in.

    Raises:
        Refused: the shop's schedule or a rule set is not settled.
        FileTrouble: E11, this computer does not know the shop's zone.
    """
    return reckon(reads.book(shop, day, rule_sets()))


def prepare(shop: Shop, day: date, profile_name: str = "generic") -> Prepared:
    """The payroll file of the period that `day` lies in, with everything that is wrong with it.

    Raises:
        NotFound: no such profile.
        Refused, FileTrouble: as `reckoned`.
    """
    ready = prepared(reckoned(shop, day), profile(profile_name))
    rounding = shop.setting("payroll.rounding")
    if rounding == "none":
        return ready
    what = f"The shop rounds hours to {rounding} minutes, and this version exports exact minutes only."
    wrong = Finding("E09", what, "Set it: wotui settings payroll.rounding none.")
    return replace(ready, findings=(wrong, *ready.findings))


def prepared(reckoning: Reckoning, form: Profile) -> Prepared:
    """A reckoning in the shape of a profile."""
    people = {one.id: one for one in reckoning.book.employees}
    rows = tuple(_in_order(_rows(reckoning, form), form))
    found = [
        *reckoning.findings,
        *findings.unmapped(reckoning.pay, people, form.codes, form.name),
        *_characters(rows, form),
    ]
    return Prepared(reckoning, form, rows, tuple(findings.in_order(found, people)))


def _rows(reckoning: Reckoning, form: Profile) -> Iterator[Row]:
    book = reckoning.book
    for employee in book.employees:
        result = reckoning.pay.get(employee.id)
        lines = result.lines if result else ()
        yield from (Row(employee, line, form.codes.get(line.code, line.code)) for line in lines)
        if not lines and form.zero_rows and employee.number and employee.employed_in(book.period):
            nothing = Line(book.calendar.week_of(book.period.start), REG, 0)
            yield Row(employee, nothing, form.codes.get(REG, REG))


_SORT: dict[str, Callable[[Row], str]] = {
    "last_name": lambda row: sort_text(row.employee.last_name),
    "first_name": lambda row: sort_text(row.employee.first_name),
    "employee_no": lambda row: sort_text(row.employee.number),
    "workweek_start": lambda row: row.line.week.isoformat(),
    "pay_code": lambda row: sort_text(row.code),
}


def _in_order(rows: Iterator[Row], form: Profile) -> Sequence[Row]:
    """Rows by the profile's columns; the last resort is the person's id, so that equal names never swap."""
    return sorted(rows, key=lambda row: (*(_SORT[name](row) for name in form.sort), row.employee.id))


def _characters(rows: Sequence[Row], form: Profile) -> Iterator[Finding]:
    """E08: a character that the file cannot hold; never a question mark instead."""
    for employee in dict.fromkeys(row.employee for row in rows):
        fields = (
            ("number", employee.number),
            ("last name", employee.last_name),
            ("first name", employee.first_name),
        )
        for word, text in fields:
            bad = delimited.not_allowed(text, form.dialect)
            if bad:
                shown = f"{bad} (U+{ord(bad):04X})" if bad.isprintable() else f"U+{ord(bad):04X}"
                what = f"{employee.name}: the {word} holds {shown}, which {form.name} cannot hold."
                yield Finding("E08", what, "Correct the person.", employee.id)


def rendered(ready: Prepared, label: str | None = None) -> bytes:
    """The bytes of the file.

    Args:
        ready: a period without blocking findings.
        label: what stands in the batch column, when not the period's own label.
    """
    form = ready.profile
    batch = ready.label if label is None else label
    cells = [_cells(row, number, batch, ready) for number, row in enumerate(ready.rows, start=1)]
    lines = ([_guarded(name, one[name]) for name in form.columns] for one in cells)
    return delimited.rendered(form.columns, lines, form.dialect)


def _guarded(column: str, text: str) -> str:
    return delimited.guarded(text) if column in FOREIGN else text


def _cells(row: Row, number: int, batch: str, ready: Prepared) -> dict[str, str]:
    form, period = ready.profile, ready.reckoning.book.period
    return {
        "batch": batch,
        "row": str(number),
        "period_start": period.start.strftime(form.date),
        "period_end": period.end.strftime(form.date),
        "employee_no": row.employee.number,
        "last_name": row.employee.last_name,
        "first_name": row.employee.first_name,
        "workweek_start": row.line.week.strftime(form.date),
        "pay_code": row.code,
        "hours": hours_text(row.line.minutes).replace(".", form.decimal),
        "minutes": str(row.line.minutes),
        "adjusts_batch": "",
        "reason": "",
    }


@dataclass(frozen=True, slots=True)
class Exported:
    """A payroll file that was written.

    Attributes:
        ready: what it was made from.
        written: where it lies, and whether it was there already.
    """

    ready: Prepared
    written: Written

    @property
    def sentence(self) -> str:
        """What happened, for the toast and for stderr."""
        how = {
            delimited.NEW: "Wrote",
            delimited.IDENTICAL: "Already exported, identical:",
            delimited.REPLACED: "Hours have changed; replaced",
        }[self.written.how]
        hours = ", ".join(f"{code} {total}" for code, total in self.ready.totals.items())
        return f"{how} {self.written.path} ({counted(len(self.ready.rows), 'row')}{': ' if hours else ''}{hours})."


def export(shop: Shop, day: date, folder: Path, profile_name: str = "generic") -> Exported:
    """Write the payroll file of the period that `day` lies in.

    Raises:
        Refused: the acting person may not; or a finding blocks, all of them are in the sentence, and no file is
            written.
        FileTrouble: E13, the folder cannot be written; E11, the zone is unknown.
        NotFound: no such profile.
    """
    shop.require("export the payroll", "office", "supervisor")
    return write(prepare(shop, day, profile_name), folder)


def write(ready: Prepared, folder: Path) -> Exported:
    """Write a prepared period into a folder.

    Raises:
        Refused: a finding blocks; all of them are in the sentence.
        FileTrouble: E13, the folder cannot be written.
    """
    blocking = [one for one in ready.findings if one.blocks]
    if blocking:
        problems = counted(len(blocking), "problem")
        what = f"{problems} before {ready.reckoning.book.period} can be exported; nothing was written."
        raise Refused(what, "\n" + "\n".join(str(one) for one in blocking))
    return Exported(ready, delimited.write_verified(folder, ready.file_name, rendered(ready)))
