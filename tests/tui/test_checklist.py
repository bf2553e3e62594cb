"""Running a checklist on the screen: with gloves, with the mouse, with a failure on the way."""

from __future__ import annotations

import sqlite3
import threading
from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Key

from tests.kit import builders
from tests.kit.hand import Hand, on_screen
from tests.kit.lists import VIBRATION, Run
from wotui import settings
from wotui.actions import checklists
from wotui.actions.checklists import signing
from wotui.store.reads import work_orders
from wotui.store.reads.checklist_items import history
from wotui.tui.app import WotuiApp
from wotui.tui.screens import checklist_answering
from wotui.tui.screens.checklist import ChecklistScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from wotui.store.file import Shop

SEAL: dict[str, Any] = {
    "type": "choice",
    "label": "Seal",
    "options": [
        {"id": "dry", "label": "Dry"},
        {"id": "drips", "label": "Drips", "outcome": "flag"},
        {"id": "runs", "label": "Runs", "outcome": "fail"},
    ],
}
FILTERS: dict[str, Any] = {
    "type": "multi",
    "label": "Filters used",
    "options": [{"id": "a", "label": "16×20"}, {"id": "b", "label": "20×20"}, {"id": "c", "label": "20×25"}],
}
BRAKE: dict[str, Any] = {"type": "pass_fail", "label": "Brake", "on_fail": "stop_work", "severity": "safety"}


@pytest.fixture(autouse=True)
def keys_count_at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(checklist_answering, "DEAF", 0.0)
    signing.forget_wrong_tries()
    yield
    signing.forget_wrong_tries()


def runs(run: Run, story: Callable[[Hand], Awaitable[None]], *, size: tuple[int, int] = (80, 24)) -> None:
    """Let the story happen in the runner of this order."""

    async def begin(hand: Hand) -> None:
        hand.app.push_screen(ChecklistScreen(run.order_id))
        await hand.settle()
        await story(hand)

    on_screen(run.shop, begin, size=size)


def outcomes(run: Run) -> list[str | None]:
    return [line.result.outcome if line.result else None for line in run.sheet.lines]


def here(hand: Hand) -> str:
    """The line under the cursor."""
    return next((line for line in hand.screen.split("\n") if line.startswith("▸")), "")


def test_a_list_is_run_with_space_arrows_and_digits_alone(shop: Shop) -> None:
    run = Run(shop, {"type": "heading", "label": "Running"}, "Guard", VIBRATION, SEAL, FILTERS, "Belt")

    async def story(hand: Hand) -> None:
        assert "Guard" in here(hand)
        await hand.press("space")
        assert "Vibration" in here(hand)
        await hand.press("2", ".", "1", "space")
        assert "Seal" in here(hand)
        await hand.press("right", "space")
        assert "Filters used" in here(hand)
        await hand.press("1", "3", "right", "space")
        assert "Belt" in here(hand)
        await hand.press("2")
        assert "End of the list" in here(hand)
        assert "This list is finished." in hand.screen
        assert "Next: finish the order." in hand.screen

    runs(run, story)
    assert outcomes(run) == [None, "pass", "pass", "flag", "pass", "flag"]
    assert run.line("Filters used").result.value == "a,c"  # pyright: ignore[reportOptionalMemberAccess]


def test_every_tick_is_in_the_file_before_the_next_item_is_shown(shop: Shop) -> None:
    run = Run(shop, "Guard", "Belt")

    async def story(hand: Hand) -> None:
        await hand.press("space")
        assert outcomes(run) == ["pass", None]
        assert "1 saved · u undo" in hand.screen
        await hand.do("app.undo")
        assert outcomes(run) == [None, None]
        assert "0 of 2" in hand.screen

    runs(run, story)


def test_what_is_typed_ahead_lands_on_the_right_item(shop: Shop) -> None:
    run = Run(shop, VIBRATION, {**VIBRATION, "label": "Vibration two"}, "Belt")

    async def story(hand: Hand) -> None:
        await hand.type("1.5 2.5 1")

    runs(run, story)
    assert [line.result.value for line in run.sheet.lines if line.result] == ["1.5", "2.5", "pass"]


def test_arrows_typed_ahead_of_a_busy_file_choose_on_the_next_item(shop: Shop) -> None:
    run = Run(shop, "One", "Two", "Three")
    held, done = threading.Event(), threading.Event()

    def somebody_else_writes() -> None:
        connection = sqlite3.connect(shop.path, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        held.set()
        done.wait(0.2)
        connection.execute("ROLLBACK")
        connection.close()

    async def story(hand: Hand) -> None:
        other = threading.Thread(target=somebody_else_writes)
        other.start()
        held.wait()
        for key in ("space", "right", "space", "right", "left", "space"):
            hand.app.post_message(Key(key, " " if key == "space" else None))
        await hand.settle()
        done.set()
        other.join()

    runs(run, story)
    assert outcomes(run) == ["pass", "flag", "pass"]


def test_the_limits_are_live_and_the_last_value_stands_beside(shop: Shop) -> None:
    earlier = Run(shop, VIBRATION)
    earlier.answer("Vibration", "2.2")
    run = Run(shop, VIBRATION, asset_id=earlier.asset_id)

    async def story(hand: Hand) -> None:
        assert "Limits: 0 to 4.5 mm/s, watch above 2.8. Last: 2.2 mm/s on Wed 10 Jun." in hand.screen
        await hand.press("3")
        assert "! watch: to watch: above 2.8 mm/s" in hand.screen
        await hand.press("backspace", "7")
        assert "✗ FAIL: above the limit of 4.5 mm/s" in hand.screen
        await hand.press("backspace", "2")
        assert "✓ pass: within limits" in hand.screen

    runs(run, story)
    assert outcomes(run) == [None]


def test_a_failing_reading_leads_to_its_follow_up_and_can_be_opened(shop: Shop) -> None:
    run = Run(shop, VIBRATION, "Belt")

    async def story(hand: Hand) -> None:
        await hand.type("7.2")
        await hand.press("enter")
        assert "Failed: Vibration" in hand.screen
        assert "Follow-up: PUMP-01: Vibration – 7.2 mm/s" in hand.screen
        await hand.press("y")
        assert hand.toast.startswith("Made W-A0002, the follow-up of W-A0001.")
        assert "Belt" in here(hand)
        await hand.press("up")
        assert "→ W-A0002 ready" in hand.screen
        await hand.press("o")
        assert "W-A0002" in hand.screen
        assert "Vibration – 7.2 mm/s" in hand.screen

    runs(run, story)
    assert run.line("Vibration").follow_up is not None


def test_a_failure_is_decided_with_arrows_and_space_too(shop: Shop) -> None:
    run = Run(shop, "Belt", "Guard")

    async def story(hand: Hand) -> None:
        await hand.do("checklist.fail")
        assert "▸ n  Decide later" in hand.screen
        await hand.press("up", "space")
        assert "Guard" in here(hand)

    runs(run, story)
    assert run.line("Belt").result.note == "accepted as is"  # pyright: ignore[reportOptionalMemberAccess]


def test_a_failure_may_be_decided_later(shop: Shop) -> None:
    run = Run(shop, "Belt", "Guard")

    async def story(hand: Hand) -> None:
        await hand.do("checklist.fail")
        await hand.press("escape")
        await hand.press("space")
        assert "Before the order can be done" in hand.screen
        await hand.press("up", "up", "o")
        assert "Make the follow-up order" in hand.screen

    runs(run, story)


def test_a_note_is_asked_for_where_it_is_required(shop: Shop) -> None:
    run = Run(shop, {"type": "pass_fail", "label": "Belt", "on_fail": "note_required"}, "Guard")

    async def story(hand: Hand) -> None:
        await hand.do("checklist.fail")
        assert "Add a note  needed" in hand.screen
        await hand.press("v")
        await hand.type("cracked [/b] all over")
        await hand.press("enter")
        assert "Guard" in here(hand)

    runs(run, story)
    assert run.line("Belt").result.note == "cracked [/b] all over"  # pyright: ignore[reportOptionalMemberAccess]


def test_stop_work_stops_the_list_in_words_and_puts_the_order_on_hold(shop: Shop) -> None:
    run = Run(shop, BRAKE, "Horn", assign=())
    from wotui.actions import lifecycle

    lifecycle.start(shop, [run.number])

    async def story(hand: Hand) -> None:
        assert "STOP WORK if it fails" in hand.screen
        await hand.press("3")
        assert "STOP WORK: Brake" in hand.screen
        await hand.press("n")
        assert "STOP WORK  Brake failed" in hand.screen
        await hand.press("space")
        assert hand.toast.startswith("Work is stopped: “Brake” failed.")
        await hand.press("b", "o", "h")

    runs(run, story)
    order = work_orders.find(shop, run.number)
    assert (order.status, outcomes(run)) == ("on_hold", ["fail", None])


def test_not_applicable_takes_a_reason_without_typing(shop: Shop) -> None:
    run = Run(shop, "Belt", {"type": "pass_fail", "label": "Guard", "na_allowed": False})

    async def story(hand: Hand) -> None:
        await hand.do("checklist.leave_out")
        await hand.press("down", "space")
        assert "Guard" in here(hand)
        await hand.do("checklist.leave_out")
        assert "cannot be left out" in hand.toast

    runs(run, story)
    assert run.line("Belt").result.note == "Not in use today"  # pyright: ignore[reportOptionalMemberAccess]
    assert outcomes(run) == ["na", None]


def test_not_applicable_in_own_words(shop: Shop) -> None:
    run = Run(shop, "Belt")

    async def story(hand: Hand) -> None:
        await hand.press("n", "5")
        await hand.type("direct drive")
        await hand.press("enter")

    runs(run, story)
    assert run.line("Belt").result.note == "direct drive"  # pyright: ignore[reportOptionalMemberAccess]


def test_a_paused_run_goes_on_where_it_was_left(shop: Shop) -> None:
    run = Run(shop, "One", "Two", "Three", "Four")

    async def story(hand: Hand) -> None:
        await hand.press("down", "space")
        assert "Three" in here(hand)
        await hand.press("escape")
        assert hand.toast == "Paused, all is saved. It goes on at 3. Three."
        hand.app.push_screen(ChecklistScreen(run.order_id))
        await hand.settle()
        assert "Three" in here(hand)
        await hand.press("space", "space")
        assert "One" in here(hand)

    runs(run, story)


def test_back_goes_to_the_item_answered_last(shop: Shop) -> None:
    run = Run(shop, "One", "Two", "Three")

    async def story(hand: Hand) -> None:
        await hand.press("space", "space", "b")
        assert "Two" in here(hand)
        assert "▸1 ✓ Pass" in hand.screen
        await hand.press("b")
        assert "One" in here(hand)
        await hand.press("3", "escape")
        await hand.press("b", "delete")

    runs(run, story)
    assert outcomes(run)[1:] == ["pass", None]


def test_passing_by_an_answered_item_writes_nothing(shop: Shop) -> None:
    run = Run(shop, "One", VIBRATION, "Three")
    run.answer("One", "flag")
    run.answer("Vibration", "2")

    async def story(hand: Hand) -> None:
        await hand.press("up", "space")
        assert "Three" in here(hand)
        await hand.press("up", "up", "space")
        assert "Three" in here(hand)

    runs(run, story)
    assert len(history(shop, run.id("One"))) == 1
    assert len(history(shop, run.id("Vibration"))) == 1


def test_a_surprising_reading_is_asked_about(shop: Shop) -> None:
    earlier = Run(shop, VIBRATION)
    earlier.answer("Vibration", "0.5")
    run = Run(shop, VIBRATION, "Belt", asset_id=earlier.asset_id)

    async def story(hand: Hand) -> None:
        await hand.type("3")
        await hand.press("enter")
        assert "more than 5 times the last reading, 0.5." in hand.screen
        await hand.press("n")
        assert outcomes(run) == [None, None]
        await hand.press("enter", "y")
        assert "Belt" in here(hand)

    runs(run, story)
    assert outcomes(run) == ["flag", None]


def test_the_mouse_moves_answers_and_presses_tall_buttons(shop: Shop) -> None:
    run = Run(shop, "One", "Two", "Three")

    async def story(hand: Hand) -> None:
        await hand.click("Two")
        assert "Two" in here(hand)
        await hand.click("Watch")
        assert "Three" in here(hand)
        await hand.click("Three")
        assert "End of" not in here(hand)

    runs(run, story)
    assert outcomes(run) == [None, "flag", "pass"]


def test_an_item_appears_when_its_question_is_answered(shop: Shop) -> None:
    run = Run(shop, {"type": "yes_no", "label": "Leaks?", "good_answer": "no"}, "Belt")
    where = {"type": "text", "label": "Where", "show_if": {"item": run.id("Leaks?"), "equals": "yes"}}
    checklists.add_item(shop, run.order_id, where)

    async def story(hand: Hand) -> None:
        assert "Where" not in hand.screen
        await hand.press("2")
        await hand.press("a")
        assert "Where" in hand.screen
        await hand.press("space")
        await hand.press("space")
        await hand.type("at the seal")
        await hand.press("enter")
        assert "at the seal" in hand.screen

    runs(run, story)


def test_a_whole_path_pasted_behind_the_folder_counts_and_a_wrong_one_is_said(
    shop: Shop, tmp_path: Path
) -> None:
    (tmp_path / "before.jpg").write_bytes(b"x")
    run = Run(shop, {"type": "photo", "label": "Before"})

    async def story(hand: Hand) -> None:
        await hand.press("space")
        await hand.type(str(tmp_path / "after.jpg"))
        await hand.press("enter")
        await hand.see("There is no file")
        assert outcomes(run) == [None]
        await hand.press("ctrl+u")
        await hand.type(f"/{tmp_path / 'before.jpg'}")
        await hand.press("enter")

    runs(run, story)
    assert outcomes(run) == ["pass"]


def test_a_picture_is_chosen_from_the_computers_folders(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "shots").mkdir()
    (tmp_path / "shots" / "before.jpg").write_bytes(b"x")
    run = Run(shop, {"type": "photo", "label": "Before"})

    async def story(hand: Hand) -> None:
        assert "A terminal cannot take pictures" in hand.screen
        await hand.press("space")
        await hand.press("ctrl+u")
        await hand.type(f"{tmp_path}/sho")
        await hand.press("enter")
        await hand.press("down", "enter")

    runs(run, story)
    assert run.line("Before").files == ("before.jpg",)


def test_a_signature_takes_name_and_pin(shop: Shop) -> None:
    checklists.set_pin(shop, "JD", "4711")
    run = Run(shop, {"type": "signature", "label": "Operator"})

    async def story(hand: Hand) -> None:
        await hand.press("space")
        await hand.type("0000")
        await hand.press("enter")
        assert hand.toast.startswith("That is not Jo Doe's PIN")
        assert "4711" not in hand.screen
        await hand.press("space")
        await hand.type("4711")
        assert "4711" not in hand.screen
        await hand.press("enter")

    runs(run, story)
    assert run.line("Operator").result.value == "Jo Doe"  # pyright: ignore[reportOptionalMemberAccess]


def test_a_finished_list_that_wants_a_sign_off_says_so_and_takes_it(shop: Shop) -> None:
    run = Run(shop, "Belt", signoff_required=1)

    async def story(hand: Hand) -> None:
        await hand.press("space")
        assert "Next: somebody signs it off." in hand.screen
        await hand.press("space")
        await hand.type("4711")
        await hand.press("enter")
        assert "Signed off by Jo Doe. Next: finish the order." in hand.screen

    runs(run, story)


def test_an_order_without_a_list_says_how_to_get_one(shop: Shop) -> None:
    with shop.transaction() as tx:
        checklists.load_shipped(tx)
    order = builders.order(shop, status="ready")

    async def story(hand: Hand) -> None:
        hand.app.push_screen(ChecklistScreen(order))
        await hand.settle()
        assert "W-A0001 has no checklist yet." in hand.screen
        assert "a puts one of the shop's lists on it" in hand.screen
        await hand.press("a")
        await hand.type("forkl")
        await hand.press("enter")
        assert "Tyres and wheel nuts" in hand.screen

    on_screen(shop, story)


def test_one_more_item_is_added_on_the_spot_and_a_wrong_list_taken_off(shop: Shop) -> None:
    run = Run(shop, "Belt")

    async def story(hand: Hand) -> None:
        await hand.press("a", "enter")
        await hand.type("Oil pressure")
        await hand.press("enter", "4")
        assert "Oil pressure" in hand.screen
        await hand.press("a")
        await hand.type("take")
        await hand.press("enter")
        assert "has no checklist yet" in hand.screen

    runs(run, story)
    assert run.sheet.lines == ()


def test_a_copy_of_a_picture_is_written_out(shop: Shop, tmp_path: Path) -> None:
    shot = tmp_path / "before.jpg"
    shot.write_bytes(b"x")
    run = Run(shop, {"type": "photo", "label": "Before"}, "Belt")
    checklists.attach_file(shop, run.id("Before"), shot)

    async def story(hand: Hand) -> None:
        await hand.press("up", "2")
        await hand.press("ctrl+u")
        await hand.type(f"{tmp_path}/out")
        await hand.press("enter")
        assert hand.toast == f"Wrote {tmp_path}/out/before.jpg."

    runs(run, story)
    assert (tmp_path / "out" / "before.jpg").read_bytes() == b"x"


def test_a_held_key_does_not_press_the_button_at_the_end(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checklist_answering, "DEAF", 30.0)
    run = Run(shop, "One", "Two")

    async def story(hand: Hand) -> None:
        await hand.type("      ")
        assert "This list is finished." in hand.screen

    runs(run, story)
    assert outcomes(run) == ["pass", "pass"]


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 15), (120, 40), (36, 9)])
def test_the_item_at_hand_and_its_first_button_are_in_sight_at_any_size(
    shop: Shop, size: tuple[int, int]
) -> None:
    run = Run(shop, *[f"Item number {number} with quite a long label that goes on" for number in range(30)])

    async def story(hand: Hand) -> None:
        for _ in range(12):
            await hand.press("space")
        assert "12" in here(hand) or "13" in here(hand)
        assert "▸1 ✓ Pass" in hand.screen

    runs(run, story, size=size)


HOSTILE = "[@click=app.quit]M8 [/done] \x1b]0;owned\x07"


def test_hostile_words_are_only_words(shop: Shop) -> None:
    choice = {
        "type": "choice",
        "label": HOSTILE,
        "options": [{"label": HOSTILE}, {"label": "[/] b", "outcome": "fail"}],
    }
    run = Run(
        shop, {"type": "pass_fail", "label": HOSTILE, "help": HOSTILE, "uom": "[b]"}, choice, title=HOSTILE
    )

    async def story(hand: Hand) -> None:
        assert "[@click=app.quit]M8 [/done]" in hand.screen
        assert "\x1b" not in hand.screen
        await hand.press("f", "v")
        await hand.type("[/b] gone")
        await hand.press("enter", "y")
        await hand.press("2", "n")
        assert "[/] b" in hand.screen

    runs(run, story)


# what it looks like


def pictured(
    shop: Shop, run: Run, *, theme: str = ""
) -> tuple[WotuiApp, Callable[[Pilot[Any]], Awaitable[None]]]:
    """The app with the runner open, for a snapshot."""
    app = WotuiApp(shop, settings.Computer(theme=theme) if theme else settings.Computer())

    async def opened(pilot: Pilot[Any]) -> None:
        app.push_screen(ChecklistScreen(run.order_id))
        await pilot.pause()

    return app, opened


def forklift(shop: Shop) -> Run:
    """A forklift check, half run."""
    run = Run(shop, asset_id=builders.asset(shop, "FL-01", "Forklift 1"))
    with shop.transaction() as tx:
        checklists.load_shipped(tx)
    checklists.attach(shop, run.order_id, "Forklift daily check")
    for label, typed in (
        ("Tyres", "pass"),
        ("Forks", "pass"),
        ("Mast", "pass"),
        ("Any leak", "yes"),
        ("What leaks", "2"),
    ):
        run.answer(label, typed)
    run.answer("Seat belt", "3", note="webbing torn")
    checklists.accept_follow_up(shop, run.id("Seat belt"))
    return run


@pytest.mark.parametrize(("name", "size"), [("typical", (80, 24)), ("small", (60, 20)), ("wide", (120, 40))])
def test_a_running_list_looks_like_this(
    shop: Shop, snap_compare: Callable[..., bool], name: str, size: tuple[int, int]
) -> None:
    app, opened = pictured(shop, forklift(shop))
    assert snap_compare(app, terminal_size=size, run_before=opened)


def test_high_contrast_looks_like_this(shop: Shop, snap_compare: Callable[..., bool]) -> None:
    app, opened = pictured(shop, forklift(shop), theme="contrast")
    assert snap_compare(app, terminal_size=(80, 24), run_before=opened)


def test_a_finished_list_looks_like_this(shop: Shop, snap_compare: Callable[..., bool]) -> None:
    run = Run(shop, VIBRATION, SEAL, "Guard")
    run.answer("Vibration", "3")
    run.answer("Seal", "dry")
    run.answer("Guard", "na", note="not fitted")
    app, opened = pictured(shop, run)
    assert snap_compare(app, terminal_size=(80, 24), run_before=opened)


def test_hostile_words_look_like_this(shop: Shop, snap_compare: Callable[..., bool]) -> None:
    run = Run(shop, {"type": "pass_fail", "label": HOSTILE, "help": HOSTILE}, SEAL, title=HOSTILE)
    app, opened = pictured(shop, run)
    assert snap_compare(app, terminal_size=(80, 24), run_before=opened)


def test_an_order_without_a_list_looks_like_this(shop: Shop, snap_compare: Callable[..., bool]) -> None:
    app, opened = pictured(shop, Run(shop))
    assert snap_compare(app, terminal_size=(80, 24), run_before=opened)
