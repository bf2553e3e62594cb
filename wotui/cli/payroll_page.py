"""Payroll batches as a table and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.cli import output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.store.reads.pay_batches import Batch


def show(found: Sequence[Batch], *, as_json: bool) -> None:
    """Every batch: its period, what it sums up to, and whether it still counts."""
    if as_json:
        output.document([document(one) for one in found])
        return
    headings = ("Batch", "Period", "Profile", "Rev", "Made", "Rows", "Totals", "State", "Adjusts")
    rows = [
        (
            one.label, str(one.period), one.profile, str(one.revision), one.created_at[:10], str(one.row_count),
            ", ".join(f"{code} {total}" for code, total in one.totals.items()), state(one), ", ".join(one.adjusts),
        )
        for one in found
    ]  # fmt: skip
    output.table(headings, rows, right=(3, 5), flexible=6)
    if not found:
        output.say("No payroll has been exported yet.")


def state(batch: Batch) -> str:
    """Whether a batch counts: active, paid, superseded, or void with its reason."""
    if batch.status == "active":
        return "paid" if batch.closed else "active"
    return f"{batch.status}: {batch.void_reason}" if batch.void_reason else batch.status


def document(batch: Batch) -> dict[str, Any]:
    """A batch for programs."""
    return {
        "batch": batch.label,
        "period_start": batch.period.start.isoformat(),
        "period_end": batch.period.end.isoformat(),
        "period_status": batch.period_status,
        "profile": batch.profile,
        "revision": batch.revision,
        "status": batch.status,
        "void_reason": batch.void_reason or None,
        "created_at": batch.created_at,
        "actor": batch.actor or None,
        "file_name": batch.file_name,
        "files": dict(batch.digests),
        "row_count": batch.row_count,
        "totals": dict(batch.totals),
        "adjusts": list(batch.adjusts),
    }
