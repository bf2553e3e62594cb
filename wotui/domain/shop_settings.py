"""The settings of a shop, which live in its file and merge with it: which there are, and what each may be."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from wotui.domain import money
from wotui.domain.contractors import documents
from wotui.errors import UsageProblem
from wotui.text import clean_line, listed, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SCHEDULES = ("weekly", "biweekly", "semimonthly", "monthly")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ROUNDINGS = ("none", "5", "6", "15")


def _shop_name(value: str) -> str:
    if not value:
        raise UsageProblem("A shop needs a name.", "Give it one.")
    return value


def zone_name(value: str) -> str:
    """An IANA time zone as it is written there.

    Raises:
        UsageProblem: there is no such zone; names the nearest.
    """
    try:
        ZoneInfo(value)
    except (ValueError, OSError, LookupError):
        pass
    else:
        if value:
            return value
    from zoneinfo import available_timezones

    by_folded = {zone.casefold(): zone for zone in available_timezones()}
    if value.casefold() in by_folded:
        return by_folded[value.casefold()]
    cities = {zone.rpartition("/")[2].casefold(): zone for zone in by_folded.values()}
    wanted = value.casefold().replace(" ", "_")
    near = nearest(wanted, list(by_folded)) or nearest(wanted.rpartition("/")[2], list(cities))
    zone = by_folded.get(near or "") or cities.get(near or "")
    raise UsageProblem(
        f"There is no time zone {value!r}.",
        f"Did you mean {zone}?" if zone else "Write it like America/Chicago.",
    )


def currency_code(value: str) -> str:
    """An ISO 4217 code in capitals.

    Raises:
        UsageProblem: it has not the shape of one.
    """
    if not money.is_code(value.upper()):
        raise UsageProblem(f"{value!r} is not a currency code.", "Write its three letters, such as USD.")
    return value.upper()


def weekday(value: str) -> str:
    """A weekday's English name in lower case, from the name or its first three letters.

    Raises:
        UsageProblem: not a weekday.
    """
    wanted = value.casefold()
    for name in WEEKDAYS:
        if wanted in (name, name[:3]):
            return name
    raise UsageProblem(f"{value!r} is not a weekday.", f"It is one of {listed(WEEKDAYS, 'or')}.")


def _changes(value: str) -> str:
    for part in (one.strip() for one in value.split(";") if one.strip()):
        day, _, word = part.partition(" ")
        _day(day)
        weekday(word)
    return value


def working_weekdays(value: str) -> str:
    """Weekdays as `mon,tue,…` in their order, from names or their first three letters.

    Raises:
        UsageProblem: a word is no weekday, or there is none.
    """
    found = {weekday(word) for word in re.split(r"[\s,;]+", value) if word}
    if not found:
        raise UsageProblem("A shop works on some days.", "Write them like mon,tue,wed,thu,fri.")
    return ",".join(name[:3] for name in WEEKDAYS if name in found)


def _one_of(*words: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value.casefold() not in words:
            raise UsageProblem(f"{value!r} is not known.", f"It is one of {listed(words, 'or')}.")
        return value.casefold()

    return read


def _day(value: str) -> str:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) or not value:
            return date.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        pass
    raise UsageProblem(f"{value!r} is not a date.", "Write it like 2026-06-01.")


def _text(value: str) -> str:
    return value


def _payroll_values(value: str) -> str:
    for part in (one.strip() for one in value.split(";") if one.strip()):
        if not re.fullmatch(r"[\w-]+\.\w+=[^;]*", part):
            raise UsageProblem(f"{part!r} is not PROFILE.NAME=TEXT.", "Write it like adp_run.iid=R1ABC.")
    return value


def _required_documents(value: str) -> str:
    documents.refuse_bad_setting(value)
    return value


KNOWN: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "shop.name": ("the shop's name", _shop_name),
    "shop.zone": ("the time zone of its dates", zone_name),
    "shop.currency": ("the currency of its money", currency_code),
    "payroll.workweek_start": ("the first day of the workweek; DAY from DATE changes it", weekday),
    "payroll.workweek_changes": ("DATE DAY;… (workweeks began on DAY until that date)", _changes),
    "payroll.schedule": (listed(SCHEDULES, "or"), _one_of(*SCHEDULES)),
    "payroll.anchor": ("the first day of one pay period (biweekly)", _day),
    "payroll.rule_set": ("the rules for overtime", _text),
    "payroll.rounding": ("none, or minutes: 5, 6 or 15", _one_of(*ROUNDINGS)),
    "payroll.owner_device": ("the computer that makes the payroll", _text),
    "payroll.values": ("PROFILE.NAME=TEXT;… (what a payroll profile asks for)", _payroll_values),
    "calendar.working_days": ("the weekdays on which the shop works", working_weekdays),
    "contractors.required_documents": ("TRADE=KIND,KIND;… (* = every trade)", _required_documents),
}
"""Name → (what it is, how a value is read)."""


def read(name: str, typed: str) -> str:
    """A setting's value from what a person typed.

    Raises:
        UsageProblem: no such setting (names the nearest), or not a value of it.
    """
    if name not in KNOWN:
        near = nearest(name, list(KNOWN))
        raise UsageProblem(
            f"There is no setting {clean_line(name, 60)!r}.",
            f"Did you mean {near}?" if near else "`wotui settings` shows them all.",
        )
    return KNOWN[name][1](clean_line(typed, 400))
