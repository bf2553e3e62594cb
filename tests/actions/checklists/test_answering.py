"""Answering items: what is stored, what is refused, what undo brings back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from tests.kit.lists import VIBRATION, Run
from wotui.actions import checklists, undo
from wotui.errors import NotFound, Refused, UsageProblem
from wotui.store.reads.checklist_items import history

if TYPE_CHECKING:
    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop


def test_a_tick_is_saved_with_who_and_when(shop: Shop) -> None:
    run = Run(shop, "Belt", "Guard")
    done = run.answer("Belt", "pass")
    result = run.line("Belt").result
    assert result is not None
    assert (result.value, result.outcome, result.by, result.at) == (
        "pass",
        "pass",
        "JD",
        "2026-06-10T17:00:00Z",
    )
    assert done.sentence == f"{run.number} 1. Belt: pass."
    assert run.sheet.progress.percent == 50


def test_a_correction_is_a_new_row_and_the_latest_counts(shop: Shop, frozen_clock: FrozenClock) -> None:
    run = Run(shop, "Belt")
    run.answer("Belt", "pass")
    frozen_clock.move(minutes=1)
    run.answer("Belt", "flag", note="a little loose")
    assert [result.outcome for result in history(shop, run.id("Belt"))] == ["pass", "flag"]
    assert run.sheet.progress.result == "flag"


def test_two_answers_in_the_same_second_keep_their_order(shop: Shop) -> None:
    run = Run(shop, "Belt")
    for outcome in ("pass", "fail", "flag", "pass", "fail"):
        run.answer("Belt", outcome)
        result = run.line("Belt").result
        assert result is not None
        assert result.outcome == outcome


def test_an_answer_taken_back_leaves_its_history(shop: Shop) -> None:
    run = Run(shop, "Belt")
    run.answer("Belt", "pass")
    checklists.clear(shop, run.id("Belt"))
    assert not run.line("Belt").answered
    assert len(history(shop, run.id("Belt"))) == 2
    with pytest.raises(Refused, match="no answer yet"):
        checklists.clear(shop, run.id("Belt"))


def test_undo_and_redo_of_a_tick(shop: Shop) -> None:
    run = Run(shop, "Belt")
    run.answer("Belt", "pass")
    undo.undo(shop)
    assert not run.line("Belt").answered
    undo.redo(shop)
    assert run.line("Belt").answered


def test_a_note_stays_as_long_as_the_outcome_does(shop: Shop) -> None:
    run = Run(shop, "Belt")
    checklists.note(shop, run.id("Belt"), "new since May")
    run.answer("Belt", "pass")
    assert run.line("Belt").result.note == "new since May"  # pyright: ignore[reportOptionalMemberAccess]
    run.answer("Belt", "fail")
    assert run.line("Belt").result.note == ""  # pyright: ignore[reportOptionalMemberAccess]


def test_a_note_can_be_taken_away(shop: Shop) -> None:
    run = Run(shop, "Belt")
    run.answer("Belt", "pass", note="x")
    done = checklists.note(shop, run.id("Belt"), "  ")
    assert "Took the note away" in done.sentence
    assert run.line("Belt").result.note == ""  # pyright: ignore[reportOptionalMemberAccess]


def test_not_applicable_needs_a_reason(shop: Shop) -> None:
    run = Run(shop, "Belt", {"label": "Guard", "na_allowed": False})
    with pytest.raises(Refused, match="without a reason"):
        run.answer("Belt", "na")
    with pytest.raises(Refused, match="without a reason"):
        checklists.leave_out(shop, run.id("Belt"), "   ")
    checklists.leave_out(shop, run.id("Belt"), "direct drive")
    with pytest.raises(Refused, match="cannot be left out"):
        checklists.leave_out(shop, run.id("Guard"), "why not")
    assert run.line("Belt").result.outcome == "na"  # pyright: ignore[reportOptionalMemberAccess]


def test_the_reason_of_an_na_cannot_be_taken_away(shop: Shop) -> None:
    run = Run(shop, "Belt")
    checklists.leave_out(shop, run.id("Belt"), "direct drive")
    with pytest.raises(Refused, match="without a reason"):
        checklists.note(shop, run.id("Belt"), "")


def test_a_surprising_reading_is_asked_about_and_then_believed(shop: Shop) -> None:
    earlier = Run(shop, VIBRATION)
    earlier.answer("Vibration", "2")
    run = Run(shop, VIBRATION, asset_id=earlier.asset_id)
    assert run.line("Vibration").last is not None
    with pytest.raises(checklists.Surprising, match="more than 5 times the last reading, 2"):
        run.answer("Vibration", "22")
    assert not run.line("Vibration").answered
    run.answer("Vibration", "22", sure=True)
    assert run.line("Vibration").failed


def test_the_last_value_is_that_of_the_same_question_on_the_same_asset(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    first = Run(shop, VIBRATION)
    first.answer("Vibration", "1.5")
    other = Run(shop, VIBRATION, asset_id=builders.asset(shop, "PUMP-02"))
    other.answer("Vibration", "9")
    frozen_clock.move(days=1)
    second = Run(shop, VIBRATION, asset_id=first.asset_id)
    second.answer("Vibration", "1.7")
    frozen_clock.move(days=1)
    third = Run(shop, VIBRATION, "Belt", asset_id=first.asset_id)
    last = third.line("Vibration").last
    assert last is not None
    assert (last.value, last.at[:10]) == (1700, "2026-06-11")


def test_an_answer_that_does_not_fit_changes_nothing(shop: Shop) -> None:
    run = Run(shop, VIBRATION)
    with pytest.raises(UsageProblem):
        run.answer("Vibration", "a lot")
    assert shop.value("SELECT count(*) FROM item_result") == 0


@pytest.mark.parametrize("status", ["done", "closed", "cancelled"])
def test_a_finished_order_is_reopened_before_its_list_changes(shop: Shop, status: str) -> None:
    run = Run(shop, "Belt")
    with shop.transaction() as tx:
        tx.insert("status_change", work_order_id=run.order_id, to_status=status, at="2026-06-10T18:00:00Z")
    for change in (
        lambda: run.answer("Belt", "pass"),
        lambda: checklists.note(shop, run.id("Belt"), "x"),
        lambda: checklists.add_item(shop, run.order_id, {"label": "More"}),
    ):
        with pytest.raises(Refused, match="Reopen it first"):
            change()


def test_a_requester_does_not_tick(shop: Shop) -> None:
    run = Run(shop, "Belt")
    builders.person(shop, "RQ", "Ria Quill", roles=("requester",))
    shop.act_as("RQ")
    with pytest.raises(Refused, match="takes the role technician or supervisor"):
        run.answer("Belt", "pass")


def test_an_item_that_waits_for_another_is_not_answered_before_it(shop: Shop) -> None:
    run = Run(shop, {"type": "yes_no", "label": "Leaks?", "good_answer": "no"})
    leaks = run.id("Leaks?")
    checklists.add_item(
        shop, run.order_id, {"label": "Where", "type": "text", "show_if": {"item": leaks, "equals": "yes"}}
    )
    with pytest.raises(Refused, match="It is asked when “Leaks\\?” is yes"):
        run.answer("Where", "seal")
    run.answer("Leaks?", "yes")
    run.answer("Where", "seal")
    assert run.sheet.progress.finished


def test_stop_work_stops_the_rest_of_the_list_until_it_is_put_right(shop: Shop) -> None:
    run = Run(shop, {"label": "Brake", "type": "pass_fail", "on_fail": "stop_work"}, "Horn")
    done = run.answer("Brake", "fail")
    assert "STOP WORK: “Brake” failed." in done.notices
    with pytest.raises(Refused, match="Work is stopped: “Brake” failed"):
        run.answer("Horn", "pass")
    run.answer("Brake", "pass")
    run.answer("Horn", "pass")


def test_an_accepted_follow_up_lets_a_stopped_list_go_on(shop: Shop) -> None:
    run = Run(shop, {"label": "Brake", "type": "pass_fail", "on_fail": "stop_work"}, "Horn")
    run.answer("Brake", "fail")
    with pytest.raises(Refused, match="insists on its follow-up"):
        checklists.accept_as_is(shop, run.id("Brake"))
    checklists.accept_follow_up(shop, run.id("Brake"))
    run.answer("Horn", "pass")
    assert checklists.proposed_order(shop, run.id("Brake")).priority == 2


def test_a_press_answers_what_has_one_good_answer(shop: Shop) -> None:
    run = Run(shop, "Belt", {"type": "yes_no", "label": "Leaks?", "good_answer": "no"}, VIBRATION)
    checklists.press(shop, run.id("Belt"), "pass")
    checklists.press(shop, run.id("Leaks?"), "fail")
    assert run.line("Leaks?").result.value == "yes"  # pyright: ignore[reportOptionalMemberAccess]
    with pytest.raises(Refused, match="takes a reading"):
        checklists.press(shop, run.id("Vibration"), "pass")


def test_a_failure_that_needs_a_note_says_so(shop: Shop) -> None:
    run = Run(shop, {"label": "Belt", "type": "pass_fail", "on_fail": "note_required"})
    assert "A note is needed: say what is wrong." in run.answer("Belt", "fail").notices
    assert run.answer("Belt", "fail", note="cracked").notices == ()


def test_an_item_that_is_gone_is_not_answered(shop: Shop) -> None:
    with pytest.raises(NotFound):
        checklists.answer(shop, "nowhere", "pass")


def test_hostile_words_are_kept_as_words(shop: Shop) -> None:
    run = Run(shop, {"type": "text", "label": "M8 [/done]"})
    run.answer("M8 [/done]", "\x1b]0;owned\x07 [@click=app.quit] '); DROP TABLE person;--\u202e")
    result = run.line("M8 [/done]").result
    assert result is not None
    assert "\x1b" not in (result.value or "")
    assert "\u202e" not in (result.value or "")
    assert "DROP TABLE" in (result.value or "")
