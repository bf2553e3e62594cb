"""The timer, hours by hand, and approving them, on a shop's file: Wednesday 10 June 2026, noon in Chicago."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.actions import approvals, labor, labor_entries, undo
from wotui.actions.labor_entries import Times
from wotui.domain import break_times, labor_rules, wall_time
from wotui.errors import NotFound, Refused, UsageProblem
from wotui.store.file import Shop
from wotui.store.reads import labor as reads
from wotui.store.reads import work_calendar

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kit.clock import FrozenClock
    from wotui.store.reads.labor import Entry

TODAY = date(2026, 6, 10)


def entries(shop: Shop) -> list[Entry]:
    return reads.entries(shop, work_calendar.period_of(shop, TODAY))


def at(shop: Shop, text: str) -> int:
    return wall_time.parse_minute(f"2026-06-{text}", shop.zone)


def times(shop: Shop, start: str, end: str, breaks: str = "", **more: str) -> Times:
    begin, stop = at(shop, start), at(shop, end)
    return Times(begin, stop, break_times.parse_breaks(breaks, begin, stop, shop.zone), **more)


# the timer


def test_a_timer_counts_whole_minutes_from_start_to_stop(shop: Shop, frozen_clock: FrozenClock) -> None:
    order = builders.number_of(shop, builders.order(shop))
    labor.start(shop, order)
    assert [one.running for one in entries(shop)] == [True]
    frozen_clock.move(hours=1, minutes=25, seconds=40)
    done = labor.stop(shop)
    assert done.sentence == f"Stopped the timer on {order} after 1h 25m."
    assert [(one.minutes, one.running, one.order, one.state) for one in entries(shop)] == [
        (85, False, order, "draft")
    ]


def test_a_second_start_stops_the_first_with_a_visible_notice(shop: Shop, frozen_clock: FrozenClock) -> None:
    first, second = (builders.number_of(shop, builders.order(shop, title)) for title in ("One", "Two"))
    labor.start(shop, first)
    frozen_clock.move(minutes=10)
    done = labor.start(shop, second)
    assert done.notices == (f"Stopped the timer on {first} after 10m.",)
    assert [(one.order, one.running) for one in entries(shop)] == [(first, False), (second, True)]


def test_starting_the_same_order_again_keeps_the_timer_that_runs(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    order = builders.number_of(shop, builders.order(shop))
    labor.start(shop, order)
    frozen_clock.move(minutes=10)
    done = labor.start(shop, order)
    assert done.notices == ("The timer runs already, since 12:00.",)
    assert done.act is None
    assert len(entries(shop)) == 1


def test_a_timer_survives_closing_the_file(shop: Shop, frozen_clock: FrozenClock) -> None:
    labor.start(shop)
    shop.close()
    frozen_clock.move(hours=2)
    with Shop.open(shop.path) as reopened:
        reopened.act_as("JD")
        assert labor.stop(reopened).sentence == "Stopped the timer after 2h."


def test_a_timer_stopped_within_the_minute_records_nothing(shop: Shop, frozen_clock: FrozenClock) -> None:
    labor.start(shop)
    frozen_clock.move(seconds=50)
    assert "nothing was recorded" in labor.stop(shop).sentence
    assert entries(shop) == []


def test_a_timer_forgotten_over_the_weekend_asks_when_the_work_ended(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    order = builders.number_of(shop, builders.order(shop))
    labor.start(shop, order)
    frozen_clock.move(days=3)
    with pytest.raises(Refused) as refusal:
        labor.stop(shop)
    assert f"Jo Doe's timer on {order} runs since Wed 2026-06-10 12:00." in refusal.value.what
    assert "--at" in refusal.value.way_out
    with pytest.raises(Refused):
        labor.start(shop, builders.number_of(shop, builders.order(shop, "Another")))
    labor.stop(shop, at=at(shop, "10T15:30"))
    assert [one.minutes for one in entries(shop)] == [210]


def test_a_timer_of_seventeen_hours_must_be_confirmed(shop: Shop, frozen_clock: FrozenClock) -> None:
    labor.start(shop)
    frozen_clock.move(hours=17)
    with pytest.raises(labor_rules.LongSpan):
        labor.stop(shop)
    labor.stop(shop, confirmed=True)
    assert [one.minutes for one in entries(shop)] == [17 * 60]


def test_a_timer_runs_on_through_the_night_the_clock_changes(shop: Shop, frozen_clock: FrozenClock) -> None:
    frozen_clock.set("2026-11-01T04:00:00Z")  # Saturday 23:00
    labor.start(shop)
    frozen_clock.set("2026-11-01T13:30:00Z")  # Sunday 07:30
    assert labor.stop(shop).sentence == "Stopped the timer after 9h 30m."


def test_stopping_and_starting_can_be_undone_and_redone(shop: Shop, frozen_clock: FrozenClock) -> None:
    labor.start(shop)
    frozen_clock.move(minutes=30)
    labor.stop(shop)
    undo.undo(shop)
    assert [one.running for one in entries(shop)] == [True]
    undo.redo(shop)
    assert [one.minutes for one in entries(shop)] == [30]


def test_without_anybody_named_no_timer_starts(shop: Shop) -> None:
    shop.acting = None
    with pytest.raises(Refused, match="Nobody is named"):
        labor.start(shop)


def test_no_timer_starts_inside_time_that_is_recorded_already(shop: Shop) -> None:
    labor_entries.add(shop, times(shop, "10T11:00", "10T12:04"))
    with pytest.raises(Refused, match="overlaps 11:00-12:04"):
        labor.start(shop)


# by hand


def test_time_by_hand_is_kept_with_its_breaks(shop: Shop) -> None:
    done = labor_entries.add(
        shop, times(shop, "08T07:00", "08T15:30", "12:00-12:30;15:00-15:10", note="  Line 3 ")
    )
    assert done.sentence == "Recorded 7h 50m for Jo Doe, 2026-06-08 07:00-15:30."
    (entry,) = entries(shop)
    assert [(item.minutes, item.kind) for item in entry.breaks] == [(30, "meal"), (10, "rest")]
    assert (entry.note, entry.source, entry.state) == ("Line 3", "manual", "draft")
    zone, offset = shop.rows("SELECT zone, start_offset FROM time_span")[0]
    assert (zone, offset) == ("America/Chicago", -300)


@pytest.mark.parametrize(
    ("start", "end", "breaks", "words"),
    [
        ("08T09:30", "08T11:00", "", "overlaps 09:00-10:00"),
        ("08T11:00", "08T11:00", "", "is not after the start"),
        ("11T07:00", "11T08:00", "", "has not come yet"),
        ("08T12:00", "08T14:00", "11:00-11:30", "outside the entry"),
        ("08T12:00", "09T12:30", "", "more than 24 hours"),
    ],
)
def test_what_cannot_be_true_is_refused_and_changes_nothing(
    shop: Shop, start: str, end: str, breaks: str, words: str
) -> None:
    labor_entries.add(shop, times(shop, "08T09:00", "08T10:00"))
    with pytest.raises(Refused, match=words):
        labor_entries.add(shop, times(shop, start, end, breaks))
    assert len(entries(shop)) == 1


def test_touching_entries_and_other_people_are_no_conflict(shop: Shop) -> None:
    builders.person(shop, "AB")
    labor_entries.add(shop, times(shop, "08T09:00", "08T10:00"))
    labor_entries.add(shop, times(shop, "08T10:00", "08T11:00"))
    labor_entries.add(shop, times(shop, "08T09:00", "08T11:00"), person="AB")
    assert len(entries(shop)) == 3


def test_time_cannot_be_added_under_a_running_timer(shop: Shop, frozen_clock: FrozenClock) -> None:
    labor.start(shop)
    frozen_clock.move(hours=2)
    with pytest.raises(Refused, match="overlaps 12:00-…"):
        labor_entries.add(shop, times(shop, "10T13:00", "10T13:30"))


def test_a_correction_replaces_times_order_and_breaks_and_undo_brings_them_back(shop: Shop) -> None:
    order = builders.number_of(shop, builders.order(shop))
    labor_entries.add(shop, times(shop, "08T07:00", "08T15:00", "12:00-12:30"))
    (entry,) = entries(shop)
    labor_entries.correct(
        shop, str(entry.key), times(shop, "08T07:15", "08T15:00", "12:00-12:45", order=order)
    )
    (corrected,) = entries(shop)
    assert (corrected.minutes, corrected.order, len(corrected.breaks)) == (420, order, 1)
    undo.undo(shop)
    (back,) = entries(shop)
    assert (back.minutes, back.order, [item.minutes for item in back.breaks]) == (450, "", [30])


def test_a_running_timer_is_corrected_by_giving_it_an_end(shop: Shop, frozen_clock: FrozenClock) -> None:
    labor.start(shop)
    frozen_clock.move(days=2)
    (entry,) = entries(shop)
    labor_entries.correct(shop, entry.id, times(shop, "10T12:00", "10T16:00"))
    assert [(one.running, one.minutes) for one in entries(shop)] == [(False, 240)]


def test_leave_and_quick_minutes_need_no_clock_times(shop: Shop) -> None:
    labor_entries.add_minutes(shop, date(2026, 6, 12), 480, time_type="PTO")
    order = builders.number_of(shop, builders.order(shop))
    labor_entries.add_minutes(shop, TODAY, 45, order=order)
    assert [(one.time_type, one.minutes, one.order) for one in entries(shop)] == [
        ("WORK", 45, order),
        ("PTO", 480, ""),
    ]


def test_a_day_never_holds_more_than_it_has(shop: Shop) -> None:
    labor_entries.add(shop, times(shop, "08T00:00", "08T15:00"))
    with pytest.raises(Refused, match="more than the day has"):
        labor_entries.add_minutes(shop, date(2026, 6, 8), 541)
    labor_entries.add_minutes(shop, date(2026, 6, 8), 540)


def test_work_cannot_be_recorded_ahead(shop: Shop) -> None:
    with pytest.raises(Refused, match="has not come yet"):
        labor_entries.add_minutes(shop, date(2026, 6, 11), 60)


def test_an_entry_that_was_removed_comes_back_with_undo(shop: Shop) -> None:
    labor_entries.add(shop, times(shop, "08T07:00", "08T15:00"))
    (entry,) = entries(shop)
    labor_entries.remove(shop, entry.id)
    assert entries(shop) == []
    undo.undo(shop)
    assert len(entries(shop)) == 1


def test_unknown_people_orders_and_types_are_named(shop: Shop) -> None:
    with pytest.raises(NotFound):
        labor_entries.add(shop, times(shop, "08T07:00", "08T08:00"), person="ZZ")
    with pytest.raises(NotFound):
        labor_entries.add(shop, times(shop, "08T07:00", "08T08:00", order="W-A9999"))
    with pytest.raises(UsageProblem):
        labor_entries.add(shop, times(shop, "08T07:00", "08T08:00", time_type="NAP"))
    with pytest.raises(NotFound):
        labor_entries.remove(shop, "999")
    with pytest.raises(NotFound):
        labor_entries.remove(shop, "m999")


# whose hours


def test_a_technician_keeps_their_own_hours_only(shop: Shop) -> None:
    builders.person(shop, "AB", "Ann Bolt")
    labor_entries.add(shop, times(shop, "08T07:00", "08T15:00"))
    (jos,) = entries(shop)
    shop.act_as("AB")
    labor_entries.add(shop, times(shop, "08T07:00", "08T15:00"))
    with pytest.raises(Refused, match="takes the role supervisor"):
        labor_entries.add(shop, times(shop, "09T07:00", "09T15:00"), person="JD")
    with pytest.raises(Refused, match="takes the role supervisor"):
        labor_entries.remove(shop, jos.id)
    with pytest.raises(Refused, match="takes the role supervisor"):
        approvals.approve_period(shop, TODAY)


def test_submitted_hours_are_the_supervisors_to_change(shop: Shop) -> None:
    builders.person(shop, "AB", "Ann Bolt")
    shop.act_as("AB")
    labor_entries.add(shop, times(shop, "08T07:00", "08T15:00"))
    assert approvals.submit_period(shop, TODAY).sentence == "Handed in 1 entry of Ann Bolt, 8h."
    (entry,) = entries(shop)
    with pytest.raises(Refused, match="takes the role supervisor"):
        labor_entries.remove(shop, entry.id)
    with pytest.raises(Refused, match="no draft"):
        approvals.submit_period(shop, TODAY)
    shop.act_as("JD")
    approvals.send_back(shop, [entry.id], "lunch is missing")
    assert [one.state for one in entries(shop)] == ["draft"]


def test_a_period_is_approved_for_one_or_for_all_and_timers_are_left_alone(shop: Shop) -> None:
    builders.person(shop, "AB", "Ann Bolt")
    labor_entries.add(shop, times(shop, "08T07:00", "08T15:00"))
    labor_entries.add(shop, times(shop, "08T07:00", "08T15:00"), person="AB")
    labor.start(shop)
    done = approvals.approve_period(shop, TODAY, "AB")
    assert done.sentence == "Approved 1 entry of Ann Bolt, 8h."
    done = approvals.approve_period(shop, TODAY)
    assert done.notices == ("Jo Doe's timer still runs and was left alone.", "1 of them is your own.")
    assert [one.state for one in entries(shop) if not one.running] == ["approved", "approved"]
    with pytest.raises(Refused, match="Nothing to approve"):
        approvals.approve_period(shop, TODAY)


def test_what_is_approved_stands_still_until_it_is_sent_back_with_a_reason(shop: Shop) -> None:
    labor_entries.add(shop, times(shop, "08T07:00", "08T15:00"))
    (entry,) = entries(shop)
    approvals.approve(shop, [str(entry.key)])
    with pytest.raises(Refused, match="is approved"):
        labor_entries.correct(shop, entry.id, times(shop, "08T07:00", "08T14:00"))
    with pytest.raises(Refused, match="needs a reason"):
        approvals.send_back(shop, [entry.id], "  ")
    approvals.send_back(shop, [entry.id], "wrong day")
    (back,) = entries(shop)
    assert (back.state, back.approved_by) == ("submitted", "")
    labor_entries.correct(shop, entry.id, times(shop, "08T07:00", "08T14:00"))
    assert shop.value("SELECT text FROM log_entry WHERE parent_id = ?", (entry.id,)) == "Sent back: wrong day"


def test_approval_is_undone_in_one_step(shop: Shop) -> None:
    labor_entries.add(shop, times(shop, "08T07:00", "08T15:00"))
    labor_entries.add(shop, times(shop, "09T07:00", "09T15:00"))
    approvals.approve_period(shop, TODAY)
    undo.undo(shop)
    assert [one.state for one in entries(shop)] == ["draft", "draft"]


def test_breaks_are_read_on_the_shops_clock_and_may_lie_past_midnight(shop: Shop) -> None:
    night = times(shop, "08T22:00", "09T06:00", "00:30-01:00")
    assert [wall_time.local(item.start, shop.zone).day for item in night.breaks] == [9]
    for wrong in ("noon", "12:00", "25:00-26:00"):
        with pytest.raises(UsageProblem, match="is not a break"):
            times(shop, "08T07:00", "08T15:00", wrong)


def test_the_file_of_a_shop_stays_sound(shop: Shop, tmp_path: Path) -> None:
    labor_entries.add(shop, times(shop, "08T07:00", "08T15:00", "12:00-12:30"))
    approvals.approve_period(shop, TODAY)
    assert tmp_path == shop.path.parent
    assert shop.value("PRAGMA integrity_check") == "ok"


def test_an_entry_of_a_clock_that_went_back_is_looked_at_before_it_is_approved(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    frozen_clock.set("2026-06-10T18:00:00Z")
    builders.person(shop, "AB", "Ann Bolt")
    frozen_clock.set("2026-06-10T12:00:00Z")
    labor.start(shop)
    frozen_clock.set("2026-06-10T16:00:00Z")
    labor.stop(shop)
    (entry,) = reads.entries(shop, work_calendar.period_of(shop, shop.today()))
    assert entry.suspect
    with pytest.raises(Refused, match="approve it by itself"):
        approvals.approve_period(shop, shop.today())
    approvals.approve(shop, [entry.id])
    (entry,) = reads.entries(shop, work_calendar.period_of(shop, shop.today()))
    assert entry.state == "approved"


def test_correcting_an_entry_of_a_clock_that_went_back_clears_it(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    frozen_clock.set("2026-06-10T18:00:00Z")
    builders.person(shop, "AB", "Ann Bolt")
    frozen_clock.set("2026-06-10T12:00:00Z")
    labor.start(shop)
    frozen_clock.set("2026-06-10T16:00:00Z")
    labor.stop(shop)
    (entry,) = reads.entries(shop, work_calendar.period_of(shop, shop.today()))
    assert entry.start is not None
    assert entry.end is not None
    labor_entries.correct(shop, entry.id, labor_entries.Times(entry.start, entry.end))
    (entry,) = reads.entries(shop, work_calendar.period_of(shop, shop.today()))
    assert not entry.suspect
