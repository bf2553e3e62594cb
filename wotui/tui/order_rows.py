"""A work order as rows of fields: the overview shows what there is, the form all of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wotui.domain.work_order_fields import WORK_ORDER
from wotui.domain.work_orders import FINISHED, OUTCOME_WORDS, STATUS_WORDS
from wotui.store.reads import plan_steps
from wotui.text import listed
from wotui.tui import own_rows, present, record_rows
from wotui.tui.widgets.fields import Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from wotui.domain.templates import Preset
    from wotui.tui.order_detail import Detail
    from wotui.tui.record_rows import Spelling
    from wotui.tui.themes import Token

_ALWAYS = ("title", "description", "type", "priority", "asset", "place", "due_on")
_SECTIONS = (
    ("", ("title", "description", "type", "work_kind", "priority", "asset", "place", "customer")),
    ("When", ("due_on", "earliest_on", "planned_on", "planned_time", "planned_minutes", "hold_until")),
    ("Who", ("lead", "team", "required_trades", "permits", "downtime_required", "signoff_required")),
    ("Failure", ("failure", "failure_problem", "failure_cause", "failure_remedy", "detected_by")),
    ("How it ended", ("outcome", "completion_note")),
    ("Money", ("billing", "fixed_price")),
    ("Belongs to", ("parent",)),
)


def typed_values(detail: Detail, spelling: Spelling) -> dict[str, str]:
    """Every field of the order as a person would type it, by name."""
    order = detail.order
    handles = {
        "asset": order.asset_tag,
        "place": order.place_code if order.place_id else None,
        "customer": order.customer,
        "lead": order.lead,
        "parent": order.parent,
    }
    values: dict[str, str] = {}
    for field in WORK_ORDER.fields:
        if field.type == "set":
            members = detail.permits if field.members == "permit" else detail.trades
            values[field.name] = ", ".join(members)
        else:
            value = getattr(order, field.column)
            values[field.name] = spelling.typed(field, value, handles.get(field.name) or "")
    return values


def form_rows(detail: Detail, spelling: Spelling) -> list[Row]:
    """All editable fields under their headings, for the form."""
    values, names = typed_values(detail, spelling), _names(detail)
    every = record_rows.with_codes(record_rows.rows(WORK_ORDER, values, spelling, names), detail.lists)
    known = {row.name: row for row in every}
    made: list[Row] = []
    for heading, fields in _SECTIONS:
        shown = [known[name] for name in fields if not hides(detail.presets, name, values[name])]
        made.extend([Row("", heading), *shown] if heading and shown else shown)
    own = own_rows.of_record(detail.own, detail.custom, spelling.today)
    own = [row for row in own if not hides(detail.presets, row.name, row.typed)]
    return [*made, Row("", "More"), *own] if own else made


def hides(presets: Sequence[Preset], name: str, typed: str) -> bool:
    """Whether a template hides a field: while it is empty, or holds what the template presets."""
    preset = next((each for each in presets if each.field == name), None)
    return preset is not None and preset.hidden and typed in ("", preset.value)


def overview(detail: Detail, spelling: Spelling, zone: ZoneInfo) -> list[Row]:
    """What stands on the order's first page: its state, its fields that hold something, what it stands beside."""
    rows = {row.name: _plain(row) for row in form_rows(detail, spelling) if row.name}
    order = detail.order
    made = _state(detail, spelling, zone)
    for heading, fields in _SECTIONS:
        kept = [
            _looked(rows[name], detail, spelling)
            for name in fields
            if name in rows and (name in _ALWAYS or _says(rows[name]))
        ]
        if heading == "Who":
            kept.insert(0, _people(detail))
        if heading == "" and order.place and not order.place_id:
            kept = [
                record_rows.replace_shown(row, f"{order.place} (of the asset)")
                if row.name == "place"
                else row
                for row in kept
            ]
        if kept:
            made.extend([Row("", heading), *kept] if heading else kept)
    own = [row for name, row in rows.items() if name.startswith(own_rows.CUSTOM) and _shows(row, detail)]
    if own:
        made.extend([Row("", "More"), *own])
    made.extend(_material(detail))
    made.extend(_beside(detail))
    made.append(Row("", "Record"))
    if order.template:
        made.append(_fact("template", order.template))
    if order.plan:
        made.append(_fact("plan", f"{order.plan}, for {order.plan_nominal_on or 'a date'}"))
    made.append(
        _fact(
            "made", f"{present.moment(order.created_at, zone, spelling.today)} {order.creator or ''}".strip()
        )
    )
    return made


def _plain(row: Row) -> Row:
    """The row without the mark of what must be filled; own fields keep it, which nobody knows by heart."""
    return row if row.name.startswith(own_rows.CUSTOM) else replace(row, required=False)


def _says(row: Row) -> bool:
    """Whether a field says anything: what is not needed, not failed or not billed goes without saying."""
    return bool(row.typed) and row.typed not in ("no", "none")


def _state(detail: Detail, spelling: Spelling, zone: ZoneInfo) -> list[Row]:
    order = detail.order
    look = present.status(order.status)
    since = present.moment(order.status_at, zone, spelling.today)
    words = f"{look}{f' since {since}' if since else ''}"
    if order.status == "on_hold" and order.hold_reason:
        words += f", waiting for {present.words(order.hold_reason)}"
    made = [_fact("status", words, look.token)]
    if detail.running:
        made.append(_fact("timer", f"▶ runs for {listed(list(detail.running))}", "accent"))
    if detail.todo:
        made.append(_fact("next step", detail.todo, "accent"))
    if detail.steps:
        made.append(_fact("steps", f"▤ {plan_steps.progress(list(detail.steps)) or 'none'} done", "info"))
    if detail.overridden:
        made.append(_fact("override", f"! hired with papers that are not valid: {detail.overridden}", "bad"))
    return made


def _looked(row: Row, detail: Detail, spelling: Spelling) -> Row:
    order = detail.order
    if row.name == "priority":
        look = present.priority(order.priority)
        return record_rows.replace_shown(row, str(look), look.token)
    if row.name == "due_on":
        words, token = present.due(
            order.due_on, spelling.today, finished=order.status in (*FINISHED, "cancelled")
        )
        day = present.day(order.due_on, spelling.today)
        return record_rows.replace_shown(row, words if words == day or not day else f"{words} ({day})", token)
    if row.name == "outcome":
        return record_rows.replace_shown(row, OUTCOME_WORDS.get(row.typed, row.shown))
    if row.name == "permits":
        marked = [f"{'✓' if permit in detail.ticked else '○'} {permit}" for permit in detail.permits]
        missing = set(detail.permits) - set(detail.ticked)
        return record_rows.replace_shown(row, ", ".join(marked), "warn" if missing else "good")
    if row.name == "signoff_required" and order.signed:
        return record_rows.replace_shown(row, f"✓ signed by {order.signed_by} ({order.signed_role})", "good")
    if row.name == "asset" and order.asset:
        more = [
            f"criticality {order.criticality}" if order.criticality else "",
            present.words(order.asset_state),
        ]
        tail = ", ".join(part for part in more if part and part != "in service")
        return record_rows.replace_shown(row, f"{order.asset}{f'  ({tail})' if tail else ''}")
    return row


def _people(detail: Detail) -> Row:
    names = [f"{person.name} ({person.initials})" for person in detail.people]
    return Row(
        "people",
        "people",
        kind="people",
        typed="x" if names else "",
        shown=", ".join(names),
        hint="enter assigns",
    )


def _names(detail: Detail) -> dict[str, str]:
    order = detail.order
    return {
        "asset": order.asset,
        "place": order.place if order.place_id else "",
        "customer": order.customer or "",
    }


def _beside(detail: Detail) -> list[Row]:
    if not (detail.related or detail.asked):
        return []
    made = [Row("", "Beside it")]
    for each in detail.asked:
        words = f"{each.number} {each.title}{f' ({each.asker})' if each.asker else ''}"
        made.append(Row(f"request:{each.id}", "asked for", kind="request", typed=each.id, shown=words))
    for other in detail.related:
        words = f"{other.number} {other.title} ({STATUS_WORDS.get(other.status, other.status)})"
        made.append(
            Row(f"order:{other.id}", present.words(other.kind), kind="order", typed=other.id, shown=words)
        )
    return made


def _shows(row: Row, detail: Detail) -> bool:
    """Whether an own field stands on the overview: it holds something, or must be filled."""
    key = row.name.removeprefix(own_rows.CUSTOM)
    return bool(row.typed) or any(field.name == key and field.required for field in detail.own)


def _material(detail: Detail) -> list[Row]:
    if not detail.materials:
        return []
    return [Row("", "Material"), *(_fact(line.amount or "some", line.words) for line in detail.materials)]


def _fact(label: str, words: str, look: Token = "text") -> Row:
    return Row(f"fact:{label}", label, kind="fact", shown=words, look=look)
