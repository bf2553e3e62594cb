"""Payroll batches as a table and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.cli import output
from wotui.domain.payroll.differences import differences
from wotui.store.reads import batch_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.domain.payroll.differences import Difference
    from wotui.store.file import Shop
    from wotui.store.reads.batch_lines import BatchLine, LatePaid
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


def show_one(shop: Shop, batch: Batch, *, as_json: bool) -> None:
    """One batch: its lines, and the rows that differ from those of the batch it is compared with."""
    found = batch_lines.lines(shop, batch)
    before = batch_lines.compared_with(shop, batch)
    same = before is not None and before.period == batch.period
    old = [one.printed for one in batch_lines.lines(shop, before)] if before else []
    changed = differences(old, [one.printed for one in found], by_week=same) if before else []
    late = batch_lines.late_paid(shop, batch)
    if as_json:
        output.document(_whole(batch, found, before, changed, late))
        return
    output.table(
        ("Number", "Name", "Week from", "Code", "Hours", "Adjusts"),
        [(one.number, one.name, str(one.week), one.code, str(one.hours), one.adjusts) for one in found],
        right=(4,), flexible=1,
    )  # fmt: skip
    if before is not None:
        output.say(f"Compared with {before.label} of {before.period}, {state(before)}:")
        rows = [
            (
                one.name,
                str(one.week or ""),
                one.code,
                str(one.before or "–"),
                str(one.now or "–"),
                f"{one.more:+}",
            )
            for one in changed
        ]
        output.table(
            ("Name", "Week from", "Code", "Before", "Now", "More"), rows, right=(3, 4, 5), flexible=0
        )
    for one in late:
        output.say(f"{one.name}, {one.day}: {one.reason or 'came late'}.")


def _whole(
    batch: Batch,
    found: Sequence[BatchLine],
    before: Batch | None,
    changed: Sequence[Difference],
    late: Sequence[LatePaid],
) -> dict[str, Any]:
    return {
        **document(batch),
        "lines": [
            {
                "employee_no": one.number or None,
                "name": one.name or None,
                "workweek_start": one.week.isoformat(),
                "pay_code": one.code,
                "minutes": one.minutes,
                "hours": str(one.hours),
                "adjusts_batch": one.adjusts or None,
            }
            for one in found
        ],
        "compared_with": before.label if before else None,
        "differences": [
            {
                "name": one.name,
                "workweek_start": one.week.isoformat() if one.week else None,
                "pay_code": one.code,
                "before": None if one.before is None else str(one.before),
                "now": None if one.now is None else str(one.now),
            }
            for one in changed
        ],
        "late": [
            {"name": one.name, "date": one.day.isoformat(), "minutes": one.minutes, "before": one.before,
             "reason": one.reason or None}
            for one in late
        ],
    }  # fmt: skip


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
