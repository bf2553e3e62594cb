"""The buttons of the item at hand: what can be answered with one press, by arrow, digit or mouse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len

from wotui.domain.checklists import items as kinds
from wotui.text import visible

if TYPE_CHECKING:
    from collections.abc import Collection

    from wotui.store.reads.checklists import Line, Sheet
    from wotui.tui.themes import Token

_GOOD, _WATCH, _BAD, _OUT = "✓", "!", "✗", "–"
_GLYPHS = {kinds.PASS: _GOOD, kinds.FLAG: _WATCH, kinds.FAIL: _BAD, kinds.NOT_APPLICABLE: _OUT}
_TOKENS: dict[str, Token] = {_GOOD: "good", _WATCH: "warn", _BAD: "bad", _OUT: "muted"}


@dataclass(frozen=True, slots=True)
class Button:
    """One thing to press.

    Args:
        verb: what the screen does: answer, take, toggle, leave_out, text, file, sign, note, follow_up, done …
        words: what it says.
        value: the answer it stands for.
        glyph: its sign.
        outcome: the outcome it leads to, so that an answered item stands on its own answer.
    """

    verb: str
    words: str
    value: str = ""
    glyph: str = ""
    outcome: str = ""

    @property
    def token(self) -> Token:
        """The colour of its sign."""
        return _TOKENS.get(self.glyph, "accent")


def buttons(line: Line, marked: Collection[str] = ()) -> list[Button]:
    """The buttons of an item in order; the first one is what space does.

    Args:
        line: the item at hand.
        marked: the options marked so far, for an item that takes several.
    """
    item = line.item
    made = list(_of_type(line, marked))
    if item.na_allowed:
        made.append(Button("leave_out", "N/a", "na", _OUT, kinds.NOT_APPLICABLE))
    if line.failed:
        words = f"Open {line.follow_up.number}" if line.follow_up and line.follow_up.counts else "Follow-up"
        made.append(Button("follow_up", words, glyph="→"))
    made.append(Button("note", "Note", glyph="✎"))
    return made


def _of_type(line: Line, marked: Collection[str]) -> list[Button]:
    item = line.item
    if item.type == kinds.TICK:
        return [_answer("done", "Done", kinds.PASS), _answer("fail", "Failed", kinds.FAIL)]
    if item.type == kinds.PASS_FAIL:
        return [
            _answer("pass", "Pass", kinds.PASS),
            _answer("flag", "Watch", kinds.FLAG),
            _answer("fail", "Fail", kinds.FAIL),
        ]
    if item.type == kinds.YES_NO:
        good = "no" if item.good_answer == "no" else "yes"
        bad = "yes" if good == "no" else "no"
        return [_answer(good, good.capitalize(), kinds.PASS), _answer(bad, bad.capitalize(), kinds.FAIL)]
    if item.numeric:
        return [Button("take", "Take the reading", glyph=_GOOD)]
    if item.type == kinds.CHOICE:
        return [_answer(option.id, option.label, option.outcome) for option in item.options]
    if item.type == kinds.MULTI:
        options = [
            Button("toggle", option.label, option.id, "▣" if option.id in marked else "▢")
            for option in item.options
        ]
        return [*options, Button("take", "Take these", glyph=_GOOD)]
    if item.type == kinds.TEXT:
        return [Button("text", "Write", glyph="✎")]
    if item.type == kinds.PHOTO:
        choose = Button("file", "Choose a file", glyph="▤")
        return [choose, Button("save_copy", "Save a copy", glyph="⇩")] if line.files else [choose]
    if item.type == kinds.SIGNATURE:
        return [Button("sign", "Sign", glyph="✎")]
    return []


def end_buttons(sheet: Sheet) -> list[Button]:
    """What comes next at the end of a list: open items, the sign-off, finishing the order."""
    made: list[Button] = []
    if sheet.status not in ("done", "closed", "cancelled"):
        if not sheet.progress.finished:
            made.append(Button("next_open", "Next open item", glyph="▸"))
        if sheet.signoff_required and not sheet.signed_by:
            made.append(Button("sign_off", "Sign off", glyph="✎"))
        made.append(Button("done", "Finish the order", glyph=_GOOD))
    made.append(Button("pause", "Back to the order", glyph="◂"))
    return made


def _answer(value: str, words: str, outcome: str) -> Button:
    return Button("answer", words, value, _GLYPHS.get(outcome, ""), outcome)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a button lies in the panel: its index, line and first and last cell."""

    index: int
    row: int
    start: int
    end: int
    words: str


def laid_out(made: list[Button], width: int, at: int, *, digits: bool = True) -> list[list[Spot]]:
    """The buttons in rows that fit the width; the one at hand carries `▸`, the first nine their digit.

    Args:
        made: the buttons.
        width: cells of the panel.
        at: the button at hand.
        digits: whether a digit presses a button; where it makes a reading, none is shown.
    """
    rows: list[list[Spot]] = [[]]
    used = 1
    for index, button in enumerate(made):
        digit = f"{index + 1} " if digits and index < 9 else ""
        words = f"{'▸' if index == at else ' '}{digit}{button.glyph} {visible(button.words)} ".replace(
            "  ", " "
        )
        words = words if cell_len(words) <= width - 2 else f"{words[: max(width - 3, 1)]}…"
        length = cell_len(words)
        if used + length > width - 1 and rows[-1]:
            rows.append([])
            used = 1
        rows[-1].append(Spot(index, len(rows) - 1, used, used + length, words))
        used += length + 1
    return rows
