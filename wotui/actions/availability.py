"""Who works how long: a weekly pattern and single days of a person, and the shop's view of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wotui.domain.identity import same_id
from wotui.domain.labor import hours_minutes
from wotui.domain.record_kinds import KINDS
from wotui.domain.routing.words import DAYS
from wotui.domain.work_order_fields import WORK_ORDER, one_day
from wotui.errors import Refused, UsageProblem
from wotui.store.reads import records
from wotui.text import clean_line, listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.store.file import Shop
    from wotui.store.reading import Reads
    from wotui.store.transaction import Done

WHOLE_DAY = 1440
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
_HOURS = re.compile(r"(\d{1,2})(?:[.,](\d{1,2}))?\s*h?")


def read_minutes(typed: str) -> int:
    """Minutes of a working day from what a person typed: `8`, `7.5`, `7:30` are hours, `450m` are minutes.

    Raises:
        UsageProblem: not a length of time, or longer than a day.
    """
    bare = typed.strip().casefold()
    clock, hours = _CLOCK.fullmatch(bare), _HOURS.fullmatch(bare)
    if bare.endswith("m") and bare[:-1].strip().isdigit():
        found = int(bare[:-1][:6])
    elif clock:
        found = int(clock[1]) * 60 + int(clock[2])
    elif hours:
        found = int(hours[1]) * 60 + round(int((hours[2] or "0").ljust(2, "0")) * 0.6)
    else:
        raise UsageProblem(
            f"{clean_line(typed, 40)!r} is no length of time.", "Write hours, such as 8, 7.5 or 7:30."
        )
    if found > WHOLE_DAY:
        raise UsageProblem(f"{clean_line(typed, 40)!r} is longer than a day.", "Write at most 24.")
    return found


def set_week(shop: Shop, person: str, hours: Mapping[int, str]) -> Done:
    """Say how long a person works on weekdays (1 is Monday); days that are not named stay as they are.

    Somebody without any pattern works the shop's usual day; the first day that is set makes all others free.

    Args:
        shop: the open shop.
        person: initials, name or id.
        hours: weekday → hours as typed; empty takes that weekday away again.

    Raises:
        UsageProblem: nothing is named, no such weekday, or no length of time.
        NotFound: no such person.
        Refused: the acting person may not.
    """
    shop.require("say who works when", "supervisor", "office")
    if not hours or not set(hours) <= set(range(1, 8)):
        raise UsageProblem("No weekday is named.", "Say how long on which: mon-fri=8 sat=4.")
    lengths = {weekday: read_minutes(typed) if typed.strip() else None for weekday, typed in hours.items()}
    with shop.transaction() as tx:
        who = records.find(tx, KINDS["person"], person)
        for weekday, length in lengths.items():
            identity = same_id("availability", who, str(weekday))
            if length is not None:
                tx.put("availability", identity, person_id=who, weekday=weekday, minutes=length)
            elif tx.one("SELECT 1 FROM availability WHERE id = ? AND deleted_at IS NULL", (identity,)):
                tx.remove("availability", identity)
        said = [
            f"{DAYS[weekday - 1]} {'as usual' if length is None else hours_minutes(length)}"
            for weekday, length in sorted(lengths.items())
        ]
        return tx.done(f"{_named(tx, who)} works {listed(said)}.", who)


def set_day(shop: Shop, person: str, day: str, hours: str, reason: str = "") -> Done:
    """Say how long a person works on one day instead; empty hours make it a day as any other again.

    Args:
        shop: the open shop.
        person: initials, name or id.
        day: `2026-06-30`, `fri`, `+3d`.
        hours: as typed; `0` for a day off.
        reason: why: holiday, sick, training.

    Raises:
        UsageProblem: not one day, or no length of time.
        NotFound: no such person.
        Refused: the acting person may not, or there is nothing to take away.
    """
    shop.require("say who works when", "supervisor", "office")
    on = one_day(WORK_ORDER.field("planned_on"), day, shop.today())
    length = read_minutes(hours) if hours.strip() else None
    with shop.transaction() as tx:
        who = records.find(tx, KINDS["person"], person)
        identity = same_id("availability", who, on)
        if length is None:
            if not tx.one(
                "SELECT 1 FROM availability_exception WHERE id = ? AND deleted_at IS NULL", (identity,)
            ):
                raise Refused(
                    f"{on} is a day as usual for {_named(tx, who)}.", "Say how long they work: 0, 4, 7:30."
                )
            tx.remove("availability_exception", identity)
            return tx.done(f"{_named(tx, who)} works as usual on {on}.", who)
        why = clean_line(reason) or None
        tx.put("availability_exception", identity, person_id=who, on_day=on, minutes=length, reason=why)
        said = f"works {hours_minutes(length)}" if length else "is away"
        return tx.done(f"{_named(tx, who)} {said} on {on}{f' ({why})' if why else ''}.", who)


def _named(tx: Reads, person_id: str) -> str:
    return tx.value("SELECT ifnull(name, initials) FROM person WHERE id = ?", (person_id,))
