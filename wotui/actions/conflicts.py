"""Answering what two people changed at the same time: one value is written by somebody who has seen all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wotui.actions import orders
from wotui.actions.sets import add_element
from wotui.errors import NotFound, Refused, UsageProblem
from wotui.store.reads import conflicts as questions
from wotui.store.reads import work_orders
from wotui.text import clean, clean_line, listed

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.reads.conflicts import Conflict, Head
    from wotui.store.transaction import Done, Transaction

_SAME, _DIFFERENT = "same", "different"


def resolve(shop: Shop, identity: str, take: str) -> Done:
    """Answer one question; every file that hears of it stops asking.

    Args:
        shop: the open shop.
        identity: the question's id, or its beginning.
        take: `mine`, `theirs`, or a value; for two records that may be one thing `same` or `different`.

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
        elif question.kind == "overlap":
            raise Refused(
                f"Two entries of {question.name} overlap, and only who worked knows which is right.",
                "Correct one of them: wotui time list, or key 4 on the screen.",
            )
        else:
            head = _chosen(question, take)
            _WRITERS[question.kind](tx, question, head)
            sentence = f"{question.name}: {question.field.replace('_', ' ')} is {_shown(head)} now."
        return tx.done(sentence, question.record)


def resolve_all(shop: Shop, take: str, field: str = "") -> Done:
    """The same choice for every open question about one field, or about all; what has no such answer stays open.

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
            if question.kind not in _WRITERS or (field and question.field != field):
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
        return tx.done(f"Answered {len(records)} questions with {take}.", *records)


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
    numbers = {type(other.value) for other in question.values if other.value is not None} == {int}
    if numbers and isinstance(value, str):
        try:
            value = int(value)
        except ValueError:
            raise UsageProblem(
                f"{question.field.replace('_', ' ')} takes a whole number, as it is stored.",
                "Or take mine or theirs.",
            ) from None
    tx.affirm(question.entity, question.record, question.field, value)


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


_WRITERS = {"field": _write_field, "status": _write_status, "answer": _write_answer}


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
