"""How a running checklist is written: rows, progress, the item at hand. Pure: a sheet goes in, words come out.

Everything is said by word and glyph and colour, never by colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len

from wotui import text
from wotui.domain.checklists import items as kinds
from wotui.domain.checklists.answers import shown
from wotui.domain.quantity import with_unit
from wotui.tui import present

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from wotui.store.reads.checklists import Line, Sheet
    from wotui.tui.themes import Token
    from wotui.tui.widgets.lines import Piece

SAFETY = present.Look("◆", "safety", "warn")
STOP = present.Look("■", "stop work", "bad")
NARROW = 56
"""Columns below which a row shows the sign of a safety item without its word."""
WIDE = 90
"""Columns from which a row also shows the last value and who answered."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line: the name of a list, an item, or the end. The cursor stops at items to answer and at the end."""

    kind: str
    line: Line | None = None
    words: str = ""

    @property
    def takes_cursor(self) -> bool:
        """Whether the cursor stops here."""
        return self.kind == "end" or (self.line is not None and self.line.item.answerable)


def rows(sheet: Sheet) -> list[Row]:
    """The lines of a sheet in order, with the names of its lists where there is more than one, and the end."""
    found: list[Row] = []
    named = ""
    for line in sheet.shown:
        if len(sheet.lists) > 1 and line.list_name != named:
            named = line.list_name
            found.append(Row("list", words=named))
        found.append(Row("item", line))
    return [*found, Row("end")] if found else []


def row_pieces(row: Row, width: int, *, here: bool, zone: ZoneInfo, today: date) -> list[Piece]:
    """One line of the list as pieces of exactly `width` cells where the cursor stands, at most elsewhere."""
    if row.kind == "list":
        return [(present.fit(f" {row.words}", width), "title")]
    if row.kind == "end":
        token: Token = "cursor" if here else "strong"
        return [(present.fit(f"{'▸' if here else ' '} ■ End of the list", width), token)]
    line = row.line
    if line is None:
        return []
    if not line.item.answerable:
        heading = line.item.type == kinds.HEADING
        mark = " " if heading else "  · "
        return [(present.fit(f"{mark}{line.item.label}", width), "strong" if heading else "muted")]
    return _item_pieces(line, width, here=here, zone=zone, today=today)


def _item_pieces(line: Line, width: int, *, here: bool, zone: ZoneInfo, today: date) -> list[Piece]:
    item, result = line.item, line.result
    look = present.outcome(result.outcome if result else None)
    right = _answer_words(line) if line.answered else _asked(line)
    room = max(width * 2 // 5, 12)
    answer = _clipped(right, room)
    if width >= WIDE:  # columns of their own: who and when, then the answer
        answer = " " * max(26 - cell_len(answer), 0) + answer
    badge = _badge(line)
    extra = present.fit(_extra(line, zone, today), 26) if width >= WIDE else ""
    front = f"{'▸' if here else ' '} {look.glyph} {line.number:>2} "
    worded = width >= NARROW and not line.answered
    tail = f" {badge.glyph}{f' {badge.words}' if worded else ''}" if badge else ""
    label_room = max(width - cell_len(front) - cell_len(answer) - cell_len(extra) - cell_len(tail) - 2, 4)
    label = present.fit(item.label, label_room)

    def token(own: Token) -> Token:
        return "cursor" if here else own

    return [
        (f"{'▸' if here else ' '} ", token("accent")),
        (f"{look.glyph} ", token(look.token)),
        (f"{line.number:>2} ", token("muted")),
        (label, token("muted" if line.answered and not line.failed else "text")),
        (tail, token(badge.token if badge else "text")),
        (extra, token("muted")),
        (" ", token("text")),
        (answer, token(look.token if line.answered else "muted")),
        (" ", token("text")),
    ]


def _answer_words(line: Line) -> str:
    result = line.result
    if result is None:
        return ""
    said = shown(line.item, result.value, result.outcome)
    word = {"flag": "watch", "fail": "FAIL"}.get(result.outcome or "", "")
    if word and word.casefold() != said.casefold():
        said = f"{said} {word}"
    elif word:
        said = word
    note = " ✎" if result.note else ""
    followed = f" → {line.follow_up.number}" if line.follow_up and line.follow_up.counts else ""
    return f"{said}{note}{followed}"


def _asked(line: Line) -> str:
    item = line.item
    if item.numeric:
        return f"… {item.uom}".strip()
    return "open" if item.required else "optional"


def _badge(line: Line) -> present.Look | None:
    if line.item.on_fail == kinds.STOP_WORK:
        return STOP
    return SAFETY if line.item.safety else None


def _extra(line: Line, zone: ZoneInfo, today: date) -> str:
    if line.answered and line.result is not None:
        return f"  {line.result.by} {present.clock_time(line.result.at, zone)}"
    return (
        f"  last {with_unit(line.last.value, line.item.uom)} {present.day(line.last.at[:10], today)}"
        if line.last
        else ""
    )


def progress_pieces(sheet: Sheet, width: int, elapsed: str, saved: str) -> list[Piece]:
    """The line above the list: how far it is, what failed, how long it runs, and what was saved last."""
    stand = sheet.progress
    if sheet.stopped_by is not None:
        return [
            (f" {STOP.glyph} STOP WORK ", "bad"),
            (_clipped(f" {sheet.stopped_by.label} failed", width - 14), "bad"),
        ]
    steps = 0 if width < NARROW else 10 if width < WIDE else 20
    full = steps * stand.percent // 100
    counts = f" {stand.answered} of {stand.visible} · {stand.percent} %"
    marks: list[Piece] = []
    if stand.failed:
        marks.append((f" ✗ {stand.failed}{' failed' if steps else ''}", "bad"))
    if stand.flagged:
        marks.append((f" ! {stand.flagged}{' to watch' if steps else ''}", "warn"))
    used = 2 + steps + cell_len(counts) + sum(cell_len(words) for words, _ in marks) + cell_len(elapsed) + 3
    last = saved if cell_len(saved) <= width - used - 2 else ""
    gap = max(width - used - cell_len(last), 0)
    return [
        (f" {'█' * full}", "good"),
        (f"{'░' * (steps - full)}", "muted"),
        (counts, "strong"),
        *marks,
        (" " * gap, "text"),
        (last, "muted"),
        (f"  {elapsed} ", "label"),
    ]


def about(line: Line, today: date) -> str:
    """What a person should know before answering: help, limits, the last value."""
    item = line.item
    parts = [" ".join(item.help.split())]
    if item.numeric and (words := kinds.limits(item)):
        parts.append(f"Limits: {words}.")
    if line.last is not None:
        parts.append(
            f"Last: {with_unit(line.last.value, item.uom)} on {present.day(line.last.at[:10], today)}."
        )
    if item.type == kinds.PHOTO:
        parts.append("A terminal cannot take pictures: choose a file.")
    if item.type == kinds.SIGNATURE:
        parts.append(f"Role: {item.role or 'technician'}.")
    return " ".join(part for part in parts if part)


def warning(line: Line) -> Piece | None:
    """What hangs on this item, in words: safety, stop work."""
    if line.item.on_fail == kinds.STOP_WORK:
        return (f"{STOP.glyph} STOP WORK if it fails", STOP.token)
    if line.item.safety:
        return (f"{SAFETY.glyph} SAFETY: a failure keeps the work from starting", SAFETY.token)
    return None if line.item.required else ("optional", "muted")


def state(line: Line, zone: ZoneInfo) -> Piece:
    """The answer that is there, with who and when, its note and its follow-up."""
    result = line.result
    if result is None or not result.answered:
        words = f"✎ {_one_line(result.note)}" if result and result.note else ""
        return (words, "muted")
    look = present.outcome(result.outcome)
    said = shown(line.item, result.value, result.outcome)
    word = "FAIL" if result.outcome == kinds.FAIL else look.words
    parts = [f"{look.glyph} {word}" if said.casefold() == look.words else f"{look.glyph} {word}: {said}"]
    if line.follow_up is not None:
        parts.append(f"→ {line.follow_up.number} {present.words(line.follow_up.status)}")
    if result.note:
        parts.append(f"✎ {_one_line(result.note)}")
    parts.append(f"{result.by} {present.clock_time(result.at, zone)}".strip())
    return ("  ".join(parts), look.token)


def wrapped(words: str, width: int, most: int) -> list[str]:
    """Foreign text on at most `most` lines of at most `width` cells, broken at blanks, cut with an ellipsis."""
    lines: list[str] = []
    current = ""
    for word in text.visible(words).split(" "):
        longer = f"{current} {word}" if current else word
        if cell_len(longer) <= width:
            current = longer
            continue
        if current:
            lines.append(current)
        current = word
        if len(lines) == most:
            break
    if current and len(lines) < most:
        lines.append(current)
    left_out = " ".join(lines) != text.visible(words) and lines
    lines = [_clipped(line, width) for line in lines]
    if left_out and cell_len(" ".join(lines)) < cell_len(text.visible(words)) and not lines[-1].endswith("…"):
        lines[-1] = _clipped(f"{lines[-1]} …", width)
    return lines


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _clipped(words: str, width: int) -> str:
    words = text.visible(words)
    return words if cell_len(words) <= width else present.fit(words, max(width, 0)).rstrip()
