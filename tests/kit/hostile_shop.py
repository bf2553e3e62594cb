"""A shop whose every text field holds a payload, written below the cleaning of `actions`, as a bad merge would."""

from __future__ import annotations

import json
from itertools import cycle
from typing import TYPE_CHECKING

from tests.kit import builders, hostile
from wotui import clock
from wotui.store import schema

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wotui.store.file import Shop
    from wotui.store.transaction import Transaction

MARKUP_TEXTS = hostile.MARKUP
CONTROL_TEXTS = tuple(poison.text for poison in hostile.CONTROL)

_NOT_TEXT = frozenset(
    "type status state kind criticality severity outcome on_fail rule_set zone time_type mode price_kind service_mode "
    "source letter origin initials number show_if_item show_if_value options follow_up good_answer uom role "
    "hold_reason billing detected_by category warranty currency value sha256 media_type template_id "
    "list field show_on choices".split()
)
"""Columns that hold a word of ours or a reference, not free text."""


def build(path: Path, texts: Sequence[str]) -> Path:
    """A small shop with everything in it, then each text of it replaced by the next payload."""
    with builders.new_shop(path) as shop:
        with shop.transaction() as tx:
            _fill(tx, len(texts))
            tx.done("Filled the shop.")
        with shop.transaction() as tx:
            _poison(tx, texts)
            tx.done(texts[0])
        _meet(shop, texts)
    return path


def _fill(tx: Transaction, orders: int) -> None:
    """Records of every kind that a screen shows; one order per payload."""
    at = clock.instant(clock.now())
    worker = str(tx.value("SELECT id FROM person"))
    place = tx.insert(
        "place", code="HALL-1", name="x", kind="building", address="x", access_notes="x", active=1
    )
    asset = tx.insert(
        "asset",
        tag="PUMP-01",
        name="x",
        place_id=place,
        manufacturer="x",
        model="x",
        serial="x",
        criticality="A",
        state="in_service",
        active=1,
    )
    customer = tx.insert("customer", name="x", contact="x", notes="x", active=1)
    tx.insert("part", sku="P-1", name="x", description="x", active=1)
    contractors = [
        tx.insert(
            "contractor", name="x", service_mode="onsite", currency="USD", notes="x", blocked=0, active=1
        )
        for _ in range(8)
    ]
    for firm in contractors:
        tx.insert("contractor_contact", contractor_id=firm, name="x", phone="x", email="x")
        tx.insert(
            "contractor_document",
            contractor_id=firm,
            kind="liability_insurance",
            number="x",
            issuer="x",
            valid_until="2030-01-01",
        )
    _rules_and_what_came_in(tx, asset, place, at)
    _templates(tx)
    for number in range(orders):
        order = tx.insert(
            "work_order",
            number=tx.number("W"),
            title="x",
            description="x",
            type="corrective",
            priority=3,
            asset_id=asset,
            place_id=place,
            customer_id=customer,
            failure_problem="x",
            created_at=at,
            source="test",
        )
        tx.insert(
            "status_change",
            work_order_id=order,
            from_status="draft",
            to_status="in_progress",
            at=at,
            by_id=worker,
            reason="x",
            note="x",
        )
        if number < 8:
            _hang_on(tx, order, worker, contractors[number], at)


def _templates(tx: Transaction) -> None:
    """A template with every part, a field that every order has, and a word of a code list."""
    template = tx.insert(
        "order_template", name="x", title="x", description="x", trade="x", work_kind="x", origin="x", active=1
    )
    for owner in (template, None):
        tx.insert(
            "field_definition",
            template_id=owner,
            name="x",
            label="x",
            type="choice",
            choices='["\\u001b[31mred","[b]bold"]',
            uom="x",
            help="x",
            show_on="order,print",
            position=1,
            active=1,
        )
    tx.insert("template_field", template_id=template, field="team", value="x", hidden=0)
    tx.insert("template_material", template_id=template, text="x", qty=1000, uom="x", position=1)
    tx.insert("template_step", template_id=template, title="x", trade="x", position=1)
    tx.insert("code", list="cancel_reason", code="x", label="x", position=1, active=1)
    tx.insert("code", list="problem", scope="x", code="x", label="x", position=1, active=1)


def _rules_and_what_came_in(tx: Transaction, asset: str, place: str, at: str) -> None:
    """Routing and event rules, requests, and events of a machine that stands."""
    for position in range(1, 9):
        tx.insert(
            "routing_rule",
            name="x",
            position=position,
            place_id=place if position % 2 else None,
            trade="x",
            text_contains="x",
            lead_mode="team",
            lead_team="x",
            active=1,
        )
        rule = tx.insert(
            "event_rule",
            name="x",
            position=position,
            source="event",
            event="x",
            title="x",
            asset_id=asset,
            active=1,
        )
        request = tx.insert(
            "request",
            number=tx.number("R"),
            title="x",
            description="x",
            place_id=place,
            created_at=at,
            reported_at=at,
        )
        tx.insert(
            "machine_event",
            asset_id=asset,
            event="x",
            value="1",
            at=at,
            rule_id=rule,
            request_id=request if position % 2 else None,
            note="x",
        )
    tx.insert("downtime_interval", asset_id=asset, started_at=at, kind="unplanned", note="x")


def _hang_on(tx: Transaction, order: str, worker: str, firm: str, at: str) -> None:
    """Log, checklist, hours, a job and custom fields of one order."""
    tx.insert(
        "log_entry", parent_kind="work_order", parent_id=order, kind="note", text="x", by_id=worker, at=at
    )
    tx.insert("custom_value", record_id=order, name="x", value="x")
    tx.insert(
        "contractor_job",
        work_order_id=order,
        contractor_id=firm,
        mode="onsite",
        price_kind="fixed",
        agreed_price=100,
        state="hired",
        rating_note="x",
        override_reason="x",
    )
    checklist = tx.insert("checklist", work_order_id=order, name="x", position=1)
    for position, kind in enumerate(("pass_fail", "number", "text", "choice", "instruction"), 1):
        item = tx.insert(
            "checklist_item",
            checklist_id=checklist,
            position=position,
            type=kind,
            label="x",
            help="x",
            required=1,
            na_allowed=1,
            uom="bar",
            options='["x", "y"]',
        )
        if position == 1:
            tx.insert(
                "item_result", item_id=item, value="pass", outcome="pass", note="x", by_id=worker, at=at
            )
    start = 29_685_000
    tx.insert(
        "time_span",
        person_id=worker,
        work_order_id=order,
        time_type="WORK",
        start_minute=start,
        end_minute=start + 60,
        zone="UTC",
        note="x",
        state="draft",
    )


def _meet(shop: Shop, texts: Sequence[str]) -> None:
    """A stranger's words about the same orders, which ask questions, and the account of a merge that brought them."""
    orders = shop.rows("SELECT id FROM work_order ORDER BY key LIMIT 12")
    with shop.transaction() as tx:
        tx.insert("device", id="strangea", origin="strangea", letter="Z", name=texts[2])
        tx.done("Met.")
    fields = [{"field": texts[4], "old": texts[5], "new": texts[6]}]
    record = {"kind": "work_order", "id": "x", "name": texts[7], "new": False, "fields": fields}
    account = {
        "place": texts[8],
        "at": "2026-06-10T16:40:00Z",
        "changes_in": 12,
        "notices": [texts[9]],
        "records": [record],
    }
    with shop.exchange() as connection:
        for number, ((order,), words) in enumerate(zip(orders, cycle(texts), strict=False), 1):
            connection.execute(
                "INSERT INTO change (origin, seq, t, at, act, entity, row, patch) VALUES (?, ?, 1, 1, 1, ?, ?, ?)",
                (
                    "strangea",
                    number,
                    "work_order",
                    order,
                    json.dumps({"title": words, "description": words * 3}),
                ),
            )
        connection.execute(
            "INSERT INTO merged (at, place, account) VALUES (?, ?, ?)",
            (account["at"], texts[8], json.dumps(account)),
        )


def _poison(tx: Transaction, texts: Sequence[str]) -> None:
    """Put the payloads where `x` stands, one after the other, so that each is in many fields of many kinds."""
    for table, columns in schema.synced_columns().items():
        following = cycle(texts)
        for column in columns:
            if column in _NOT_TEXT or column.endswith(("_id", "_at", "_on", "_by")):
                continue
            for (identity,) in tx.rows(f'SELECT id FROM "{table}" WHERE "{column}" = ? ORDER BY key', ("x",)):
                tx.update(table, identity, **{column: next(following)})
    worker = str(tx.value("SELECT id FROM person"))
    tx.update("person", worker, name=f"Jo {texts[3]}")
