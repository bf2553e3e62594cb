"""The plan of some days: which orders are planned, who is on them, who there is, and what still has no day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from wotui.domain.filters import parse
from wotui.domain.scheduling import Planned
from wotui.store.filtering import query
from wotui.store.indexes import KEPT, OPEN
from wotui.store.reads import work_orders_list

if TYPE_CHECKING:
    from array import array

    from wotui.store.file import Shop
    from wotui.store.reading import Reads

UNPLANNED = "-planned:any status:draft,ready"
"""What has no day yet, as a filter: what runs or waits for somebody is not the planner's to place."""

_PLANNED = """SELECT w.key, w.id, w.number, w.title, w.status, w.priority, w.planned_on, w.planned_time,
    w.planned_minutes, coalesce(a.tag, p.code, ''),
    (SELECT group_concat(s.person_id) FROM assignment AS s WHERE s.work_order_id = w.id AND s.deleted_at IS NULL),
    (SELECT group_concat(j.contractor_id) FROM contractor_job AS j WHERE j.work_order_id = w.id AND j.deleted_at IS NULL
        AND j.state IN ('accepted', 'in_work', 'finished', 'invoiced', 'paid'))
    FROM work_order AS w LEFT JOIN asset AS a ON a.id = w.asset_id LEFT JOIN place AS p ON p.id = w.place_id
    WHERE w.planned_on BETWEEN ? AND ? AND w.planned_on IS NOT NULL AND w.deleted_at IS NULL
    AND w.status <> 'cancelled' ORDER BY w.planned_on, w.key"""


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody who can be planned: a person, or a contractor who has a job in these days."""

    id: str
    name: str
    short: str
    contractor: bool = False


@dataclass(frozen=True, slots=True)
class DueDay:
    """How much is due on a day: open orders, and those among them that are planned for after it or not at all."""

    on: date
    orders: int
    unplanned: int


@dataclass(frozen=True, slots=True)
class DueOrder:
    """An open order that is due on a day and has none on which it is to be done."""

    id: str
    number: str
    title: str
    on: date
    people: tuple[str, ...]
    where: str


def planned(reads: Reads, first: date, last: date) -> list[Planned]:
    """What is planned from one day to another, both included; finished work stays, cancelled work does not."""
    return [
        Planned(
            key, identity, number or "", title or "", status, priority, date.fromisoformat(on), at or "", minutes,
            tuple(sorted({*(people or "").split(","), *(firms or "").split(",")} - {""})), where,
        )
        for key, identity, number, title, status, priority, on, at, minutes, where, people, firms in reads.rows(
            _PLANNED, (first.isoformat(), last.isoformat())
        )
    ]  # fmt: skip


def hands(reads: Reads, first: date, last: date) -> list[Hand]:
    """Who can be planned in these days: the technicians, whoever else is on something, and contractors with a job."""
    people = [
        Hand(identity, name, initials)
        for identity, name, initials in reads.rows(
            """SELECT id, name, initials FROM person AS p WHERE deleted_at IS NULL AND (
                (ifnull(active, 1) AND EXISTS (SELECT 1 FROM membership AS m WHERE m.record_id = p.id
                    AND m.kind = 'role' AND m.value = 'technician' AND m.deleted_at IS NULL))
                OR EXISTS (SELECT 1 FROM assignment AS s JOIN work_order AS w ON w.id = s.work_order_id
                    WHERE s.person_id = p.id AND s.deleted_at IS NULL AND w.planned_on BETWEEN ? AND ?
                    AND w.planned_on IS NOT NULL AND w.deleted_at IS NULL))
                ORDER BY name, id""",
            (first.isoformat(), last.isoformat()),
        )
    ]
    firms = [
        Hand(identity, name, name, contractor=True)
        for identity, name in reads.rows(
            """SELECT DISTINCT c.id, c.name FROM work_order AS w JOIN contractor_job AS j ON j.work_order_id = w.id
                JOIN contractor AS c ON c.id = j.contractor_id
                WHERE w.planned_on BETWEEN ? AND ? AND w.planned_on IS NOT NULL AND w.deleted_at IS NULL
                AND j.deleted_at IS NULL AND c.deleted_at IS NULL
                AND j.state IN ('accepted', 'in_work', 'finished', 'invoiced', 'paid') ORDER BY c.name, c.id""",
            (first.isoformat(), last.isoformat()),
        )
    ]
    return people + firms


def unplanned(shop: Shop) -> array[int]:
    """The keys of the orders that still have no day, in queue order."""
    wanted = query(parse(UNPLANNED, shop.today()), today=shop.today(), zone=shop.zone, me=None)
    return work_orders_list.keys(shop, wanted)


def due(reads: Reads, first: date, last: date) -> dict[date, DueDay]:
    """How much is due on each of these days; days without anything are left out."""
    return {
        date.fromisoformat(on): DueDay(date.fromisoformat(on), orders, late)
        for on, orders, late in reads.rows(
            f"""SELECT due_on, count(*), sum(planned_on IS NULL OR planned_on > due_on) FROM work_order
                WHERE {OPEN} AND {KEPT} AND due_on BETWEEN ? AND ? GROUP BY due_on""",
            (first.isoformat(), last.isoformat()),
        )
    }


def due_orders(reads: Reads, on: date) -> list[tuple[int, str]]:
    """Key and id of the open orders that are due on a day."""
    return [
        (key, identity)
        for key, identity in reads.rows(
            f"SELECT key, id FROM work_order WHERE {OPEN} AND {KEPT} AND due_on = ? ORDER BY queue_weight DESC, key",
            (on.isoformat(),),
        )
    ]


def due_unplanned(reads: Reads, first: date, last: date) -> list[DueOrder]:
    """The open orders that are due in these days and planned for none at all."""
    return [
        DueOrder(
            identity,
            number or "",
            title or "",
            date.fromisoformat(on),
            tuple((people or "").split(",")),
            where,
        )
        for identity, number, title, on, people, where in reads.rows(
            f"""SELECT w.id, w.number, w.title, w.due_on, (SELECT group_concat(s.person_id) FROM assignment AS s
                    WHERE s.work_order_id = w.id AND s.deleted_at IS NULL), coalesce(a.tag, p.code, '')
                FROM work_order AS w LEFT JOIN asset AS a ON a.id = w.asset_id LEFT JOIN place AS p ON p.id = w.place_id
                WHERE w.{OPEN} AND w.{KEPT} AND w.planned_on IS NULL AND w.due_on BETWEEN ? AND ?
                ORDER BY w.due_on, w.key""",
            (first.isoformat(), last.isoformat()),
        )
    ]
