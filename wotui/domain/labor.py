"""Hours: spans between two instants, their breaks, and amounts without clock times.

A span is half-open, `[start, end)`, in whole minutes since the Unix epoch, UTC: an entry that ends at 10:00 and one
that starts at 10:00 do not overlap. Every recorded break is unpaid as recorded; whether a short one is paid all the
same is the rule set's business (`payroll.rules`). What may not be recorded at all is refused by `labor_rules`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wotui.domain import wall_time
from wotui.errors import UsageProblem
from wotui.text import listed

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

HOUR = 60

DRAFT, SUBMITTED, APPROVED = "draft", "submitted", "approved"
STATES = (DRAFT, SUBMITTED, APPROVED)
SOURCES = ("timer", "manual", "import", "merge")
CATEGORIES = ("work", "travel", "diagnosis", "waiting_parts", "waiting_access", "admin", "training", "break")


@dataclass(frozen=True, slots=True)
class TimeType:
    """What happened in an entry.

    Attributes:
        code: the stored word.
        words: how a person says it.
        paid: whether it gives a line in the payroll file.
        worked: whether its minutes count toward overtime (leave does not, 29 CFR 778.102).
    """

    code: str
    words: str
    paid: bool
    worked: bool


TIME_TYPES = {
    kind.code: kind
    for kind in (
        TimeType("WORK", "work", paid=True, worked=True),
        TimeType("TRAVEL", "travel", paid=True, worked=True),
        TimeType("TRAINING", "training", paid=True, worked=True),
        TimeType("ONCALL", "on call", paid=True, worked=False),
        TimeType("PTO", "paid time off", paid=True, worked=False),
        TimeType("SICK", "sick", paid=True, worked=False),
        TimeType("HOLIDAY", "holiday", paid=True, worked=False),
        TimeType("UNPAID", "unpaid absence", paid=False, worked=False),
    )
}


@dataclass(frozen=True, slots=True)
class Break:
    """A break inside a span, minutes since the epoch; `kind` is `meal` or `rest`."""

    start: int
    end: int
    kind: str = "meal"

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of one person's time.

    Attributes:
        id: the entry's id.
        person: the person's id.
        start: minutes since the epoch, UTC.
        end: the same, or None while a timer runs.
        time_type: one of `TIME_TYPES`.
        breaks: inside the span, not overlapping.
        state: one of `STATES`.
        order: the work order's number, or empty for indirect time.
        device: where it was recorded.
        approved_by: the id of the person who approved it.
        suspect: the computer's clock stood behind what it had recorded before.
        asked: what somebody asks to be corrected in it; empty for nothing.
    """

    id: str
    person: str
    start: int
    end: int | None
    time_type: str = "WORK"
    breaks: tuple[Break, ...] = field(default=())
    state: str = DRAFT
    order: str = ""
    device: str = ""
    approved_by: str = ""
    suspect: bool = False
    asked: str = ""

    @property
    def worked(self) -> bool:
        """Whether it counts toward overtime and may not overlap another such span."""
        return TIME_TYPES[self.time_type].worked

    @property
    def unpaid_minutes(self) -> int:
        """All its breaks together, as recorded."""
        return sum(item.minutes for item in self.breaks)


@dataclass(frozen=True, slots=True)
class Amount:
    """Minutes of a workday without clock times: leave, or "45 minutes on W-A0012"."""

    id: str
    person: str
    day: date
    minutes: int
    time_type: str = "WORK"
    state: str = DRAFT
    order: str = ""
    approved_by: str = ""
    asked: str = ""


def time_type(code: str) -> TimeType:
    """The time type of a word in any case; empty means WORK.

    Raises:
        UsageProblem: no such time type.
    """
    known = TIME_TYPES.get(code.strip().upper() or "WORK")
    if known is None:
        raise UsageProblem(f"{code!r} is not a time type.", f"Use {listed(list(TIME_TYPES), 'or')}.")
    return known


def hours_minutes(minutes: int) -> str:
    """`1h 25m`, `25m`, `2h`: the way sentences give a length."""
    sign = "-" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), HOUR)
    return (
        f"{sign}{hours}h {rest:02}m" if hours and rest else f"{sign}{hours}h" if hours else f"{sign}{rest}m"
    )


def clock_range(start: int, end: int | None, zone: ZoneInfo) -> str:
    """`07:00-15:30` on the shop's wall clock; `07:00-…` while a timer runs."""
    return f"{wall_time.local(start, zone):%H:%M}-" + (
        "…" if end is None else f"{wall_time.local(end, zone):%H:%M}"
    )
