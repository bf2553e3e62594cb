"""The demo's requests as acts: asked for, decided on, and linked to the orders that they led to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.domain.identity import same_id
from wotui.exchange.demo.files import happening, ident
from wotui.exchange.demo.orders import Act

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from wotui.exchange.demo.days import Days
    from wotui.store.transaction import Transaction


def acts(found: Mapping[str, dict[str, Any]], days: Days) -> Iterator[Act]:
    """Everything that happened to the requests of `data/demo/requests.toml`.

    Args:
        found: the file, by the request's key.
        days: turns the file's days into moments.
    """

    def asked(key: str) -> tuple[int, str]:
        told = happening(found[key]["asked"])
        return told.day, told.clock

    for count, key in enumerate(sorted(found, key=asked), start=1):
        request, number = found[key], f"R-A{count:04}"
        told = happening(request["asked"])
        made = f"Asked for {number} {request['title']}."
        yield Act(days.at(told.day, told.clock), told.who, made, _asking(key, request))
        before = "new"
        for line in request.get("steps", ()):
            step = happening(line)
            to = step.words
            said = f"{number} is {to.replace('_', ' ')}."
            yield Act(
                days.at(step.day, step.clock), step.who, said, _step(key, request, before, to, step.note)
            )
            before = to
        for at, line in enumerate(request.get("log", ())):
            entry = happening(line)
            yield Act(
                days.at(entry.day, entry.clock),
                entry.who,
                f"Noted on {number}.",
                _log(key, str(at), entry.words, entry.note),
            )


def _asking(key: str, request: dict[str, Any]) -> Callable[[Transaction], None]:
    def write(tx: Transaction) -> None:
        tx.insert(
            "request",
            id=ident("request", key),
            number=tx.number("R"),
            title=request["title"],
            description=request.get("description"),
            asset_id=ident("asset", request["asset"]) if "asset" in request else None,
            place_id=ident("place", request["place"]) if "place" in request else None,
            requester_id=None if "name" in request else tx.acting and tx.acting.id,
            requester_name=request.get("name"),
            requester_contact=request.get("contact"),
            permission_to_enter=request.get("enter"),
            work_kind=request.get("kind"),
            asked_priority=request.get("priority"),
            source="person",
            reported_at=tx.at,
            created_at=tx.at,
            created_by=tx.acting and tx.acting.id,
        )

    return write


def _step(
    key: str, request: dict[str, Any], before: str, to: str, note: str
) -> Callable[[Transaction], None]:
    identity = ident("request", key)

    def write(tx: Transaction) -> None:
        if to == "duplicate":
            original = ident("request", request["duplicate_of"])
            tx.update("request", identity, duplicate_of_id=original)
            who = ", ".join(part for part in (request.get("name"), request.get("contact")) if part)
            follower = same_id("membership", original, "follower", who)
            tx.insert("membership", id=follower, record_id=original, kind="follower", value=who)
        if to == "accepted":
            order = ident("order", request["order"])
            link = same_id("request order", identity, order)
            tx.insert("request_order", id=link, request_id=identity, work_order_id=order)
        tx.insert(
            "request_step",
            id=ident("request step", key, to),
            request_id=identity,
            from_status=before,
            to_status=to,
            at=tx.at,
            by_id=tx.acting and tx.acting.id,
            reason=note or None,
            device=tx.origin,
        )

    return write


def _log(key: str, count: str, kind: str, text: str) -> Callable[[Transaction], None]:
    def write(tx: Transaction) -> None:
        tx.insert(
            "log_entry",
            id=ident("request log", key, count),
            parent_kind="request",
            parent_id=ident("request", key),
            kind=kind,
            text=text,
            by_id=tx.acting and tx.acting.id,
            at=tx.at,
        )

    return write
