"""The fields of a request that a person may fill in: how each is typed, checked and stored (`domain.records`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain.records import Field, Kind, Value, read
from wotui.domain.requests import PERMISSIONS
from wotui.domain.work_order_fields import WORK_ORDER, one_day, read_field
from wotui.domain.work_orders import PRIORITIES
from wotui.text import NOTE_LIMIT

if TYPE_CHECKING:
    from datetime import date

REQUEST = Kind(
    "request",
    "requests",
    "a request",
    "number",
    ("number", "title", "status", "asset", "place", "requester"),
    (
        Field("title", column="title", required=True),
        Field("asset", "reference", column="asset_id", refers_to="asset"),
        Field("place", "reference", column="place_id", refers_to="place"),
        Field("place_unknown", "flag", label="place not known", column="place_unknown"),
        Field("description", "text", column="description", limit=NOTE_LIMIT),
        Field("requester_name", label="who asks", column="requester_name", aliases=("name",)),
        Field("requester_contact", label="how to reach", column="requester_contact", aliases=("contact",)),
        Field("requester", "reference", label="who of us asks", column="requester_id", refers_to="person"),
        Field("customer", "reference", column="customer_id", refers_to="customer"),
        Field(
            "permission_to_enter",
            "choice",
            label="may we go in",
            column="permission_to_enter",
            choices=PERMISSIONS,
            aliases=("permission", "enter"),
        ),
        Field(
            "asked_priority",
            "choice",
            label="how urgent",
            column="asked_priority",
            choices=tuple(PRIORITIES.values()),
            aliases=("priority",),
        ),
        Field("work_kind", label="kind of work", column="work_kind", limit=40, aliases=("kind",)),
        Field("trade", column="trade", limit=40),
        Field("wanted_on", "date", label="wanted by", column="wanted_on", aliases=("wanted",)),
    ),
)
"""Every field that can be filled in, in the order of the form."""


def read_request_field(field: Field, typed: str, currency: str, today: date) -> Value:
    """A field's value from what a person typed.

    Args:
        field: one of `REQUEST.fields`.
        typed: what was typed; empty means no value.
        currency: of the shop.
        today: the shop's date, which `fri` and `+3d` count from.

    Raises:
        UsageProblem: not a value of this field; says how to write one.
    """
    bare = typed.strip()
    if field.name == "asked_priority":
        return read_field(WORK_ORDER.field("priority"), bare, currency, today)
    if field.name == "permission_to_enter":
        bare = bare.casefold().replace(" ", "_")
    return read(field, one_day(field, bare, today) if field.type == "date" and bare else bare, currency)
