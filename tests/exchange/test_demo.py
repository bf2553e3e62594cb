"""The demo shop: believable, current on any day, and whole."""

from __future__ import annotations

import csv
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.kit.demo import THURSDAY_AFTERNOON, open_demo
from wotui import clock
from wotui.actions import undo
from wotui.actions.plans import run as run_plans
from wotui.domain.checklists.items import TYPES
from wotui.domain.requests import STATUSES as REQUEST_STATUSES
from wotui.domain.work_orders import HOLD_REASONS, OUTCOMES, STATUSES
from wotui.errors import Refused
from wotui.exchange import demo
from wotui.settings import data_file
from wotui.store.file import Shop
from wotui.store.reads import checklists

if TYPE_CHECKING:
    from pathlib import Path

MOMENTS = {
    "a Thursday afternoon": THURSDAY_AFTERNOON,
    "early on a Monday": "2026-06-08T11:00:00Z",
    "a Sunday night": "2026-06-14T03:30:00Z",
    "the day the clocks go forward": "2026-03-08T15:00:00Z",
    "the Monday after they go back": "2026-11-02T18:00:00Z",
    "the turn of the year": "2027-01-01T05:59:00Z",
}


@pytest.fixture(params=list(MOMENTS.values()), ids=list(MOMENTS))
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Shop:
    return open_demo(tmp_path, request.param)


def count(shop: Shop, table: str) -> int:
    return int(shop.value(f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL"))


def without_device(shop: Shop, table: str) -> list[tuple[object, ...]]:
    """The rows of a table; the file's own device id is made anew for every file, so it is left out."""
    device = shop.value("SELECT origin FROM me")
    rows = shop.rows(f"SELECT * FROM {table} ORDER BY id")
    return [tuple("device" if cell == device else cell for cell in row) for row in rows]


def test_it_is_a_small_shop_in_the_middle_of_its_week(shop: Shop) -> None:
    assert {table: count(shop, table) for table in ("asset", "person", "contractor", "work_order")} == {
        "asset": 40,
        "person": 6,
        "contractor": 8,
        "work_order": 60,
    }
    assert 12 <= count(shop, "place") <= 14
    assert count(shop, "time_span") > 80


def test_every_status_every_item_type_and_both_kinds_of_parts_are_there(shop: Shop) -> None:
    assert {status for (status,) in shop.rows("SELECT DISTINCT status FROM work_order")} == set(STATUSES)
    assert {kind for (kind,) in shop.rows("SELECT DISTINCT type FROM checklist_item")} == set(TYPES)
    assert shop.value("SELECT count(*) FROM work_order WHERE parent_id IS NOT NULL") >= 5
    assert shop.value("SELECT count(*) FROM relation WHERE kind = 'follow_up_of'") >= 4


def test_people_have_asked_for_work_and_every_status_of_a_request_is_there(shop: Shop) -> None:
    counts = dict(shop.rows("SELECT status, count(*) FROM request GROUP BY status"))
    assert set(counts) == set(REQUEST_STATUSES)
    assert sum(counts.values()) == 10
    unlinked = "SELECT id FROM request WHERE status = 'accepted' AND id NOT IN (SELECT request_id FROM request_order)"
    assert shop.rows(unlinked) == []


def test_every_word_with_a_rule_is_one_the_rules_know(shop: Shop) -> None:
    held = {word for (word,) in shop.rows("SELECT hold_reason FROM work_order WHERE status = 'on_hold'")}
    done = {
        word for (word,) in shop.rows("SELECT outcome FROM work_order WHERE status IN ('done', 'closed')")
    }
    assert held <= set(HOLD_REASONS)
    assert done <= set(OUTCOMES)


def test_something_is_overdue_and_nothing_has_happened_in_the_future(tmp_path: Path) -> None:
    for moment in MOMENTS.values():
        folder = tmp_path / moment.replace(":", "")
        folder.mkdir()
        with open_demo(folder, moment) as shop, clock.freeze(moment):
            late = shop.value(
                "SELECT count(*) FROM work_order WHERE due_on < ? AND status IN ('ready', 'scheduled', 'on_hold')",
                (shop.today().isoformat(),),
            )
            assert late >= 4
            assert shop.value("SELECT max(at) FROM act") <= moment
            assert shop.value("SELECT max(at) FROM log_entry") <= moment
            assert shop.value("SELECT max(end_minute) * 60 FROM time_span") <= clock.now().timestamp()


def test_nobody_works_at_two_places_at_once_and_no_timer_runs(shop: Shop) -> None:
    spans = shop.rows("SELECT person_id, start_minute, end_minute FROM time_span ORDER BY 1, 2")
    for (person, start, end), (other, next_start, _) in pairwise(spans):
        assert end > start
        assert person != other or next_start >= end


def test_the_walk_through_has_its_order(shop: Shop) -> None:
    order = shop.value(
        "SELECT id FROM work_order WHERE title = 'Monthly check of the filler drive' AND status = 'ready'"
    )
    sheet = checklists.sheet(shop, order)
    vibration = next(line for line in sheet.lines if line.item.label.startswith("Vibration"))
    assert vibration.item.max_value == 4500
    assert not any(line.answered for line in sheet.lines)


def test_a_fixed_clock_gives_the_same_shop_again(tmp_path: Path) -> None:
    tables = (
        "work_order",
        "asset",
        "status_change",
        "log_entry",
        "time_span",
        "contractor_job",
        "membership",
    )
    with clock.freeze(THURSDAY_AFTERNOON):
        shops = [Shop.open(demo.write(tmp_path / f"{name}.wotui")) for name in ("one", "two")]
    for table in tables:
        one, two = (without_device(shop, table) for shop in shops)
        assert one == two, table


def test_the_next_order_gets_the_next_number(tmp_path: Path) -> None:
    with open_demo(tmp_path) as shop, shop.transaction() as tx:
        assert tx.number("W") == "W-A0061"


def test_several_people_have_written_the_history(shop: Shop) -> None:
    actors = shop.rows("SELECT actor, count(*) FROM act GROUP BY actor HAVING count(*) > 5")
    assert len(actors) >= 5


def test_the_hours_file_names_orders_that_are_there() -> None:
    from wotui.exchange.demo.files import orders, rows

    known = set(orders())
    assert {row["order"] for row in rows("hours") if row["order"]} <= known
    with data_file("demo", "hours.csv").open(encoding="utf-8", newline="") as lines:
        assert next(csv.reader(lines)) == [
            "day", "person", "start", "end", "breaks", "order", "time_type", "category", "note",
        ]  # fmt: skip


def test_undo_starts_with_what_the_visitor_does(tmp_path: Path) -> None:
    with open_demo(tmp_path) as shop, pytest.raises(Refused, match=r"nothing to undo|cannot be undone"):
        undo.undo(shop)


def test_the_file_is_private(tmp_path: Path) -> None:
    with open_demo(tmp_path) as shop:
        assert shop.value("SELECT count(*) FROM work_order") == 60
    with clock.freeze(THURSDAY_AFTERNOON):
        assert demo.write(tmp_path / "own.wotui").stat().st_mode & 0o077 == 0


def test_the_plans_have_made_the_orders_that_they_name_and_nothing_is_due_on_the_first_day(
    shop: Shop,
) -> None:
    plans = shop.rows("SELECT name FROM maintenance_plan")
    assert len(plans) >= 7
    made = shop.rows(
        "SELECT w.plan_id = o.plan_id, w.status IN ('done', 'closed') = (o.state = 'done') FROM occurrence o"
        " JOIN work_order w ON w.id = o.work_order_id"
    )
    assert len(made) >= 8
    assert set(made) == {(1, 1)}
    with clock.freeze(str(shop.value("SELECT max(at) FROM act"))):
        assert run_plans(shop).act is None
