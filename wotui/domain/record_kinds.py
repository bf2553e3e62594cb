"""The kinds of master data and their fields, as a table (`domain.records` says what each column of it means)."""

from __future__ import annotations

from wotui.domain.records import Field, Kind
from wotui.errors import UsageProblem
from wotui.text import clean_line, listed, nearest

PLACE_KINDS = ("site", "building", "floor", "room", "area", "line", "unit", "vehicle", "outdoor")
ASSET_STATES = ("in_service", "standby", "down", "out_of_service", "disposed")
ROLES = ("requester", "technician", "supervisor", "office")
SERVICE_MODES = ("onsite", "offsite", "both")

_NOTE = 20_000
_ACTIVE = Field("active", "flag", column="active", default=1)


PLACE = Kind(
    "place",
    "places",
    "a place",
    "code",
    ("code", "name", "kind", "parent", "customer", "address", "active"),
    (
        Field("code", "code", column="code", required=True, limit=20, unique=True),
        Field("name", column="name", required=True),
        Field("kind", "choice", column="kind", choices=PLACE_KINDS, default="area"),
        Field("parent", "reference", column="parent_id", refers_to="place"),
        Field("address", "text", column="address", limit=500),
        Field("customer", "reference", column="customer_id", refers_to="customer"),
        Field("access_notes", "text", column="access_notes", limit=_NOTE),
        _ACTIVE,
    ),
)

ASSET = Kind(
    "asset",
    "assets",
    "an asset",
    "tag",
    ("tag", "name", "place", "criticality", "state", "manufacturer", "model", "serial", "active"),
    (
        Field("tag", "code", column="tag", required=True, limit=40, unique=True),
        Field("name", column="name", required=True),
        Field("place", "reference", column="place_id", refers_to="place"),
        Field("parent", "reference", column="parent_id", refers_to="asset"),
        Field("category_code", column="category", label="category", aliases=("category",), limit=40),
        Field("manufacturer", column="manufacturer"),
        Field("model", column="model"),
        Field("serial", column="serial"),
        Field("installed_on", "date", column="installed_on"),
        Field("warranty_until", "date", column="warranty_until"),
        Field("criticality", "choice", column="criticality", choices=("A", "B", "C")),
        Field("state", "choice", column="state", choices=ASSET_STATES, default="in_service"),
        Field("failure_class", column="failure_class", limit=40),
        Field("manual_path", label="manual", column="manual_path", limit=400),
        _ACTIVE,
    ),
)

PERSON = Kind(
    "person",
    "people",
    "a person",
    "initials",
    ("initials", "name", "roles", "trades", "payroll_id", "active_from", "active_to", "active"),
    (
        Field("initials", "initials", column="initials", required=True, limit=4, unique=True),
        Field("name", column="name", required=True),
        Field("roles", "set", members="role", choices=ROLES, default=("technician",), aliases=("role",)),
        Field("trades", "set", members="trade", limit=40, aliases=("trade",)),
        Field("areas", "set", members="area", refers_to="place", aliases=("area",)),
        Field(
            "payroll_id",
            "code",
            label="employee number",
            column="payroll_id",
            limit=40,
            unique=True,
            aliases=("employee_no", "employee_number"),
        ),
        Field("first_name", column="first_name"),
        Field("last_name", column="last_name"),
        Field("rule_set", "code", column="rule_set", limit=40),
        Field("active_from", "date", column="active_from"),
        Field("active_to", "date", column="active_to"),
        _ACTIVE,
    ),
)

CONTRACTOR = Kind(
    "contractor",
    "contractors",
    "a contractor",
    "name",
    ("name", "trades", "service_mode", "rate_hour", "preferred_rank", "phone", "blocked", "active"),
    (
        Field("name", column="name", required=True, unique=True),
        Field("trades", "set", members="trade", limit=40, aliases=("trade",)),
        Field("service_mode", "choice", column="service_mode", choices=SERVICE_MODES, default="onsite"),
        Field("areas", "set", members="area", refers_to="place", aliases=("area",)),
        Field("contact", label="contact's name"),
        Field("phone", label="contact's phone", limit=40),
        Field("email", label="contact's e-mail", aliases=("e_mail",)),
        Field("tax_id", column="tax_id", limit=40),
        Field("currency", "currency", column="currency"),
        Field("payment_terms_days", "whole", label="payment days", column="payment_terms_days", limit=365),
        Field("rate_hour", "money", label="rate an hour", column="rate_hour", aliases=("rate",)),
        Field("rate_hour_after", "money", label="rate after hours", column="rate_hour_after"),
        Field("callout_fee", "money", label="call-out fee", column="callout_fee"),
        Field("min_minutes", "whole", label="minimum minutes", column="min_minutes", limit=1440),
        Field("travel_rate", "money", column="travel_rate"),
        Field("preferred_rank", "whole", column="preferred_rank", limit=999, aliases=("rank",)),
        Field("blocked", "flag", column="blocked", default=0),
        Field("blocked_reason", column="blocked_reason"),
        Field(
            "is_supplier",
            "flag",
            label="supplier too",
            column="is_supplier",
            default=0,
            aliases=("supplier",),
        ),
        Field("notes", "text", column="notes", limit=_NOTE),
        _ACTIVE,
    ),
)

PART = Kind(
    "part",
    "parts",
    "a part",
    "sku",
    ("sku", "name", "uom", "category", "manufacturer", "mpn", "bin", "min_qty", "active"),
    (
        Field("sku", "code", label="stock number (sku)", column="sku", required=True, limit=40, unique=True),
        Field("name", column="name", required=True),
        Field("description", "text", column="description", limit=_NOTE),
        Field("uom", label="unit", column="uom", limit=12, default="ea", aliases=("unit",)),
        Field("category", column="category", limit=40),
        Field("manufacturer", column="manufacturer"),
        Field("mpn", label="maker's number", column="mpn"),
        Field("bin", column="bin", limit=40),
        Field("min_qty", "quantity", column="min_qty"),
        _ACTIVE,
    ),
)

CUSTOMER = Kind(
    "customer",
    "customers",
    "a customer",
    "name",
    ("name", "contact", "phone", "email", "billing_address", "active"),
    (
        Field("name", column="name", required=True, unique=True),
        Field("contact", column="contact"),
        Field("billing_address", "text", column="billing_address", limit=500, aliases=("address",)),
        Field("email", column="email", aliases=("e_mail",)),
        Field("phone", column="phone", limit=40),
        Field("tax_id", column="tax_id", limit=40),
        Field("payment_terms_days", "whole", label="payment days", column="payment_terms_days", limit=365),
        Field("notes", "text", column="notes", limit=_NOTE),
        _ACTIVE,
    ),
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in (PERSON, PLACE, ASSET, CONTRACTOR, PART, CUSTOMER)}
"""Every kind of master data by its name."""


def kind_named(word: str) -> Kind:
    """The kind of this name, singular or plural.

    Raises:
        UsageProblem: there is none; names the nearest.
    """
    wanted = word.casefold()
    known = {name: kind for kind in KINDS.values() for name in (kind.name, kind.plural, f"{kind.name}s")}
    if wanted in known:
        return known[wanted]
    near = nearest(wanted, list(known))
    way_out = f"Did you mean {near}?" if near else f"It is one of {listed(list(KINDS), 'or')}."
    raise UsageProblem(f"There is no kind of record {clean_line(word, 40)!r}.", way_out)
