"""The fields of a work order that a person may edit: how each is typed, checked and stored (`domain.records`)."""

from __future__ import annotations

import re
from datetime import date

from wotui.domain.filters.dates import parse_span
from wotui.domain.records import Field, Kind, Value, read
from wotui.domain.work_orders import BILLINGS, DETECTIONS, OUTCOMES, PRIORITIES, TYPES
from wotui.errors import UsageProblem

_NOTE = 20_000
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_MINUTES = 100_000

WORK_ORDER = Kind(
    "work_order",
    "orders",
    "an order",
    "number",
    ("number", "title", "status", "priority", "asset", "place", "due_on"),
    (
        Field("title", column="title", required=True),
        Field("description", "text", column="description", limit=_NOTE),
        Field("type", "choice", column="type", required=True, choices=TYPES, default="corrective"),
        Field("work_kind", label="kind of work", column="work_kind", limit=40, aliases=("kind",)),
        Field(
            "priority",
            "choice",
            column="priority",
            required=True,
            choices=tuple(PRIORITIES.values()),
            default="normal",
        ),
        Field("asset", "reference", column="asset_id", refers_to="asset"),
        Field("place", "reference", column="place_id", refers_to="place"),
        Field("customer", "reference", column="customer_id", refers_to="customer"),
        Field("due_on", "date", label="due", column="due_on", aliases=("due",)),
        Field("earliest_on", "date", label="not before", column="earliest_on", aliases=("earliest",)),
        Field("planned_on", "date", label="planned day", column="planned_on", aliases=("planned",)),
        Field("planned_time", label="planned time", column="planned_time", limit=5),
        Field("planned_minutes", "whole", label="planned minutes", column="planned_minutes", limit=_MINUTES),
        Field("lead", "reference", column="lead_id", refers_to="person"),
        Field("team", column="team", limit=40),
        Field("parent", "reference", label="part of", column="parent_id", refers_to="work_order"),
        Field("required_trades", "set", members="required_trade", limit=40, aliases=("trades", "trade")),
        Field("permits", "set", members="permit", limit=40, aliases=("permit",)),
        Field("downtime_required", "flag", column="downtime_required", label="needs the asset stopped"),
        Field("failure", "flag", column="failure", label="the asset failed"),
        Field("failure_problem", column="failure_problem", label="problem", limit=60, aliases=("problem",)),
        Field("failure_cause", column="failure_cause", label="cause", limit=60, aliases=("cause",)),
        Field("failure_remedy", column="failure_remedy", label="remedy", limit=60, aliases=("remedy",)),
        Field("detected_by", "choice", column="detected_by", choices=DETECTIONS),
        Field("completion_note", "text", column="completion_note", label="completion note", limit=_NOTE),
        Field("outcome", "choice", column="outcome", choices=OUTCOMES),
        Field("signoff_required", "flag", column="signoff_required", label="sign-off needed"),
        Field("billing", "choice", column="billing", choices=BILLINGS),
        Field("fixed_price", "money", column="fixed_price"),
        Field("hold_until", "date", column="hold_until", label="on hold until"),
    ),
)
"""Every editable field, in the order of the form."""

_BY_WORD = {
    spelling: number for number, word in PRIORITIES.items() for spelling in (word, str(number), f"p{number}")
}


def read_field(field: Field, typed: str, currency: str, today: date) -> Value:
    """A field's value from what a person typed.

    Args:
        field: one of `WORK_ORDER.fields`.
        typed: what was typed; empty means no value.
        currency: of the shop.
        today: the shop's date, which `fri` and `+3d` count from.

    Raises:
        UsageProblem: not a value of this field; says how to write one.
    """
    bare = typed.strip()
    if not bare:
        return read(field, "", currency)
    if field.name == "priority":
        if bare.casefold() not in _BY_WORD:
            raise UsageProblem(
                f"priority: {bare[:40]!r} is not known.",
                "It is one of emergency, urgent, normal or low (or 1 to 4).",
            )
        return _BY_WORD[bare.casefold()]
    if field.name == "planned_time" and not _TIME.fullmatch(bare):
        raise UsageProblem(f"planned_time: {bare[:40]!r} is not a time of day.", "Write it like 07:30.")
    return read(field, one_day(field, bare, today) if field.type == "date" else bare, currency)


def one_day(field: Field, typed: str, today: date) -> str:
    """The ISO date of a typed day: `2026-06-30`, `today`, `fri` (the coming one), `+3d`, `+2w`.

    Raises:
        UsageProblem: not one single day.
    """
    try:
        first, last = parse_span(typed, today)
    except ValueError:
        first, last = date.min, date.max
    if first != last:
        raise UsageProblem(
            f"{field.name}: {typed[:40]!r} is not a day.", "Write it like 2026-06-30, fri, tomorrow or +3d."
        )
    return first.isoformat()
