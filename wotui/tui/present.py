"""Row in, words out: how dates, durations, money, statuses and priorities are written on every screen.

Everything here is pure. Nothing is said by colour alone: a `Look` is a glyph, a word and the name of a style
(`themes.Token`), and the word can always stand by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from wotui import text
from wotui.domain import money as amounts
from wotui.domain import quantity

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from wotui.tui.themes import Token

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Look:
    """How one value of a list is shown: a glyph one cell wide, its word, and its style."""

    glyph: str
    words: str
    token: Token

    def __str__(self) -> str:
        return f"{self.glyph} {self.words}"


STATUS = {
    "draft": Look("◌", "draft", "muted"),
    "ready": Look("○", "ready", "text"),
    "scheduled": Look("◷", "scheduled", "info"),
    "in_progress": Look("▶", "in progress", "accent"),
    "on_hold": Look("‖", "on hold", "warn"),
    "done": Look("✓", "done", "good"),
    "closed": Look("■", "closed", "muted"),
    "cancelled": Look("✗", "cancelled", "muted"),
}
PRIORITY = {
    1: Look("▲", "emergency", "bad"),
    2: Look("△", "urgent", "warn"),
    3: Look("·", "normal", "text"),
    4: Look("▽", "low", "muted"),
}
OUTCOME = {
    "pass": Look("✓", "pass", "good"),
    "flag": Look("!", "watch", "warn"),
    "fail": Look("✗", "fail", "bad"),
    "na": Look("–", "not applicable", "muted"),
}
UNKNOWN = Look("?", "unknown", "warn")


def status(value: str | None) -> Look:
    """A work order's status; a word that a newer file brought is shown as it stands."""
    return STATUS.get(value or "", Look("?", text.clean_line(value or "no status"), "warn"))


def priority(value: int | None) -> Look:
    """A work order's priority, 1 (emergency) to 4 (low)."""
    return PRIORITY.get(value or 0, UNKNOWN)


def outcome(value: str | None) -> Look:
    """The outcome of a checklist item; None is not answered yet."""
    return Look("○", "open", "text") if value is None else OUTCOME.get(value, UNKNOWN)


def words(value: str | None) -> str:
    """A stored code in plain words: `in_progress` → `in progress`."""
    return (value or "").replace("_", " ")


def day(value: str | date | None, today: date | None = None) -> str:
    """A civil date: `Fri 12 Jun`; with its year where it is not `today`'s. Empty for None."""
    moment = _as_date(value)
    if moment is None:
        return str(value or "")
    year = "" if today is None or moment.year == today.year else f" {moment.year}"
    return f"{_DAYS[moment.weekday()]} {moment.day} {_MONTHS[moment.month - 1]}{year}"


def due(value: str | date | None, today: date, *, finished: bool = False) -> tuple[str, Token]:
    """A due date as a person says it, and its style: `3 days late`, `today`, `tomorrow`, `Fri 12 Jun`.

    A finished order is never late here: its date is only a date.
    """
    moment = _as_date(value)
    if moment is None:
        return (str(value or ""), "muted")
    if finished:
        return (day(moment, today), "muted")
    days = (moment - today).days
    if days < 0:
        return (f"{text.counted(-days, 'day')} late", "bad")
    if days == 0:
        return ("today", "warn")
    if days == 1:
        return ("tomorrow", "text")
    return (day(moment, today), "text")


def moment(value: str | datetime | None, zone: ZoneInfo, today: date | None = None) -> str:
    """An instant on the shop's wall clock: `Mon 8 Jun 14:05`. Empty for None; text that is no instant as it stands."""
    parsed = _as_instant(value)
    if parsed is None:
        return str(value or "")
    local = parsed.astimezone(zone)
    return f"{day(local.date(), today)} {local:%H:%M}"


def clock_time(value: str | datetime | None, zone: ZoneInfo) -> str:
    """An instant as the shop's wall clock time alone: `14:05`."""
    parsed = _as_instant(value)
    return "" if parsed is None else f"{parsed.astimezone(zone):%H:%M}"


def minute_of(minutes: int, zone: ZoneInfo) -> datetime:
    """Minutes since the Unix epoch (UTC), as stored in time spans, on the shop's wall clock."""
    return datetime.fromtimestamp(minutes * 60, UTC).astimezone(zone)


def duration(minutes: int | None) -> str:
    """Minutes as `1h 25m`, `25m`, `2h`; negative with a minus sign; empty for None."""
    if minutes is None:
        return ""
    sign = "-" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), 60)
    if not hours:
        return f"{sign}{rest}m"
    return f"{sign}{hours}h {rest}m" if rest else f"{sign}{hours}h"


def hours(minutes: int | None) -> str:
    """Minutes as decimal hours with two places, half up: 85 → `1.42`; empty for None."""
    if minutes is None:
        return ""
    hundredths = (abs(minutes) * 10 + 3) // 6
    sign = "-" if minutes < 0 and hundredths else ""
    return f"{sign}{hundredths // 100}.{hundredths % 100:02d}"


def money(minor: int | None, currency: str = "USD") -> str:
    """Minor units as `1,184.99 USD`; the currency decides how many places. Empty for None."""
    return "" if minor is None else amounts.shown(minor, currency)


def thousandths(value: int | None, uom: str = "") -> str:
    """A quantity kept in thousandths: 12500, `bar` → `12.5 bar`; empty for None."""
    return "" if value is None else quantity.with_unit(value, uom)


def fit(value: str, width: int) -> str:
    """The text cut to `width` cells with an ellipsis, or padded with blanks to it; control characters made visible."""
    if (
        value.isascii() and value.isprintable()
    ):  # nearly every cell of a list, drawn a thousand times a second
        return value.ljust(width) if len(value) <= width else f"{value[: width - 1]}…" if width > 0 else ""
    from textual.content import Content

    line = Content(text.visible(value))
    if line.cell_length > width:
        return line.truncate(max(width, 0), ellipsis=True).plain if width > 0 else ""
    return line.plain + " " * (width - line.cell_length)


def _as_date(value: str | date | None) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _as_instant(value: str | datetime | None) -> datetime | None:
    if value is None or isinstance(value, datetime):
        return value
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError:
        return None
    return parsed if parsed.tzinfo is not None else parsed.replace(tzinfo=UTC)
