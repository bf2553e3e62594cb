"""Answering an item: a typed value, one press of pass or fail, n/a with its reason, a note, taking an answer back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.actions.checklists.at_hand import store, take
from wotui.actions.checklists.following_up import after_answer
from wotui.domain.checklists import answers
from wotui.domain.checklists.answers import Answer
from wotui.domain.checklists.items import FAIL, FORCE, METER, NOT_APPLICABLE, NOTE_REQUIRED, STOP_WORK
from wotui.domain.checklists.progress import AS_IS
from wotui.errors import Refused
from wotui.store.reads.last_values import reading_id
from wotui.text import clean

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.reads.checklists import Line, Sheet
    from wotui.store.transaction import Done, Transaction


class Surprising(Refused):
    """A reading that is far from the last one: it is stored only when somebody says that it is right."""


def answer(shop: Shop, item_id: str, typed: str, *, note: str | None = None, sure: bool = False) -> Done:
    """Store what a person typed as the answer to an item.

    Args:
        shop: the open shop.
        item_id: the item.
        typed: a value, or a word such as `pass`, `fail`, `na`, `yes`, `no`.
        note: a note to go with it; for n/a it is the reason.
        sure: store a reading although it is more than five times the last one.

    Raises:
        UsageProblem: the words do not fit the item.
        Surprising: more than five times the last reading, and not `sure`.
        Refused: the order is finished, work is stopped, n/a is not allowed or has no reason.
        NotFound: no such item.
    """
    with shop.transaction() as tx:
        sheet, line = take(shop, tx, item_id)
        given = answers.read_answer(line.item, typed, line.last.value if line.last else None)
        if given.doubt and not sure:
            raise Surprising(given.doubt, "Check it, then say that it is right (--sure).")
        return _stored(shop, tx, sheet, line, given, note)


def press(shop: Shop, item_id: str, outcome: str, *, note: str | None = None) -> Done:
    """One press of `pass` or `fail` on an item.

    Raises:
        Refused: the item needs a value; the sentence says which. And as `answer`.
    """
    with shop.transaction() as tx:
        sheet, line = take(shop, tx, item_id)
        given = answers.failing(line.item) if outcome == FAIL else answers.passing(line.item)
        return _stored(shop, tx, sheet, line, given, note)


def leave_out(shop: Shop, item_id: str, reason: str) -> Done:
    """Answer an item with "not applicable" and why.

    Raises:
        Refused: the item does not allow it, or there is no reason. And as `answer`.
    """
    with shop.transaction() as tx:
        sheet, line = take(shop, tx, item_id)
        return _stored(shop, tx, sheet, line, answers.not_applicable(line.item), reason)


def note(shop: Shop, item_id: str, text: str) -> Done:
    """Put a note on an item; its answer stays. An empty text takes the note away.

    Raises:
        Refused: the reason of an n/a cannot be taken away. And as `answer`.
    """
    with shop.transaction() as tx:
        sheet, line = take(shop, tx, item_id)
        result = line.result
        kept = Answer(result.value or "", result.outcome) if result and result.outcome else None
        if kept is None:
            _expect_answerable(line)
        _expect_reason(line, kept, text)
        store(tx, line, kept, text)
        what = "Noted" if clean(text) else "Took the note away from"
        return tx.done(f"{what} {_named(sheet, line)}.", sheet.order_id, line.item.id)


def accept_as_is(shop: Shop, item_id: str, why: str = "") -> Done:
    """Turn the proposed follow-up down: the failure is accepted as it is, and the note says so.

    Raises:
        Refused: the item did not fail, or insists on its follow-up order. And as `answer`.
    """
    with shop.transaction() as tx:
        sheet, line = take(shop, tx, item_id)
        result = line.result
        if result is None or not result.failed:
            raise Refused(f"“{line.item.label}” did not fail.", "There is nothing to accept.")
        if line.item.on_fail in (FORCE, STOP_WORK):
            raise Refused(f"“{line.item.label}” insists on its follow-up order.", "Accept that one.")
        said = clean(why) or result.note
        text = said if said.startswith(AS_IS) else f"{AS_IS} – {said}" if said else AS_IS
        store(tx, line, Answer(result.value or "", FAIL), text)
        return tx.done(f"{_named(sheet, line)} is accepted as it is.", sheet.order_id, line.item.id)


def clear(shop: Shop, item_id: str) -> Done:
    """Take an answer back; the item is open again and its history stays.

    Raises:
        Refused: it has no answer. And as `answer`.
    """
    with shop.transaction() as tx:
        sheet, line = take(shop, tx, item_id)
        if not line.answered:
            raise Refused(f"“{line.item.label}” has no answer yet.")
        store(tx, line, None, "")
        notices = after_answer(shop, tx, sheet, line)
        return tx.done(f"{_named(sheet, line)} is open again.", sheet.order_id, line.item.id, notices=notices)


def _stored(shop: Shop, tx: Transaction, sheet: Sheet, line: Line, given: Answer, note: str | None) -> Done:
    if (
        given.outcome == NOT_APPLICABLE
        and note is None
        and line.result
        and line.result.outcome == NOT_APPLICABLE
    ):
        note = line.result.note
    _expect_reason(line, given, note or "")
    result_id = store(tx, line, given, note)
    notices = after_answer(shop, tx, sheet, line) if FAIL in (given.outcome, _before(line)) else []
    notices += _reported(tx, sheet, line, given, result_id)
    said = answers.shown(line.item, given.value, given.outcome)
    verdict = {"flag": ", watch it", FAIL: ", FAILED"}.get(given.outcome, "")
    if given.outcome == FAIL and line.item.on_fail == NOTE_REQUIRED and not clean(note or ""):
        notices.append("A note is needed: say what is wrong.")
    return tx.done(f"{_named(sheet, line)}: {said}{verdict}.", sheet.order_id, line.item.id, notices=notices)


def _reported(tx: Transaction, sheet: Sheet, line: Line, given: Answer, result_id: str) -> list[str]:
    """What the event rules make of a failed item, and of a meter's reading."""
    if given.outcome != FAIL and line.item.type != METER:
        return []
    from wotui.actions import events  # requests come with it, which most answers never lead to

    said: list[str] = []
    if line.item.type == METER and line.item.meter_id is not None:
        said += events.after_reading(tx, line.item.meter_id, reading_id(result_id))
    if given.outcome == FAIL:
        said += events.after_failed_item(tx, line.item.id, line.item.label, sheet.order_id)
    return said


def _before(line: Line) -> str | None:
    return line.result.outcome if line.result else None


def _expect_reason(line: Line, given: Answer | None, note: str) -> None:
    if given is not None and given.outcome == NOT_APPLICABLE and not clean(note):
        raise Refused(f"“{line.item.label}” is left out without a reason.", "Say why in a note (--note).")


def _expect_answerable(line: Line) -> None:
    if not line.item.answerable:
        raise Refused(f"“{line.item.label}” is there to be read.", "Put the note on the item below it.")


def _named(sheet: Sheet, line: Line) -> str:
    return f"{sheet.number} {line.number}. {line.item.label}"
