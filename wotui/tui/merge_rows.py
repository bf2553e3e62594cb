"""Sharing as lines: the place and its state, the account of a merge, the questions. Pure: facts in, lines out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wotui.text import counted
from wotui.tui import keys, present
from wotui.tui.widgets.hours import Shown
from wotui.tui.widgets.pages import wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from wotui.tui.widgets.lines import Piece

NARROW = 72
"""Columns below which a line of the history says less."""
_BAR = 30


@dataclass(frozen=True, slots=True)
class State:
    """What the Merge screen shows.

    Attributes:
        place: where is shared; empty while nothing is.
        merged: when last, an instant; empty for never.
        unshared: changes not shared yet.
        questions: open ones.
        trouble: why the last merge failed.
        when: when merges run by themselves, in words.
        history: the accounts of earlier merges, newest first.
        stage, done, total: how far the running merge is; an empty stage means that none runs.
        silent: whole seconds without a sign of life.
    """

    place: str
    merged: str
    unshared: int
    questions: int
    trouble: str
    when: str
    history: Sequence[Mapping[str, Any]]
    stage: str = ""
    done: int = 0
    total: int = 0
    silent: int = 0


def overview(state: State, zone: ZoneInfo, today: date, width: int) -> list[Shown]:
    """The Merge screen."""
    lines = [Shown([(" Shared place", "title")])]
    lines += [Shown(line) for line in _place(state, zone, today, width)]
    lines += [Shown(line) for line in _running(state, width)]
    if state.questions:
        look = (
            f"   {counted(state.questions, 'question')} to answer: what two people changed at the same time"
        )
        lines += [Shown(), Shown([(" Questions", "title")])]
        lines += [
            Shown([*line, (f"  {keys.shown_key('merge.questions')}", "key")], "questions")
            for line in wrapped(look.strip(), width - 6, "warn", "   ")[:1]
        ]
    lines += [Shown(), Shown([(" History", "title")])]
    if not state.history:
        lines.append(Shown([("   Nothing was merged yet.", "muted")]))
    for index, document in enumerate(state.history):
        lines.append(Shown(_past(document, zone, today, width), f"account {index}"))
    return lines


def _place(state: State, zone: ZoneInfo, today: date, width: int) -> list[list[Piece]]:
    if not state.place:
        key = keys.shown_key("merge.set_up")
        words = (
            f"There is no shared place yet: press {key} to share this shop through a folder or a file, so that other"
            " computers work on it too and nobody's edit is lost."
        )
        return wrapped(words, width, "text", "   ")
    lines = wrapped(state.place, width, "strong", "   ")
    merged = f"last merged {present.moment(state.merged, zone, today)}" if state.merged else "not merged yet"
    lines.append([(f"   {merged}", "text"), (f" · {state.when}" if width >= NARROW else "", "muted")])
    if state.unshared:
        lines.append([(f"   ↑ {counted(state.unshared, 'change')} not yet shared", "warn")])
    else:
        lines.append([("   ✓ everything is shared", "good")])
    if state.trouble:
        lines += wrapped(f"! {state.trouble}", width, "bad", "   ")
        if state.unshared:
            words = (
                f"{counted(state.unshared, 'change')} kept here will be shared when it is back; work goes on."
            )
            lines += wrapped(words, width, "muted", "     ")
    return lines


def _running(state: State, width: int) -> list[list[Piece]]:
    if not state.stage:
        return []
    share = min(state.done / state.total, 1.0) if state.total else 0.0
    full = int(share * min(_BAR, width - 30))
    empty = min(_BAR, width - 30) - full
    counts = f" {state.done:,} of {state.total:,}" if state.total else ""
    bar: list[Piece] = [("   ", "text"), ("━" * full, "accent"), ("─" * empty, "muted"), (counts, "muted")]
    lines: list[list[Piece]] = [[], *wrapped(f"{state.stage} …", width, "accent", "   "), bar]
    key = keys.shown_key("merge.give_up")
    if state.silent >= 5:
        words = f"No answer for {state.silent} seconds; work goes on meanwhile. {key} gives it up."
        lines += wrapped(words, width, "warn", "   ")
    else:
        lines.append([(f"   {key} gives it up", "muted")])
    return lines


def _past(document: Mapping[str, Any], zone: ZoneInfo, today: date, width: int) -> list[Piece]:
    at = present.moment(str(document.get("at", "")), zone, today)
    came, went = int(document.get("changes_in", 0)), int(document.get("changes_out", 0))
    new, changed = int(document.get("records_new", 0)), int(document.get("records_changed", 0))
    place = str(document.get("place", "")).replace("\\", "/").rstrip("/").rpartition("/")[2]
    counts = f"{came} in, {went} out" + (
        f" · {new} new, {changed} changed" if width >= NARROW and came else ""
    )
    notices = len(document.get("notices", ()))
    return [
        (f"   {at}  ", "text"),
        (f"{present.fit(place, 20 if width >= NARROW else 12)}  ", "muted"),
        (counts, "text"),
        (f"  ! {notices}" if notices else "", "warn"),
    ]


def account(document: Mapping[str, Any], zone: ZoneInfo, today: date, width: int) -> list[list[Piece]]:
    """The account of one merge, or its preview: counts, what people should know, then record by record."""
    dry = bool(document.get("dry_run"))
    lines: list[list[Piece]] = [*wrapped(str(document.get("place", "")), width, "strong", " ")]
    when = (
        "a preview; nothing was changed" if dry else present.moment(str(document.get("at", "")), zone, today)
    )
    lines.append([(f" {when}", "muted")])
    lines.append([])
    lines += wrapped(sentence(document), width, "text", " ")
    asked = int(document.get("conflicts", 0)) + int(document.get("duplicates", 0))
    if asked:
        lines += wrapped(
            f"{counted(asked, 'question')} {'would be' if dry else 'was'} open afterwards.",
            width,
            "warn",
            " ",
        )
    for notice in document.get("notices", ()):
        lines += wrapped(f"! {notice}", width, "warn", " ")
    lines.append([])
    records: Sequence[Mapping[str, Any]] = document.get("records", ())
    for record in records:
        lines += _record(record, width)
    more = int(document.get("records_new", 0)) + int(document.get("records_changed", 0)) - len(records)
    if more > 0:
        lines.append([(f" … and {more} more records", "muted")])
    if not records:
        lines.append([(" No record here differs.", "muted")])
    return lines


def sentence(document: Mapping[str, Any]) -> str:
    """The counts of an account in one sentence."""
    come, go = ("would come in", "would be sent") if document.get("dry_run") else ("came in", "sent")
    new, changed = int(document.get("records_new", 0)), int(document.get("records_changed", 0))
    gone = int(document.get("records_deleted", 0))
    taken = f", {counted(gone, 'record')} taken away" if gone else ""
    return (
        f"{counted(int(document.get('changes_in', 0)), 'change')} {come}: {counted(new, 'new record')},"
        f" {changed} changed{taken}. {counted(int(document.get('changes_out', 0)), 'change')} {go}."
    )


def _record(record: Mapping[str, Any], width: int) -> list[list[Piece]]:
    new = bool(record.get("new"))
    kind = present.words(str(record.get("kind", "")))
    name = str(record.get("name", ""))
    said = "" if kind in name else f"  {kind}"
    lines: list[list[Piece]] = [
        [(" + " if new else " ~ ", "good" if new else "accent"), (name, "strong"), (said, "muted")]
    ]
    for field in record.get("fields", ()):
        old, value = field.get("old"), field.get("new")
        if new and value is None:
            continue
        label = f"     {present.words(str(field.get('field', '')).removesuffix('_id'))}: "
        words = _value(value) if new and old is None else f"{_value(old)} → {_value(value)}"
        if len(label) + len(words) <= width:
            lines.append([(label, "label"), (words, "text")])
        else:
            lines.append([(label, "label")])
            lines += wrapped(words, width, "text", "       ")
    return lines


def _value(value: object) -> str:
    return "nothing" if value is None else str(value)
