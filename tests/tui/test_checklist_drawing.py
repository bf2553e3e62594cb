"""How a running checklist is written: rows, progress, panel and buttons, without an app."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len

from tests.kit.hostile import MARKUP
from tests.kit.lists import VIBRATION, Run
from wotui.domain.checklists.items import TYPES
from wotui.tui import checklist_rows
from wotui.tui.checklist_buttons import Button, buttons, end_buttons, laid_out
from wotui.tui.checklist_panel import AtHand, drawn, panel_height
from wotui.tui.checklist_rows import progress_pieces, row_pieces, rows, wrapped

if TYPE_CHECKING:
    from wotui.store.file import Shop

CHICAGO = ZoneInfo("America/Chicago")
TODAY = date(2026, 6, 10)
OPTIONS = [{"id": "a", "label": "Dry"}, {"id": "b", "label": "Runs", "outcome": "fail"}]


def every_type(shop: Shop, label: str = "Hoses") -> Run:
    items: list[dict[str, Any]] = []
    for kind in TYPES:
        item: dict[str, Any] = {"type": kind, "label": f"{label} {kind}", "help": "Look closely. " * 9}
        if kind in ("choice", "multi"):
            item["options"] = OPTIONS
        if kind == "number":
            item |= {"uom": "mm/s", "max": 4.5, "severity": "safety", "on_fail": "stop_work"}
        items.append(item)
    return Run(shop, *items)


def text_of(pieces: list[tuple[str, Any]]) -> str:
    return "".join(words for words, _ in pieces)


@pytest.mark.parametrize("width", [36, 40, 60, 80, 120, 200])
def test_every_row_fits_its_width(shop: Shop, width: int) -> None:
    sheet = every_type(shop, "语言 long label " * 6).sheet
    for row in rows(sheet):
        for here in (False, True):
            words = text_of(row_pieces(row, width, here=here, zone=CHICAGO, today=TODAY))
            assert cell_len(words) <= width
            assert words.startswith("▸") is (here and row.takes_cursor)


@pytest.mark.parametrize("width", [36, 40, 60, 80, 120])
@pytest.mark.parametrize("height", [4, 6, 8, 9, 10])
def test_the_panel_is_exactly_its_size_and_shows_a_button(shop: Shop, width: int, height: int) -> None:
    sheet = every_type(shop, "语言 long label " * 6).sheet
    for line in [*[one for one in sheet.lines if one.item.answerable], None]:
        at_hand = AtHand(sheet, line, CHICAGO, TODAY, typed="12.5")
        panel = drawn(at_hand, width, height)
        assert len(panel.lines) == height
        assert [text_of(words) for words in panel.lines if cell_len(text_of(words)) > width] == []
        assert "▸" in "".join(text_of(words) for words in panel.lines)
        assert {spot.row for spot in panel.spots} <= set(range(height))


@pytest.mark.parametrize("payload", MARKUP)
def test_foreign_words_stand_in_rows_and_panels_as_they_are(shop: Shop, payload: str) -> None:
    run = Run(shop, {"type": "tick", "label": payload, "help": payload})
    run.answer(payload if payload.strip() in run.sheet.lines[0].item.label else "1", "fail", note=payload)
    sheet = run.sheet
    said = text_of(row_pieces(rows(sheet)[0], 200, here=True, zone=CHICAGO, today=TODAY))
    said += "".join(
        text_of(words) for words in drawn(AtHand(sheet, sheet.lines[0], CHICAGO, TODAY), 300, 10).lines
    )
    assert said.count(payload.strip()[:40]) >= 2


def test_outcomes_are_told_by_glyph_and_word(shop: Shop) -> None:
    run = Run(shop, "One", "Two", "Three", "Four", "Five")
    for label, typed in (("One", "pass"), ("Two", "flag"), ("Three", "fail")):
        run.answer(label, typed)
    run.answer("Four", "na", note="not fitted")
    said = [text_of(row_pieces(row, 60, here=False, zone=CHICAGO, today=TODAY)) for row in rows(run.sheet)]
    assert [("✓" in said[0], "pass" in said[0]), ("!" in said[1], "watch" in said[1])] == [(True, True)] * 2
    assert "✗" in said[2]
    assert "FAIL" in said[2]
    assert "not applicable ✎" in said[3]
    assert "○" in said[4]
    assert "open" in said[4]


def test_the_names_of_lists_stand_above_their_items_only_where_there_are_several(shop: Shop) -> None:
    from wotui.actions import checklists

    run = Run(shop, "One")
    assert [row.kind for row in rows(run.sheet)] == ["item", "end"]
    checklists.start_list(shop, run.order_id, "Second list", ["Two"])
    assert [row.words for row in rows(run.sheet) if row.kind == "list"] == ["Checklist", "Second list"]


def test_progress_says_how_far_and_what_failed(shop: Shop) -> None:
    run = Run(shop, "One", "Two", "Three")
    run.answer("One", "fail")
    run.answer("Two", "flag")
    said = text_of(progress_pieces(run.sheet, 80, "3:07", "2 saved"))
    assert "2 of 3 · 66 %" in said
    assert "✗ 1 failed" in said
    assert "! 1 to watch" in said
    assert said.endswith("2 saved  3:07 ")
    assert cell_len(text_of(progress_pieces(run.sheet, 40, "3:07", "2 saved"))) <= 40


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"type": "tick"}, ["Done", "Failed", "N/a", "Note"]),
        ({"type": "tick", "na_allowed": False}, ["Done", "Failed", "Note"]),
        ({"type": "pass_fail"}, ["Pass", "Watch", "Fail", "N/a", "Note"]),
        ({"type": "yes_no"}, ["Yes", "No", "N/a", "Note"]),
        ({"type": "yes_no", "good_answer": "no"}, ["No", "Yes", "N/a", "Note"]),
        ({"type": "number"}, ["Take the reading", "N/a", "Note"]),
        ({"type": "choice", "options": OPTIONS}, ["Dry", "Runs", "N/a", "Note"]),
        ({"type": "multi", "options": OPTIONS}, ["Dry", "Runs", "Take these", "N/a", "Note"]),
        ({"type": "text"}, ["Write", "N/a", "Note"]),
        ({"type": "photo"}, ["Choose a file", "N/a", "Note"]),
        ({"type": "signature"}, ["Sign", "N/a", "Note"]),
    ],
)
def test_the_good_answer_is_the_first_button(shop: Shop, item: dict[str, Any], words: list[str]) -> None:
    run = Run(shop, {**item, "label": "Item"})
    assert [button.words for button in buttons(run.line("Item"))] == words


def test_a_failed_item_offers_its_follow_up(shop: Shop) -> None:
    from wotui.actions import checklists

    run = Run(shop, VIBRATION)
    run.answer("Vibration", "9")
    assert "Follow-up" in [button.words for button in buttons(run.line("Vibration"))]
    checklists.accept_follow_up(shop, run.id("Vibration"))
    assert "Open W-A0002" in [button.words for button in buttons(run.line("Vibration"))]


def test_the_end_offers_what_is_next(shop: Shop) -> None:
    run = Run(shop, "One", signoff_required=1)
    assert [button.verb for button in end_buttons(run.sheet)] == ["next_open", "sign_off", "done", "pause"]
    run.answer("One", "pass")
    assert [button.verb for button in end_buttons(run.sheet)] == ["sign_off", "done", "pause"]


def test_buttons_wrap_and_carry_their_digits() -> None:
    made = [Button("answer", f"Choice {number}", str(number)) for number in range(12)]
    laid = laid_out(made, 40, 3)
    assert len(laid) > 2
    assert all(spot.end <= 40 for row in laid for spot in row)
    words = [spot.words for row in laid for spot in row]
    assert words[3].startswith("▸4")
    assert "10" not in words[9].split()[0]
    plain = [spot.words for row in laid_out(made, 40, 0, digits=False) for spot in row]
    assert not any(word.lstrip("▸ ")[0].isdigit() for word in plain)


@pytest.mark.parametrize(
    ("words", "width", "most", "lines"),
    [
        ("one two three", 20, 2, ["one two three"]),
        ("one two three", 8, 2, ["one two", "three"]),
        ("one two three four", 8, 2, ["one two", "three …"]),
        ("unbreakable", 5, 2, ["unbr…"]),
        ("", 10, 2, []),
    ],
)
def test_long_words_are_wrapped_and_cut(words: str, width: int, most: int, lines: list[str]) -> None:
    assert wrapped(words, width, most) == lines


def test_the_list_keeps_at_least_a_third_of_any_screen() -> None:
    for height in range(9, 120):
        assert height - 3 - panel_height(height) >= height // 3 - 1


def test_a_stopped_list_says_so_instead_of_its_progress(shop: Shop) -> None:
    run = Run(shop, {"type": "pass_fail", "label": "Brake", "on_fail": "stop_work"})
    run.answer("Brake", "fail")
    assert "STOP WORK  Brake failed" in text_of(progress_pieces(run.sheet, 80, "0:00", ""))
    assert checklist_rows.warning(run.line("Brake")) == ("■ STOP WORK if it fails", "bad")
