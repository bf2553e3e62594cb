"""What a word of a call names: an order by its number, any other record by its tag, code, initials or name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.errors import NotFound, UsageProblem
from wotui.store.reads import records, requests
from wotui.store.reads import work_orders as reads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.store.reading import Reads


REQUEST = "request"
PLAN = "maintenance_plan"


@dataclass(frozen=True, slots=True)
class Found:
    """Records of one kind; `work_order`, `request`, `maintenance_plan` or a kind of master data."""

    kind: str
    ids: tuple[str, ...]


def find_one(source: Reads, word: str) -> tuple[str, str]:
    """Kind and id of what a word names.

    Raises:
        NotFound: nothing is called so.
        Refused: records of several kinds are.
    """
    if requests.looks_like_a_number(word):
        return REQUEST, requests.find(source, word).id
    try:
        return "work_order", reads.find(source, word).id
    except NotFound as no_order:
        if _looks_like_a_number(word):
            raise
        try:
            kind, identity = records.find_any(source, word)
        except NotFound as nothing:
            plan = _plan(source, word)
            if plan is None:
                raise nothing from no_order
            return PLAN, plan
        return kind.name, identity


def _plan(source: Reads, word: str) -> str | None:
    from wotui.store.reads import plans

    try:
        return plans.find(source, word.removeprefix("plan:")).id
    except NotFound:
        return None


def find_all(source: Reads, words: Sequence[str]) -> Found:
    """What several words name, when all of it is of one kind.

    Raises:
        NotFound: nothing is called so.
        Refused: a word can mean several kinds.
        UsageProblem: the words name different kinds.
    """
    found = [find_one(source, word) for word in words]
    kinds = {kind for kind, _ in found}
    if len(kinds) > 1:
        raise UsageProblem(
            "These are not of one kind.", "Change orders in one call, and each kind of record in another."
        )
    return Found(found[0][0], tuple(dict.fromkeys(identity for _, identity in found)))


def _looks_like_a_number(word: str) -> bool:
    return word[:2].upper() == "W-" and word[-4:].isdigit()
