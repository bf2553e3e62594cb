"""Asking for work: a new request, its fields, its log, and being told with somebody else. Answers are in `deciding`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.actions import routing
from wotui.actions.request_steps import found, keep_file, log, named
from wotui.actions.templates.values import read_values
from wotui.domain import requests as rules
from wotui.domain.identity import same_id
from wotui.domain.record_kinds import KINDS
from wotui.domain.request_fields import REQUEST, read_request_field
from wotui.errors import Refused, UsageProblem
from wotui.store.reads import records, templates
from wotui.store.reads import requests as reads
from wotui.text import clean, clean_line, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wotui.store.file import Shop
    from wotui.store.transaction import Done, Transaction

_CUSTOM = "custom."


def new(
    shop: Shop,
    title: str,
    fields: Mapping[str, str] | None = None,
    *,
    files: Sequence[tuple[str, bytes]] = (),
    source: str = "person",
    identity: str | None = None,
) -> Done:
    """Ask for work.

    Args:
        shop: the open shop.
        title: what is wrong, 1 to 120 characters.
        fields: typed values by field name (`domain.request_fields`), `custom.NAME` for a custom field.
        files: (name, content) of what is attached, each at most 10 MB.
        source: one of `domain.requests.SOURCES`.
        identity: where the same cause must give the same request; a fresh id otherwise.

    Raises:
        UsageProblem: an unknown field, or a value that is none.
        NotFound: an asset, place, person or customer that is not there.
        Refused: no title, or neither an asset nor a place nor the word that the place is not known.
    """
    with shop.transaction() as tx:
        columns, custom = _read(shop, tx, {**(fields or {}), "title": title})
        filled = {name: value for name, value in columns.items() if value not in (None, "")}
        _expect_whole(filled)
        if tx.acting and not {"requester_id", "requester_name", "customer_id"} & filled.keys():
            filled["requester_id"] = tx.acting.id
        request_id = create(tx, filled, source=source, identity=identity)
        _write_custom(tx, request_id, custom)
        for name, content in files:
            keep_file(tx, "request", request_id, name, content)
        notices = routing.route_request(tx, request_id)
        made = reads.find(tx, request_id)
        return tx.done(f"Asked for {made.number} {made.title}.", request_id, notices=notices)


def create(tx: Transaction, columns: Mapping[str, Any], *, source: str, identity: str | None = None) -> str:
    """Write a new request with the next number, inside a larger action, and return its id; nothing routes it yet.

    Args:
        tx: the open transaction.
        columns: columns of the request, cleaned; references are ids.
        source: one of `domain.requests.SOURCES`.
        identity: where the same cause must give the same request; it comes back from the trash under its old number.
    """
    number = identity and tx.value("SELECT number FROM request WHERE id = ?", (identity,))
    values = {
        "number": number or tx.number("R"),
        "source": source,
        "reported_at": tx.at,
        "created_at": tx.at,
        "created_by": tx.acting and tx.acting.id,
        **columns,
    }
    if identity is None:
        return tx.insert("request", **values)
    tx.put("request", identity, **values)
    return identity


def edit(shop: Shop, numbers: Sequence[str], fields: Mapping[str, str]) -> Done:
    """Change fields of one or many requests.

    Args:
        shop: the open shop.
        numbers: numbers or ids.
        fields: typed values by field name; an empty value clears the field.

    Raises:
        UsageProblem: an unknown field, or a value that is none.
        NotFound: a request, asset, place, person or customer that is not there.
        Refused: a request that would be left without a title or a place.
    """
    if not fields:
        raise UsageProblem("Nothing to change is named.", "Write FIELD=VALUE, for example priority=urgent.")
    with shop.transaction() as tx:
        wanted = found(tx, numbers)
        columns, custom = _read(shop, tx, fields)
        for known in wanted:
            there = {
                "title": known.title,
                "asset_id": known.asset_id,
                "place_id": known.place_id,
                "place_unknown": known.place_unknown,
            }
            _expect_whole({**there, **columns})
            if columns:
                tx.update("request", known.id, **columns)
            _write_custom(tx, known.id, custom)
        words = [name[7:] if name.startswith(_CUSTOM) else REQUEST.field(name).words for name in fields]
        return tx.done(f"Changed {listed(words)} of {named(wanted)}.", *(each.id for each in wanted))


def follow(
    shop: Shop, kind: str, record_id: str, *, name: str = "", contact: str = "", words: str = ""
) -> Done:
    """Add me to that one: tell somebody too what becomes of a request or order, instead of asking a second time.

    Args:
        shop: the open shop.
        kind: `request` or `work_order`.
        record_id: which.
        name: who; without it, whoever acts.
        contact: how to reach them.
        words: what they report; kept in its log.

    Raises:
        NotFound: it is not there.
        Refused: nobody is named.
    """
    who = ", ".join(part for part in (clean_line(name), clean_line(contact)) if part)
    with shop.transaction() as tx:
        number = _number_of(tx, kind, record_id)
        follower = who or (tx.acting.id if tx.acting else "")
        if not follower:
            raise Refused("Nobody is named.", "Say who wants to know what becomes of it.")
        add_follower(tx, record_id, follower)
        said = clean(words)
        reported = f"Also reported by {who or (tx.acting.name if tx.acting else '')}"
        entry = f"{reported}: {said}" if said else f"{reported}."
        tx.insert(
            "log_entry",
            parent_kind=kind,
            parent_id=record_id,
            kind="note",
            text=entry,
            by_id=tx.acting and tx.acting.id,
            at=tx.at,
        )
        return tx.done(f"Added to {number}: it is on its way already.", record_id)


def note(shop: Shop, number: str, text: str) -> Done:
    """Add an entry to a request's log.

    Raises:
        NotFound: no such request.
        Refused: no text.
    """
    words = clean(text)
    if not words:
        raise Refused("A note needs some words.", "Write what you saw or did.")
    with shop.transaction() as tx:
        known = reads.find(tx, number)
        log(tx, known.id, words)
        return tx.done(f"Noted on {known.number}.", known.id)


def _read(
    shop: Shop, tx: Transaction, typed: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str | None]]:
    """Typed fields, read: columns of the request, and its custom values."""
    currency, today = shop.setting("shop.currency"), shop.today()
    columns: dict[str, Any] = {}
    own: dict[str, str] = {}
    for name, text in typed.items():
        if name.startswith(_CUSTOM):
            own[name.removeprefix(_CUSTOM)] = text
            continue
        known = REQUEST.field(name)
        value = read_request_field(known, text, currency, today)
        if known.type == "reference" and isinstance(value, str) and value:
            value = records.find(tx, KINDS[known.refers_to], value)
        columns[known.column] = value
    return columns, read_values(tx, templates.own_fields(tx, None), own, today)


def _expect_whole(columns: Mapping[str, Any]) -> None:
    located = any(columns.get(name) for name in ("asset_id", "place_id", "place_unknown"))
    missing = rules.missing_at_first(rules.Facts("new", columns.get("title") or "", located))
    if missing:
        raise Refused("A request says what and where.", f"It needs {listed(missing)}.")


def _write_custom(tx: Transaction, request_id: str, custom: Mapping[str, str | None]) -> None:
    for name, value in custom.items():
        tx.put(
            "custom_value",
            same_id("custom", request_id, name),
            record_id=request_id,
            name=name,
            value=value,
        )


def add_follower(tx: Transaction, record_id: str, follower: str) -> None:
    """Let somebody (a person's id, or a name) be told what becomes of a record; an empty name is nobody."""
    if follower:
        identity = same_id("membership", record_id, "follower", follower)
        tx.put("membership", identity, record_id=record_id, kind="follower", value=follower)


def _number_of(tx: Transaction, kind: str, record_id: str) -> str:
    from wotui.store.reads import work_orders

    found_one = reads.find(tx, record_id) if kind == "request" else work_orders.find(tx, record_id)
    return found_one.number
