"""What the guards of the lifecycle need to know, gathered in one place (`domain.work_orders.Facts`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain.templates.own_fields import DONE, RELEASE
from wotui.domain.work_orders import Facts
from wotui.store.reads import checklists, pay_batches, templates, work_orders

if TYPE_CHECKING:
    from wotui.store.reading import Reads
    from wotui.store.reads.work_orders import Order

_ACCEPTED = "('accepted', 'in_work', 'finished', 'invoiced', 'paid')"


def facts(reads: Reads, order: Order, *, reason: str = "", hold_reason: str = "") -> Facts:
    """The facts about an order as the file has them, with the reason that the person gave for the step."""
    permits = work_orders.members(reads, order.id, "permit")
    ticked = set(work_orders.members(reads, order.id, "permit_ticked"))
    unfilled = templates.unfilled(reads, order)
    return Facts(
        status=order.status,
        title=order.title or "",
        type=order.type or "",
        priority=order.priority,
        located=bool(order.asset_id or order.place_id or order.customer_id),
        planned_on=order.planned_on,
        staffed=is_staffed(reads, order.id),
        unticked_permits=tuple(permit for permit in permits if permit not in ticked),
        safety_stops=tuple(checklists.blocking_start(reads, order.id)),
        actuals=actuals(reads, order.id),
        unanswered=tuple(checklists.blocking_done(reads, order.id)),
        running=tuple(initials for _, initials in running(reads, order.id)),
        completion_note=order.completion_note or "",
        outcome=order.outcome or "",
        critical_failure=order.type == "corrective" and order.criticality == "A",
        failure_codes=(order.failure_problem, order.failure_cause, order.failure_remedy),
        signoff_missing=bool(order.signoff_required) and not order.signed,
        open_children=open_children(reads, order.id),
        minutes=minutes(reads, order.id),
        unfilled=unfilled[RELEASE],
        unfilled_done=unfilled[DONE],
        reason=reason,
        hold_reason=hold_reason,
        locked="its hours are in an exported payroll" if pay_batches.order_is_paid(reads, order.id) else "",
    )


def is_staffed(reads: Reads, order_id: str) -> bool:
    """Whether somebody is assigned, or a contractor has accepted."""
    return bool(
        reads.value(
            f"""SELECT EXISTS (SELECT 1 FROM assignment WHERE work_order_id = :id AND deleted_at IS NULL)
            OR EXISTS (SELECT 1 FROM contractor_job WHERE work_order_id = :id AND deleted_at IS NULL
                AND state IN {_ACCEPTED})""",
            {"id": order_id},
        )
    )


def running(reads: Reads, order_id: str) -> list[tuple[str, str]]:
    """(person id, initials) of those whose timer runs on the order."""
    return [
        (person, initials)
        for person, initials in reads.rows(
            """SELECT p.id, p.initials FROM time_span s JOIN person p ON p.id = s.person_id
            WHERE s.work_order_id = ? AND s.end_minute IS NULL AND s.deleted_at IS NULL ORDER BY p.initials""",
            (order_id,),
        )
    ]


def minutes(reads: Reads, order_id: str) -> int:
    """Minutes logged on the order, clocked (breaks taken off) and by amount; running timers count nothing
    yet.
    """
    return reads.value(
        """SELECT ifnull((SELECT sum(s.end_minute - s.start_minute - ifnull((SELECT sum(b.end_minute -
        b.start_minute)
                FROM time_break b WHERE b.span_id = s.id AND b.deleted_at IS NULL), 0))
            FROM time_span s WHERE s.work_order_id = :id AND s.deleted_at IS NULL), 0)
        + ifnull((SELECT sum(minutes) FROM time_amount WHERE work_order_id = :id AND deleted_at IS NULL), 0)""",
        {"id": order_id},
    )


def actuals(reads: Reads, order_id: str) -> tuple[str, ...]:
    """What has been reported on the order, in words: a cancelled order has none."""
    logged = reads.value(
        """SELECT EXISTS (SELECT 1 FROM time_span WHERE work_order_id = :id AND deleted_at IS NULL)
        OR EXISTS (SELECT 1 FROM time_amount WHERE work_order_id = :id AND deleted_at IS NULL)""",
        {"id": order_id},
    )
    answered = reads.value(
        """SELECT EXISTS (SELECT 1 FROM checklist c JOIN checklist_item i ON i.checklist_id = c.id
        JOIN item_result r ON r.item_id = i.id
        WHERE c.work_order_id = ? AND c.deleted_at IS NULL AND r.deleted_at IS NULL)""",
        (order_id,),
    )
    return tuple(words for words, found in (("hours", logged), ("checklist answers", answered)) if found)


def open_children(reads: Reads, order_id: str) -> tuple[str, ...]:
    """Numbers of its parts that are neither finished nor cancelled."""
    return tuple(
        number
        for (number,) in reads.rows(
            """SELECT number FROM work_order WHERE parent_id = ? AND deleted_at IS NULL
            AND status NOT IN ('done', 'closed', 'cancelled') ORDER BY number""",
            (order_id,),
        )
    )
