"""Big shops, always the same: N orders with believable texts, 5 % of them open, with log, checklists and hours.

`python -m tests.benchmarks.shop 100000` makes one beforehand and says where it is. A shop is made again when the schema
or the recipe changes.
"""

from __future__ import annotations

import atexit
import hashlib
import random
import sys
import tempfile
import time
import uuid
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from tests.kit import builders
from wotui import clock
from wotui.domain.identity import same_id
from wotui.store import schema
from wotui.store.file import Shop
from wotui.store.new_file import create

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wotui.store.transaction import Transaction

RECIPE = "2"
"""Counts up when what is made here changes, so that shops in the cache are made again."""
SEED = 20260610
NOW = datetime(2026, 6, 10, 17, tzinfo=UTC)
OPEN_SHARE = 0.05
BATCH = 10_000
ASSETS = 400
PEOPLE = ("JD", "AB", "CM", "DK", "EL", "FN")

_THINGS = (
    "pump;conveyor;chiller;boiler;compressor;fan;gearbox;motor;valve;hoist;door;lift;press;lathe;mill;saw;mixer;filter;"
    "blower;exchanger;tank;sensor;drive;bearing;belt;hose;seal;cylinder;bucket;engine"
).split(";")
_FAULTS = (
    "leaking;making noise;will not start;overheating;vibrates;loose;worn out;blocked;tripped;cracked;low pressure;"
    "running hot;slips;stuck;broken;blown;misaligned;damaged;change out;repair;inspect;service;replace;calibrate"
).split(";")
_WHERE = (
    "left hand;right hand;drive end;non drive end;upper;lower;front;rear;north side;number 2;number 3;inlet"
).split(";")
_STATUSES = ("ready", "scheduled", "in_progress", "on_hold")
_TYPES = ("corrective", "corrective", "corrective", "preventive", "preventive", "inspection")


def folder() -> Path:
    """Where benchmark shops are kept."""
    return Path(platformdirs.user_cache_dir("wotui-benchmarks", appauthor=False))


def shop_of(count: int) -> Path:
    """The file of a shop with `count` orders; made now if it is not there. Do not write to it: take a copy."""
    recipe = "\n".join((RECIPE, *schema.statements()))
    path = folder() / f"shop-{count}-{hashlib.sha256(recipe.encode()).hexdigest()[:12]}.wotui"
    if not path.exists():
        for old in folder().glob(f"shop-{count}-*"):
            old.unlink()
        _make(path, count)
    return path


def titles(count: int) -> Iterator[str]:
    """Titles as people write them, the same ones every time."""
    dice = random.Random(SEED)
    for _ in range(count):
        yield f"{dice.choice(_WHERE)} {dice.choice(_THINGS)} {dice.choice(_FAULTS)}"


def _make(path: Path, count: int) -> None:
    draft = path.with_suffix(".making")
    draft.unlink(missing_ok=True)
    started = time.perf_counter()
    with (
        clock.freeze(NOW),
        create(draft, name="Big shop", zone="UTC", currency="USD", workweek_start="monday") as shop,
    ):
        people = [builders.person(shop, initials) for initials in PEOPLE]
        places = [builders.place(shop, f"HALL-{number}") for number in range(12)]
        assets = [
            builders.asset(
                shop,
                f"EQ-{number:04}",
                f"{_THINGS[number % len(_THINGS)]} {number}",
                place_id=places[number % 12],
            )
            for number in range(ASSETS)
        ]
        dice = random.Random(SEED + 1)
        names = titles(count)
        for start in range(0, count, BATCH):
            numbers = range(start, min(start + BATCH, count))
            with shop.transaction() as tx:
                _orders(tx, numbers, count, names, dice, people, assets)
                tx.done("Made orders.")
            if sys.stderr.isatty():
                sys.stderr.write(f"\rmaking a shop of {count:,}: {numbers.stop:,}")
        with shop.transaction() as tx:
            tx.rows("INSERT OR REPLACE INTO counter (kind, next) VALUES ('W', ?)", (count + 1,))
    draft.rename(path)
    sys.stderr.write(f"\rmade a shop of {count:,} in {time.perf_counter() - started:.0f} s\n")


def _orders(
    tx: Transaction,
    numbers: range,
    count: int,
    names: Iterator[str],
    dice: random.Random,
    people: list[str],
    assets: list[str],
) -> None:
    """One batch: orders, then what hangs on them, as an import writes them."""
    orders: list[tuple[Any, ...]] = []
    beside: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _BESIDE}
    last_key = int(tx.value("SELECT ifnull(max(key), 0) FROM work_order"))
    for number in numbers:
        made_at = NOW - timedelta(minutes=(count - number) * 3)
        made = clock.instant(made_at)
        status = dice.choice(_STATUSES) if dice.random() < OPEN_SHARE else "closed"
        due = (made_at + timedelta(days=dice.randrange(1, 30))).date().isoformat()
        identity = _id_at(made_at, dice)
        moved = clock.instant(made_at + timedelta(hours=1))
        orders.append(
            (
                identity,
                f"W-A{number + 1:04}",
                next(names),
                dice.choice(_TYPES),
                dice.choice((1, 2, 3, 3, 3, 4)),
                dice.choice(assets),
                due,
                made,
                "benchmark",
                status,
                moved,
                moved if status == "closed" else None,
            )
        )
        _hang_on(beside, identity, status, made_at, dice, people)
    columns = (
        "id number title type priority asset_id due_on created_at source status status_at done_at".split()
    )
    with tx.bulk(("work_order", *_BESIDE)) as quick:
        quick.insert("work_order", columns, orders)
        for table, rows in beside.items():
            quick.insert(table, _BESIDE[table], rows)
        quick.settle(last_key)


def _id_at(moment: datetime, dice: random.Random) -> str:
    """A UUIDv7 of a moment: in the order of time, as ids of a shop are."""
    value = int(moment.timestamp() * 1000) << 80 | 0x7 << 76 | dice.getrandbits(12) << 64
    return str(uuid.UUID(int=value | 0b10 << 62 | dice.getrandbits(62)))


_BESIDE = {
    "status_change": ["id", "work_order_id", "from_status", "to_status", "at", "by_id"],
    "assignment": ["id", "work_order_id", "person_id"],
    "log_entry": ["id", "parent_kind", "parent_id", "kind", "text", "by_id", "at"],
    "checklist": ["id", "work_order_id", "name", "position"],
    "checklist_item": ["id", "checklist_id", "position", "type", "label", "required"],
    "time_span": [
        "id",
        "person_id",
        "work_order_id",
        "time_type",
        "start_minute",
        "end_minute",
        "zone",
        "state",
    ],
}


def _hang_on(
    beside: dict[str, list[tuple[Any, ...]]],
    order: str,
    status: str,
    made_at: datetime,
    dice: random.Random,
    people: list[str],
) -> None:
    """Status, person, log, hours of one order; a checklist of five items for every twentieth."""
    who = dice.choice(people)
    moved_at = made_at + timedelta(hours=1)
    at = clock.instant(moved_at)
    is_open = status != "closed"

    def add(table: str, *values: Any) -> str:
        beside[table].append((_id_at(moved_at, dice), *values))
        return str(beside[table][-1][0])

    add("status_change", order, "draft", status, at, who)
    if is_open or dice.random() < 0.5:
        beside["assignment"].append((same_id("assignment", order, who), order, who))
    if dice.random() < 0.3:
        text = f"Found the {dice.choice(_THINGS)} {dice.choice(_FAULTS)}, ordered parts."
        add("log_entry", "work_order", order, "note", text, who, at)
    if not is_open and dice.random() < 0.3:
        start = int(made_at.timestamp()) // 60
        add("time_span", who, order, "WORK", start, start + dice.randrange(15, 240), "UTC", "approved")
    if dice.random() < 0.05:
        checklist = add("checklist", order, "Monthly", 1)
        for position in range(1, 6):
            label = f"{dice.choice(_THINGS)} {position} is sound"
            add("checklist_item", checklist, position, "pass_fail", label, 1)


def working_copy(count: int, target: Path) -> Path:
    """A copy of a benchmark shop to write in."""
    import shutil

    return Path(shutil.copy(shop_of(count), target))


@cache
def session_copy(count: int) -> Path:
    """One working copy for all scripts of a run: copying a million orders takes as long as measuring them.

    The backup of its day lies beside it, as it does at every start of a day but the first.
    """
    folder = Path(_session().name)
    path = working_copy(count, folder / f"shop-{count}.wotui")
    copies = folder / f"{path.stem}.backups"
    copies.mkdir()
    (copies / f"{path.stem}-{NOW:%Y%m%dT%H%M%SZ}-0001-daily.wotui").touch()
    return path


@cache
def _session() -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory(prefix="wotui-benchmarks-")
    atexit.register(folder.cleanup)
    return folder


def open_copy(count: int, target: Path) -> Shop:
    """A working copy, open, with JD acting."""
    shop = Shop.open(working_copy(count, target))
    shop.act_as("JD")
    return shop


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        print(shop_of(int(argument)))
