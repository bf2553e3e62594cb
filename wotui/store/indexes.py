"""Indexes that carry the lists, beside the plain lookups that the tables declare themselves.

Open orders are few and looked at all day, finished ones pile up for years. So open orders have a partial
index that covers everything the Inbox filters and sorts by: at a million orders it is read alone, and the
table never is.

SQLite uses a partial index only where the query repeats its WHERE terms word for word, with literals: `OPEN`
is that text, for the index and for every query. Bound parameters would cost eighteen times as much.
"""

from __future__ import annotations

from wotui.domain.work_orders import OPEN as OPEN_STATUSES

OPEN = f"status IN ({', '.join(repr(status) for status in OPEN_STATUSES)})"
"""The condition of the partial index; queries on `work_order` say it in these words."""

KEPT = "deleted_at IS NULL"
"""What nobody has put in the trash."""


def statements() -> list[str]:
    """The CREATE INDEX statements, in no particular order."""
    return [
        # The Inbox and its lanes: queue order, dates, on hold. `key` is the rowid, so every index carries it.
        "CREATE INDEX work_order_open ON work_order (status, queue_weight, due_on, priority, planned_on, type)"
        f" WHERE {OPEN} AND {KEPT}",
        # "Done, not closed", and any other single status; also their counts.
        f"CREATE INDEX work_order_status ON work_order (status) WHERE {KEPT}",
        # Everything, newest first: one value for all, so the entries lie in the order of their keys.
        f"CREATE INDEX work_order_kept ON work_order (deleted_at) WHERE {KEPT}",
        # Whose work it is, without a look at the table.
        f"CREATE INDEX assignment_of_person ON assignment (person_id, work_order_id) WHERE {KEPT}",
        f"CREATE INDEX assignment_of_order ON assignment (work_order_id, person_id) WHERE {KEPT}",
    ]
