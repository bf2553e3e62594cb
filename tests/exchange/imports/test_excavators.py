"""5,485 real work orders, read through the mapping that ships, listed, filtered, searched and opened."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.exchange.imports import run
from wotui.exchange.imports.report import Report
from wotui.store import search
from wotui.store.reads import work_orders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wotui.store.file import Shop

FILE = Path(__file__).parents[4] / "shared" / "data" / "excavators.csv"
ROWS = 5485

pytestmark = pytest.mark.skipif(
    not FILE.exists(), reason="../shared/data/excavators.csv is not beside the checkout"
)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Shop, Report, float]]:
    folder = tmp_path_factory.mktemp("mine")
    with builders.new_shop(folder / "mine.wotui", name="Mine", zone="Australia/Perth") as shop:
        start = time.perf_counter()
        report = run(shop, "orders", FILE, mapping=Path("excavators"))
        yield shop, report, time.perf_counter() - start


def test_every_row_becomes_an_order(first: tuple[Shop, Report, float]) -> None:
    shop, report, _ = first
    assert (report.created, report.rejected) == (ROWS, 0)
    assert shop.value("SELECT count(*) FROM work_order WHERE status = 'closed'") == ROWS


def test_it_takes_less_than_five_seconds(first: tuple[Shop, Report, float]) -> None:
    assert first[2] < 5


def test_order_types_follow_the_mapping(first: tuple[Shop, Report, float]) -> None:
    assert dict(first[0].rows("SELECT type, count(*) FROM work_order GROUP BY type")) == {
        "corrective": 5321,
        "preventive": 153,
        "improvement": 7,
        "service": 4,
    }


def test_an_asset_is_made_for_each_machine(first: tuple[Shop, Report, float]) -> None:
    counts = first[0].rows(
        "SELECT a.tag, count(*) FROM asset a JOIN work_order w ON w.asset_id = a.id GROUP BY a.tag ORDER BY a.tag"
    )
    assert counts == [("EX-A", 151), ("EX-B", 1017), ("EX-C", 992), ("EX-D", 2374), ("EX-E", 951)]


def test_costs_keep_their_sign_and_their_zeros(first: tuple[Shop, Report, float]) -> None:
    costs = [value for (value,) in first[0].rows("SELECT value FROM custom_value WHERE name = 'Cost'")]
    assert len(costs) == ROWS
    assert sum(cost.startswith("-") for cost in costs) == 6
    assert costs.count("0.00") == 1288


def test_the_dates_are_those_of_the_work(first: tuple[Shop, Report, float]) -> None:
    oldest, newest = first[0].one("SELECT min(done_at), max(created_at) FROM work_order") or ("", "")
    assert oldest == "2001-07-04T16:00:00Z"  # midnight of 5 July in Perth
    assert newest == "2012-12-12T16:00:00Z"


def test_the_one_row_that_slipped_by_a_column_is_pointed_out(first: tuple[Shop, Report, float]) -> None:
    remarks = [(row.line, row.reason) for row in first[1].rows if row.reason]
    assert [line for line, _ in remarks] == [1812]
    assert "slipped by a column" in remarks[0][1]


def test_importing_it_again_changes_nothing(first: tuple[Shop, Report, float]) -> None:
    shop = first[0]
    before = shop.value("SELECT count(*) FROM change")
    assert run(shop, "orders", FILE).unchanged == ROWS
    assert shop.value("SELECT count(*) FROM change") == before


def test_words_find_orders_and_each_can_be_opened(first: tuple[Shop, Report, float]) -> None:
    shop = first[0]
    found = shop.rows(
        "SELECT w.id FROM search JOIN work_order w ON w.key = search.rowid WHERE search MATCH ?",
        (search.match_words(["bucket", "tooth"]),),
    )
    assert len(found) > 50
    opened = work_orders.find(shop, found[0][0])
    assert opened.asset_tag is not None
    assert work_orders.custom_values(shop, opened.id)["Functional location"]
