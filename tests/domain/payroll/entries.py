"""Entries written the way the shop's clock shows them: workweek from Sunday, Chicago, us-flsa."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from wotui.domain import labor, wall_time
from wotui.domain.labor import Amount, Break, Span
from wotui.domain.payroll.calendar import PaySchedule, WorkCalendar, weekday_number
from wotui.domain.payroll.employees import Employee
from wotui.domain.payroll.reckoning import Book
from wotui.domain.payroll.rules import RuleSet, Tier

if TYPE_CHECKING:
    from wotui.domain.payroll.calendar import Period

CHICAGO = ZoneInfo("America/Chicago")
SUNDAY = weekday_number("sunday")
CALENDAR = WorkCalendar(CHICAGO, SUNDAY)
WEEKLY = PaySchedule("weekly", SUNDAY)
FLSA = RuleSet("us-flsa", weekly=(Tier(2400, "OT"),), paid_break_under=20)
NONE = RuleSet("none")
RULE_SETS = {"us-flsa": FLSA, "none": NONE}
NOW = wall_time.parse_minute("2026-12-31T12:00", CHICAGO)
JUNE = WEEKLY.period_of(date(2026, 6, 10))
OLA = Employee("ola", "0017", "Łukasz", "Żółć")

_numbers = count(1)


def minute(text: str) -> int:
    """`2026-06-08T07:00` on the shop's clock, as a stored minute."""
    return wall_time.parse_minute(text, CHICAGO)


def span(start: str, end: str | None, *breaks: tuple[str, str], **more: str) -> Span:
    """An approved span of Ola's."""
    pauses = tuple(Break(minute(begin), minute(stop)) for begin, stop in breaks)
    fields: dict[str, Any] = {
        "id": f"entry-{next(_numbers):05}", "person": "ola", "state": labor.APPROVED, **more,
    }  # fmt: skip
    return Span(start=minute(start), end=None if end is None else minute(end), breaks=pauses, **fields)


def shift(day: str, begin: str, end: str, **more: str) -> Span:
    """A span inside one day."""
    return span(f"{day}T{begin}", f"{day}T{end}", **more)


def amount(day: date, minutes: int, time_type: str = "WORK", **more: str) -> Amount:
    """An approved amount of Ola's."""
    fields = {"id": f"entry-{next(_numbers):05}", "person": "ola", "state": labor.APPROVED, **more}
    return Amount(day=day, minutes=minutes, time_type=time_type, **fields)


def book(
    *entries: Span | Amount,
    period: Period,
    employees: tuple[Employee, ...] = (OLA,),
    rule_set: str = "us-flsa",
) -> Book:
    """All that a period is reckoned from."""
    return Book(
        period=period,
        calendar=CALENDAR,
        employees=employees,
        spans=tuple(entry for entry in entries if isinstance(entry, Span)),
        amounts=tuple(entry for entry in entries if isinstance(entry, Amount)),
        rule_sets=RULE_SETS,
        rule_set=rule_set,
        now=NOW,
    )
