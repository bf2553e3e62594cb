"""The demo shop: a sample file to look around in, to draw the README's pictures from and to test on.

It is built from the readable files in `data/demo/` as a history: every record is written at the moment and by
the person that the files tell, in working days from now, so that the shop is always in the middle of its week.
Ids and numbers are the same in every demo; with a fixed clock so is everything else.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from wotui import clock
from wotui.exchange.demo import files, hours, masters, orders, plans, requests
from wotui.exchange.demo.days import Days
from wotui.exchange.demo.files import document, ident, rows
from wotui.exchange.demo.orders import Act, Book
from wotui.store.new_file import create
from wotui.store.people import Acting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from wotui.store.file import Shop
    from wotui.store.transaction import Transaction

ACTING = "RH"
"""Who acts in the demo unless somebody else is named: Ruth Halvorsen, supervisor, technician and office."""

_OPENING_DAY = -50


def write(path: Path) -> Path:
    """Build the demo shop's file.

    Raises:
        FileTrouble: something lies at `path` already, or its folder cannot be written.
    """
    about = document("shop.toml")
    zone = ZoneInfo(about["zone"])
    now = clock.now()
    days = Days(now, zone)
    with clock.freeze(days.at(_OPENING_DAY, "08:00")):
        shop = create(
            path,
            name=about["name"],
            zone=about["zone"],
            currency=about["currency"],
            workweek_start=about["workweek_start"],
        )
    with shop:
        _play(shop, [act for act in _history(days, about["currency"]) if act.at <= now])
    return path


def _history(days: Days, currency: str) -> list[Act]:
    """Everything that ever happened in the shop, oldest first."""
    found = files.orders()
    numbers = {key: f"W-A{count:04}" for count, key in enumerate(found, start=1)}
    book = Book(days, currency, numbers)
    opening = Act(
        days.at(_OPENING_DAY, "08:30"),
        ACTING,
        "Entered places, people, assets and contractors.",
        lambda tx: _open(tx, days, currency, found),
    )
    readings = (
        Act(
            days.at(int(row["day"]), row["time"]),
            row["by"],
            f"Read {row['meter'].lower()} of {row['asset']}.",
            lambda tx, row=row: masters.write_reading(tx, row),
        )
        for row in rows("readings")
    )
    worked = hours.acts(days, clock.now())
    asked = requests.acts(document("requests.toml"), days)
    happened: Iterable[Act] = chain(
        *(orders.acts(key, order, book) for key, order in found.items()), readings, worked, asked
    )
    return [opening, *sorted(happened, key=lambda act: act.at)]


def _open(tx: Transaction, days: Days, currency: str, found: dict[str, dict[str, Any]]) -> None:
    masters.write(tx, days, currency)
    plans.write(tx, days, currency, found)


def _play(shop: Shop, history: list[Act]) -> None:
    people = {row["initials"]: _person(row) for row in rows("people")}
    with shop.together():
        for act in history:
            shop.acting = people[act.who]
            with clock.freeze(act.at), shop.transaction(kind="final") as tx:
                act.write(tx)
                tx.done(act.sentence)


def _person(row: dict[str, str]) -> Acting:
    name = f"{row['first_name']} {row['last_name']}"
    roles = frozenset(row["roles"].split(";"))
    return Acting(ident("person", row["initials"]), name, row["initials"], roles)
