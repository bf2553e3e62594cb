"""Small shops for tests: one call makes one record, with everything that the test does not care about filled in.

They write through `shop.transaction`, below the rules of `actions`, so that a test can also build what no rule would
allow; what they return is the new record's id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui import clock
from wotui.domain.identity import same_id
from wotui.store.new_file import create

if TYPE_CHECKING:
    from pathlib import Path

    from wotui.store.file import Shop


def new_shop(
    path: Path, *, name: str = "Test shop", zone: str = "America/Chicago", act_as: str | None = "JD"
) -> Shop:
    """A new shop file with one supervisor, Jo Doe (JD), who acts."""
    shop = create(path, name=name, zone=zone, currency="USD", workweek_start="monday")
    person(shop, "JD", "Jo Doe", roles=("supervisor", "technician"))
    if act_as:
        shop.act_as(act_as)
    return shop


def person(
    shop: Shop,
    initials: str,
    name: str | None = None,
    *,
    roles: tuple[str, ...] = ("technician",),
    trades: tuple[str, ...] = (),
    **values: object,
) -> str:
    """A person who works here, with an employee number made from the initials."""
    name = name or f"Person {initials}"
    first, _, last = name.partition(" ")
    fields: dict[str, object] = {
        "name": name,
        "initials": initials,
        "payroll_id": f"E-{initials}",
        "first_name": first,
        "last_name": last,
        "rule_set": "us-flsa",
        "active_from": "2020-01-01",
        "active": 1,
    }
    with shop.transaction() as tx:
        made = tx.insert("person", **{**fields, **values})
        for kind, entries in (("role", roles), ("trade", trades)):
            for entry in entries:
                membership = same_id("membership", made, kind, entry)
                tx.insert("membership", id=membership, record_id=made, kind=kind, value=entry)
    return made


def place(shop: Shop, code: str = "HALL-1", name: str | None = None, **values: object) -> str:
    """A place, top level unless `parent_id` says otherwise."""
    with shop.transaction() as tx:
        return tx.insert(
            "place",
            **{"code": code, "name": name or f"Place {code}", "kind": "building", "active": 1, **values},
        )


def asset(shop: Shop, tag: str = "PUMP-01", name: str | None = None, **values: object) -> str:
    """An asset that runs."""
    fields: dict[str, object] = {
        "tag": tag,
        "name": name or f"Asset {tag}",
        "criticality": "B",
        "state": "in_service",
        "active": 1,
    }
    with shop.transaction() as tx:
        return tx.insert("asset", **{**fields, **values})


def contractor(
    shop: Shop, name: str = "Ace Cooling", *, trades: tuple[str, ...] = ("HVAC",), **values: object
) -> str:
    """A contractor with no documents, who comes on site."""
    fields: dict[str, object] = {
        "name": name,
        "service_mode": "onsite",
        "currency": "USD",
        "blocked": 0,
        "active": 1,
    }
    with shop.transaction() as tx:
        made = tx.insert("contractor", **{**fields, **values})
        for trade in trades:
            membership = same_id("membership", made, "trade", trade)
            tx.insert("membership", id=membership, record_id=made, kind="trade", value=trade)
    return made


def order(
    shop: Shop,
    title: str = "Grease the pump",
    *,
    status: str = "ready",
    assign: tuple[str, ...] = (),
    **values: object,
) -> str:
    """A work order in a status, created now. `assign` takes ids of people."""
    fields: dict[str, object] = {
        "title": title,
        "type": "corrective",
        "priority": 3,
        "created_at": clock.instant(clock.now()),
        "source": "test",
    }
    with shop.transaction() as tx:
        made = tx.insert("work_order", **{**fields, "number": tx.number("W"), **values})
        tx.insert(
            "status_change",
            work_order_id=made,
            from_status="",
            to_status=status,
            at=clock.instant(clock.now()),
        )
        for person_id in assign:
            assigned = same_id("assignment", made, person_id)
            tx.insert("assignment", id=assigned, work_order_id=made, person_id=person_id)
    return made


def number_of(shop: Shop, order_id: str) -> str:
    """The number that people know an order by."""
    return str(shop.value("SELECT number FROM work_order WHERE id = ?", (order_id,)))
