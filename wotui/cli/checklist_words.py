"""A checklist in words: as a table, as one sentence an item for ears, and as a document for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.cli import output
from wotui.cli.order_shapes import checklist_document
from wotui.domain.checklists import items as kinds
from wotui.domain.checklists.answers import shown
from wotui.domain.checklists.progress import blocking_done
from wotui.domain.quantity import decimal, with_unit
from wotui.text import listed

if TYPE_CHECKING:
    from wotui.domain.checklists.items import Item
    from wotui.store.reads.checklists import Line, Sheet


def document(sheet: Sheet) -> dict[str, Any]:
    """The sheet for programs; limits and last values are decimal text, as money is."""
    items = [
        {**base, **_more(line)} for base, line in zip(checklist_document(sheet), sheet.lines, strict=True)
    ]
    stopper = sheet.stopped_by
    return {
        "number": sheet.number,
        "title": sheet.title,
        "status": sheet.status,
        "asset": sheet.asset or None,
        "percent": sheet.progress.percent,
        "result": sheet.progress.result,
        "required": sheet.progress.required,
        "required_answered": sheet.progress.required_answered,
        "stopped_by": stopper.id if stopper else None,
        "signoff_required": sheet.signoff_required,
        "signed_by": sheet.signed_by or None,
        "signed_at": sheet.signed_at or None,
        "items": items,
    }


def _more(line: Line) -> dict[str, Any]:

    item = line.item
    limits = {
        "min": item.min_value,
        "max": item.max_value,
        "warn_min": item.warn_min,
        "warn_max": item.warn_max,
    }
    return {
        "help": item.help or None,
        "uom": item.uom or None,
        **{name: None if limit is None else decimal(limit) for name, limit in limits.items()},
        "options": [
            {"id": option.id, "label": option.label, "outcome": option.outcome} for option in item.options
        ],
        "na_allowed": item.na_allowed,
        "severity": item.severity,
        "on_fail": item.on_fail,
        "last_value": decimal(line.last.value) if line.last else None,
        "last_at": line.last.at if line.last else None,
        "files": list(line.files),
    }


def coming(sheet: Sheet, line: Line | None) -> str:
    """What is next, in one sentence: the stop, the next open item, or how to finish."""
    stopper = sheet.stopped_by
    if stopper is not None:
        number = next(one.number for one in sheet.lines if one.item.id == stopper.id)
        return f"Work is stopped by item {number}, {stopper.label}: wotui tick {sheet.number} {number} --follow-up."
    following = sheet.next_open(line.item.id if line else None)
    if following is not None:
        left = sheet.progress.visible - sheet.progress.answered
        return f"Next, of {left} open: {following.number}. {following.item.label}."

    missing = blocking_done(sheet.items, sheet.results, sheet.followed)
    if missing:
        return f"All answered. Before it can be done: {'; '.join(missing)}."
    if sheet.signoff_required and not sheet.signed_by:
        return f"All answered. Sign it off: wotui checklist {sheet.number} --sign-off NAME."
    return f"All answered. Finish the order: wotui done {sheet.number}."


def question(item: Item) -> str:
    """What an item asks for, in words: limits, choices, yes or no."""
    if item.numeric:
        words = kinds.limits(item)
        unit = item.uom or "number"
        return words if unit in words else f"{unit}, {words}" if words else unit
    if item.type in (kinds.CHOICE, kinds.MULTI):
        choices = listed([f"{number} {option.label}" for number, option in enumerate(item.options, 1)], "or")
        return f"choose {choices}" + (", several with commas" if item.type == kinds.MULTI else "")
    asked = {
        kinds.TICK: "done",
        kinds.PASS_FAIL: "pass, flag or fail",
        kinds.YES_NO: f"yes or no, good is {item.good_answer}",
        kinds.TEXT: "a text",
        kinds.PHOTO: "the path of a file",
        kinds.SIGNATURE: f"signature, {item.role or 'technician'}",
    }
    return asked.get(item.type, "to read")


def sentence(line: Line) -> str:
    """One item as one sentence: number, label, what it asks, last value, answer, follow-up."""
    item = line.item
    parts = [f"{line.number}. {item.label}"]
    if item.answerable:
        parts.append(question(item))
        if item.safety:
            parts.append("safety item")
        if item.on_fail == kinds.STOP_WORK:
            parts.append("stops the work if it fails")
        if not item.required:
            parts.append("optional")
        if line.last is not None:
            parts.append(f"last {with_unit(line.last.value, item.uom)} on {line.last.at[:10]}")
        result = line.result
        said = shown(item, result.value, result.outcome) if result else ""
        verdict = _verdict(line)
        parts.append(f"answer {said}, {verdict}" if verdict and verdict != said else said or "open")
        if result and result.note:
            parts.append(f"note {' '.join(result.note.split())}")
        if line.follow_up is not None:
            parts.append(f"follow-up {line.follow_up.number} {line.follow_up.status.replace('_', ' ')}")
    elif item.help:
        parts.append(" ".join(item.help.split()))
    return "; ".join(part for part in parts if part).rstrip(".") + "."


def plain_lines(sheet: Sheet) -> list[str]:
    """The whole sheet as sentences, one a line, with what comes next."""
    stand = sheet.progress
    about = ", ".join(part for part in (sheet.title, sheet.asset) if part)
    lines = [f"{sheet.number} {about}. {stand.answered} of {stand.visible} answered, {stand.percent} %."]
    if not sheet.lines:
        return [*lines, f"No checklist. Put one on it: wotui checklist {sheet.number} --attach NAME."]
    before = ""
    for line in sheet.shown:
        if line.list_name != before:
            before = line.list_name
            lines.append(f"{before}:")
        lines.append(sentence(line))
    return [*lines, coming(sheet, None)]


def table(sheet: Sheet) -> None:
    """Print the sheet as a table, and what comes next on stderr."""
    if not sheet.lines:
        output.say(
            f"{sheet.number} has no checklist.",
            f"Put one on it: wotui checklist {sheet.number} --attach NAME.",
        )
        return
    rows: list[list[str]] = []
    styles: dict[tuple[int, int], output.Style] = {}
    for line in sheet.shown:
        result = line.result
        said = shown(line.item, result.value, result.outcome) if result else ""
        note = " ".join((result.note if result else "").split())
        followed = f"→ {line.follow_up.number}" if line.follow_up else ""
        asked = "" if not line.item.answerable else question(line.item)
        if line.item.answerable and (colour := _COLOURS.get(result.outcome if result else None)):
            styles[len(rows), 3] = colour
        verdict = _verdict(line) or ("open" if line.item.answerable else "")
        rows.append([str(line.number), line.item.label, said, verdict, asked, f"{followed} {note}".strip()])
    output.table(
        ["#", "Item", "Answer", "Verdict", "Asks for", "Note"], rows, flexible=4, right=(0,), styles=styles
    )
    stand = sheet.progress
    output.say(f"{stand.answered} of {stand.visible} answered, {stand.percent} %.", coming(sheet, None))


_COLOURS: dict[str | None, output.Style] = {"pass": "green", "flag": "yellow", "fail": "red", "na": "dim"}


def _verdict(line: Line) -> str:
    outcome = line.result.outcome if line.result else None
    return {"pass": "pass", "flag": "watch", "fail": "FAIL", "na": "not applicable"}.get(outcome or "", "")
