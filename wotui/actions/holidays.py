"""The days on which the shop does not work; plans and schedules go round them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain.days import read_day
from wotui.domain.identity import same_id
from wotui.errors import NotFound, UsageProblem
from wotui.text import clean_line

if TYPE_CHECKING:
    from datetime import date

    from wotui.store.file import Shop
    from wotui.store.transaction import Done


def add_holiday(shop: Shop, day: str, name: str = "") -> Done:
    """Say that the shop does not work on a day.

    Raises:
        UsageProblem: not a day.
    """
    shop.require("set holidays", "supervisor", "office")
    on_day, words = _day(shop, day), clean_line(name)
    with shop.transaction() as tx:
        identity = same_id("holiday", on_day.isoformat())
        tx.put("holiday", identity, on_day=on_day.isoformat(), name=words or None)
        return tx.done(f"{on_day}{f' ({words})' if words else ''} is a holiday.", identity)


def remove_holiday(shop: Shop, day: str) -> Done:
    """Say that the shop works on a day after all.

    Raises:
        UsageProblem: not a day.
        NotFound: it is no holiday.
    """
    shop.require("set holidays", "supervisor", "office")
    on_day = _day(shop, day)
    with shop.transaction() as tx:
        identity = same_id("holiday", on_day.isoformat())
        if not tx.one("SELECT 1 FROM holiday WHERE id = ? AND deleted_at IS NULL", (identity,)):
            raise NotFound(f"{on_day} is no holiday.", "`wotui holiday list` shows them.")
        tx.remove("holiday", identity)
        return tx.done(f"{on_day} is no holiday any more.", identity)


def _day(shop: Shop, typed: str) -> date:
    day = read_day(typed, shop.today())
    if day is None:
        raise UsageProblem("A holiday needs its day.", "Write it like 2026-12-25.")
    return day
