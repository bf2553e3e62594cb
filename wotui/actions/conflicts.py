"""Answering what two people changed at the same time: one value is written by somebody who has seen all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from wotui.actions import orders
from wotui.actions.sets import add_element
from wotui.domain.records import read
from wotui.domain.work_order_fields import WORK_ORDER
from wotui.errors import NotFound, Refused, UsageProblem
from wotui.store.reads import conflicts as questions
from wotui.store.reads import work_orders
from wotui.store.reads.history import Names
from wotui.store.reads.split_fields import KEPT, REMOVED
from wotui.text import clean, clean_line, counted, listed

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.reads.conflicts import Conflict, Head
    from wotui.store.transaction import Done, Transaction

_SAME, _DIFFERENT = "same", "different"
BOTH = "both"
"""What leaves the value that is there and keeps the others as a note on the order."""


def resolve(shop: Shop, identity: str, take: str) -> Done:
    """Answer one question; every file that hears of it stops asking.

    Args:
        shop: the open shop.
        identity: the question's id, or its beginning.
        take: `mine`, `theirs`, or a value; `both` leaves what is there and keeps the other values as a note. For two
            records that may be one thing `same` or `different`, for a record that was taken away and changed `removed`
            or `kept`, for two orders with one number whose it stays, or `different` where both keep it.

    Raises:
        NotFound: no such open question.
        Refused: it cannot be answered in this way; the sentence says what can be done.
    """
    with shop.transaction() as tx:
        question = questions.find(tx, identity.strip())
        if question is None:
            raise NotFound(
                f"There is no open question {clean_line(identity, 40)}.", "List them: wotui conflicts."
            )
        if question.kind == "duplicate":
            sentence = _settle_duplicate(tx, question, take)
        elif question.kind == "number":
            sentence = _settle_number(tx, question, take)
        elif take == BOTH:
            sentence = _keep_both(tx, question)
        elif question.kind == "overlap":
            raise Refused(
                f"Two entries of {question.name} overlap, and only who worked knows which is right.",
                "Correct one of them: wotui time list, or key 4 on the screen.",
            )
        else:
            head = _chosen(question, take)
            _WRITERS[question.kind](tx, question, head)
            sentence = _said(tx, question, head)
        return tx.done(sentence, question.record)


def resolve_all(shop: Shop, take: str, field: str = "", kind: str = "") -> Done:
    """The same choice for every open question; what has no such answer stays open.

    Args:
        shop: the open shop.
        take: `mine` or `theirs`.
        field: only questions about this column.
        kind: only questions of this kind (`field`, `status`, `answer`, `gone`).

    Raises:
        UsageProblem: neither `mine` nor `theirs`.
        NotFound: there is none.
    """
    if take not in {"mine", "theirs"}:
        raise UsageProblem(
            "All at once takes mine or theirs.", "A value is given to one question: wotui resolve ID."
        )
    with shop.transaction() as tx:
        records: list[str] = []
        for question in questions.derive(tx):
            if (
                question.kind not in _WRITERS
                or field not in {"", question.field}
                or kind not in {"", question.kind}
            ):
                continue
            try:
                head = _chosen(question, take)
            except Refused:
                continue
            _WRITERS[question.kind](tx, question, head)
            records.append(question.record)
        if not records:
            raise NotFound(
                "There is no open question that can be answered so.", "List them: wotui conflicts."
            )
        return tx.done(f"Answered {counted(len(records), 'question')} with {take}.", *records)


def _chosen(question: Conflict, take: str) -> Head:
    mine = [head for head in question.values if head.mine]
    others = [head for head in question.values if not head.mine]
    if take in {"mine", "theirs"}:
        matching = mine if take == "mine" else others
        if len(matching) == 1:
            return matching[0]
        values = listed([_shown(head) for head in question.values])
        raise Refused(
            f"{question.name} has {len(matching)} values that could be {take}: {values}.",
            "Name the value itself.",
        )
    for head in question.values:
        if str(head.value if head.value is not None else "") == take:
            return head
    return replace(question.values[-1], value=clean(take) or None, record="")


def _write_field(tx: Transaction, question: Conflict, head: Head) -> None:
    value = head.value
    if not any(head is other for other in question.values):
        value = _typed(tx, question, value)
    tx.affirm(question.entity, question.record, question.field, value)


def _typed(tx: Transaction, question: Conflict, typed: str | int | None) -> str | int | None:
    """Another value, as its field is stored."""
    field = next((one for one in WORK_ORDER.fields if one.column == question.field), None)
    if question.field.endswith("_id"):
        raise Refused(
            f"{question.name}: {_label(question)} is chosen among records.",
            "Take mine or theirs, or edit the record itself: that answers the question too.",
        )
    if question.entity == "work_order" and field is not None:
        currency = str(tx.value("SELECT value FROM setting WHERE name = 'shop.currency'") or "USD")
        return cast("str | int | None", read(field, str(typed or ""), currency))
    if {type(other.value) for other in question.values if other.value is not None} == {int}:
        try:
            return int(str(typed))
        except ValueError:
            raise UsageProblem(
                f"{question.field.replace('_', ' ')} takes a whole number, as it is stored.",
                "Or take mine or theirs.",
            ) from None
    return typed


def _write_status(tx: Transaction, question: Conflict, head: Head) -> None:
    order = work_orders.find(tx, question.record)
    if head.value not in {other.value for other in question.values}:
        raise Refused(
            f"{question.name} can be {listed([_shown(other) for other in question.values], 'or')}.",
            "Take one of these, and move it on from there.",
        )
    orders.step(tx, order, str(head.value), reason="resolved")


def _write_answer(tx: Transaction, question: Conflict, head: Head) -> None:
    row = tx.one("SELECT value, outcome, note FROM item_result WHERE id = ?", (head.record,))
    if row is None:
        raise Refused(
            f"{question.name} was answered {listed([_shown(other) for other in question.values], 'and')}.",
            "Take one of these, or answer the item again (wotui tick).",
        )
    value, outcome, note = row
    by = tx.acting and tx.acting.id
    tx.insert(
        "item_result", item_id=question.record, value=value, outcome=outcome, note=note, by_id=by, at=tx.at
    )


def _write_gone(tx: Transaction, question: Conflict, head: Head) -> None:
    if head.value not in {REMOVED, KEPT}:
        raise Refused(f"{question.name} can be removed or kept.", "Take one of these.")
    there = tx.value(f'SELECT deleted_at FROM "{question.entity}" WHERE id = ?', (question.record,))
    tx.affirm(question.entity, question.record, "deleted_at", None if head.value == KEPT else there or tx.at)


_WRITERS = {"field": _write_field, "gone": _write_gone, "status": _write_status, "answer": _write_answer}


def can_keep_both(question: Conflict) -> bool:
    """Whether the other values can be kept as a note: texts of an order, which has a log."""
    texts = {type(head.value) for head in question.values if head.value is not None} == {str}
    return (
        question.kind == "field"
        and question.entity == "work_order"
        and texts
        and not question.field.endswith("_id")
    )


def _keep_both(tx: Transaction, question: Conflict) -> str:
    if not can_keep_both(question):
        raise Refused(
            f"{question.name}: {_label(question)} cannot be kept as a note.", "Take mine, theirs or a value."
        )
    stays = tx.value(f'SELECT "{question.field}" FROM work_order WHERE id = ?', (question.record,))
    tx.affirm(question.entity, question.record, question.field, stays)
    others = [head for head in question.values if head.value is not None and head.value != stays]
    for head in others:
        by = (
            listed([word for word in (head.actor, head.device) if word]).replace(" and ", " on ")
            or "somebody"
        )
        orders.add_to_log(tx, question.record, f"The other {_label(question)}, by {by}: {head.value}")
    return f"{question.name}: {_label(question)} stays, and the other one is a note."


def _settle_number(tx: Transaction, question: Conflict, take: str) -> str:
    first, second = question.values
    if take == _DIFFERENT:
        add_element(tx, first.record, "different_from", second.record)
        return f"Both orders keep the number {question.name}."
    if take not in {"mine", "theirs"}:
        raise UsageProblem(
            f"Two orders have the number {question.name}.",
            "Take mine or theirs (whose it stays), or different (both keep it).",
        )
    stays = _chosen(question, take)
    goes = second if stays is first else first
    number = tx.number("W")
    tx.update("work_order", goes.record, number=number)
    return f"“{_shown(goes)}” has the number {number} now; {question.name} is “{_shown(stays)}”."


def _label(question: Conflict) -> str:
    return question.field.removesuffix("_id").replace("_", " ") or question.kind


def _said(tx: Transaction, question: Conflict, head: Head) -> str:
    if question.kind == "gone":
        return f"{question.name} {'stays' if head.value == KEPT else 'is taken away'}."
    word = Names(tx).word(question.field, head.value)
    shown = _shown(
        replace(head, value=word.replace("_", " ") if word and question.kind == "status" else word)
    )
    return f"{question.name}: {_label(question)} is {shown} now."


def _settle_duplicate(tx: Transaction, question: Conflict, take: str) -> str:
    first, second = question.values
    if take == _DIFFERENT:
        add_element(tx, first.record, "different_from", second.record)
        return f"{question.name} and the other {question.name} are different things; nobody is asked again."
    if take not in {_SAME, "mine", "theirs"}:
        raise UsageProblem(
            f"Two records are called {question.name}.",
            "Take same, different, mine or theirs (which one stays).",
        )
    stays, goes = (second, first) if _chosen_is_second(question, take) else (first, second)
    for table, columns in tx.shared_columns().items():
        for column in columns:
            if column == f"{question.entity}_id" or (table == question.entity and column == "parent_id"):
                rows = tx.rows(f'SELECT id FROM "{table}" WHERE "{column}" = ?', (goes.record,))
                for (row,) in rows:
                    tx.update(table, row, **{column: stays.record})
    tx.update(question.entity, goes.record, active=0, deleted_at=tx.at)
    return f"The two {question.name} are one now; what referred to either refers to it."


def _chosen_is_second(question: Conflict, take: str) -> bool:
    return take != _SAME and _chosen(question, take) is question.values[1]


def _shown(head: Head) -> str:
    return clean_line(str(head.value), 60) if head.value is not None else "empty"
