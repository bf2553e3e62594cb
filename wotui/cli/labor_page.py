"""Hours as the command line shows them: a table for people, documents for programs, totals in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.cli import output
from wotui.cli.order_shapes import instant_of, time_document
from wotui.domain.labor import clock_range, hours_minutes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from wotui.store.file import Shop
    from wotui.store.reads.labor import Entry


def document(entry: Entry, zone: ZoneInfo) -> dict[str, Any]:
    """One entry for programs."""
    return {
        **time_document(entry, zone),
        "entry": _number(entry),
        "order": entry.order or None,
        "title": entry.title or None,
        "source": entry.source or None,
        "device": entry.device or None,
        "breaks": [
            {"start": instant_of(item.start), "end": instant_of(item.end), "kind": item.kind}
            for item in entry.breaks
        ],
    }


def _number(entry: Entry) -> str:
    return str(entry.key) if entry.table == "time_span" else f"m{entry.key}"


def show(found: Sequence[Entry], zone: ZoneInfo) -> None:
    """Print entries as a table."""
    headings = ("Entry", "Who", "Day", "Time", "Breaks", "Length", "Type", "Order", "State", "Note")
    rows = [
        (
            _number(entry),
            entry.initials or entry.person,
            f"{entry.day:%a %Y-%m-%d}",
            _clock(entry, zone),
            "; ".join(clock_range(item.start, item.end, zone) for item in entry.breaks),
            hours_minutes(entry.minutes),
            entry.time_type,
            entry.order,
            "running" if entry.running else entry.state,
            entry.note.replace("\n", " "),
        )
        for entry in found
    ]
    output.table(headings, rows, right=(0, 5), flexible=9)


def _clock(entry: Entry, zone: ZoneInfo) -> str:
    return "" if entry.start is None else clock_range(entry.start, entry.end, zone)


def totals(shop: Shop, day: date, person_id: str) -> list[str]:
    """Everybody's totals of the period, and what stands in the way of its export."""
    from wotui.domain.payroll.lines import hours_text
    from wotui.exchange import payroll

    result = payroll.reckoned(shop, day)
    names = {one.id: one.name for one in result.book.employees}
    said = [f"Period {result.book.period.start} to {result.book.period.end}."]
    for who, pay in result.pay.items():
        if pay.total and person_id in ("", who):
            parts = [f"{hours_text(pay.minutes('REG'))} regular", f"{hours_text(pay.overtime)} overtime"]
            parts += [f"{hours_text(pay.leave)} leave"] if pay.leave else []
            said.append(f"{names[who]}: {', '.join(parts)}.")
    return said + [str(one) for one in result.findings if one.blocks and person_id in ("", one.person)]
