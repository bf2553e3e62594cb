"""Changing the settings that live in the shop's file."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from wotui.domain import shop_settings
from wotui.domain.identity import same_id
from wotui.domain.payroll.calendar import weekday_number
from wotui.errors import Refused
from wotui.store.reads import labor, pay_batches, work_calendar

if TYPE_CHECKING:
    from datetime import date

    from wotui.store.file import Shop
    from wotui.store.transaction import Done

WORKWEEK, CHANGES = "payroll.workweek_start", "payroll.workweek_changes"


def change(shop: Shop, name: str, typed: str) -> Done:
    """Set one setting of the shop; it travels with the file and can be undone.

    The workweek's first day is changed from a date on once hours are recorded: `sunday from 2026-06-14`, or from the
    next such day when no date is given.

    Raises:
        UsageProblem: no such setting, or not a value of it.
        Refused: the workweek or the schedule is changed by somebody who is neither supervisor nor office, or from a
            date that cannot be.
    """
    word, _, since = typed.partition(" from ")
    value = shop_settings.read(name, word if name == WORKWEEK else typed)
    if name.startswith("payroll."):
        shop.require("change how payroll is reckoned", "supervisor", "office")
    if name == WORKWEEK and value != shop.setting(WORKWEEK) and (since or labor.any_hours(shop)):
        return _change_workweek(shop, value, shop_settings.read("payroll.anchor", since))
    with shop.transaction() as tx:
        tx.put("setting", same_id("setting", name), name=name, value=value)
        return tx.done(f"{name} is now {value or 'empty'}, for everybody who shares this shop.")


def _change_workweek(shop: Shop, word: str, typed: str) -> Done:
    """Let workweeks begin on another weekday from a date on; those before stay as they were (29 CFR 778.301)."""
    since = _since(shop, word, typed)
    kept = [one for one in shop.setting(CHANGES).split(";") if one.strip() and one.split()[0] < str(since)]
    changes = ";".join([*kept, f"{since} {shop.setting(WORKWEEK)}"])
    with shop.transaction() as tx:
        for name, value in ((WORKWEEK, word), (CHANGES, changes)):
            tx.put("setting", same_id("setting", name), name=name, value=value)
        return tx.done(
            f"The workweek begins on {word.capitalize()} from {since} on. "
            "Days in two workweeks are reckoned both ways, and more overtime is paid."
        )


def _since(shop: Shop, word: str, typed: str) -> date:
    number, today = weekday_number(word), shop.today()
    since = work_calendar.day_of(typed) or today + timedelta(days=(number - today.weekday()) % 7)
    if since.weekday() != number:
        raise Refused(f"{since} is no {word.capitalize()}.", "Give the first day of the first new workweek.")
    paid = [period for period, _ in pay_batches.locked_periods(shop) if period.end >= since]
    if paid:
        raise Refused(
            f"{paid[-1]} is exported already.", f"Change the workweek from a {word.capitalize()} after it."
        )
    return since
