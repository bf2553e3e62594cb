"""What each filter finds, in which order, in a shop of nine orders on Wednesday 10 June 2026."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kit import builders
from wotui.domain import queue
from wotui.domain.filters import LANES, FilterMistake, parse
from wotui.store import indexes
from wotui.store.reads import work_orders_list

if TYPE_CHECKING:
    from pathlib import Path

    from wotui.store.file import Shop


@pytest.fixture
def works(shop: Shop) -> Shop:
    """The shop that these tests look at."""
    site = builders.place(shop, "SITE", "Mill Lane")
    hall = builders.place(shop, "HALL-2", "Hall 2", parent_id=site)
    pump = builders.asset(shop, "PUMP-01", "Feed pump", criticality="A", place_id=hall)
    motor = builders.asset(shop, "PUMP-01-M", "Its motor", criticality="A", parent_id=pump)
    fan = builders.asset(shop, "FAN-7", "Roof fan", criticality="C", place_id=site)
    builders.asset(shop, "PUMP-010", "Other pump", criticality="C")
    jo = str(shop.value("SELECT id FROM person WHERE initials = 'JD'"))
    ann = builders.person(shop, "AB", "Ann Bell")
    ace = builders.contractor(shop, "Ace Cooling")
    order = builders.order
    order(shop, "Seal leaks", asset_id=pump, priority=1, due_on="2026-06-07", assign=(jo,))
    order(shop, "Grease motor", asset_id=motor, type="preventive", due_on="2026-06-12", assign=(jo, ann))
    cooling = order(shop, "Cool the fan room", asset_id=fan, priority=2, due_on="2026-06-10")
    order(shop, "Paint 50% of door_2", place_id=hall, priority=4, planned_minutes=90)
    order(shop, "Wait for seal", asset_id=pump, status="on_hold", hold_reason="parts", due_on="2026-07-01")
    order(shop, "Sketch of a rail", status="draft", lead_id=ann, place_id=site)
    order(shop, "Old leak", asset_id=fan, status="done", due_on="2026-05-01", outcome="fixed")
    order(shop, "Older leak", asset_id=pump, status="closed", due_on="2026-04-01", assign=(ann,))
    gone = order(shop, "In the trash leak", asset_id=pump)
    with shop.transaction() as tx:
        tx.remove("work_order", gone)
        tx.insert("contractor_job", work_order_id=cooling, contractor_id=ace, state="accepted")
        tx.insert("custom_value", record_id=cooling, name="FuncLoc", value="ROOF/2")
        tx.insert("membership", record_id=cooling, kind="required_trade", value="HVAC")
    return shop


SHORT = {
    "seal": "Seal leaks",
    "grease": "Grease motor",
    "cool": "Cool the fan room",
    "paint": "Paint 50% of door_2",
    "wait": "Wait for seal",
    "sketch": "Sketch of a rail",
    "old": "Old leak",
    "older": "Older leak",
}


def titles(shop: Shop, typed: str) -> list[str]:
    filter_ = parse(typed, shop.today(), work_orders_list.custom_names(shop))
    wanted = work_orders_list.prepare(shop, filter_)
    found = work_orders_list.keys(shop, wanted)
    assert list(work_orders_list.first_keys(shop, wanted, 3)) == list(found[:3])
    assert work_orders_list.count(shop, wanted) == len(found)
    return [row.title for row in work_orders_list.rows(shop, found)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", "seal grease wait cool sketch paint"),
        ("leak", "seal"),
        ("leak status:any", "older old seal"),
        ("leak status:finished", "older old"),
        ("leak -status:closed", "old seal"),
        ('"fan room"', "cool"),
        ('"room fan"', ""),
        ("-seal", "grease cool sketch paint"),
        ("title:seal", "seal wait"),
        ('title:"for seal"', "wait"),
        ("seal , fan", "seal wait cool"),
        ("feed", "seal wait"),
        ("status:draft", "sketch"),
        ("status:hold", "wait"),
        ("status:done", "old"),
        ("status:any", "older old sketch wait paint cool grease seal"),
        ("-status:any", ""),
        ("-status:open", "older old"),
        ("status:ready status:done", ""),
        ("!emergency", "seal"),
        ("!1..2", "seal cool"),
        ("-!1..3", "paint"),
        ("type:preventive", "grease"),
        ("crit:a", "seal grease wait"),
        ("due:..yesterday", "seal"),
        ("late:yes", "seal"),
        ("late:no", "grease wait cool sketch paint"),
        ("late:yes status:any", "seal"),
        ("due:today", "cool"),
        ("due:today..fri", "grease cool"),
        ("due:week", "grease cool"),
        ("due:2026-07", "wait"),
        ("due:none", "sketch paint"),
        ("due:any", "seal grease wait cool"),
        ("-due:..fri", "wait sketch paint"),
        ("created:today", "seal grease wait cool sketch paint"),
        ("created:yesterday", ""),
        ("done:today", "old"),
        ("@jd", "seal grease"),
        ("@me", "seal grease"),
        ("@ann", "grease sketch"),
        ("@ab", "grease sketch"),
        ("@none", "wait cool sketch paint"),
        ("-@jd", "wait cool sketch paint"),
        ("lead:ab", "sketch"),
        ("lead:any", "sketch"),
        ("who:ace", "cool"),
        ("-who:ace", "seal grease wait sketch paint"),
        ("who:jd", "seal grease"),
        ("contractor:any", "cool"),
        ("contractor:cooling", "cool"),
        ("@ann status:any", "older sketch grease"),
        ("#PUMP-01", "seal grease wait"),
        ("#pump-01", "seal grease wait"),
        ("#pump-01-m", "grease"),
        ("#pump", "seal grease wait"),
        ('#"roof fan"', "cool"),
        ("#none", "sketch paint"),
        ("#P_MP-01", ""),
        ("#%", ""),
        ("place:hall-2", "seal wait paint"),
        ("place:site", "seal wait cool sketch paint"),
        ('place:"mill lane"', "seal wait cool sketch paint"),
        ("hold:parts", "wait"),
        ("trade:hvac", "cool"),
        ("trade:none", "seal grease wait sketch paint"),
        ("funcloc:roof", "cool"),
        ("funcloc:any", "cool"),
        ("-funcloc:any", "seal grease wait sketch paint"),
        ("estimate:60..", "paint"),
        ("estimate:..60", ""),
        ("outcome:fixed", "old"),
        ("50%", "paint"),
        ("%", "paint"),
        ("_", "paint"),
        ("-%", "seal grease wait cool sketch"),
        ("'); DROP TABLE work_order; --", ""),
        ("number:W-A0003", "cool"),
        ("number:w-a0008", "older"),
        ("number:000", "older old sketch wait paint cool grease seal"),
        ("W-A0003", "cool"),
    ],
)
def test_what_a_filter_finds(works: Shop, typed: str, expected: str) -> None:
    wanted = [SHORT[word] for word in expected.split()]
    assert titles(works, typed) == wanted


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("due+", "seal cool grease wait paint sketch"),
        ("due-", "wait grease cool seal paint sketch"),
        ("priority+ number+", "seal cool grease wait sketch paint"),
        ("number-", "sketch wait paint cool grease seal"),
        ("newest-", "sketch wait paint cool grease seal"),
        ("newest+", "seal grease cool paint wait sketch"),
        ("title+", "cool grease paint seal sketch wait"),
        ("asset+", "cool seal wait grease paint sketch"),
        ("status+ number+", "sketch seal grease cool paint wait"),
        ("queue-", "seal grease wait cool sketch paint"),
        ("leak status:any due+", "older old seal"),
        ("leak status:any newest+", "seal old older"),
        ("assigned- number+", "seal grease cool paint wait sketch"),
    ],
)
def test_how_a_list_is_sorted(works: Shop, typed: str, expected: str) -> None:
    assert titles(works, typed) == [SHORT[word] for word in expected.split()]


def test_nobody_acting_means_me_is_nobody(works: Shop) -> None:
    works.acting = None
    assert titles(works, "@me") == []


def test_the_day_of_an_instant_begins_at_midnight_in_the_shops_zone(shop: Shop) -> None:
    builders.order(shop, "Late at night", created_at="2026-06-11T04:59:00Z")
    builders.order(shop, "Just after midnight", created_at="2026-06-11T05:00:00Z")
    assert titles(shop, "created:2026-06-10") == ["Late at night"]
    assert titles(shop, "created:2026-06-11") == ["Just after midnight"]


def test_places_that_lie_in_each_other_do_not_hang_the_filter(shop: Shop) -> None:
    first = builders.place(shop, "A", "First")
    second = builders.place(shop, "B", "Second", parent_id=first)
    with shop.transaction() as tx:
        tx.update("place", first, parent_id=second)
    builders.order(shop, "Round", place_id=second)
    assert titles(shop, "place:a") == ["Round"]


def test_the_weight_in_the_file_is_the_weight_of_the_domain(works: Shop) -> None:
    rows = works.rows(
        """SELECT a.criticality, w.type, w.priority, w.queue_weight FROM work_order AS w
        LEFT JOIN asset AS a ON a.id = w.asset_id"""
    )
    assert len(rows) == 9
    for criticality, type_, priority, weight in rows:
        assert queue.weight(criticality, type_, priority) == weight


def test_the_lanes_count_what_they_show(works: Shop) -> None:
    assert work_orders_list.lane_counts(works) == {
        lane.name: len(titles(works, lane.filter)) if lane.of == "orders" else 0 for lane in LANES
    }
    assert work_orders_list.lane_counts(works) == {
        "requests": 0,
        "mine": 2,
        "overdue": 1,
        "week": 2,
        "open": 6,
        "hold": 1,
        "done": 1,
        "all": 8,
    }


@pytest.mark.parametrize(
    "typed", ["", "late:yes", "due:today..week", "status:hold", "seal", "-seal", "!1", "@me", "#FAN-7"]
)
def test_open_lists_are_read_from_the_index_of_open_orders_alone(works: Shop, typed: str) -> None:
    wanted = work_orders_list.prepare(works, parse(typed, works.today()))
    plan = [row[3] for row in works.rows(f"EXPLAIN QUERY PLAN {wanted.keys(50)}", wanted.values)]
    assert any("work_order_open" in step or "work_order_asset_id" in step for step in plan), plan
    assert not any(step.startswith("SCAN w") for step in plan), plan


def test_the_conditions_of_the_indexes_are_the_two_halves_of_the_lifecycle() -> None:
    assert "'draft', 'ready', 'scheduled', 'in_progress', 'on_hold'" in indexes.OPEN
    assert "'done', 'closed', 'cancelled'" in indexes.PAST


def test_a_row_says_everything_that_a_list_shows(works: Shop) -> None:
    wanted = work_orders_list.prepare(works, parse("#FAN-7", works.today()))
    (row,) = work_orders_list.rows(works, work_orders_list.keys(works, wanted))
    assert (row.number, row.title, row.status, row.priority) == ("W-A0003", "Cool the fan room", "ready", 2)
    assert (row.asset_tag, row.asset_name, row.criticality) == ("FAN-7", "Roof fan", "C")
    assert (row.place_code, row.place_name, row.contractor) == ("SITE", "Mill Lane", "Ace Cooling")
    assert row.initials == ()
    assert row.reason(works.today()) == "urgent, due today"


def test_a_list_keeps_its_order_and_leaves_out_what_is_gone(works: Shop) -> None:
    assert [row.key for row in work_orders_list.rows(works, [5, 999, 2, 8])] == [5, 2, 8]
    assert work_orders_list.rows(works, []) == []


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("W-A0003", "order"),
        (" w-a0003 ", "order"),
        ("3", "order"),
        ("PUMP-01", "asset"),
        ("#pump-01", "asset"),
        ("W-A9999", None),
        ("#", None),
        ("", None),
        ("%", None),
        ("W-A0009", None),
    ],
)
def test_a_scanned_line_is_an_order_or_an_asset(works: Shop, line: str, meaning: str | None) -> None:
    found = work_orders_list.by_number_or_tag(works, line)
    assert (found and found[0]) == meaning


@pytest.fixture(scope="module")
def some_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.kit.builders import new_shop, order

    path = tmp_path_factory.mktemp("filters") / "shop.wotui"
    with new_shop(path) as made:
        order(made, "Grease the pump", due_on="2026-06-10")
    return path


TERMS = (
    *(
        "pump",
        "-",
        '"a b"',
        "%",
        "status:",
        "open",
        "any",
        "due:",
        "..fri",
        "@me",
        "#P%",
        "!2",
        ",",
        "late:yes",
    ),
    *("-who:x", "place:y", "number:1", "due+", "queue-", "newest+", "trade:none", "done:2026", "l/h", " "),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(TERMS),
        max_size=7,
    ),
    st.sampled_from([" ", ""]),
)
def test_every_filter_that_can_be_read_can_be_asked(some_shop: Path, parts: list[str], between: str) -> None:
    from wotui.store.file import Shop

    with Shop.open(some_shop, read_only=True) as opened:
        try:
            filter_ = parse(between.join(parts), opened.today())
        except FilterMistake:
            return
        wanted = work_orders_list.prepare(opened, filter_)
        found = work_orders_list.keys(opened, wanted)
        assert work_orders_list.count(opened, wanted) == len(found)
        assert work_orders_list.first_keys(opened, wanted, 1) == found[:1]


def test_the_names_of_custom_fields_are_found_without_reading_every_value(works: Shop) -> None:
    with works.transaction() as tx:
        for number, name in enumerate(("Rule", "Rule", "Cost", "")):
            tx.insert("custom_value", record_id=f"r{number}", name=name, value="x")
        tx.remove("custom_value", tx.insert("custom_value", record_id="r9", name="Gone", value="x"))
    assert work_orders_list.custom_names(works) == ["Cost", "FuncLoc", "Rule"]
