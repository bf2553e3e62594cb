"""A maintenance plan as a page to read, as JSON, and its coming dates side by side."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from wotui.cli import output
from wotui.cli.page import Page
from wotui.domain.plans.fields import FORM_WORDS, PLAN, USUAL
from wotui.store.reads import plan_ledger, plan_list, plan_values
from wotui.store.reads import plans as reads
from wotui.store.reads import work_orders as orders
from wotui.text import listed as in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.actions.plans.previewing import Preview
    from wotui.domain.plans.plan import Row
    from wotui.store.file import Shop
    from wotui.store.reads.plan_ledger import Occurrence
    from wotui.store.reads.plan_list import Listed

_LEDGER = 20
_STYLES: dict[str, output.Style] = {"open": "cyan", "done": "green", "missed": "red"}


def listed_document(shop: Shop, one: Listed) -> dict[str, Any]:
    """A plan of the list as JSON."""
    values = one.plan.values
    return {
        "id": one.plan.id,
        **plan_values.document(shop, values),
        "interval": one.interval,
        "about": one.about or None,
        "state": one.standing,
        "next_due_on": str(one.next_on) if one.next_on else None,
        "open_orders": list(one.open_numbers),
        "paused_from": values["paused_from"],
        "paused_to": values["paused_to"],
        "override_next_on": values["override_next_on"],
        "override_reason": values["override_reason"],
        "version": values["version"] or 1,
    }


def document(shop: Shop, identity: str) -> dict[str, Any]:
    """A plan with its ledger as JSON."""
    one = _listed(shop, identity)
    return {
        "record": "plan",
        **listed_document(shop, one),
        "ledger": [occurrence_document(row) for row in plan_ledger.occurrences(shop, identity)],
    }


def occurrence_document(row: Occurrence) -> dict[str, Any]:
    """One row of the ledger as JSON."""
    return {
        "asset": row.asset or None,
        "nominal_on": row.nominal_on,
        "through_on": row.through_on,
        "due_on": row.due_on,
        "state": row.state,
        "count": row.count,
        "order": row.number or None,
        "done_on": row.done_on or None,
        "reason": row.reason or None,
    }


def page(shop: Shop, identity: str, *, plain: bool) -> str:
    """The plan as text; `plain` keeps colours out of it."""
    one = _listed(shop, identity)
    made = Page(plain=plain)
    made.title(one.plan.name, one.plan.name)
    made.line(f"plan · {one.interval} · {one.standing}", None if one.standing == "active" else "yellow")
    made.rule()
    for field in PLAN.fields:
        if field.name != "name":
            shown = plan_values.as_typed(shop, field, one.plan.values[field.column or field.name])
            if shown not in ("", "no", USUAL.get(field.name)) and field.name not in {"every", "unit"}:
                made.field(field.words.capitalize(), FORM_WORDS.get(field.name, {}).get(shown, shown))
    moved = one.plan.values["override_next_on"]
    if moved:
        made.field("Next order", f"due {moved} this once: {one.plan.values['override_reason']}", "yellow")
    made.field("Next due", str(one.next_on or ""))
    made.field("Open orders", ", ".join(one.open_numbers))
    rows = plan_ledger.occurrences(shop, identity)
    if rows:
        made.section("Ledger")
    for row in rows[:_LEDGER]:
        span = row.nominal_on if row.through_on == row.nominal_on else f"{row.nominal_on} to {row.through_on}"
        made.entry(span, became(row), _STYLES.get(row.state))
    if len(rows) > _LEDGER:
        made.line(f"… and {len(rows) - _LEDGER} more (--json shows them all).", "dim")
    for line in orders.log(shop, identity)[:_LEDGER]:
        made.entry(f"{line.at[:10]}  {line.by:<4}", line.text)
    return made.text


def became(row: Occurrence) -> str:
    """What became of a date, in words: `PU-101 done 2026-06-12, 2 days late (W-A0007)`."""
    times = f" ×{row.count}" if row.count > 1 else ""
    words = [f"{row.asset} {row.state}{times}".strip()]
    if row.state == "open":
        words.append(f"due {row.due_on}")
    if row.done_on:
        late = "" if row.done_on <= row.due_on else f", due {row.due_on}"
        words.append(f"{row.done_on}{late}")
    if row.number:
        words.append(row.number)
    return " · ".join([*words, *([row.reason] if row.reason else [])])


def preview_document(name: str, shown: Sequence[Preview], *, edited: bool) -> dict[str, Any]:
    """The coming dates as JSON; `before` only where an edit is looked at."""
    return {
        "plan": name,
        "targets": [
            {
                "asset": one.asset or None,
                **({"before": [_date(row) for row in one.before]} if edited else {}),
                "dates" if not edited else "after": [_date(row) for row in one.after],
                "open_orders": [{"number": row.number, "due_on": row.due_on} for row in one.open_orders],
            }
            for one in shown
        ],
    }


def preview_table(name: str, shown: Sequence[Preview], *, edited: bool, target: str | None) -> None:
    """The coming dates as a table: with an edit before and after, side by side."""
    several = len(shown) > 1
    rows: list[list[str]] = []
    for one in shown:
        for before, after in zip_longest(one.before, one.after):
            pair = [_words(before), _words(after)] if edited else [_words(after)]
            mark = ["" if _same(before, after) else "changed"] if edited else []
            rows.append([*([one.asset] if several else []), *pair, *mark])
    headings = ["before", "after", ""] if edited else ["due"]
    if rows:
        output.table([*(["asset"] if several else []), *headings], rows, output=target)
    else:
        output.emit("", target)
        output.say(f"{name} has no coming dates: it has ended, or it goes by its meter.")
    stay = [f"{row.number} (due {row.due_on})" for one in shown for row in one.open_orders]
    if stay:
        output.say(f"Open and unchanged: {in_words(stay[:8])}.")


def _date(row: Row) -> dict[str, Any]:
    return {"nominal_on": str(row.nominal_on), "due_on": str(row.due_on)}


def _words(row: Row | None) -> str:
    if row is None:
        return "-"
    return f"{row.due_on:%a} {row.due_on}" + (
        "" if row.due_on == row.nominal_on else f" (for {row.nominal_on})"
    )


def _same(before: Row | None, after: Row | None) -> bool:
    return before is not None and after is not None and before.due_on == after.due_on


def _listed(shop: Shop, identity: str) -> Listed:
    reads.plan(shop, identity)
    return next(one for one in plan_list.listed(shop, shop.today(), retired=True) if one.plan.id == identity)
