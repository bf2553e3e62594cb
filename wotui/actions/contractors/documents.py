"""A contractor's documents and contacts, and the word that nobody is to hire them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from wotui.domain import money
from wotui.domain.contractors import documents as papers
from wotui.domain.contractors.documents import Required
from wotui.domain.record_kinds import KINDS
from wotui.errors import NotFound, Refused, UsageProblem
from wotui.store.reads import contractors, records
from wotui.text import clean_line, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.store.file import Shop
    from wotui.store.transaction import Done, Transaction

_DOCUMENT_FIELDS = ("kind", "number", "issuer", "limit_amount", "valid_from", "valid_until", "trade", "file")
_CONTACT_FIELDS = ("name", "phone", "email", "always_reachable")
_LIMITS = {"number": 60, "issuer": 120, "trade": 40, "file": 400, "name": 120, "phone": 40, "email": 120}
_YES = {"yes": 1, "y": 1, "true": 1, "1": 1, "24h": 1, "no": 0, "n": 0, "false": 0, "0": 0, "": 0}


def add_document(shop: Shop, contractor: str, fields: Mapping[str, str]) -> Done:
    """Put a document on file.

    Args:
        shop: the open shop.
        contractor: the name or id.
        fields: as typed: `kind` (needed), `number`, `issuer`, `limit_amount`, `valid_from`, `valid_until`, `trade`,
            `file`.

    Raises:
        NotFound: no such contractor.
        UsageProblem: an unknown field or kind, no date, no amount, or a last day before the first.
    """
    values = _read(shop, fields, _DOCUMENT_FIELDS)
    if not values.get("kind"):
        raise UsageProblem("A document needs a kind.", f"It is one of {', '.join(papers.KINDS)}.")
    _refuse_backwards(values)
    with shop.transaction() as tx:
        firm = records.find(tx, KINDS["contractor"], contractor)
        tx.insert("contractor_document", contractor_id=firm, **values)
        return tx.done(f"Put {_paper(values)} of {_name(tx, firm)} on file.", firm)


def change_document(shop: Shop, document_id: str, fields: Mapping[str, str]) -> Done:
    """Change a document on file; empty text clears a field.

    Raises:
        NotFound: no such document.
        UsageProblem: as `add_document`.
    """
    values = _read(shop, fields, _DOCUMENT_FIELDS)
    with shop.transaction() as tx:
        row = contractors.document(tx, document_id)
        if "kind" in values and not values["kind"]:
            raise UsageProblem("A document needs a kind.", f"It is one of {', '.join(papers.KINDS)}.")
        before = {
            "kind": row.kind,
            "trade": row.trade,
            "valid_from": row.valid_from and row.valid_from.isoformat(),
            "valid_until": row.valid_until and row.valid_until.isoformat(),
        }
        after = {**before, **values}
        _refuse_backwards(after)
        tx.update("contractor_document", row.id, **values)
        return tx.done(f"Changed {_paper(after)} of {_name(tx, row.contractor_id)}.", row.contractor_id)


def remove_document(shop: Shop, document_id: str) -> Done:
    """Take a document off file.

    Raises:
        NotFound: no such document.
    """
    with shop.transaction() as tx:
        row = contractors.document(tx, document_id)
        tx.remove("contractor_document", row.id)
        paper = Required(row.kind, row.trade).words
        return tx.done(f"Took {paper} of {_name(tx, row.contractor_id)} off file.", row.contractor_id)


def add_contact(shop: Shop, contractor: str, fields: Mapping[str, str]) -> Done:
    """Add somebody to call: `name`, `phone`, `email`, `always_reachable` (yes or no).

    Raises:
        NotFound: no such contractor.
        UsageProblem: an unknown field, or nothing to call them by.
    """
    values = _read(shop, fields, _CONTACT_FIELDS)
    _refuse_nameless(values)
    with shop.transaction() as tx:
        firm = records.find(tx, KINDS["contractor"], contractor)
        tx.insert("contractor_contact", contractor_id=firm, **values)
        return tx.done(f"Added {_person(values)} at {_name(tx, firm)}.", firm)


def change_contact(shop: Shop, contact_id: str, fields: Mapping[str, str]) -> Done:
    """Change somebody to call; empty text clears a field.

    Raises:
        NotFound: no such contact.
        UsageProblem: an unknown field, or nothing left to call them by.
    """
    values = _read(shop, fields, _CONTACT_FIELDS)
    with shop.transaction() as tx:
        firm, before = _contact(tx, contact_id)
        after = {**before, **values}
        _refuse_nameless(after)
        tx.update("contractor_contact", contact_id, **values)
        return tx.done(f"Changed {_person(after)} at {_name(tx, firm)}.", firm)


def remove_contact(shop: Shop, contact_id: str) -> Done:
    """Take somebody off the list of those to call.

    Raises:
        NotFound: no such contact.
    """
    with shop.transaction() as tx:
        firm, before = _contact(tx, contact_id)
        tx.remove("contractor_contact", contact_id)
        return tx.done(f"Removed {_person(before)} at {_name(tx, firm)}.", firm)


def block(shop: Shop, contractor: str, reason: str) -> Done:
    """Let nobody hire this contractor from now on; jobs that run go on.

    Raises:
        NotFound: no such contractor.
        Refused: without a reason.
    """
    why = clean_line(reason, 120)
    with shop.transaction() as tx:
        firm = records.find(tx, KINDS["contractor"], contractor)
        name = _name(tx, firm)
        if len(why) < 3:
            raise Refused(f"{name} cannot be blocked without a reason.", "Say why, for those who ask later.")
        tx.update("contractor", firm, blocked=1, blocked_reason=why)
        return tx.done(f"Blocked {name}: {why.rstrip('.')}.", firm)


def unblock(shop: Shop, contractor: str) -> Done:
    """Let this contractor be hired again.

    Raises:
        NotFound: no such contractor.
    """
    with shop.transaction() as tx:
        firm = records.find(tx, KINDS["contractor"], contractor)
        tx.update("contractor", firm, blocked=0, blocked_reason=None)
        return tx.done(f"{_name(tx, firm)} may be hired again.", firm)


def _read(shop: Shop, fields: Mapping[str, str], known: tuple[str, ...]) -> dict[str, Any]:
    """What was typed, as it is stored."""
    values: dict[str, Any] = {}
    for typed_name, typed in fields.items():
        name = typed_name.casefold().replace("-", "_")
        if name not in known:
            near = nearest(name, known)
            way_out = f"Did you mean {near}?" if near else f"The fields are {', '.join(known)}."
            raise UsageProblem(f"There is no field “{typed_name}” here.", way_out)
        values[name] = _value(shop, name, clean_line(typed, _LIMITS.get(name, 120)))
    return values


def _value(shop: Shop, name: str, typed: str) -> str | int | None:
    if name == "always_reachable":
        if typed.casefold() not in _YES:
            raise UsageProblem(f"“{typed}” is neither yes nor no.", "Write yes or no.")
        return _YES[typed.casefold()]
    if not typed:
        return None
    if name == "limit_amount":
        return money.parse(typed, shop.setting("shop.currency"))
    if name in {"valid_from", "valid_until"}:
        try:
            return date.fromisoformat(typed).isoformat()
        except ValueError:
            raise UsageProblem(f"“{typed}” is not a date.", "Write it like 2026-06-30.") from None
    if name == "kind":
        kind = typed.casefold().replace(" ", "_").replace("-", "_")
        if kind not in papers.KINDS:
            near = nearest(kind, tuple(papers.KINDS))
            way_out = f"Did you mean {near}?" if near else f"The kinds are {', '.join(papers.KINDS)}."
            raise UsageProblem(f"There is no document kind “{typed}”.", way_out)
        return kind
    return typed


def _refuse_backwards(values: Mapping[str, Any]) -> None:
    start, end = values.get("valid_from"), values.get("valid_until")
    if start and end and end < start:
        raise UsageProblem(f"It would end on {end}, before it starts on {start}.", "Check the two days.")


def _refuse_nameless(values: Mapping[str, Any]) -> None:
    if not any(values.get(name) for name in ("name", "phone", "email")):
        raise UsageProblem(
            "A contact needs a name, a phone number or an e-mail address.", "Give one of them."
        )


def _paper(values: Mapping[str, Any]) -> str:
    return Required(values["kind"], values.get("trade") or "").words


def _person(values: Mapping[str, Any]) -> str:
    return str(values.get("name") or values.get("phone") or values.get("email"))


def _contact(tx: Transaction, contact_id: str) -> tuple[str, dict[str, Any]]:
    row = tx.one(
        "SELECT contractor_id, name, phone, email, always_reachable FROM contractor_contact "
        "WHERE id = ? AND deleted_at IS NULL",
        (contact_id,),
    )
    if row is None:
        raise NotFound("This contact is not there any more.")
    return row[0], dict(zip(_CONTACT_FIELDS, row[1:], strict=True))


def _name(tx: Transaction, contractor_id: str) -> str:
    return tx.value("SELECT name FROM contractor WHERE id = ?", (contractor_id,)) or "a contractor"
