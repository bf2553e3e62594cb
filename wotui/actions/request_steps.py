"""What the verbs on requests share: finding and naming them, one step through their lifecycle, their log and files."""

from __future__ import annotations

import hashlib
import mimetypes
from datetime import timedelta
from typing import TYPE_CHECKING

from wotui.clock import instant, parse_instant
from wotui.domain import requests as rules
from wotui.domain.identity import same_id
from wotui.errors import Refused, UsageProblem
from wotui.store.reads import requests as reads
from wotui.text import clean_line, counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.store.file import Shop
    from wotui.store.reading import Reads
    from wotui.store.reads.requests import AskedFor
    from wotui.store.transaction import Transaction

DECIDES = "supervisor"
"""Who accepts, declines and asks back."""
_NAMED = 3
_WAYS_OUT = {
    "needs_info": "Answer its question first: wotui answer {number} TEXT.",
    "accepted": "Its orders say what becomes of it; cancel or finish those.",
    "resolved": "If it is not fixed, say so: wotui reopen {number} --reason TEXT.",
}


def found(source: Reads, numbers: Sequence[str]) -> list[AskedFor]:
    """The requests with these numbers or ids, each once, in the order given.

    Raises:
        UsageProblem: none is given.
        NotFound: one is not there.
    """
    if not numbers:
        raise UsageProblem("No request is named.", "Give its number, like R-A0012.")
    return list({each.id: each for each in (reads.find(source, number) for number in numbers)}.values())


def named(requests: Sequence[AskedFor]) -> str:
    """`R-A0012`, `R-A0012 and R-A0013`, or `5 requests`."""
    if len(requests) > _NAMED:
        return counted(len(requests), "request")
    return listed([each.number for each in requests])


def expect(
    shop: Shop, tx: Transaction, known: AskedFor, to: str, *, words: str = "", original: bool = False
) -> None:
    """Refuse a step that is not possible, or for which something is missing.

    Raises:
        Refused: names the request, the step, what is missing and the way out.
    """
    problem = refusal(known, to)
    if problem is not None:
        raise problem
    facts = reads.facts(tx, known, zone=shop.zone, today=shop.today(), words=words, original=original)
    missing = rules.obstacles(facts, to)
    if missing:
        raise Refused(
            f"{known.number} cannot become {rules.STATUS_WORDS[to]} yet.", f"It needs {listed(missing)}."
        )


def refusal(known: AskedFor, to: str) -> Refused | None:
    """Why a request cannot go to a status from where it stands, whatever is given for the step; None when it can."""
    if to in rules.next_statuses(known.status):
        return None
    way_out = _WAYS_OUT.get(known.status, "Make a new request: wotui request TITLE.")
    stands = rules.STATUS_WORDS.get(known.status, known.status)
    return Refused(
        f"{known.number} is {stands} and cannot become {rules.STATUS_WORDS[to]}.",
        way_out.format(number=known.number),
    )


def step(tx: Transaction, known: AskedFor, to: str, *, reason: str = "", note: str = "") -> None:
    """Write one step through the lifecycle; the request's status follows by itself.

    Args:
        tx: the open transaction.
        known: the request as it stands.
        to: where it goes.
        reason: what the requester reads: why not, or what is asked.
        note: further words.
    """
    tx.insert(
        "request_step",
        request_id=known.id,
        from_status=known.status,
        to_status=to,
        at=_after_the_last(tx, known.id),
        by_id=tx.acting and tx.acting.id,
        reason=reason or None,
        note=note or None,
        device=tx.origin,
    )


def log(tx: Transaction, request_id: str, text: str, kind: str = "note") -> str:
    """Add one entry to a request's log and return its id."""
    return tx.insert(
        "log_entry",
        parent_kind="request",
        parent_id=request_id,
        kind=kind,
        text=text,
        by_id=tx.acting and tx.acting.id,
        at=tx.at,
    )


def keep_file(tx: Transaction, parent_kind: str, parent_id: str, name: str, content: bytes) -> None:
    """Keep a file at a record; the same content twice is kept once."""
    digest = hashlib.sha256(content).hexdigest()
    tx.store_bytes(digest, content)
    plain = clean_line(name) or "file"
    tx.put(
        "attachment",
        same_id("attachment", parent_id, digest),
        parent_kind=parent_kind,
        parent_id=parent_id,
        name=plain,
        media_type=mimetypes.guess_type(plain)[0] or "application/octet-stream",
        sha256=digest,
        size=len(content),
    )


def _after_the_last(tx: Transaction, request_id: str) -> str:
    """Now, or a second after the request's newest step where somebody's clock ran ahead: steps are replayed by time."""
    newest = tx.value(
        "SELECT max(at) FROM request_step WHERE request_id = ? AND deleted_at IS NULL"
        " AND (at > ? OR at = ? AND device IS NOT ?)",
        (request_id, tx.at, tx.at, tx.origin),
    )
    try:
        return instant(parse_instant(newest) + timedelta(seconds=1)) if newest else tx.at
    except (ValueError, OverflowError):
        return tx.at
