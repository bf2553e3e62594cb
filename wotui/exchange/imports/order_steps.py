"""The steps that an imported order has taken: history of nobody here, with the reason "import"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.domain.identity import same_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wotui.exchange.imports.order_rows import Wanted
    from wotui.store.transaction import Transaction

STEP_COLUMNS = ("id", "work_order_id", "from_status", "to_status", "at", "reason", "device")
DERIVED = ("status", "status_at", "started_at", "done_at")
"""The columns of an order that follow from its steps."""

_STEPS = {"draft": (), "closed": ("done", "closed")}
_REASON = "import"


def steps_of(one: Wanted, tx: Transaction) -> Iterator[tuple[Any, ...]]:
    """The status changes of a new order. Two at the same moment are told apart by their ids, so these ascend."""
    created = one.moments.get("created_at", tx.at)
    done = one.moments.get("done_at", created)
    started = one.moments.get("started_at")
    steps = _STEPS.get(one.status, (one.status,))
    if started and one.status != "in_progress":
        steps = ("in_progress", *steps)
    ids = sorted(same_id("import", "step", one.id, to) for to in steps)
    for identity, before, to in zip(ids, ("draft", *steps), steps, strict=False):
        at = started or created if to == "in_progress" else created
        if to in ("done", "closed", "cancelled"):
            at = done
        yield identity, one.id, before, to, at, _REASON, tx.origin


def derived_from(steps: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    """What follows from the steps of a new order, as the file's triggers would derive it (`store.derived`)."""
    at = {to: moment for _, _, _, to, moment, *_ in steps}
    status = steps[-1][3] if steps else "draft"
    done = at.get("done") if status in ("done", "closed") else None
    return status, at.get(status), at.get("in_progress"), done
