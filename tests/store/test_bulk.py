"""What a bulk load leaves in the file is what the triggers would have written, row by row."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.store import derived
from wotui.store.tables import SYNCED

if TYPE_CHECKING:
    from pathlib import Path

    from wotui.store.file import Shop
    from wotui.store.transaction import Transaction

ORDERS = ("id", "number", "title", "description", "type", "priority", "asset_id", "created_at", "external_id")
CUSTOM = ("id", "record_id", "name", "value")
STEPS = ("id", "work_order_id", "from_status", "to_status", "at", "reason")
DERIVED = ("status", "status_at", "started_at", "done_at")
MOMENT = "2025-01-01T00:00:00Z"


def orders(asset: str) -> list[tuple[object, ...]]:
    text = 'quotes " and \\ back\nnew line\ttab, ä 漢'
    return [
        (
            f"o{n}",
            f"W-X{n}",
            f"Order {n}",
            text if n % 2 else None,
            "preventive",
            n % 4 + 1,
            asset,
            MOMENT,
            str(n),
        )
        for n in range(6)
    ]


def custom() -> list[tuple[object, ...]]:
    return [(f"c{n}", f"o{n}", "Cost", f"{n}.50") for n in range(3)]


def steps() -> list[tuple[object, ...]]:
    return [(f"s{n}", f"o{n}", "draft", "done", MOMENT, "import") for n in range(4)]


@pytest.fixture
def shop(tmp_path: Path, frozen_clock: object) -> Shop:
    del frozen_clock
    return builders.new_shop(tmp_path / "shop.wotui")


def by_row(tx: Transaction, asset: str) -> None:
    tx.insert_many("work_order", list(ORDERS), orders(asset))
    tx.insert_many("custom_value", list(CUSTOM), custom())
    tx.insert_many("status_change", list(STEPS), steps())


def in_bulk(tx: Transaction, asset: str) -> None:
    last = tx.value("SELECT ifnull(max(key), 0) FROM work_order")
    done = ("done", MOMENT, None, MOMENT)
    given = [
        (*row, *(done if place < 4 else ("draft", None, None, None)))
        for place, row in enumerate(orders(asset))
    ]
    with tx.bulk(("work_order", "custom_value", "status_change")) as load:
        load.insert("work_order", (*ORDERS, *DERIVED), given)
        load.insert("custom_value", CUSTOM, custom())
        load.insert("status_change", STEPS, steps())
        load.settle(last)


def left(shop: Shop) -> dict[str, list[tuple[object, ...]]]:
    changes = shop.rows("SELECT seq, t, at, actor, act, entity, row, patch FROM change ORDER BY seq")
    return {
        "orders": shop.rows("SELECT * FROM work_order ORDER BY id"),
        "steps": shop.rows("SELECT * FROM status_change ORDER BY id"),
        "search": shop.rows("SELECT rowid, number, title, body FROM search ORDER BY rowid"),
        "open": shop.rows("SELECT rowid, title FROM search_open ORDER BY rowid"),
        "triggers": shop.rows("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name"),
        "change": [(*row[:-1], tuple(sorted(json.loads(row[-1]).items()))) for row in changes],
    }


def test_a_bulk_load_leaves_the_same_file_as_the_triggers(tmp_path: Path, frozen_clock: object) -> None:
    del frozen_clock
    files: list[dict[str, list[tuple[object, ...]]]] = []
    for name, load in (("row", by_row), ("bulk", in_bulk)):
        with builders.new_shop(tmp_path / f"{name}.wotui") as shop:
            asset = builders.asset(shop)
            before = len(shop.rows("SELECT 1 FROM change"))
            with shop.transaction() as tx:
                load(tx, "a1")
                tx.done("Loaded.")
            found = left(shop)
            found["change"] = [(row[0], *row[1:3], *row[4:]) for row in found["change"][before:]]
            del asset
            files.append(found)
    for part, rows in files[0].items():
        assert files[1][part] == rows, part


def test_a_failure_brings_the_triggers_back(shop: Shop) -> None:
    before = left(shop)
    with pytest.raises(sqlite3.IntegrityError), shop.transaction() as tx, tx.bulk(("work_order",)) as load:
        load.insert("work_order", ("id", "title"), [("same", "One"), ("same", "Two")])
    assert left(shop) == before
    with shop.transaction() as tx:
        tx.insert("work_order", id="after", title="After", type="service", priority=2)
        tx.done("Made it.")
    assert shop.value("SELECT count(*) FROM change WHERE row = 'after'") == 1


def test_the_derived_columns_are_those_that_the_tables_declare() -> None:
    declared = {
        str(getattr(record, "__tablename__", "")): record.derived for record in SYNCED if record.derived
    }
    assert declared == derived.COLUMNS
