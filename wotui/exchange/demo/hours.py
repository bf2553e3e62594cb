"""The demo's hours: two weeks of spans with their breaks, and a little leave."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from wotui.domain.wall_time import minute_of, offset_of
from wotui.exchange.demo.files import ident, rows
from wotui.exchange.demo.orders import Act

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from wotui.exchange.demo.days import Days
    from wotui.store.transaction import Transaction

APPROVER = "RH"


def acts(days: Days, now: datetime) -> Iterator[Act]:
    """Every entry as the act of its person; what lies before this week is approved."""
    monday = days.today - timedelta(days=days.today.weekday())
    for row in rows("hours"):
        start = days.at(int(row["day"]), row["start"])
        end = days.at(int(row["day"]), row["end"])
        if end <= start:
            end += timedelta(days=1)
        if end <= now:
            approved = days.past(int(row["day"])) < monday
            yield Act(end, row["person"], "Logged time.", _spanning(row, days, start, end, approved))
    for row in rows("leave"):
        day = days.past(int(row["day"]))
        noted = days.at(int(row["day"]), "16:00")
        yield Act(noted, APPROVER, "Logged leave.", _leaving(row, day, day < monday))


def _spanning(row: dict[str, str], days: Days, start: datetime, end: datetime, approved: bool) -> Any:
    def write(tx: Transaction) -> None:
        first, last = minute_of(start), minute_of(end)
        span = ident("span", row["day"], row["person"], row["start"])
        tx.insert(
            "time_span",
            id=span,
            person_id=ident("person", row["person"]),
            work_order_id=ident("order", row["order"]) if row["order"] else None,
            time_type=row["time_type"],
            category=row["category"],
            start_minute=first,
            end_minute=last,
            zone=days.zone.key,
            start_offset=offset_of(first, days.zone),
            end_offset=offset_of(last, days.zone),
            source="timer" if row["order"] else "manual",
            device=tx.origin,
            note=row["note"] or None,
            **_state(tx, approved),
        )
        for pause in filter(None, row["breaks"].split(";")):
            begin, _, finish = pause.partition("-")
            day = int(row["day"])
            tx.insert(
                "time_break",
                id=ident("break", span, begin),
                span_id=span,
                start_minute=minute_of(days.at(day, begin)),
                end_minute=minute_of(days.at(day, finish)),
                kind="meal",
            )

    return write


def _leaving(row: dict[str, str], day: date, approved: bool) -> Any:
    def write(tx: Transaction) -> None:
        tx.insert(
            "time_amount",
            id=ident("leave", row["day"], row["person"]),
            person_id=ident("person", row["person"]),
            work_on=day.isoformat(),
            minutes=int(row["minutes"]),
            time_type=row["time_type"],
            note=row["note"] or None,
            **_state(tx, approved),
        )

    return write


def _state(tx: Transaction, approved: bool) -> dict[str, Any]:
    if not approved:
        return {"state": "draft"}
    return {"state": "approved", "approved_by": ident("person", APPROVER), "approved_at": tx.at}
