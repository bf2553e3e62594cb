"""Machine events in the shop: one open request for one cause, limits, standstills, and what is looked for daily."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.kit import builders
from tests.kit.lists import Run
from wotui.actions import checklists, deciding, downtime, events, records, undo
from wotui.actions.events import RULES, Batch, look_around, take_in, write
from wotui.domain.events.reports import Report
from wotui.domain.identity import same_id
from wotui.errors import NotFound, Problem, Refused, UsageProblem
from wotui.store.reads import downtime as standstills
from wotui.store.reads import events as reads

if TYPE_CHECKING:
    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop


@pytest.fixture
def pump(shop: Shop) -> str:
    """The asset PUMP-01 of the category pumps."""
    return builders.asset(shop, "PUMP-01", category="pumps")


def meter(shop: Shop, asset: str, name: str = "Temperature", kind: str = "gauge", **values: Any) -> str:
    with shop.transaction() as tx:
        return tx.insert("meter", asset_id=asset, name=name, uom="°C", kind=kind, **values)


def happen(
    shop: Shop, event: str, value: str = "", at: str = "", event_id: str = "", tag: str = "PUMP-01"
) -> None:
    take_in(shop, Report(tag, event, value, at, event_id))


def requests(shop: Shop) -> list[tuple[Any, ...]]:
    return shop.rows(
        "SELECT title, status, asked_priority, source FROM request WHERE deleted_at IS NULL ORDER BY number"
    )


def only_request(shop: Shop) -> str:
    (found,) = shop.rows("SELECT id FROM request WHERE deleted_at IS NULL")
    return found[0]


def log_of(shop: Shop, record: str) -> list[str]:
    return [
        text for (text,) in shop.rows("SELECT text FROM log_entry WHERE parent_id = ? ORDER BY id", (record,))
    ]


def state(shop: Shop, asset: str) -> str:
    return shop.value("SELECT state FROM asset WHERE id = ?", (asset,))


# one open request for one cause


def test_an_event_makes_a_request_by_its_rule(shop: Shop, pump: str) -> None:
    RULES.add(shop, "Jams", {"source": "event", "event": "jam", "priority": "urgent"})
    happen(shop, "jam", "belt 3", event_id="1")
    assert requests(shop) == [("PUMP-01: jam belt 3", "new", 2, "event")]
    assert shop.value("SELECT asset_id FROM request") == pump


def test_an_event_without_a_rule_is_kept_and_nothing_follows(shop: Shop, pump: str) -> None:
    RULES.add(shop, "Jams", {"source": "event", "event": "jam"})
    happen(shop, "door open")
    assert requests(shop) == []
    assert [row.event for row in reads.newest(shop, 9)] == ["door open"]


def test_further_events_are_counted_on_the_open_request(shop: Shop, pump: str) -> None:
    RULES.add(shop, "Jams", {"source": "event", "event": "jam"})
    for number in range(3):
        happen(shop, "jam", event_id=str(number))
    request = only_request(shop)
    assert reads.counted(shop, request) == 3
    assert log_of(shop, request) == [
        "Again at 2026-06-10 12:00: jam (2 events so far).",
        "Again at 2026-06-10 12:00: jam (3 events so far).",
    ]


def test_the_same_event_delivered_twice_counts_once(shop: Shop, pump: str) -> None:
    RULES.add(shop, "Jams", {"source": "event", "event": "jam"})
    happen(shop, "jam", event_id="1")
    again = take_in(shop, Report("pump-01", "jam", event_id="1"))
    assert again.act is None
    assert "came before" in again.sentence
    assert reads.counted(shop, only_request(shop)) == 1


def test_an_event_without_an_id_is_known_by_what_it_says_and_when(shop: Shop, pump: str) -> None:
    RULES.add(shop, "Jams", {"source": "event", "event": "jam"})
    happen(shop, "jam", at="2026-06-10T11:00")
    happen(shop, "jam", at="2026-06-10T16:00:00Z")  # the same instant, spelled otherwise
    happen(shop, "jam", at="2026-06-10T11:01")
    assert reads.counted(shop, only_request(shop)) == 2


@pytest.mark.parametrize("end", ["declined", "resolved"])
def test_when_the_request_is_over_the_rule_is_armed_again(
    shop: Shop, pump: str, frozen_clock: FrozenClock, end: str
) -> None:
    RULES.add(shop, "Jams", {"source": "event", "event": "jam"})
    happen(shop, "jam", event_id="1")
    if end == "declined":
        deciding.decline(shop, [only_request(shop)], "It was a test.")
    else:
        with shop.transaction() as tx:
            for to in ("accepted", "resolved"):
                tx.insert("request_step", request_id=only_request(shop), to_status=to, at=tx.at)
    frozen_clock.move(minutes=1)
    happen(shop, "jam", event_id="2")
    assert [row[1] for row in requests(shop)] == [end, "new"]


def test_two_rules_and_two_assets_are_different_causes(shop: Shop, pump: str) -> None:
    builders.asset(shop, "FAN-01", category="fans")
    RULES.add(shop, "Jams", {"source": "event", "event": "jam"})
    RULES.add(
        shop, "Pumps", {"source": "event", "event": "jam", "asset_category": "pumps", "title": "Pump jam"}
    )
    happen(shop, "jam", event_id="1")
    happen(shop, "jam", event_id="1", tag="FAN-01")
    assert sorted(row[0] for row in requests(shop)) == ["FAN-01: jam", "PUMP-01: jam", "Pump jam"]
    assert sum(reads.counted(shop, row[0]) for row in shop.rows("SELECT id FROM request")) == 3


def test_two_computers_that_hear_the_same_event_make_the_same_request(shop: Shop, pump: str) -> None:
    """The id follows from the rule, the asset and the first event, not from the computer or the hour."""
    rule = RULES.add(shop, "Jams", {"source": "event", "event": "jam"}).records[0]
    happen(shop, "jam", event_id="7")
    event = same_id("event", "PUMP-01", "7")
    assert only_request(shop) == same_id("event request", rule, pump, event)
    assert shop.value("SELECT source_key FROM request") == f"{rule}:{pump}:open"


def test_an_event_can_be_undone_and_come_again(shop: Shop, pump: str) -> None:
    RULES.add(shop, "Jams", {"source": "event", "event": "jam"})
    happen(shop, "jam", event_id="1")
    number = shop.value("SELECT number FROM request")
    undo.undo(shop)
    assert requests(shop) == []
    assert reads.newest(shop, 9) == []
    happen(shop, "jam", event_id="1")
    assert len(requests(shop)) == 1
    assert shop.value("SELECT number FROM request WHERE deleted_at IS NULL") == number


def test_a_rule_that_is_off_makes_nothing(shop: Shop, pump: str) -> None:
    RULES.add(shop, "Jams", {"source": "event", "event": "jam"})
    RULES.switch(shop, "Jams", on=False)
    happen(shop, "jam")
    assert requests(shop) == []


def test_nothing_follows_for_an_asset_that_is_out_of_service(shop: Shop, pump: str) -> None:
    RULES.add(shop, "Stops", {"source": "state_down"})
    records.edit(shop, "asset", ["PUMP-01"], {"state": "out_of_service"})
    happen(shop, "down")
    assert requests(shop) == []
    assert standstills.intervals(shop) == []
    assert "out of service" in reads.newest(shop, 1)[0].note


@pytest.mark.parametrize(
    ("report", "problem"),
    [
        (Report("PUMP-99", "down"), NotFound),
        (Report("PUMP-01", "down", at="yesterday"), UsageProblem),
        (Report("PUMP-01", "down", at="2026-07-10T00:00Z"), UsageProblem),
        (Report("PUMP-01", "reading", "5"), Refused),
        (Report("", "stock", "5", part="NONE"), NotFound),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    shop: Shop, pump: str, report: Report, problem: type[Problem]
) -> None:
    with pytest.raises(problem):
        take_in(shop, report)
    assert reads.newest(shop, 9) == []


def test_a_request_of_a_machine_is_routed(shop: Shop, pump: str) -> None:
    from wotui.actions import routing

    tom = builders.person(shop, "TB")
    routing.add(shop, "Machines", {"source": "event", "person": "TB"})
    RULES.add(shop, "Jams", {"source": "event", "event": "jam"})
    happen(shop, "jam")
    assert shop.value("SELECT assigned_id FROM request") == tom


# batches


def test_a_batch_with_one_bad_event_is_refused_whole(shop: Shop, pump: str) -> None:
    RULES.add(shop, "Jams", {"source": "event", "event": "jam"})
    good = Batch("good.json", (Report("PUMP-01", "jam", event_id="1"),))
    bad = Batch("bad.json", (Report("PUMP-01", "jam", event_id="2"), Report("NONE", "jam")))
    with shop.transaction() as tx:
        taken = write(tx, [bad, good])
    assert list(taken.refused) == [0]
    assert taken.taken == 1
    assert [row.origin for row in reads.newest(shop, 9)] == ["good.json"]


def test_a_hundred_events_at_once_are_one_request_and_one_line(shop: Shop, pump: str) -> None:
    RULES.add(shop, "Jams", {"source": "event", "event": "jam"})
    reports = tuple(Report("PUMP-01", "jam", event_id=str(number % 100)) for number in range(120))
    with shop.transaction() as tx:
        taken = write(tx, [Batch("many.csv", reports)])
    assert (taken.taken, taken.repeated) == (100, 20)
    assert log_of(shop, only_request(shop)) == [
        "99 times again, the last at 2026-06-10 12:00: jam (100 events so far)."
    ]


# limits


def read(shop: Shop, *values: float, start: int = 0) -> None:
    for number, value in enumerate(values):
        happen(
            shop,
            "temperature",
            str(value),
            f"2026-06-10T{10 + (start + number) // 60}:{(start + number) % 60:02}Z",
        )


def test_a_limit_fires_on_the_third_reading_and_once(shop: Shop, pump: str) -> None:
    meter(shop, pump)
    RULES.add(
        shop,
        "Hot",
        {
            "source": "meter_limit",
            "meter": "Temperature",
            "high": "80",
            "consecutive": "3",
            "hysteresis": "5",
        },
    )
    read(shop, 81, 79, 82, 83)
    assert requests(shop) == []
    read(shop, 84.5, 85, 86, start=4)
    assert requests(shop) == [("PUMP-01: Temperature 84.5 °C, above 80 °C", "new", None, "meter")]
    assert reads.counted(shop, only_request(shop)) == 1
    read(shop, 70, 81, 82, 83, start=7)
    assert reads.counted(shop, only_request(shop)) == 2


def test_a_limit_fires_again_after_the_work_although_nothing_came_back_inside(
    shop: Shop, pump: str, frozen_clock: FrozenClock
) -> None:
    meter(shop, pump)
    RULES.add(shop, "Hot", {"source": "meter_limit", "high": "80"})
    happen(shop, "reading", "90")
    deciding.decline(shop, [only_request(shop)], "It was a test.")
    frozen_clock.move(minutes=5)
    happen(shop, "reading", "90")
    assert [row[1] for row in requests(shop)] == ["declined", "new"]


def test_a_reading_that_cannot_be_believed_never_triggers(shop: Shop, pump: str) -> None:
    meter(shop, pump, "Hours", kind="cumulative")
    RULES.add(shop, "Low", {"source": "meter_limit", "meter": "hours", "low": "100"})
    happen(shop, "hours", "500", "2026-06-10T10:00Z")
    happen(shop, "hours", "50", "2026-06-10T11:00Z")
    assert requests(shop) == []
    assert shop.value("SELECT suspect FROM reading WHERE value = 50000") == 1


def test_a_reading_that_comes_late_is_held_against_its_neighbours_in_time(shop: Shop, pump: str) -> None:
    meter(shop, pump, "Hours", kind="cumulative")
    happen(shop, "hours", "500", "2026-06-10T12:00Z")
    happen(shop, "hours", "400", "2026-06-10T11:00Z")
    happen(shop, "hours", "450", "2026-06-10T10:00Z")
    happen(shop, "hours", "510", "2026-06-10T13:00Z")
    assert shop.rows("SELECT value FROM reading WHERE suspect = 1") == []


def test_a_reading_that_is_older_than_the_newest_makes_no_rule_fire(shop: Shop, pump: str) -> None:
    meter(shop, pump)
    RULES.add(shop, "Hot", {"source": "meter_limit", "high": "80"})
    happen(shop, "reading", "70", "2026-06-10T12:00Z")
    happen(shop, "reading", "90", "2026-06-10T11:00Z")
    assert requests(shop) == []
    happen(shop, "reading", "90", "2026-06-10T13:00Z")
    assert len(requests(shop)) == 1


def test_limits_count_alike_in_one_batch_and_one_by_one(shop: Shop, pump: str) -> None:
    fan = builders.asset(shop, "FAN-01")
    meter(shop, pump)
    meter(shop, fan)
    RULES.add(shop, "Hot", {"source": "meter_limit", "high": "80", "consecutive": "2", "hysteresis": "3"})
    values = (81, 82, 79, 81, 85, 70, 90, 91, 92, 60, 81, 82)
    for number, value in enumerate(values):
        happen(shop, "reading", str(value), f"2026-06-10T10:{number:02}Z")
    reports = [Report("FAN-01", "reading", str(v), f"2026-06-10T10:{n:02}Z") for n, v in enumerate(values)]
    with shop.transaction() as tx:
        write(tx, [Batch("fan.csv", tuple(reversed(reports)))])
    counts = dict(shop.rows("SELECT asset_tag, count(request_id) FROM machine_event GROUP BY asset_tag"))
    assert counts["PUMP-01"] == counts["FAN-01"] == 3


def test_what_a_person_reads_is_held_against_the_limits_too(shop: Shop, pump: str) -> None:
    known = meter(shop, pump)
    RULES.add(shop, "Hot", {"source": "meter_limit", "high": "80"})
    with shop.transaction() as tx:
        reading = tx.insert(
            "reading", meter_id=known, value=90_000, taken_at=tx.at, source="person", suspect=0
        )
        assert events.after_reading(tx, known, reading) == [
            "Made R-A0001 PUMP-01: Temperature 90 °C, above 80 °C."
        ]
    assert len(requests(shop)) == 1


# parts


def test_a_part_below_its_minimum_makes_a_request(shop: Shop) -> None:
    records.add(shop, "part", "Filter", {"sku": "F-1", "min_qty": "5", "uom": "ea"})
    RULES.add(shop, "Reorder", {"source": "part_below"})
    take_in(shop, Report("", "stock", "5", part="F-1"))
    assert requests(shop) == []
    take_in(shop, Report("", "stock", "3", part="f-1"))
    assert requests(shop) == [("F-1 Filter: 3 ea on hand, below 5", "new", None, "event")]


# standstills


def test_a_machine_that_goes_down_begins_its_standstill_and_a_person_ends_it(
    shop: Shop, pump: str, frozen_clock: FrozenClock
) -> None:
    RULES.add(shop, "Stops", {"source": "state_down", "priority": "emergency"})
    happen(shop, "down", at="2026-06-10T11:30")
    request = only_request(shop)
    assert state(shop, pump) == "down"
    assert shop.value("SELECT downtime_since FROM request") == "2026-06-10T16:30:00Z"
    assert shop.value("SELECT request_id FROM downtime_interval") == request
    happen(shop, "running", event_id="r")
    assert state(shop, pump) == "down"
    frozen_clock.move(hours=1)
    done = downtime.running_again(shop, "PUMP-01", note="New belt.")
    assert done.sentence == "PUMP-01 runs again, after 1h 30m."
    assert state(shop, pump) == "in_service"
    (stood,) = standstills.intervals(shop, pump)
    assert stood.minutes("") == 90
    assert log_of(shop, request) == ["PUMP-01 runs again, after 1h 30m. New belt."]
    undo.undo(shop)
    assert state(shop, pump) == "down"
    assert standstills.intervals(shop, pump)[0].lasts


def test_a_person_who_sets_the_state_to_down_does_the_same(
    shop: Shop, pump: str, frozen_clock: FrozenClock
) -> None:
    RULES.add(shop, "Stops", {"source": "state_down"})
    records.edit(shop, "asset", ["PUMP-01"], {"state": "down"})
    assert [row[0] for row in requests(shop)] == ["PUMP-01 is down"]
    assert standstills.is_down(shop, pump)
    frozen_clock.move(minutes=10)
    records.edit(shop, "asset", ["PUMP-01"], {"state": "in_service"})
    assert not standstills.is_down(shop, pump)
    assert standstills.intervals(shop)[0].minutes("") == 10


def test_down_by_hand_and_from_the_machine_is_one_standstill(shop: Shop, pump: str) -> None:
    RULES.add(shop, "Stops", {"source": "state_down"})
    downtime.set_down(shop, "PUMP-01", note="It smokes.")
    happen(shop, "down", event_id="1")
    assert len(standstills.intervals(shop)) == 1
    assert reads.counted(shop, only_request(shop)) == 2


def test_a_planned_stop_makes_no_request(shop: Shop, pump: str) -> None:
    RULES.add(shop, "Stops", {"source": "state_down"})
    downtime.set_down(shop, "PUMP-01", planned=True)
    assert requests(shop) == []
    assert standstills.intervals(shop)[0].kind == "planned"


def test_an_old_event_does_not_stop_a_machine_that_runs_again(
    shop: Shop, pump: str, frozen_clock: FrozenClock
) -> None:
    happen(shop, "down", at="2026-06-10T10:00", event_id="1")
    downtime.running_again(shop, "PUMP-01")
    happen(shop, "down", at="2026-06-10T10:30", event_id="2")
    assert state(shop, pump) == "in_service"
    assert len(standstills.intervals(shop)) == 1
    frozen_clock.move(minutes=1)
    happen(shop, "down", event_id="3")
    assert state(shop, pump) == "down"
    assert len(standstills.intervals(shop)) == 2


@pytest.mark.parametrize(
    ("at", "why"), [("2026-06-10T10:30", "stood still until"), ("2026-06-11T10:00", "future"), ("", "")]
)
def test_standstills_do_not_overlap(shop: Shop, pump: str, at: str, why: str) -> None:
    downtime.set_down(shop, "PUMP-01", at="2026-06-10T10:00")
    downtime.running_again(shop, "PUMP-01", at="2026-06-10T11:00")
    if why:
        with pytest.raises(Refused, match=why):
            downtime.set_down(shop, "PUMP-01", at=at)
    else:
        downtime.set_down(shop, "PUMP-01", at=at)
    assert len(standstills.intervals(shop)) == (1 if why else 2)


def test_only_what_stands_can_run_again_and_only_after_it_stood(shop: Shop, pump: str) -> None:
    with pytest.raises(Refused, match="not down"):
        downtime.running_again(shop, "PUMP-01")
    downtime.set_down(shop, "PUMP-01", at="2026-06-10T11:00")
    with pytest.raises(Refused, match="down already"):
        downtime.set_down(shop, "PUMP-01")
    with pytest.raises(Refused, match="later"):
        downtime.running_again(shop, "PUMP-01", at="2026-06-10T10:00")
    with pytest.raises(Refused, match="future"):
        downtime.running_again(shop, "PUMP-01", at="2026-06-10T18:00")


def test_standstills_of_two_computers_are_joined_and_end_together(shop: Shop, pump: str) -> None:
    with shop.transaction() as tx:
        for start in ("2026-06-10T15:00:00Z", "2026-06-10T15:20:00Z"):
            tx.insert("downtime_interval", asset_id=pump, started_at=start, kind="unplanned")
        tx.update("asset", pump, state="down")
    (stood,) = standstills.intervals(shop)
    assert stood.joined == 2
    done = downtime.running_again(shop, "PUMP-01")
    assert done.sentence == "PUMP-01 runs again, after 2h."
    assert shop.value("SELECT count(*) FROM downtime_interval WHERE ended_at IS NULL") == 0


def test_an_order_names_the_asset_that_runs_again(shop: Shop, pump: str) -> None:
    order = builders.order(shop, asset_id=pump)
    downtime.set_down(shop, "PUMP-01")
    downtime.running_again(shop, builders.number_of(shop, order))
    assert not standstills.is_down(shop, pump)
    with pytest.raises(NotFound, match="on no asset"):
        downtime.running_again(shop, builders.number_of(shop, builders.order(shop)))


def test_a_requester_may_not_say_that_a_machine_runs(shop: Shop, pump: str) -> None:
    builders.person(shop, "RQ", roles=("requester",))
    shop.act_as("RQ")
    with pytest.raises(Refused, match="technician"):
        downtime.set_down(shop, "PUMP-01")


# what is looked for daily


def test_a_missing_reading_makes_one_request_and_then_counts(
    shop: Shop, pump: str, frozen_clock: FrozenClock
) -> None:
    known = meter(shop, pump)
    meter(shop, pump, "Never read")
    RULES.add(shop, "Read", {"source": "reading_missing", "days": "7"})
    with shop.transaction() as tx:
        tx.insert("reading", meter_id=known, value=1, taken_at=tx.at, suspect=0)
    look_around(shop)
    frozen_clock.move(days=7)
    look_around(shop)
    assert requests(shop) == []
    frozen_clock.move(days=1)
    look_around(shop)
    assert look_around(shop).act is None
    assert requests(shop) == [("PUMP-01: no reading of Temperature for 8 days", "new", None, "meter")]
    frozen_clock.move(days=1)
    look_around(shop)
    assert reads.counted(shop, only_request(shop)) == 1
    frozen_clock.move(days=8)
    look_around(shop)
    assert reads.counted(shop, only_request(shop)) == 2


def test_a_meter_says_itself_how_often_it_is_read(shop: Shop, pump: str, frozen_clock: FrozenClock) -> None:
    known = meter(shop, pump, expected_every_days=2)
    RULES.add(shop, "Read", {"source": "reading_missing"})
    with shop.transaction() as tx:
        tx.insert("reading", meter_id=known, value=1, taken_at=tx.at, suspect=0)
    frozen_clock.move(days=3)
    look_around(shop)
    assert len(requests(shop)) == 1


def test_a_document_that_expires_makes_a_request_once(shop: Shop, frozen_clock: FrozenClock) -> None:
    firm = builders.contractor(shop, "Ace")
    for until in ("2026-05-01", "2026-07-01"):
        with shop.transaction() as tx:
            tx.insert(
                "contractor_document", contractor_id=firm, kind="liability_insurance", valid_until=until
            )
    with shop.transaction() as tx:
        tx.insert("contractor_document", contractor_id=firm, kind="contract", valid_until=None)
        tx.insert("contractor_document", contractor_id=firm, kind="contract", valid_until="2026-06-01")
    RULES.add(shop, "Papers", {"source": "document_expiring", "days_before": "14"})
    look_around(shop)
    assert requests(shop) == []
    frozen_clock.move(days=8)
    look_around(shop)
    assert look_around(shop).act is None
    assert [row[0] for row in requests(shop)] == ["Liability insurance of Ace runs out on 2026-07-01"]


def test_nobody_is_told_twice_by_the_same_failed_item(shop: Shop, pump: str) -> None:
    RULES.add(shop, "Belts", {"source": "checklist_fail", "item": "belt"})
    order = builders.order(shop, asset_id=pump)
    with shop.transaction() as tx:
        assert events.after_failed_item(tx, "i1", "Check the belt", order) == [
            "Made R-A0001 PUMP-01: Check the belt failed."
        ]
        assert events.after_failed_item(tx, "i1", "Check the belt", order) == []
        assert events.after_failed_item(tx, "i2", "Check the oil", order) == []
    assert [row[3] for row in requests(shop)] == ["checklist"]


def test_without_rules_nothing_is_looked_for(shop: Shop, pump: str) -> None:
    assert look_around(shop).act is None


def test_event_rules_can_be_changed_moved_and_undone(shop: Shop) -> None:
    for name in ("A", "B"):
        RULES.add(shop, name, {"source": "state_down"})
    RULES.move(shop, "B", 1)
    RULES.edit(shop, "B", {"priority": "urgent"})
    assert [(rule.name, rule.priority) for rule in reads.rules(shop)] == [("B", 2), ("A", None)]
    undo.undo(shop)
    undo.undo(shop)
    RULES.remove(shop, "A")
    assert [(rule.name, rule.priority) for rule in reads.rules(shop)] == [("B", None)]
    with pytest.raises(Refused, match="which event"):
        RULES.edit(shop, "B", {"source": "event"})


def test_a_checklist_answer_tells_the_rules(shop: Shop, pump: str) -> None:
    RULES.add(shop, "Belts", {"source": "checklist_fail"})
    run = Run(shop, "Belt", "Guard")
    run.answer("Guard", "pass")
    assert requests(shop) == []
    done = run.answer("Belt", "fail")
    assert any(notice.startswith("Made R-A0001") for notice in done.notices)
    run.answer("Belt", "pass")
    run.answer("Belt", "fail")
    assert len(requests(shop)) == 1


def test_a_meter_read_on_a_checklist_is_held_against_the_limits(shop: Shop, pump: str) -> None:
    known = meter(shop, pump)
    RULES.add(shop, "Hot", {"source": "meter_limit", "high": "80"})
    order = builders.order(shop, asset_id=pump)
    with shop.transaction() as tx:
        made = tx.insert("checklist", work_order_id=order, name="Round", position=1)
        item = tx.insert(
            "checklist_item", checklist_id=made, type="meter", label="Temperature", meter_id=known, position=1
        )
    checklists.answer(shop, item, "79")
    assert requests(shop) == []
    checklists.answer(shop, item, "95")
    assert [row[0] for row in requests(shop)] == ["PUMP-01: Temperature 95 °C, above 80 °C"]
