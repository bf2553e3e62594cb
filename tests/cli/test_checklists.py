"""A checklist from the command line, for scripts and for ears."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.lists import VIBRATION, Run
from wotui.actions.checklists import signing
from wotui.cli.checklist_run import run as run_by_being_asked
from wotui.store.reads.checklists import sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.cli.conftest import Call
    from wotui.store.file import Shop

    Wotui = Callable[..., Call]

SEAL: dict[str, Any] = {
    "type": "choice",
    "label": "Seal",
    "options": [{"id": "dry", "label": "Dry"}, {"id": "runs", "label": "Runs", "outcome": "fail"}],
}


@pytest.fixture
def round_(shop: Shop) -> Run:
    return Run(shop, {"type": "heading", "label": "Running"}, VIBRATION, SEAL, "Guard")


@pytest.fixture(autouse=True)
def no_wrong_tries() -> Iterator[None]:
    signing.forget_wrong_tries()
    yield
    signing.forget_wrong_tries()


def test_the_items_are_printed_with_the_numbers_that_tick_takes(run: Wotui, round_: Run) -> None:
    call = run("checklist", round_.number)
    assert call.code == 0
    assert "2  Vibration" in call.out
    assert "0 to 4.5 mm/s, watch above 2.8" in call.out
    assert "0 of 3 answered, 0 %." in call.err


def test_plain_prints_one_sentence_an_item(run: Wotui, round_: Run) -> None:
    run("tick", round_.number, "2", "7.2", "--note", "rattles")
    call = run("checklist", round_.number, "--plain")
    assert "2. Vibration; 0 to 4.5 mm/s, watch above 2.8; answer 7.2 mm/s, FAIL; note rattles." in call.out
    assert "3. Seal; choose 1 Dry or 2 Runs; open." in call.out
    assert call.out.endswith("Next, of 2 open: 3. Seal.\n")


def test_json_tells_limits_answers_and_progress(run: Wotui, round_: Run) -> None:
    run("tick", round_.number, "vib", "7.2")
    document = run("checklist", round_.number, "--json").json
    assert (document["percent"], document["result"], document["required"]) == (33, "fail", 3)
    item = document["items"][1]
    assert (item["value"], item["outcome"], item["max"], item["warn_max"]) == ("7.2", "fail", "4.5", "2.8")
    assert document["items"][2]["options"][1] == {"id": "runs", "label": "Runs", "outcome": "fail"}
    assert document["items"][3]["value"] is None


def test_a_tick_answers_and_says_what_is_next(run: Wotui, round_: Run) -> None:
    call = run("tick", round_.number, "Guard")
    assert (call.code, call.out) == (0, "")
    assert "Guard: pass." in call.err
    assert "Next, of 2 open: 2. Vibration." in call.err


def test_a_negative_number_is_a_value_and_not_an_option(run: Wotui, round_: Run) -> None:
    assert run("tick", round_.number, "2", "-3.5", "--json").json["value"] == "-3.5"
    assert run("tick", round_.number, "2", "--nonsense").code == 2


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("2", "lots"), 2, "is not a number"),
        (("2",), 2, "takes a reading"),
        (("9", "pass"), 4, "has no checklist item"),
        (("Seal", "maybe"), 2, "Choose 1 Dry or 2 Runs"),
        (("Guard", "na"), 3, "without a reason"),
        (("1", "pass"), 3, "there to be read"),
        (("Guard", "--clear"), 3, "no answer yet"),
        (("Guard", "--follow-up"), 3, "did not fail"),
    ],
)
def test_what_cannot_be_is_said_with_its_exit_code(
    run: Wotui, round_: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    call = run("tick", round_.number, *words)
    assert call.code == code
    assert said in call.err
    assert run("checklist", round_.number, "--json").json["items"][3]["outcome"] is None


def test_a_failing_reading_its_follow_up_and_the_end_of_the_list(run: Wotui, round_: Run) -> None:
    assert "A follow-up is proposed" in run("tick", round_.number, "2", "7.2").err
    assert "the follow-up of" in run("tick", round_.number, "2", "--follow-up").err
    run("tick", round_.number, "3", "1")
    assert f"Finish the order: wotui done {round_.number}." in run("tick", round_.number, "4").err
    assert run("checklist", round_.number, "--json").json["items"][1]["follow_up"] == "W-A0002"


def test_a_failure_is_accepted_as_it_is(run: Wotui, round_: Run) -> None:
    run("tick", round_.number, "4", "fail")
    call = run("tick", round_.number, "4", "--as-is", "--note", "guard is on order", "--json")
    assert call.json["note"] == "accepted as is – guard is on order"


def test_a_note_alone_keeps_the_answer(run: Wotui, round_: Run) -> None:
    run("tick", round_.number, "4", "fail")
    document = run("tick", round_.number, "4", "--note", "two bolts missing", "--json").json
    assert (document["outcome"], document["note"]) == ("fail", "two bolts missing")


def test_a_surprising_reading_takes_sure(run: Wotui, shop: Shop, round_: Run) -> None:
    run("tick", round_.number, "2", "1")
    again = Run(shop, VIBRATION, asset_id=round_.asset_id)
    call = run("tick", again.number, "1", "10")
    assert (call.code, "--sure" in call.err) == (3, True)
    assert run("tick", again.number, "1", "10", "--sure").code == 0


def test_a_picture_and_a_signature(run: Wotui, shop: Shop, tmp_path: Path) -> None:
    shot = tmp_path / "a.jpg"
    shot.write_bytes(b"x")
    given = Run(shop, {"type": "photo", "label": "Photo"}, {"type": "signature", "label": "Sign"})
    assert run("tick", given.number, "photo", str(shot), "--json").json["files"] == ["a.jpg"]
    assert run("tick", given.number, "photo", str(tmp_path / "none.jpg")).code == 5
    assert "takes a PIN" in run("tick", given.number, "sign", "JD").err
    call = run("--as", "JD", "tick", given.number, "sign", "JD", "--pin", "4711", "--json")
    assert call.json["value"] == "Jo Doe"
    assert "Jo Doe signed off" in run("checklist", given.number, "--sign-off", "JD", "--pin", "4711").err


def test_items_are_added_on_the_spot(run: Wotui, round_: Run) -> None:
    call = run("checklist", round_.number, "--add", "Oil [/level]", "--add", "Sump")
    assert call.code == 0
    assert "Oil [/level]" in call.out
    assert "nothing like it" not in call.out
    assert run("checklist", round_.number, "--attach", "nothing like it").code == 4


class Asked:
    """Types the given answers, one a question."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
        self.left = list(answers)
        monkeypatch.setattr("click.prompt", self._next)
        monkeypatch.setattr("click.confirm", self._agrees)

    def _next(self, *_: object, **__: object) -> str:
        return self.left.pop(0)

    def _agrees(self, *_: object, **__: object) -> bool:
        return self._next() == "y"


def test_a_run_asks_item_after_item_and_offers_the_follow_up(
    shop: Shop, round_: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = Asked(monkeypatch, "7.2", "rattles", "y", "help", "maybe", "1", "note bolts new", "pass")
    run_by_being_asked(shop, round_.order_id)
    said = capsys.readouterr().err
    assert asked.left == []
    assert "1. Running." in said
    assert "Follow-up order: PUMP-01: Vibration – 7.2 mm/s." in said
    assert "Choose 1 Dry or 2 Runs." in said
    assert "Finish the order" in said
    stand = sheet(shop, round_.order_id)
    assert stand.progress.finished
    assert stand.find("Guard").result.note == "bolts new"  # pyright: ignore[reportOptionalMemberAccess]


def test_a_run_can_be_left_and_goes_on_where_it_was(
    shop: Shop, round_: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Asked(monkeypatch, "1.0", "quit")
    run_by_being_asked(shop, round_.order_id)
    Asked(monkeypatch, "back", "1.1", "", "na", "not fitted", "quit")
    run_by_being_asked(shop, round_.order_id)
    stand = sheet(shop, round_.order_id)
    assert [line.answered for line in stand.lines] == [False, True, False, True]
    assert stand.find("Vibration").result.value == "1.1"  # pyright: ignore[reportOptionalMemberAccess]
    assert "Left open." in capsys.readouterr().err


def test_a_run_of_returns_comes_to_an_end(shop: Shop, round_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch, "", "", "")
    run_by_being_asked(shop, round_.order_id)
    assert asked.left == []


def test_lists_are_taken_off_and_files_written_out(run: Wotui, shop: Shop, tmp_path: Path) -> None:
    shot = tmp_path / "a.jpg"
    shot.write_bytes(b"x")
    given = Run(shop, {"type": "photo", "label": "Photo"})
    run("tick", given.number, "photo", str(shot))
    assert (
        f"Wrote {tmp_path}/out/a.jpg." in run("checklist", given.number, "--files", str(tmp_path / "out")).err
    )
    assert "has answers" in run("checklist", given.number, "--take-off", "checklist").err
    assert run("checklist", given.number, "--take-off", "nothing").code == 4
    spare = Run(shop, "Belt", asset_id=given.asset_id)
    assert "Took “Checklist” off" in run("checklist", spare.number, "--take-off", "Checklist").err
