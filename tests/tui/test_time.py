"""The Time screens as a supervisor uses them: Wednesday 10 June 2026, noon in Chicago, weeks from Monday."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.kit import builders
from tests.kit.hand import Hand, on_screen
from wotui import settings
from wotui.actions import approvals, labor, labor_entries, labor_writing
from wotui.actions.labor_entries import Times
from wotui.domain import break_times, wall_time
from wotui.domain.labor import Span
from wotui.store.reads import labor as reads
from wotui.store.reads import work_calendar
from wotui.tui.app import WotuiApp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop
    from wotui.store.reads.labor import Entry


def at_time(shop: Shop, story: Callable[[Hand], Awaitable[None]], size: tuple[int, int] = (80, 24)) -> None:
    """Open the app, go to the Time screen, and let the story happen."""

    async def from_time(hand: Hand) -> None:
        await hand.do("app.time")
        await hand.settle()
        await story(hand)

    on_screen(shop, from_time, size=size, computer=settings.Computer())


def said(hand: Hand) -> str:
    """Every toast so far."""
    return "\n".join(hand.said)


def record(shop: Shop, start: str, end: str, breaks: str = "", **more: str) -> None:
    person = more.pop("person", "")
    begin, stop = (wall_time.parse_minute(f"2026-06-{text}", shop.zone) for text in (start, end))
    pauses = break_times.parse_breaks(breaks, begin, stop, shop.zone)
    labor_entries.add(shop, Times(begin, stop, pauses, **more), person=person)


def entries(shop: Shop) -> list[Entry]:
    return reads.entries(shop, work_calendar.period_of(shop, shop.today()))


@pytest.fixture
def week(shop: Shop, frozen_clock: FrozenClock) -> Shop:
    """A shop on the Monday after a week with overtime, leave, a draft, and a running timer."""
    frozen_clock.set("2026-06-14T22:00:00Z")
    builders.person(shop, "AB", "Ann Bolt")
    builders.person(shop, "CD", "Cy Drum")
    builders.person(shop, "OM", "Ola Marsh")
    number = builders.number_of(shop, builders.order(shop, "Rebuild the vacuum pump"))
    for day in ("08", "09", "10", "11", "12"):
        record(shop, f"{day}T07:00", f"{day}T16:00", "12:00-12:30", person="AB", order=number)
        record(shop, f"{day}T07:00", f"{day}T15:00", "11:30-11:50", person="CD")
    labor_entries.add_minutes(shop, shop.today(), 240, person="CD", time_type="SICK", note="Doctor")
    approvals.approve_period(shop, shop.today(), "AB")
    labor.start(shop, number)
    frozen_clock.move(hours=1, minutes=5)
    return shop


def test_everybody_stands_on_one_line_with_totals_and_what_is_missing(week: Shop) -> None:
    async def story(hand: Hand) -> None:
        assert "Ann Bolt" in hand.screen
        assert "40.00      2.50         –     42.50   ✓ approved" in hand.screen
        assert "6 to approve" in hand.screen
        assert "timer runs" in hand.screen
        assert "E01  Jo Doe: timer on W-A0001 running since Sun 2026-06-14 17:00" in hand.screen
        assert "no hours" in hand.screen

    at_time(week, story)


def test_hours_are_added_in_the_form(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("n")
        await hand.type("7:00")
        await hand.press("enter")
        await hand.type("11.30")
        await hand.press("enter", "ctrl+s")
        assert "Recorded 4h 30m for Jo Doe, 2026-06-10 07:00-11:30." in said(hand)

    at_time(shop, story)
    assert [entry.minutes for entry in entries(shop)] == [270]


def test_work_past_midnight_needs_no_second_date(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("n", "up")
        await hand.type("mon")
        await hand.press("enter")
        await hand.type("22")
        await hand.press("enter")
        await hand.type("6")
        await hand.press("enter", "ctrl+s")
        assert "Recorded 8h for Jo Doe, 2026-06-08 22:00-06:00." in said(hand)

    at_time(shop, story)


def test_a_refusal_stays_in_the_form_and_nothing_typed_is_lost(shop: Shop) -> None:
    record(shop, "10T07:00", "10T08:00")

    async def story(hand: Hand) -> None:
        await hand.press("n")
        await hand.type("7:30")
        await hand.press("enter")
        await hand.type("9:00")
        await hand.press("enter", "ctrl+s")
        assert "overlaps 07:00-08:00" in hand.screen
        assert "7:30" in hand.screen

    at_time(shop, story)


def test_a_very_long_entry_asks_before_it_is_taken(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("n", "up")
        await hand.type("mon")
        await hand.press("enter")
        await hand.type("4:00")
        await hand.press("enter")
        await hand.type("21:00")
        await hand.press("enter", "ctrl+s")
        assert "17h is more than 16 hours" in hand.screen
        await hand.press("y")

    at_time(shop, story)
    assert [entry.minutes for entry in entries(shop)] == [17 * 60]


def test_the_hour_that_comes_twice_is_asked_for(shop: Shop, frozen_clock: FrozenClock) -> None:
    frozen_clock.set("2026-11-02T18:00:00Z")

    async def story(hand: Hand) -> None:
        await hand.press("n", "up")
        await hand.type("2026-11-01")
        await hand.press("enter")
        await hand.type("1:30")
        await hand.press("enter")
        await hand.type("2:30")
        await hand.press("enter", "ctrl+s")
        assert "the first, CDT" in hand.screen
        await hand.press("s")
        assert "Recorded 1h" in said(hand)

    at_time(shop, story)


def test_leave_is_added_as_minutes_of_a_day(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("n", "down", "down", "down")
        await hand.type("8:00")
        await hand.press("enter")
        await hand.type("p")
        await hand.press("enter", "ctrl+s")
        assert "Recorded 8h paid time off for Jo Doe on 2026-06-10." in said(hand)

    at_time(shop, story)


def test_an_entry_is_corrected_removed_and_brought_back(shop: Shop) -> None:
    record(shop, "08T07:00", "08T15:30", "12:00-12:30")

    async def story(hand: Hand) -> None:
        await hand.press("e", "enter")
        assert "Correct hours" in hand.screen
        await hand.press("down", "enter", "ctrl+u")
        await hand.type("16:00")
        await hand.press("enter", "ctrl+s")
        assert "Corrected Jo Doe's entry of 2026-06-08: 8h 30m." in said(hand)
        await hand.press("x")
        assert "No hours from" in hand.screen
        await hand.press("u")
        assert "07:00–16:00" in hand.screen

    at_time(shop, story)


def test_an_approved_entry_says_how_to_change_it_and_is_sent_back_with_a_reason(week: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("e", "enter")
        assert "Send it back first (b), with a reason." in said(hand)
        await hand.press("b")
        await hand.type("no meal")
        await hand.press("enter")
        assert "Sent back 1 entry of Ann Bolt, 8h 30m: no meal." in said(hand)
        assert "handed in" in hand.screen

    at_time(week, story)


def test_a_forgotten_timer_asks_when_the_work_ended(shop: Shop, frozen_clock: FrozenClock) -> None:
    labor.start(shop)
    frozen_clock.move(days=3)

    async def story(hand: Hand) -> None:
        await hand.press("s")
        assert "When did the work end?" in hand.screen
        await hand.type("2026-06-10T15:30")
        await hand.press("enter")
        assert "Stopped the timer after 3h 30m." in said(hand)

    at_time(shop, story)


def test_a_running_timer_is_ended_in_its_form(shop: Shop, frozen_clock: FrozenClock) -> None:
    labor.start(shop)
    frozen_clock.move(hours=2)

    async def story(hand: Hand) -> None:
        await hand.press("e", "enter")
        assert "14:00" in hand.screen
        await hand.press("ctrl+s")

    at_time(shop, story)
    assert [(entry.running, entry.minutes) for entry in entries(shop)] == [(False, 120)]


def test_periods_people_and_problems_are_walked_with_the_keyboard(week: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("left_square_bracket")
        assert "Mon 1 Jun – Sun 7 Jun" in hand.screen
        await hand.press("t")
        await hand.type("today")
        await hand.press("enter")
        assert "Mon 8 Jun – Sun 14 Jun" in hand.screen
        await hand.press("enter", "tab")
        assert "Time · Jo Doe" in hand.screen
        await hand.press("escape", "G")
        await hand.press("enter")
        assert "Time · " in hand.screen

    at_time(week, story)


def test_a_problem_leads_to_its_entry(week: Shop) -> None:
    async def story(hand: Hand) -> None:
        for _ in range(5):
            await hand.press("down")
            if hand.app.screen.query_one("#hours").value.startswith("E01"):  # type: ignore[attr-defined]
                break
        await hand.press("enter")
        assert "Time · Jo Doe" in hand.screen
        assert hand.app.screen.query_one("#hours").value == entries(week)[-1].id or "running" in hand.screen  # type: ignore[attr-defined]

    at_time(week, story)


def test_entries_that_a_merge_made_overlap_are_named_and_never_added_up(shop: Shop) -> None:
    record(shop, "08T09:00", "08T11:00", note="bench")
    (first,) = entries(shop)
    assert first.start is not None
    with shop.transaction() as tx:
        twin = Span("", first.person_id, first.start + 90, first.start + 180)
        labor_writing.insert_span(tx, twin, source="merge", note="laptop")

    async def story(hand: Hand) -> None:
        assert "entries overlap" in hand.screen
        assert "E02  Jo Doe: 2026-06-08 09:00-11:00" in hand.screen
        assert "3.50" not in hand.screen
        await hand.press("e", "down", "x")
        assert "2.00 regular" in hand.screen

    at_time(shop, story)


def test_the_order_of_an_entry_is_one_key_away(week: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("e")
        await hand.do("time.order")
        assert "Rebuild the vacuum pump" in hand.screen
        assert "W-A0001" in hand.screen

    at_time(week, story)


def test_the_mouse_opens_people_and_walks_through_periods(week: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.click("] ▶")
        assert "Mon 15 Jun – Sun 21 Jun" in hand.screen
        await hand.click("◀ [")
        assert "Mon 8 Jun – Sun 14 Jun" in hand.screen
        await hand.click("Cy Drum")
        await hand.click("Cy Drum")
        assert "Time · Cy Drum" in hand.screen

    at_time(week, story)


def test_nothing_is_lost_when_the_window_becomes_small(week: Shop) -> None:
    async def story(hand: Hand) -> None:
        for size in ((40, 15), (60, 20), (120, 40), (20, 6), (80, 24)):
            await hand.resize(*size)
        assert "Everybody" in hand.screen
        await hand.press("enter", "e")
        await hand.resize(40, 15)
        await hand.resize(80, 24)
        assert "Time · Ann Bolt" in hand.screen

    at_time(week, story)


def test_a_technician_is_told_who_may_approve(shop: Shop) -> None:
    builders.person(shop, "AB", "Ann Bolt")
    shop.act_as("AB")
    record(shop, "08T07:00", "08T15:30")

    async def story(hand: Hand) -> None:
        await hand.press("a")
        assert "takes the role supervisor" in said(hand)
        await hand.press("h")
        assert "Handed in 1 entry of Ann Bolt" in said(hand)

    at_time(shop, story)


def test_nobody_on_the_payroll_is_said_with_the_way_out(shop: Shop) -> None:
    with shop.transaction() as tx:
        tx.update("person", tx.value("SELECT id FROM person"), payroll_id="")

    async def story(hand: Hand) -> None:
        assert "Nobody is on the payroll yet." in hand.screen

    at_time(shop, story)


def test_a_shop_without_its_anchor_says_what_to_set(shop: Shop) -> None:
    from wotui.domain.identity import same_id

    with shop.transaction() as tx:
        tx.insert(
            "setting", id=same_id("setting", "payroll.schedule"), name="payroll.schedule", value="biweekly"
        )

    async def story(hand: Hand) -> None:
        assert "wotui settings payroll.anchor" in said(hand)
        assert "A biweekly schedule needs to know" in hand.screen
        await hand.do("time.later", "time.payroll", "time.approve")
        hand.said.clear()
        await hand.do("time.add")
        assert "wotui settings payroll.anchor" in hand.toast

    at_time(shop, story)


@pytest.mark.parametrize(("name", "size"), [("typical", (80, 24)), ("small", (60, 20)), ("wide", (120, 30))])
def test_the_overview_looks_like_this(
    week: Shop, snap_compare: Callable[..., bool], name: str, size: tuple[int, int]
) -> None:
    assert name
    assert snap_compare(WotuiApp(week, settings.Computer()), terminal_size=size, run_before=_to_time())


def test_a_persons_hours_look_like_this(week: Shop, snap_compare: Callable[..., bool]) -> None:
    assert snap_compare(
        WotuiApp(week, settings.Computer()),
        terminal_size=(80, 24),
        run_before=_to_time("down", "down", "e"),
    )


def test_hours_in_high_contrast_look_like_this(week: Shop, snap_compare: Callable[..., bool]) -> None:
    app = WotuiApp(week, settings.Computer(theme="contrast"))
    assert snap_compare(app, terminal_size=(80, 24), run_before=_to_time("e"))


def test_no_hours_look_like_this(shop: Shop, snap_compare: Callable[..., bool]) -> None:
    assert snap_compare(WotuiApp(shop, settings.Computer()), terminal_size=(60, 20), run_before=_to_time("e"))


def test_hostile_words_are_shown_as_words(shop: Shop, snap_compare: Callable[..., bool]) -> None:
    builders.person(shop, "HX", "[b]Eve[/nope] =HYPERLINK('x')")
    record(
        shop,
        "08T07:00",
        "08T15:30",
        person="HX",
        note="Grease [/bearing] [@click=app.quit]now[/] \x1b[31mred",
    )
    assert snap_compare(WotuiApp(shop, settings.Computer()), terminal_size=(80, 24), run_before=_to_time("e"))


def _to_time(*keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    async def before(pilot: Pilot[Any]) -> None:
        app: Any = pilot.app
        hand = Hand(app, pilot)
        await hand.settle()
        await hand.do("app.time")
        await hand.press(*keys)

    return before
