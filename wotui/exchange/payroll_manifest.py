"""The manifest of a batch: what belongs to it, what it was made with, and how far rounding moved minutes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wotui import __version__
from wotui.domain.labor import TIME_TYPES
from wotui.domain.payroll.lines import hours_text
from wotui.domain.payroll.pieces import pieces

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.domain.payroll.reckoning import Reckoning
    from wotui.exchange.payroll_prepared import Prepared


def manifest_file(
    ready: Prepared,
    digests: Mapping[str, str],
    made: Mapping[str, str | None],
    year: Reckoning | None = None,
) -> bytes:
    """`manifest.json`: digests, control totals, rules and versions, and how far rounding moved anybody's minutes.

    `year` are the twelve months up to the period's end, where minutes are rounded.
    """
    book = ready.reckoning.book
    document = {
        "batch": ready.label,
        "profile": ready.profile.name,
        "revision": ready.revision,
        "period_start": book.period.start.isoformat(),
        "period_end": book.period.end.isoformat(),
        **made,
        "files": dict(digests),
        "row_count": len(ready.rows),
        "control_totals": ready.totals,
        "rule_sets": sorted(
            {book.rules_of(one).name for one in book.employees if one.id in ready.reckoning.pay}
        ),
        "rounding": book.rounding,
        "minutes": _neutrality(ready, year),
        "self_approved": sum(1 for one in ready.findings if one.code == "W24"),
        "adjusts": sorted({one.batch for one in ready.owed}),
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _neutrality(ready: Prepared, year: Reckoning | None) -> list[dict[str, object]]:
    """Per person: exact and paid minutes of the period and of twelve months, the evidence that rounding averages out
    (29 CFR 785.48).
    """
    moved = _moved(ready.reckoning)
    longer = _moved(year) if year is not None else {}
    numbers = {one.id: one.number for one in ready.reckoning.book.employees}
    return [
        {
            "employee_no": numbers[person],
            **_difference(*both),
            "hours": hours_text(both[1]),
            "last_12_months": _difference(*longer.get(person, both)),
        }
        for person, both in moved.items()
    ]


def _difference(exact: int, paid: int) -> dict[str, int]:
    return {"exact": exact, "paid": paid, "difference": exact - paid}


def _moved(reckoning: Reckoning) -> dict[str, tuple[int, int]]:
    """Person's id → exact and paid minutes of a period; nobody where minutes are not rounded."""
    book, found = reckoning.book, dict[str, tuple[int, int]]()
    for employee in book.employees if book.rounding else ():
        if employee.id not in reckoning.pay:
            continue
        rules = book.rules_of(employee)
        spans = [one for one in book.spans if one.person == employee.id]
        amounts = [one for one in book.amounts if one.person == employee.id]
        parts = [one for one in pieces(spans, amounts, book.calendar, rules) if one.day in book.period]
        exact = sum(one.minutes for one in parts if TIME_TYPES[one.time_type].paid)
        found[employee.id] = (exact, reckoning.pay[employee.id].total)
    return found


def engine_versions() -> dict[str, str]:
    """The versions that a batch is made with."""
    from importlib.metadata import PackageNotFoundError, version  # 20 ms that a check need not pay for

    try:
        zones = version("tzdata")
    except PackageNotFoundError:
        zones = ""
    return {"engine_version": __version__, "tzdata_version": zones}
