"""Code lists: adding, changing and retiring the words that forms offer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wotui.domain.codes import LISTS, Code, check, list_named
from wotui.domain.identity import same_id
from wotui.errors import NotFound, Refused
from wotui.store.reads import codes as reads
from wotui.text import clean_line

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.transaction import Done, Transaction


def add(shop: Shop, name: str, word: str, *, label: str = "", scope: str = "") -> Done:
    """Add a word to a list, or bring back one that was retired.

    Args:
        shop: the open shop.
        name: of the list (`domain.codes.LISTS`).
        word: what orders keep.
        label: a word more about it.
        scope: the failure class, for problems, causes and remedies; empty for every asset.

    Raises:
        UsageProblem: no such list.
        Refused: no word, it is there already, the list is full, or the acting person may not.
    """
    shop.require("change code lists", "supervisor", "office")
    with shop.transaction() as tx:
        there = reads.codes(tx, list_named(name), scope=clean_line(scope, 40))
        code = check(Code(name, word, label, scope), len(there))
        same = next((each for each in there if each.code.casefold() == code.code.casefold()), None)
        if same is not None:
            raise Refused(f"{same.code} is among the {LISTS[code.list]} already.", "Change it instead.")
        put(tx, replace(code, position=max((each.position for each in there), default=0) + 1))
        return tx.done(f"Added {code.code} to the {LISTS[code.list]}{_of(code)}.", identity_of(code))


def edit(
    shop: Shop,
    name: str,
    word: str,
    *,
    label: str | None = None,
    scope: str = "",
    position: int | None = None,
) -> Done:
    """Change what is said about a word, or its place in the list (counted from 1).

    Raises:
        UsageProblem: no such list.
        NotFound: the list has no such word.
        Refused: the acting person may not.
    """
    shop.require("change code lists", "supervisor", "office")
    with shop.transaction() as tx:
        code = _find(tx, name, word, scope)
        if label is not None:
            tx.update("code", code.id, label=clean_line(label) or None)
        if position is not None:
            others = [each for each in reads.codes(tx, code.list, scope=code.scope) if each.id != code.id]
            others.insert(min(max(position, 1), len(others) + 1) - 1, code)
            for place, each in enumerate(others, 1):
                tx.update("code", each.id, position=place)
        return tx.done(f"Changed {code.code} of the {LISTS[code.list]}{_of(code)}.", code.id)


def retire(shop: Shop, name: str, word: str, *, scope: str = "") -> Done:
    """Offer a word no longer; orders that hold it keep it, and `add` brings it back.

    Raises:
        UsageProblem: no such list.
        NotFound: the list has no such word.
        Refused: the acting person may not.
    """
    shop.require("change code lists", "supervisor", "office")
    with shop.transaction() as tx:
        code = _find(tx, name, word, scope)
        tx.update("code", code.id, active=0)
        return tx.done(
            f"{code.code} is not offered among the {LISTS[code.list]}{_of(code)} any more.", code.id
        )


def put(tx: Transaction, code: Code) -> str:
    """Write a word under the id that its list and failure class give it, inside a larger action."""
    tx.put(
        "code",
        identity_of(code),
        list=code.list,
        scope=code.scope or None,
        code=code.code,
        label=code.label or None,
        position=code.position,
        active=1,
    )
    return identity_of(code)


def identity_of(code: Code) -> str:
    """The id that its list, failure class and word give a code."""
    return same_id("code", code.list, code.scope, code.code)


def _of(code: Code) -> str:
    return f" of {code.scope}" if code.scope else ""


def _find(tx: Transaction, name: str, word: str, scope: str) -> Code:
    listed_as = list_named(name)
    there = reads.codes(tx, listed_as, scope=clean_line(scope, 40))
    found = next((each for each in there if each.code.casefold() == clean_line(word, 60).casefold()), None)
    if found is None:
        of = f" of {clean_line(scope, 40)}" if scope else ""
        raise NotFound(
            f"There is no {clean_line(word, 60)!r} among the {LISTS[listed_as]}{of}.",
            "`wotui codes list` shows them all.",
        )
    return found
