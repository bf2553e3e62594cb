"""Columns that follow from other rows, kept right by triggers so that lists need not look them up.

An order's status follows its status changes that have not been taken back (`domain.status_replay`). The triggers
take the newest, which is right for a step of somebody who knew the others; `settle` replays them all where that need
not be so: after a merge, and when one was taken back. Nothing else ever writes it. A request's status follows its steps
in the same way and, once it is accepted, the statuses of its orders (`domain.requests`). The queue weight is the part
of the queue score that does not depend on today (`domain.queue`): criticality times urgency.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain import requests
from wotui.domain.status_replay import Standing, Step, replay

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_NEWEST = """(SELECT {column} FROM status_change WHERE work_order_id = new.work_order_id AND deleted_at IS NULL
            ORDER BY at DESC, id DESC LIMIT 1)"""

_FOLLOW_STATUS = f"""UPDATE work_order SET
        status = ifnull({_NEWEST.format(column="to_status")}, 'draft'),
        status_at = {_NEWEST.format(column="at")},
        started_at = (SELECT min(at) FROM status_change WHERE work_order_id = new.work_order_id AND deleted_at IS NULL
            AND to_status = 'in_progress'),
        done_at = CASE WHEN {_NEWEST.format(column="to_status")} IN ('done', 'closed') THEN
            (SELECT max(at) FROM status_change WHERE work_order_id = new.work_order_id AND deleted_at IS NULL
            AND to_status = 'done') END
        WHERE id = new.work_order_id;"""

_ORDERS = """FROM request_order AS l JOIN work_order AS w ON w.id = l.work_order_id
    WHERE l.request_id = request.id AND l.deleted_at IS NULL AND w.deleted_at IS NULL"""
_UNFINISHED = f"EXISTS (SELECT 1 {_ORDERS} AND w.status NOT IN ('done', 'closed', 'cancelled'))"
_FOLLOW_REQUEST = """UPDATE request SET
        status = ifnull((SELECT to_status FROM request_step WHERE request_id = new.request_id AND deleted_at IS NULL
            ORDER BY at DESC, id DESC LIMIT 1), 'new'),
        status_at = (SELECT max(at) FROM request_step WHERE request_id = new.request_id AND deleted_at IS NULL)
        WHERE id = new.request_id;"""
_RESOLVE = f"""UPDATE request SET
        status = CASE WHEN {_UNFINISHED} THEN 'accepted' ELSE 'resolved' END,
        status_at = CASE WHEN {_UNFINISHED} THEN (SELECT max(at) FROM request_step WHERE request_id = request.id
                AND deleted_at IS NULL)
            ELSE (SELECT max(ifnull(w.done_at, w.status_at)) {_ORDERS}) END
        WHERE status IN ('accepted', 'resolved') AND EXISTS (SELECT 1 {_ORDERS})"""
# An accepted request is resolved by its orders, whoever finishes them, here or elsewhere (`domain.requests.standing`).
_RESOLVE_NEW = f"{_RESOLVE} AND id = new.request_id;"
_RESOLVE_OF_ORDER = f"""{_RESOLVE} AND id IN (SELECT request_id FROM request_order
            WHERE work_order_id = new.id AND deleted_at IS NULL);"""

_AT_WORK = "(SELECT applying FROM me) = 0"
"""A merge replays and weighs all at once when it has folded (`fold`)."""

_CRITICALITY = """CASE (SELECT criticality FROM asset WHERE id = work_order.asset_id)
        WHEN 'A' THEN 10 WHEN 'B' THEN 6 WHEN 'C' THEN 3 ELSE 4 END"""
_URGENCY = """CASE priority WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 4 THEN CASE type WHEN 'preventive' THEN 7 ELSE 2 END
        ELSE CASE type WHEN 'preventive' THEN 7 ELSE 5 END END"""
WEIGHT = f"({_CRITICALITY} * {_URGENCY})"
"""The queue weight of an order, as an expression over `work_order`."""
WEIGH = f"UPDATE work_order SET queue_weight = {WEIGHT}"
"""Sets the queue weight of the orders that a WHERE behind it names."""

COLUMNS = {
    "work_order": frozenset({"status", "status_at", "started_at", "done_at", "queue_weight"}),
    "request": frozenset({"status", "status_at"}),
}
"""The derived columns by table."""


def statements() -> list[str]:
    """The triggers, in the order in which they can be created."""
    return [
        f"""CREATE TRIGGER status_change_moves_order AFTER INSERT ON status_change WHEN {_AT_WORK}
        BEGIN {_FOLLOW_STATUS} END""",
        f"""CREATE TRIGGER status_change_taken_back AFTER UPDATE OF deleted_at, at, to_status ON status_change
        WHEN {_AT_WORK} BEGIN {_FOLLOW_STATUS} END""",
        f"""CREATE TRIGGER work_order_is_weighed AFTER INSERT ON work_order WHEN {_AT_WORK}
        BEGIN {WEIGH}, status = ifnull(status, 'draft') WHERE key = new.key; END""",
        f"""CREATE TRIGGER work_order_is_weighed_again AFTER UPDATE OF priority, type, asset_id ON work_order
        WHEN {_AT_WORK} BEGIN {WEIGH} WHERE key = new.key; END""",
        f"""CREATE TRIGGER asset_weighs_its_orders AFTER UPDATE OF criticality ON asset
        WHEN new.criticality IS NOT old.criticality
        BEGIN {WEIGH} WHERE asset_id = new.id; END""",
        """CREATE TRIGGER request_begins AFTER INSERT ON request
        BEGIN UPDATE request SET status = ifnull((SELECT to_status FROM request_step WHERE request_id = new.id
            AND deleted_at IS NULL ORDER BY at DESC, id DESC LIMIT 1), 'new') WHERE key = new.key; END""",
        f"""CREATE TRIGGER request_step_moves_request AFTER INSERT ON request_step
        BEGIN {_FOLLOW_REQUEST} {_RESOLVE_NEW} END""",
        f"""CREATE TRIGGER request_step_taken_back AFTER UPDATE OF deleted_at, at, to_status ON request_step
        BEGIN {_FOLLOW_REQUEST} {_RESOLVE_NEW} END""",
        f"""CREATE TRIGGER request_order_moves_request AFTER INSERT ON request_order
        BEGIN {_RESOLVE_NEW} END""",
        f"""CREATE TRIGGER request_order_taken_back AFTER UPDATE OF deleted_at ON request_order
        BEGIN {_RESOLVE_NEW} END""",
        f"""CREATE TRIGGER work_order_moves_its_requests AFTER UPDATE OF status, done_at, deleted_at ON work_order
        WHEN (new.status, new.done_at, new.deleted_at) IS NOT (old.status, old.done_at, old.deleted_at)
        BEGIN {_RESOLVE_OF_ORDER} END""",
    ]


def standing(connection: sqlite3.Connection, order: str) -> Standing:
    """Where all the steps of an order (an id) together lead."""
    return replay(
        Step(at or "", identity, before or "", after or "")
        for at, identity, before, after in connection.execute(
            "SELECT at, id, from_status, to_status FROM status_change"
            " WHERE work_order_id = ? AND deleted_at IS NULL",
            (order,),
        )
    )


def settle(connection: sqlite3.Connection, orders: Iterable[str]) -> None:
    """Set the status of these orders (ids) to what all their steps together lead to."""
    for order in orders:
        there = standing(connection, order)
        connection.execute(
            "UPDATE work_order SET status = ?1, status_at = ?2, started_at = ?3, done_at = ?4 WHERE id = ?5"
            " AND (status IS NOT ?1 OR status_at IS NOT ?2 OR started_at IS NOT ?3 OR done_at IS NOT ?4)",
            (there.status, there.status_at, there.started_at, there.done_at, order),
        )


def request_standing(connection: sqlite3.Connection, request: str) -> tuple[str, str | None]:
    """The status of a request (an id), and since when: what all its steps, and then its orders, together lead to."""
    steps = [
        requests.Step(at or "", identity, before or "", after or "")
        for at, identity, before, after in connection.execute(
            "SELECT at, id, from_status, to_status FROM request_step"
            " WHERE request_id = ? AND deleted_at IS NULL",
            (request,),
        )
    ]
    status, since = requests.replay(steps)
    orders = connection.execute(
        """SELECT w.status, ifnull(w.done_at, w.status_at) FROM request_order AS l
        JOIN work_order AS w ON w.id = l.work_order_id
        WHERE l.request_id = ? AND l.deleted_at IS NULL AND w.deleted_at IS NULL""",
        (request,),
    ).fetchall()
    stands = requests.standing(status, [order for order, _ in orders])
    if stands == "resolved":
        since = max((at for _, at in orders if at), default=since)
    return stands, since


def settle_requests(connection: sqlite3.Connection, wanted: Iterable[str]) -> None:
    """Set the status of these requests (ids) to what all their steps, and then their orders, together lead to."""
    for request in wanted:
        connection.execute(
            "UPDATE request SET status = ?1, status_at = ?2 WHERE id = ?3"
            " AND (status IS NOT ?1 OR status_at IS NOT ?2)",
            (*request_standing(connection, request), request),
        )
