"""Indexes that carry the lists, beside the plain lookups that the tables declare themselves.

Open orders are few and looked at all day, finished ones pile up for years. So open orders have a partial
index that covers everything the Inbox filters and sorts by: at a million orders it is read alone, and the
table never is.

SQLite uses a partial index only where the query repeats its WHERE terms word for word, with literals: `OPEN`
is that text, for the index and for every query. Bound parameters would cost eighteen times as much.
"""

from __future__ import annotations

from wotui.domain.work_orders import OPEN as OPEN_STATUSES
from wotui.domain.work_orders import STATUSES

OPEN = f"status IN ({', '.join(repr(status) for status in OPEN_STATUSES)})"
"""The condition of the partial index; queries on `work_order` say it in these words."""

PAST = f"status IN ({', '.join(repr(status) for status in STATUSES if status not in OPEN_STATUSES)})"
"""The condition of the other half: done, closed, cancelled."""

KEPT = "deleted_at IS NULL"
"""What nobody has put in the trash."""


def statements() -> list[str]:
    """The CREATE INDEX statements, in no particular order."""
    return [
        # The Inbox and its lanes: queue order, dates, on hold, whose. `key` is the rowid, so every index carries it.
        "CREATE INDEX work_order_open ON work_order"
        " (status, queue_weight, due_on, priority, planned_on, type, id, asset_id, place_id, lead_id)"
        f" WHERE {OPEN} AND {KEPT}",
        # "Done, not closed" and other past statuses. A partial one too: the planner would take it for the open ones.
        f"CREATE INDEX work_order_past ON work_order (status) WHERE {PAST} AND {KEPT}",
        # Everything, newest first, and how many there are. Not ON (deleted_at): an equality on it would look cheap to
        # the planner, which then reads everything where it should read the open orders.
        f"CREATE INDEX work_order_kept ON work_order (key) WHERE {KEPT}",
        # What a week holds, finished work too.
        f"CREATE INDEX work_order_planned ON work_order (planned_on) WHERE planned_on IS NOT NULL AND {KEPT}",
        # Timers that run: few, and looked for among years of entries.
        f"CREATE INDEX time_span_running ON time_span (start_minute) WHERE end_minute IS NULL AND {KEPT}",
        # Whose work it is, without a look at the table.
        f"CREATE INDEX assignment_of_person ON assignment (person_id, work_order_id) WHERE {KEPT}",
        f"CREATE INDEX assignment_of_order ON assignment (work_order_id, person_id) WHERE {KEPT}",
        # Which custom fields there are, and who has one.
        f"CREATE INDEX custom_value_of_name ON custom_value (name) WHERE {KEPT}",
        # What lies below a place or a machine.
        f"CREATE INDEX place_below ON place (parent_id) WHERE {KEPT}",
        f"CREATE INDEX asset_below ON asset (parent_id) WHERE {KEPT}",
        "CREATE INDEX work_order_of_lead ON work_order (lead_id) WHERE lead_id IS NOT NULL",
        "CREATE INDEX work_order_of_customer ON work_order (customer_id) WHERE customer_id IS NOT NULL",
    ]
