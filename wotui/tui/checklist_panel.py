"""The panel of the item at hand: question, limits, last value, what is typed and its verdict, and the buttons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.cells import cell_len

from wotui.domain.checklists.answers import preview
from wotui.domain.checklists.progress import blocking_done
from wotui.text import counted
from wotui.tui import checklist_buttons, present
from wotui.tui.checklist_buttons import Button, Spot, laid_out
from wotui.tui.checklist_rows import about, state, warning, wrapped

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from wotui.store.reads.checklists import Line, Sheet
    from wotui.tui.themes import Token
    from wotui.tui.widgets.lines import Piece

TALL = 3
"""Lines of a button that a gloved finger or a mouse on a cart can hit."""


@dataclass(frozen=True, slots=True)
class AtHand:
    """What the panel shows.

    Args:
        sheet: the whole list.
        line: the item at hand; None at the end of the list.
        zone: the shop's zone.
        today: the shop's date.
        typed: what is typed of a reading so far.
        at: the button that space presses.
        marked: the options marked so far.
    """

    sheet: Sheet
    line: Line | None
    zone: ZoneInfo
    today: date
    typed: str = ""
    at: int = 0
    marked: frozenset[str] = field(default_factory=frozenset[str])

    @property
    def buttons(self) -> list[Button]:
        """The buttons of the item, or of the end."""
        if self.line is None:
            return checklist_buttons.end_buttons(self.sheet)
        return checklist_buttons.buttons(self.line, self.marked)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The panel's lines from top to bottom, and where its buttons lie in it (rows counted from the top)."""

    lines: list[list[Piece]]
    spots: list[Spot]


def panel_height(screen_height: int) -> int:
    """Lines of the panel on a screen of this height: the list keeps at least half of it."""
    for least, height in ((30, 10), (24, 9), (20, 8), (13, 6)):
        if screen_height >= least:
            return height
    return 4


def drawn(at_hand: AtHand, width: int, height: int) -> Drawn:
    """The panel as exactly `height` lines."""
    reading = at_hand.line is not None and at_hand.line.item.numeric
    rows = laid_out(at_hand.buttons, width, at_hand.at, digits=not reading)
    tall = len(rows) == 1 and height >= TALL + 4
    below = TALL if tall else min(len(rows), max(height - 2, 1))
    room = height - below
    top = (
        _end_lines(at_hand, width, room)
        if at_hand.line is None
        else _item_lines(at_hand, at_hand.line, width, room)
    )
    lines = [*top[:room], *([[]] * (room - len(top)))]
    first = max(0, _row_of(rows, at_hand.at) - below + 1) if not tall else 0
    spots: list[Spot] = []
    for offset, row in enumerate(rows[first : first + below]):
        if tall:
            lines += [_edge(row), _labels(at_hand, row), _edge(row)]
            spots += [
                Spot(spot.index, room + step, spot.start, spot.end, "")
                for spot in row
                for step in range(TALL)
            ]
        else:
            lines.append(_labels(at_hand, row))
            spots += [Spot(spot.index, room + offset, spot.start, spot.end, "") for spot in row]
    return Drawn(lines[:height], spots)


def _item_lines(at_hand: AtHand, line: Line, width: int, room: int) -> list[list[Piece]]:
    """Title, warning, help, entry: the entry always, the rest as far as there is room."""
    inner = width - 2
    title = wrapped(f"{line.number}. {line.item.label}", inner, 2)
    hint = warning(line)
    helps = wrapped(about(line, at_hand.today), inner, 2)
    entry = _entry(at_hand, line, inner)
    spare = room - 2 - bool(hint)
    shown_helps = helps[: max(spare, 0)]
    shown_title = title if spare - len(shown_helps) >= len(title) - 1 else title[:1]
    lines: list[list[Piece]] = []
    lines.extend([(f" {words}", "title")] for words in shown_title)
    if hint is not None and room > 2:
        lines.append([(f" {wrapped(hint[0], inner, 1)[0]}", hint[1])])
    lines.extend([(f" {words}", "muted")] for words in shown_helps)
    lines.append([(" ", "text"), *entry])
    return lines


def _entry(at_hand: AtHand, line: Line, width: int) -> list[Piece]:
    """A reading being typed with its live verdict, or the answer that is there."""
    if not line.item.numeric or (line.answered and not at_hand.typed):
        words, token = state(line, at_hand.zone)
        return [(present.fit(words, width).rstrip(), token)]
    last = line.last.value if line.last else None
    verdict = preview(line.item, at_hand.typed, last)
    unit = f" {line.item.uom}" if line.item.uom else ""
    field_words = f" {at_hand.typed}▏".rjust(10)
    pieces: list[Piece] = [("Reading", "label"), (field_words, "cursor_away"), (f"{unit}  ", "label")]
    if not at_hand.typed:
        return [*pieces, ("type it with the digits", "muted")]
    look = present.outcome(verdict.outcome) if verdict.outcome else None
    word = "" if look is None else f"{look.glyph} {'FAIL' if verdict.outcome == 'fail' else look.words}: "
    token: Token = look.token if look else "muted"
    used = sum(cell_len(words) for words, _ in pieces)
    return [*pieces, (present.fit(f"{word}{verdict.words}", max(width - used, 4)).rstrip(), token)]


def _end_lines(at_hand: AtHand, width: int, room: int) -> list[list[Piece]]:
    sheet = at_hand.sheet
    stand, inner = sheet.progress, width - 2
    look = present.outcome(stand.result)
    left = stand.required - stand.required_answered
    title = f"{counted(left, 'item')} open." if left else "This list is finished."
    word = "FAIL" if stand.result == "fail" else look.words
    counts = f"{stand.answered} of {stand.visible} answered, {stand.failed} failed, {stand.flagged} to watch."
    lines: list[list[Piece]] = [
        [(f" {title}", "title"), (f"  Result: {look.glyph} {word}", look.token)],
        [(f" {wrapped(counts, inner, 1)[0]}", "text")],
    ]
    missing = blocking_done(sheet.items, sheet.results, sheet.followed)
    if missing:
        words = f"Before the order can be done: {'; '.join(missing)}."
        lines.extend([(f" {part}", "warn")] for part in wrapped(words, inner, max(room - 2, 1)))
    elif sheet.signoff_required and not sheet.signed_by:
        lines.append([(" Next: somebody signs it off.", "accent")])
    elif sheet.signed_by:
        words = f" Signed off by {sheet.signed_by}. Next: finish the order."
        lines.append([(present.fit(words, inner).rstrip(), "accent")])
    else:
        lines.append([(" Next: finish the order.", "accent")])
    return lines


def _row_of(rows: list[list[Spot]], at: int) -> int:
    return next((number for number, row in enumerate(rows) if any(spot.index == at for spot in row)), 0)


def _labels(at_hand: AtHand, row: list[Spot]) -> list[Piece]:
    made = at_hand.buttons
    pieces: list[Piece] = []
    for spot in row:
        here = spot.index == at_hand.at
        pieces.append((" ", "text"))
        pieces.append((spot.words, "cursor" if here else _button_token(made[spot.index])))
    return pieces


def _edge(row: list[Spot]) -> list[Piece]:
    pieces: list[Piece] = []
    for spot in row:
        pieces.append((" ", "text"))
        pieces.append((" " * (spot.end - spot.start), "bar"))
    return pieces


def _button_token(button: Button) -> Token:
    return "bar_muted" if button.verb in ("leave_out", "note") else "bar"
