"""Hours as a file that `wotui import times` reads back: every stretch of time of some days, by person and start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain import wall_time
from wotui.exchange import delimited
from wotui.exchange.delimited import Dialect
from wotui.exchange.imports.times import COLUMNS
from wotui.store.reads import labor as reads
from wotui.text import counted

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from wotui.domain.payroll.calendar import Period
    from wotui.store.file import Shop
    from wotui.store.reads.labor import Entry


def export(shop: Shop, period: Period, person_id: str = "") -> tuple[bytes, str]:
    """The finished entries that touch a period, and a sentence about what they are.

    Running timers and amounts without clock times have no start and end to write; they are counted in the sentence.

    Args:
        shop: the open shop.
        period: the days.
        person_id: only this person's, when given.
    """
    found = reads.entries(shop, period, person_id)
    numbers = {
        identity: number or ""
        for identity, number in shop.rows("SELECT id, payroll_id FROM person WHERE payroll_id IS NOT NULL")
    }
    kept = [one for one in found if one.end is not None]
    rows = [_row(one, numbers.get(one.person_id, ""), shop.zone) for one in kept]
    said = f"{counted(len(kept), 'entry', 'entries')} of {period}."
    left = len(found) - len(kept)
    if left:
        said += f" {counted(left, 'entry', 'entries')} without start and end left out."
    return delimited.rendered(COLUMNS, rows, Dialect("utf-8", eol="lf")), said


def _row(entry: Entry, number: str, zone: ZoneInfo) -> list[str]:
    breaks = ";".join(
        "-".join(f"{wall_time.local(each, zone):%H:%M}" for each in (item.start, item.end))
        for item in entry.breaks
    )
    foreign = [
        delimited.guarded(" ".join(word.split())) for word in (entry.order, entry.time_type, entry.note)
    ]
    moments = [
        f"{wall_time.local(each or 0, zone).isoformat(timespec='minutes')}"
        for each in (entry.start, entry.end)
    ]
    return [delimited.guarded(number), *moments, breaks, *foreign]
