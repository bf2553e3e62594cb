"""One work order with everything that belongs to it; lists of them are in `work_orders_list`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from wotui.errors import NotFound
from wotui.text import clean_line

if TYPE_CHECKING:
    from wotui.store.reading import Reads


@dataclass(frozen=True, slots=True)
class Order:
    """A work order as stored, with the names of what it points to.

    Instants are `…Z` text, dates ISO text, minutes and minor units whole numbers, flags 0, 1 or None.
    """

    key: int
    id: str
    deleted_at: str | None
    number: str
    title: str
    description: str | None
    type: str
    priority: int
    status: str
    status_at: str | None
    hold_reason: str | None
    hold_until: str | None
    asset_id: str | None
    place_id: str | None
    customer_id: str | None
    parent_id: str | None
    template_id: str | None
    plan_id: str | None
    plan_nominal_on: str | None
    work_kind: str | None
    due_on: str | None
    earliest_on: str | None
    planned_on: str | None
    planned_time: str | None
    planned_minutes: int | None
    team: str | None
    lead_id: str | None
    downtime_required: int | None
    failure: int | None
    failure_problem: str | None
    failure_cause: str | None
    failure_remedy: str | None
    detected_by: str | None
    completion_note: str | None
    outcome: str | None
    signoff_required: int | None
    signed_by: str | None
    signed_at: str | None
    signed_role: str | None
    billing: str | None
    fixed_price: int | None
    source: str | None
    external_id: str | None
    created_at: str | None
    created_by: str | None
    started_at: str | None
    done_at: str | None
    queue_weight: int | None
    asset_tag: str | None
    asset_name: str | None
    criticality: str | None
    asset_state: str | None
    place_code: str | None
    place_name: str | None
    customer: str | None
    lead: str | None
    parent: str | None
    creator: str | None
    template: str | None
    plan: str | None

    @property
    def asset(self) -> str:
        """`PU-101 Feed pump`, or empty."""
        return " ".join(part for part in (self.asset_tag, self.asset_name) if part)

    @property
    def place(self) -> str:
        """`H1-2 Boiler room`, or empty."""
        return " ".join(part for part in (self.place_code, self.place_name) if part)

    @property
    def signed(self) -> bool:
        """Whether somebody has signed it off."""
        return self.signed_at is not None


_NAMES = [column.name for column in fields(Order)]
_OWN = ", ".join(f'w."{name}"' for name in _NAMES[: _NAMES.index("asset_tag")])
_ORDER = f"""
    SELECT {_OWN},
        a.tag, a.name, a.criticality, a.state, p.code, p.name, c.name, lead.initials, parent.number, creator.initials,
        template.name, plan.name
    FROM work_order w
    LEFT JOIN asset a ON a.id = w.asset_id
    LEFT JOIN place p ON p.id = ifnull(w.place_id, a.place_id)
    LEFT JOIN customer c ON c.id = w.customer_id
    LEFT JOIN person lead ON lead.id = w.lead_id
    LEFT JOIN person creator ON creator.id = w.created_by
    LEFT JOIN work_order parent ON parent.id = w.parent_id
    LEFT JOIN order_template template ON template.id = w.template_id
    LEFT JOIN maintenance_plan plan ON plan.id = w.plan_id"""


@dataclass(frozen=True, slots=True)
class PersonName:
    """Somebody, as an order names them."""

    id: str
    initials: str
    name: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry of a log; `by` holds initials, `at` an instant."""

    id: str
    kind: str
    text: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Related:
    """Another order and how it stands to this one: `follow_up_of` (this follows up the other),
    `followed_up_by` …
    """

    kind: str
    id: str
    number: str
    title: str
    status: str


def order(reads: Reads, identity: str) -> Order | None:
    """The order with this id, also when it was taken away."""
    row = reads.one(f"{_ORDER} WHERE w.id = ?", (identity,))
    return Order(*row) if row else None


def find(reads: Reads, number: str) -> Order:
    """The order with this number or id (case does not matter); `12` is enough for W-A0012 where only one
    ends so.

    Raises:
        NotFound: there is none, or a short number fits several.
    """
    word = clean_line(number)
    rows = reads.rows(
        f"{_ORDER} WHERE w.deleted_at IS NULL AND (w.number = ? OR w.id = ?)", (word.upper(), word)
    )
    if not rows and word.isascii() and word.isdigit():
        rows = reads.rows(
            f"{_ORDER} WHERE w.deleted_at IS NULL AND w.number IN (SELECT 'W-' || letter || ? FROM device)",
            (f"{int(word):04}",),
        )
    if not rows:  # two computers made the same order offline: it answers to both numbers
        rows = reads.rows(
            f"{_ORDER} WHERE w.deleted_at IS NULL AND w.id IN (SELECT record_id FROM membership WHERE kind = 'number'"
            " AND value = ? AND deleted_at IS NULL)",
            (word.upper(),),
        )
    if len(rows) > 1 and len({row[3] for row in rows}) == 1:
        titles = " and ".join(f"“{clean_line(str(Order(*row).title or ''), 60)}”" for row in rows)
        raise NotFound(
            f"{rows[0][3]} is the number of {len(rows)} orders: {titles}.",
            "`wotui conflicts` tells them apart, and `wotui resolve` gives one a number of its own.",
        )
    if len(rows) > 1:
        raise NotFound(
            f"{word} fits more than one order.", f"Write it whole: {', '.join(row[3] for row in rows[:3])}."
        )
    if not rows:
        raise NotFound(f"There is no order {word}.", "`wotui list status:any` shows them all.")
    return Order(*rows[0])


def has_plans(reads: Reads) -> bool:
    """Whether the shop has maintenance plans at all; without one, finishing an order settles nothing."""
    return bool(reads.value("SELECT 1 FROM maintenance_plan WHERE deleted_at IS NULL LIMIT 1"))


def assignees(reads: Reads, order_id: str) -> list[PersonName]:
    """Who is on it, by name."""
    return [
        PersonName(*row)
        for row in reads.rows(
            """SELECT p.id, p.initials, p.name FROM assignment a JOIN person p ON p.id = a.person_id
            WHERE a.work_order_id = ? AND a.deleted_at IS NULL ORDER BY p.name""",
            (order_id,),
        )
    ]


def members(reads: Reads, record_id: str, kind: str) -> tuple[str, ...]:
    """A small set of a record: its permits, its required trades."""
    return tuple(
        value
        for (value,) in reads.rows(
            "SELECT value FROM membership WHERE record_id = ? AND kind = ? AND deleted_at IS NULL ORDER BY key",
            (record_id, kind),
        )
    )


def log(reads: Reads, order_id: str) -> list[LogLine]:
    """Its log, newest first; an entry that was corrected is replaced by its correction."""
    return [
        LogLine(*row)
        for row in reads.rows(
            """SELECT l.id, l.kind, l.text, ifnull(p.initials, ''), l.at FROM log_entry l
            LEFT JOIN person p ON p.id = l.by_id WHERE l.parent_id = ? AND l.deleted_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM log_entry n WHERE n.corrects_id = l.id AND n.deleted_at IS NULL)
            ORDER BY l.at DESC, l.id DESC""",
            (order_id,),
        )
    ]


def custom_values(reads: Reads, record_id: str) -> dict[str, str]:
    """Its custom fields that hold something, by name."""
    rows = reads.rows(
        """SELECT name, value FROM custom_value WHERE record_id = ? AND deleted_at IS NULL
        AND value IS NOT NULL ORDER BY name""",
        (record_id,),
    )
    return {str(name): str(value) for name, value in rows}


def related(reads: Reads, order_id: str) -> list[Related]:
    """Every order that stands in a relation to it, its parts included."""
    return [
        Related(*row)
        for row in reads.rows(
            """SELECT r.kind, w.id, w.number, w.title, w.status FROM relation r JOIN work_order w ON w.id =
            r.other_id
                WHERE r.work_order_id = :id AND r.deleted_at IS NULL AND w.deleted_at IS NULL
            UNION ALL SELECT CASE r.kind WHEN 'follow_up_of' THEN 'followed_up_by' WHEN 'blocks' THEN
            'blocked_by'
                WHEN 'duplicate_of' THEN 'has_duplicate' WHEN 'split_from' THEN 'split_into' ELSE r.kind END,
                w.id, w.number, w.title, w.status FROM relation r JOIN work_order w ON w.id = r.work_order_id
                WHERE r.other_id = :id AND r.deleted_at IS NULL AND w.deleted_at IS NULL
            UNION ALL SELECT 'part', id, number, title, status FROM work_order
                WHERE parent_id = :id AND deleted_at IS NULL
            ORDER BY 1, 3""",
            {"id": order_id},
        )
    ]
