"""Every answer to a request but yes: back with a question, declined, a duplicate, withdrawn. Yes is `accepting`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.actions.request_steps import DECIDES, expect, found, log, named, step
from wotui.actions.requests import add_follower
from wotui.domain import requests as rules
from wotui.errors import Refused
from wotui.store.reads import requests as reads
from wotui.text import clean, clean_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.store.file import Shop
    from wotui.store.reads.requests import AskedFor
    from wotui.store.transaction import Done, Transaction


def ask(shop: Shop, number: str, question: str) -> Done:
    """Ask the requester back; the request waits for the answer, and ages by itself.

    Raises:
        NotFound: no such request.
        Refused: no question, the acting person may not, or the step is not possible.
    """
    shop.require("ask back", DECIDES)
    words = clean(question)
    with shop.transaction() as tx:
        known = reads.find(tx, number)
        expect(shop, tx, known, "needs_info", words=words)
        step(tx, known, "needs_info", reason=words)
        log(tx, known.id, f"Question: {words}")
        return tx.done(f"Asked back on {known.number}.", known.id)


def answer(shop: Shop, number: str, words: str) -> Done:
    """Answer what was asked back; the request is new again.

    Raises:
        NotFound: no such request.
        Refused: no answer, or nothing was asked.
    """
    said = clean(words)
    with shop.transaction() as tx:
        known = reads.find(tx, number)
        if known.status == "new":
            raise Refused(
                f"Nothing was asked about {known.number}.", f"Add a note: wotui note {known.number} TEXT."
            )
        expect(shop, tx, known, "new", words=said)
        step(tx, known, "new", note=said)
        log(tx, known.id, f"Answer: {said}")
        return tx.done(f"Answered on {known.number}; it is new again.", known.id)


def decline(shop: Shop, numbers: Sequence[str], reason: str) -> Done:
    """Say no to one or many requests.

    Args:
        shop: the open shop.
        numbers: numbers or ids.
        reason: why; the requester reads it.

    Raises:
        NotFound: no such request.
        Refused: no reason, the acting person may not, or the step is not possible.
    """
    shop.require("decline requests", DECIDES)
    words = clean(reason)
    with shop.transaction() as tx:
        wanted = found(tx, numbers)
        for known in wanted:
            expect(shop, tx, known, "declined", words=words)
            step(tx, known, "declined", reason=words)
        return tx.done(f"Declined {named(wanted)}: {clean_line(words)}.", *(each.id for each in wanted))


def duplicate(shop: Shop, number: str, of: str) -> Done:
    """Say that a request repeats another one, whose follower its requester becomes.

    Args:
        shop: the open shop.
        number: the later request.
        of: the request that it repeats; where that one is a duplicate itself, its original counts.

    Raises:
        NotFound: no such request.
        Refused: the acting person may not, it would repeat itself, or the step is not possible.
    """
    shop.require("call requests duplicates", DECIDES)
    with shop.transaction() as tx:
        known, original = reads.find(tx, number), _original(tx, of)
        if original.id == known.id:
            raise Refused(f"{known.number} cannot repeat itself.", "Name the request that it repeats.")
        if original.status in ("declined", "withdrawn"):
            words = rules.STATUS_WORDS[original.status]
            raise Refused(f"{original.number} is {words}.", "Decline this one too, or accept it.")
        expect(shop, tx, known, "duplicate", original=True)
        tx.update("request", known.id, duplicate_of_id=original.id)
        step(tx, known, "duplicate", reason=f"the same as {original.number}")
        add_follower(tx, original.id, known.requester_id or _reachable(known))
        log(tx, original.id, f"{known.number} asks for the same: {known.title}", "system")
        return tx.done(f"{known.number} is a duplicate of {original.number}.", known.id, original.id)


def withdraw(shop: Shop, numbers: Sequence[str], reason: str = "") -> Done:
    """Take requests back that nobody has decided on: whoever asked no longer needs it.

    Raises:
        NotFound: no such request.
        Refused: it is accepted, or ended already.
    """
    words = clean(reason)
    with shop.transaction() as tx:
        wanted = found(tx, numbers)
        for known in wanted:
            expect(shop, tx, known, "withdrawn", words=words)
            step(tx, known, "withdrawn", reason=words)
        return tx.done(f"Withdrew {named(wanted)}.", *(each.id for each in wanted))


def _original(tx: Transaction, of: str) -> AskedFor:
    """The request that a number means, or the one that it repeats in turn."""
    known, seen = reads.find(tx, of), set[str]()
    while known.status == "duplicate" and known.duplicate_of_id and known.id not in seen:
        seen.add(known.id)
        known = reads.find(tx, known.duplicate_of_id)
    return known


def _reachable(known: AskedFor) -> str:
    return ", ".join(part for part in (known.asker, known.requester_contact) if part)
