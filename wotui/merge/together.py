"""What only shows once two files have met: hours on an order that was finished meanwhile, and two timers at once."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wotui import clock
from wotui.domain import wall_time
from wotui.domain.labor import hours_minutes
from wotui.store.reads import meetings
from wotui.store.vectors import Knowledge

if TYPE_CHECKING:
    import sqlite3

    from wotui.store.reading import Reads

_HOURS_ON_FINISHED = """
    SELECT h.id, o.number, o.status, p.name, h.minutes,
        (SELECT c.origin || ' ' || c.seq FROM change AS c WHERE c.row = h.id ORDER BY c.t, c.origin, c.seq LIMIT 1),
        (SELECT c.origin || ' ' || c.seq FROM change AS c WHERE c.row = s.id ORDER BY c.t, c.origin, c.seq LIMIT 1),
        ifnull(w.name, 'somebody')
    FROM work_order AS o
    JOIN status_change AS s ON s.work_order_id = o.id AND s.to_status IN ('done', 'closed', 'cancelled')
        AND s.deleted_at IS NULL
    JOIN (SELECT id, work_order_id, person_id, end_minute - start_minute AS minutes FROM time_span
            WHERE deleted_at IS NULL
        UNION ALL SELECT id, work_order_id, person_id, minutes FROM time_amount WHERE deleted_at IS NULL) AS h
        ON h.work_order_id = o.id
    LEFT JOIN person AS p ON p.id = h.person_id LEFT JOIN person AS w ON w.id = s.by_id
    WHERE o.status IN ('done', 'closed', 'cancelled') AND o.id IN (SELECT work_order_id FROM status_change
            WHERE id IN (SELECT row FROM temp.touched)
        UNION SELECT work_order_id FROM time_span WHERE id IN (SELECT row FROM temp.touched)
        UNION SELECT work_order_id FROM time_amount WHERE id IN (SELECT row FROM temp.touched))
    ORDER BY s.at, s.id"""


def landed_hours(reads: Reads) -> list[str]:
    """Sentences about hours and a finish of one order that did not know of each other; both sides are told.

    Looks at the records of the running merge (`fold.touched`).
    """
    rows = reads.rows(_HOURS_ON_FINISHED)
    if not rows:
        return []
    knowledge = Knowledge(reads)
    said: dict[str, str] = {}
    for hours, number, status, person, minutes, first, step, by in rows:
        logged, finished = _pair(first), _pair(step)
        if not knowledge.knew(finished, logged) and not knowledge.knew(logged, finished):
            length = hours_minutes(minutes) if minutes is not None else "A running timer"
            said[hours] = (
                f"{length} of {person or 'somebody'} landed on {number}, which {by} had {_verb(status)} meanwhile."
            )
    return list(said.values())


_STEPS = """SELECT DISTINCT o.id, o.number, o.status FROM status_change AS s
    JOIN work_order AS o ON o.id = s.work_order_id AND o.deleted_at IS NULL
    WHERE s.id IN (SELECT row FROM temp.touched WHERE entity = 'status_change') ORDER BY o.number"""


def parted_steps(reads: Reads) -> list[str]:
    """Sentences about orders that two files moved on without knowing of each other; both sides are told.

    Looks at the records of the running merge (`fold.touched`).
    """
    orders = reads.rows(_STEPS)
    if not orders:
        return []
    knowledge, said = Knowledge(reads), list[str]()
    for order, number, status in orders:
        sides = meetings.steps_apart(reads, knowledge, order)
        if len({side.value for side in sides}) > 1:
            words = " and ".join(f"{_who(reads, side.actor)} {_moved(side.value)}" for side in sides)
            said.append(
                f"{number}: {words} did not know of each other; it is {status.replace('_', ' ')}"
                f"{' until somebody decides' if meetings.is_parted(sides) else ''}."
            )
    return said


def _who(reads: Reads, person: str) -> str:
    return str(reads.value("SELECT name FROM person WHERE id = ?", (person,)) or "somebody")


def _moved(status: str) -> str:
    return f"({str(status).replace('_', ' ')})"


def _verb(status: str) -> str:
    return {"done": "finished", "closed": "closed"}.get(status, "cancelled")


def _pair(text: str) -> tuple[str, int]:
    origin, seq = text.split(" ")
    return origin, int(seq)


def stop_earlier_timers(connection: sqlite3.Connection) -> list[str]:
    """Of two running timers of one person, stop the earlier where the later started; part of the caller's commit."""
    rows = connection.execute(
        """SELECT t.id, t.person_id, t.start_minute, ifnull(p.name, 'somebody'), ifnull(o.number, ''), t.zone
        FROM time_span AS t
        LEFT JOIN person AS p ON p.id = t.person_id LEFT JOIN work_order AS o ON o.id = t.work_order_id
        WHERE t.end_minute IS NULL AND t.deleted_at IS NULL AND t.start_minute IS NOT NULL
        ORDER BY t.person_id, t.start_minute, t.id"""
    ).fetchall()
    sentences: list[str] = []
    fixed = clock.milliseconds(clock.now()) if clock.is_fixed() else None
    connection.execute("UPDATE me SET act = act + 1, actor = NULL, clock = ?", (fixed,))
    for earlier, later in pairwise(rows):
        if earlier[1] == later[1] and earlier[1] is not None:
            connection.execute(
                "UPDATE time_span SET end_minute = ?, end_offset = ? WHERE id = ?",
                (later[2], _offset(later[2], earlier[5]), earlier[0]),
            )
            on = f" on {earlier[4]}" if earlier[4] else ""
            sentences.append(
                f"{earlier[3]} had two timers running; the one{on} was stopped where the later started."
            )
    connection.execute("UPDATE me SET clock = NULL")
    return sentences


def _offset(minute: int, zone: str | None) -> int | None:
    try:
        return wall_time.offset_of(minute, ZoneInfo(zone)) if zone else None
    except (ZoneInfoNotFoundError, ValueError, OverflowError):
        return None
