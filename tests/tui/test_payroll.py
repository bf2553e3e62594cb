"""The Payroll screens as the clerk and the supervisor use them, with the keyboard alone."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input

from tests.kit import builders
from tests.kit.hand import Hand, on_screen
from tests.tui.test_time import at_time, record, said, week
from wotui import settings
from wotui.actions import approvals, labor_entries, labor_writing
from wotui.actions import payroll as batches
from wotui.actions.labor_entries import Times
from wotui.domain import wall_time
from wotui.domain.labor import Span
from wotui.exchange import payroll
from wotui.store.reads import labor as reads
from wotui.store.reads import pay_batches, work_calendar
from wotui.tui.app import WotuiApp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop

__all__ = ["week"]
FILE = "payroll_generic_2026-06-08_2026-06-14_B000001r1.csv"


async def write_into(hand: Hand, folder: Path) -> None:
    """Write the file into a folder that is typed."""
    await hand.do("payroll.write")
    await hand.see("into which folder?")
    await hand.press("ctrl+u")
    await hand.type(str(folder))
    await hand.press("enter")


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


# a messy period


@pytest.fixture
def messy(shop: Shop, frozen_clock: FrozenClock) -> Shop:
    """The week in which the clock falls back, seen on the Monday after it: a timer that nobody stopped, two entries
    that a merge made overlap, two people called John Smith.
    """
    frozen_clock.set("2026-10-29T20:00:00Z")
    builders.person(shop, "AB", "Ann Bolt", payroll_id="0017")
    builders.person(shop, "JS", "John Smith", payroll_id="0021")
    builders.person(shop, "J2", "John Smith", payroll_id="0034")
    number = builders.number_of(shop, builders.order(shop, "Rebuild the vacuum pump"))
    with shop.transaction() as tx:
        ann, second = (tx.value("SELECT id FROM person WHERE initials = ?", (who,)) for who in ("AB", "J2"))
        order = tx.value("SELECT id FROM work_order WHERE number = ?", (number,))
        at = wall_time.parse_minute("2026-10-29T15:00", shop.zone)
        labor_writing.insert_span(tx, Span("", ann, at, None), order_id=order, source="timer")
        for begin, end in (("09:00", "11:00"), ("10:30", "12:00")):
            first, last = (wall_time.parse_minute(f"2026-10-27T{one}", shop.zone) for one in (begin, end))
            labor_writing.insert_span(tx, Span("", second, first, last), source="merge")
    frozen_clock.set("2026-11-02T18:00:00Z")
    return shop


def test_a_messy_period_becomes_a_clean_csv_with_the_keyboard_alone(messy: Shop, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()

    async def story(hand: Hand) -> None:
        await hand.press("left_square_bracket")
        await hand.see("Mon 26 Oct – Sun 1 Nov", "timer runs", "entries overlap")

        # an hour that came twice is asked about, and stored through UTC
        await to_person(hand, "0021")
        await hand.press("enter")
        await hand.see("Time · John Smith", "no order: nothing. enter adds hours.")
        await hand.press(*["right"] * 6, "enter")
        await hand.see("Add hours", "Sun 1 Nov")
        await fill(hand, start="1:30", end="2:30")
        await hand.see("01:30 came twice: which one?", "the first, CDT", "the second, CST")
        await hand.press("s")
        await hand.see("1.00")
        await hand.press("escape")

        # everything that is wrong at once, each with its key
        await hand.press("p")
        await hand.see("things to put right first")
        await hand.see(
            "E01", "Ann Bolt: timer on W-A0001 running since Thu 2026-10-29 15:00", "to end it there"
        )
        await hand.see("E02", "2026-10-27 09:00-11:00", "overlap by 30 minutes", "enter goes to the entry")
        await hand.see("E03", "a approves them, A everybody's")
        await hand.press("w")
        assert "must be put right before the file can be written." in said(hand)

        # the open timer is ended when the work ended
        await hand.press("g", "enter")
        await hand.see("Time · Ann Bolt", "running")
        await hand.press("enter")
        await fill(hand, end="2026-10-29T17:00")
        await hand.press("escape")
        await hand.see("E02")

        # the overlap is put right by the supervisor; nothing is trimmed by itself
        await hand.press("g", "enter")
        await hand.see("Time · John Smith", "09:00–11:00", "10:30–12:00")
        await hand.press("g", "enter")
        await fill(hand, end="10:30")
        await hand.press("escape")

        # everybody's hours are approved
        await hand.see("E03")
        await hand.press("A")
        await hand.see("to tick")

        # the provider cannot tell two people of one name apart
        await hand.press("f")
        await hand.see("Which format does the provider read?")
        while "▸  gusto" not in hand.screen:
            await hand.press("down")
        await hand.press("enter")
        await hand.see("E05", "John Smith is the name of 0021 and 0034", "says what gusto calls them")
        for identity in ("5G9934", "7H2K1Q"):
            await hand.press("g", "enter")
            await hand.see("gusto: John Smith")
            await hand.type(identity)
            await hand.press("enter", "ctrl+s")
        await hand.see("to tick")

        # warnings are ticked, the rows looked at, the file written
        await hand.press("w")
        assert "not ticked" in said(hand)
        await hand.press("asterisk")
        await hand.see("Ready: w writes payroll_gusto_2026-10-26_2026-11-01_B000001r1.csv", "Control total")
        await write_into(hand, folder)
        await hand.see("Confirm that it is paid", "as B000001")

        # one correction after the export: with a reason, as a revision that the provider replaces
        await hand.press("escape")
        await to_person(hand, "0017")
        await hand.press("e", "enter")
        await hand.see("paid hours: why?")
        await hand.type("left at four")
        await hand.press("enter")
        await fill(hand, end="16:00")
        assert "The next payroll pays the difference." in said(hand)
        await hand.press("escape", "p")
        await hand.see("It replaces B000001.")
        await hand.press("asterisk")
        await write_into(hand, folder)
        await hand.press("c")
        await hand.see("imported and paid?")
        await hand.press("y")
        await hand.see("It is paid.")
        assert "undoes it" not in hand.toast

        # the history says what each contained, and why they differ
        await hand.press("b", "enter")
        await hand.see("Why it differs from B000001", "Ann Bolt", "2.00", "1.00", "-1.00")

    at_time(messy, story, (100, 40))
    path = folder / "payroll_gusto_2026-10-26_2026-11-01_B000002r2.csv"
    assert [(row["last_name"], row["gusto_employee_id"], row["regular_hours"]) for row in rows(path)] == [
        ("Bolt", "", "1.00"),
        ("Smith", "5G9934", "1.00"),
        ("Smith", "7H2K1Q", "3.00"),
    ]
    assert [(one.status, one.period_status) for one in pay_batches.batches(messy)] == [
        ("active", "closed"),
        ("superseded", "closed"),
    ]


async def to_person(hand: Hand, number: str) -> None:
    """Move the cursor of the Time screen to somebody, by employee number."""
    wanted = hand.app.shop.value("SELECT id FROM person WHERE payroll_id = ?", (number,))
    await hand.press("g")
    for _ in range(9):
        if value(hand) == wanted:
            return
        await hand.press("down")
    raise AssertionError(f"{number} is not on the screen:\n{hand.screen}")


def value(hand: Hand) -> str:
    """What the cursor of the list stands for."""
    return getattr(hand.app.screen.query_one("#hours"), "value", "")


async def fill(hand: Hand, **values: str) -> None:
    """Type values into fields of the open form, and save it."""
    for name, typed in values.items():
        hand.app.screen.query_one("#form").fields.go_to(name)  # type: ignore[attr-defined]
        await hand.press("enter", "ctrl+u")
        await hand.type(typed)
        await hand.press("enter")
    await hand.press("ctrl+s")


# the file


@pytest.fixture
def ready(shop: Shop) -> Shop:
    """A shop with one approved day."""
    record(shop, "08T07:00", "08T15:30", "12:00-12:30")
    approvals.approve_period(shop, shop.today())
    return shop


def test_the_file_is_written_into_a_folder_that_is_offered_again(ready: Shop, tmp_path: Path) -> None:
    folder = tmp_path / "payroll"

    async def story(hand: Hand) -> None:
        await hand.press("p", "asterisk")
        await write_into(hand, folder)
        assert "REG 8.00" in said(hand)
        await hand.press("w")
        assert hand.app.screen.query_one("#entry", Input).value == str(folder)

    at_time(ready, story)
    assert rows(folder / FILE)[0]["hours"] == "8.00"
    assert settings.load().payroll_folder == str(folder)


def test_a_folder_is_found_by_walking(ready: Shop, tmp_path: Path) -> None:
    (tmp_path / "stick" / "june").mkdir(parents=True)

    async def story(hand: Hand) -> None:
        await hand.press("p", "asterisk", "w", "ctrl+u")
        await hand.type(f"{tmp_path}/st")
        await hand.see("stick/")
        await hand.press("down", "tab")
        await hand.see("june/")
        await hand.press("down", "enter")

    at_time(ready, story)
    assert (tmp_path / "stick" / "june" / FILE).is_file()


def test_a_folder_that_is_not_there_is_said_and_can_be_chosen_again(ready: Shop, tmp_path: Path) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("p", "asterisk")
        await write_into(hand, tmp_path / "no" / "stick")
        assert "E13" in said(hand)
        await hand.see("E13", "w writes it again.", "▸ Write the file")
        await write_into(hand, tmp_path)
        await hand.see("Confirm that it is paid", "as B000001")

    at_time(ready, story)


def test_written_again_it_is_the_same_bytes_and_the_screen_says_so(ready: Shop, tmp_path: Path) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("p", "asterisk")
        await write_into(hand, tmp_path / "one")
        await write_into(hand, tmp_path / "two")
        assert "as B000001, identical" in said(hand)

    at_time(ready, story)
    first, second = ((tmp_path / name / FILE).read_bytes() for name in ("one", "two"))
    assert first == second
    assert len(pay_batches.batches(ready)) == 1


def test_warnings_are_ticked_one_by_one_before_anything_is_written(ready: Shop) -> None:
    builders.person(ready, "OM", "Ola Marsh")

    async def story(hand: Hand) -> None:
        await hand.press("p")
        await hand.see("2 warnings to tick", "W20", "W24")
        await hand.press("w")
        assert "2 warnings are not ticked." in said(hand)
        await hand.press("g", "space")
        await hand.see("1 warning to tick")
        await hand.press("G", "space")
        await hand.see("Ready: w writes")

    at_time(ready, story)


def test_an_empty_period_offers_to_write_nothing(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("p")
        await hand.see("There are no hours in this period, so there is nothing to write.")
        await hand.press("asterisk", "w")
        assert "There are no hours in this period. There is nothing to write." in said(hand)

    at_time(shop, story)


def test_the_file_is_seen_as_it_is_written(ready: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("p", "v")
        await hand.see("batch,row,period_start,period_end", "B000001,1,2026-06-08,2026-06-14,E-JD")

    at_time(ready, story)


def test_what_a_provider_asks_for_is_given_on_the_spot(ready: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("p", "f")
        while "▸  paychex_spi" not in hand.screen:
            await hand.press("down")
        await hand.press("enter")
        await hand.see("E04", "E06 paychex_spi needs client_id")
        await hand.press("g", "enter")
        await hand.type("0017")
        await hand.press("enter", "ctrl+s")
        await hand.press("g", "enter")
        await hand.type("12345678")
        await hand.press("enter")
        await hand.see("to tick")

    at_time(ready, story)
    assert ready.setting("payroll.values") == "paychex_spi.client_id=12345678"


def test_a_batch_is_taken_back_with_a_reason_only(ready: Shop, tmp_path: Path) -> None:
    payroll.export(ready, ready.today(), tmp_path)

    async def story(hand: Hand) -> None:
        await hand.press("p", "x", "enter")
        await hand.see("Taking a batch back needs a reason.")
        await hand.type("not imported")
        await hand.press("enter")
        await hand.see("1 warning to tick")
        await hand.press("b", "enter")
        await hand.see("void: not imported")

    at_time(ready, story)


def test_late_entries_are_named_and_lead_to_themselves(ready: Shop, tmp_path: Path) -> None:
    payroll.export(ready, ready.today(), tmp_path)
    batches.close(ready, ready.today())
    record(ready, "09T07:00", "09T11:15")

    async def story(hand: Hand) -> None:
        late = "1 late entry, 4.25 h, will be paid as adjustment in 2026-06-15..2026-06-21"
        await hand.see(late)
        while value(hand) != "late":
            await hand.press("down")
        await hand.press("enter")
        await hand.see(late, "Jo Doe", "to approve")
        await hand.press("enter")
        await hand.see("Time · Jo Doe", "07:00–11:15")
        await hand.press("a", "escape")
        await hand.see("approved")

    at_time(ready, story)


def test_a_batch_tells_what_it_contained_and_why_it_differs(
    shop: Shop, frozen_clock: FrozenClock, tmp_path: Path
) -> None:
    record(shop, "01T07:00", "01T15:00")
    approvals.approve_period(shop, work_calendar.period_of(shop, shop.today()).start.replace(day=1))
    payroll.export(shop, shop.today().replace(day=1), tmp_path)
    batches.close(shop, shop.today().replace(day=1))
    (old,) = reads.entries(shop, work_calendar.period_of(shop, shop.today().replace(day=1)))
    assert old.start is not None
    labor_entries.correct(shop, old.id, Times(old.start, old.start + 360), reason="left early")
    record(shop, "08T07:00", "08T16:00")
    approvals.approve_period(shop, shop.today())
    payroll.export(shop, shop.today(), tmp_path)

    async def story(hand: Hand) -> None:
        await hand.press("p", "b")
        await hand.see("B000002 r1", "B000001 r1", "paid")
        await hand.press("enter")
        await hand.see(
            "What it contained: 2 lines", "-2.00 B000001", "Why it differs from B000001",
            "Mon 1 Jun: 8h became 6h: left early",
        )  # fmt: skip
        await hand.press("v")
        await hand.see("B000002,1,")

    at_time(shop, story, (80, 40))


# pictures


@pytest.mark.parametrize(("name", "size"), [("typical", (80, 24)), ("small", (60, 20))])
def test_the_payroll_of_a_period_looks_like_this(
    week: Shop, snap_compare: Callable[..., bool], name: str, size: tuple[int, int]
) -> None:
    assert name
    assert snap_compare(WotuiApp(week, settings.Computer()), terminal_size=size, run_before=_to("p"))


def test_no_batches_look_like_this(shop: Shop, snap_compare: Callable[..., bool]) -> None:
    app = WotuiApp(shop, settings.Computer())
    assert snap_compare(app, terminal_size=(60, 20), run_before=_to("p", "b"))


def test_a_batch_looks_like_this(ready: Shop, snap_compare: Callable[..., bool], tmp_path: Path) -> None:
    payroll.export(ready, ready.today(), tmp_path)
    app = WotuiApp(ready, settings.Computer())
    assert snap_compare(app, terminal_size=(80, 24), run_before=_to("p", "b", "enter"))


def _to(*keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    async def before(pilot: Pilot[Any]) -> None:
        app: Any = pilot.app
        hand = Hand(app, pilot)
        await hand.settle()
        await hand.do("app.time")
        await hand.press(*keys)

    return before


def test_late_hours_are_said_in_the_inbox_to_those_who_make_the_payroll(ready: Shop, tmp_path: Path) -> None:
    builders.person(ready, "TE", "Tess Lane")
    payroll.export(ready, ready.today(), tmp_path)
    record(ready, "09T07:00", "09T11:15")
    late = "1 late entry, 4.25 h, will be paid as adjustment in 2026-06-15..2026-06-21"

    async def story(hand: Hand) -> None:
        await hand.see("1 late entry, 4.25 h")
        await hand.press("L")
        await hand.see(late, "Jo Doe")

    on_screen(ready, story)
    ready.act_as("TE")

    async def of_others(hand: Hand) -> None:
        await hand.see("Inbox")
        assert "late entry" not in hand.screen

    on_screen(ready, of_others)
