"""The demo's master data: customers, places, people, assets, contractors, parts, meters, checklist templates."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from wotui.actions.checklists.lists import add_template
from wotui.actions.templates.storing import store_template, write_parts
from wotui.domain import records as rules
from wotui.domain.checklists.templates import template_from
from wotui.domain.identity import same_id
from wotui.domain.money import parse
from wotui.domain.quantity import thousandths
from wotui.domain.record_kinds import KINDS
from wotui.domain.templates.documents import from_document
from wotui.exchange.demo.files import document, ident, rows
from wotui.settings import data_file

if TYPE_CHECKING:
    from wotui.domain.records import Field, Kind
    from wotui.exchange.demo.days import Days
    from wotui.store.transaction import Transaction

_FILES = {
    "customer": "customers",
    "place": "places",
    "person": "people",
    "asset": "assets",
    "contractor": "contractors",
    "part": "parts",
}


def write(tx: Transaction, days: Days, currency: str) -> None:
    """Write every master record and the shop's settings in one act."""
    about = document("shop.toml")
    tx.update("device", tx.origin, name=about["computer"])
    for name, value in about["settings"].items():
        tx.put("setting", same_id("setting", name), name=name, value=value)
    for kind, file in _FILES.items():
        for row in rows(file):
            _record(tx, KINDS[kind], row, currency)
    _contacts(tx)
    _documents(tx, days, currency)
    _meters(tx)
    for path in sorted(data_file("demo", "checklists").glob("*.toml")):
        add_template(tx, template_from(tomllib.loads(path.read_text(encoding="utf-8"))))
    for path in sorted(data_file("demo", "templates").glob("*.toml")):
        template = from_document(tomllib.loads(path.read_text(encoding="utf-8")), currency)
        write_parts(tx, store_template(tx, ident("template", template.name), template), template)


def _record(tx: Transaction, kind: Kind, row: dict[str, str], currency: str) -> None:
    if kind.name == "person":
        row["name"] = f"{row['first_name']} {row['last_name']}"
        row["rule_set"] = "us-flsa"
    if kind.name == "contractor":
        row["blocked"] = "yes" if row["blocked_reason"] else "no"
        row["currency"] = currency
    typed = {name: text.replace(";", ",") if _is_set(kind, name) else text for name, text in row.items()}
    read = rules.read_all(kind, typed, currency)
    values = {field.name: read.get(field.name) or field.default for field in kind.fields}
    identity = ident(kind.name, values[kind.handle])
    columns = {field.column: _value(field, values[field.name]) for field in kind.fields if field.column}
    tx.insert(kind.name, id=identity, **columns)
    for field in kind.fields:
        chosen = values[field.name]
        if field.type == "set" and isinstance(chosen, tuple):
            for word in chosen:
                element = ident(field.refers_to, word) if field.refers_to else word
                key = same_id("membership", identity, field.members, element)
                tx.insert("membership", id=key, record_id=identity, kind=field.members, value=element)


def _is_set(kind: Kind, name: str) -> bool:
    return kind.field(name).type == "set"


def _value(field: Field, value: Any) -> Any:
    return ident(field.refers_to, value) if field.type == "reference" and value else value


def _contacts(tx: Transaction) -> None:
    for row in rows("contractor_contacts"):
        tx.insert(
            "contractor_contact",
            id=ident("contact", row["contractor"], row["name"]),
            contractor_id=ident("contractor", row["contractor"]),
            name=row["name"],
            phone=row["phone"] or None,
            email=row["email"] or None,
            always_reachable=int(row["always_reachable"] == "yes"),
        )


def _documents(tx: Transaction, days: Days, currency: str) -> None:
    for row in rows("contractor_documents"):
        amount = row["limit_amount"]
        tx.insert(
            "contractor_document",
            id=ident("document", row["contractor"], row["kind"], row["number"]),
            contractor_id=ident("contractor", row["contractor"]),
            kind=row["kind"],
            number=row["number"] or None,
            issuer=row["issuer"] or None,
            limit_amount=parse(amount, currency) if amount else None,
            valid_from=days.on(int(row["valid_from"])).isoformat() if row["valid_from"] else None,
            valid_until=days.on(int(row["valid_until"])).isoformat() if row["valid_until"] else None,
            trade=row["trade"] or None,
        )


def _meters(tx: Transaction) -> None:
    for row in rows("meters"):
        tx.insert(
            "meter",
            id=ident("meter", row["asset"], row["name"]),
            asset_id=ident("asset", row["asset"]),
            name=row["name"],
            uom=row["uom"],
            kind=row["kind"],
            expected_every_days=int(row["expected_every_days"]),
        )


def write_reading(tx: Transaction, row: dict[str, str]) -> None:
    """One reading of a meter, taken now by whoever acts."""
    tx.insert(
        "reading",
        id=ident("reading", row["asset"], row["meter"], row["day"]),
        meter_id=ident("meter", row["asset"], row["meter"]),
        value=thousandths(row["value"]),
        taken_at=tx.at,
        by_id=tx.acting and tx.acting.id,
        source=row["source"],
        is_reset=0,
        suspect=0,
    )
