"""The fields of a maintenance plan that a person may set: how each is typed, checked and stored."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from wotui.domain.plans.dates import MonthRule, Unit
from wotui.domain.plans.plan import Basis, CatchUp, OpenPolicy, Plan, SeasonPolicy
from wotui.domain.plans.shifts import Nonworking, season_from
from wotui.domain.records import Field, Kind, Value, read
from wotui.domain.shop_settings import WEEKDAYS
from wotui.domain.work_order_fields import one_day, read_field
from wotui.domain.work_orders import PRIORITIES, TYPES
from wotui.errors import Refused, UsageProblem
from wotui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.domain.plans.shifts import WorkingDays

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_NTH = {"1": 1, "2": 2, "3": 3, "4": 4, "last": -1, "-1": -1}
_NOTE = 20_000

PLAN = Kind(
    "maintenance_plan",
    "plans",
    "a plan",
    "name",
    ("name", "basis", "every", "unit", "anchor_on"),
    (
        Field("name", column="name", required=True, unique=True),
        Field("title", label="order's title", column="title"),
        Field("description", "text", column="description", limit=_NOTE),
        Field("assets", "set", members="asset", refers_to="asset", aliases=("asset",)),
        Field(
            "asset_category", label="every asset of category", column="asset_category", limit=40,
            aliases=("category",),
        ),
        Field("place", "reference", column="place_id", refers_to="place"),
        Field(
            "basis", "choice", label="counts from", column="basis", required=True,
            choices=get_args(Basis), default="fixed",
        ),
        Field(
            "anchor_on", "date", label="first date", column="anchor_on", required=True, aliases=("anchor",
            "first"),
        ),
        Field("every", "whole", label="interval", column="every", required=True, limit=9999, default=1),
        Field(
            "unit", "choice", label="unit of the interval", column="unit", required=True, choices=get_args(Unit),
            default="month",
        ),
        Field("weekdays", column="weekdays", limit=60),
        Field(
            "month_rule", "choice", label="day of the month", column="month_rule",
            choices=get_args(MonthRule), default="same_day",
        ),
        Field("nth", "whole", label="which weekday of the month", column="nth", default=1),
        Field("skip_every", "whole", label="leave out each x-th", column="skip_every", limit=99),
        Field("lead_days", "whole", label="days ahead", column="lead_days", limit=365, default=0, aliases=("ahead",)),
        Field("window_before", "whole", label="grace days before", column="window_before", limit=365),
        Field("window_after", "whole", label="grace days after", column="window_after", limit=365),
        Field("season", label="season", column="season", limit=120),
        Field(
            "season_policy", "choice", label="out of season", column="season_policy",
            choices=get_args(SeasonPolicy), default="skip",
        ),
        Field(
            "nonworking", "choice", label="on a free day", column="nonworking",
            choices=get_args(Nonworking), default="keep",
        ),
        Field(
            "open_policy", "choice", label="open at once", column="open_policy",
            choices=get_args(OpenPolicy), default="one_open",
        ),
        Field(
            "catch_up", "choice", label="after a gap", column="catch_up", choices=get_args(CatchUp),
            default="latest",
        ),
        Field("until_on", "date", label="last date", column="until_on", aliases=("until",)),
        Field("max_count", "whole", label="how many times", column="max_count", limit=9999),
        Field("meter", label="meter", column="meter_id"),
        Field("every_units", "quantity", label="every so many units", column="every_units"),
        Field("meter_base", "quantity", label="units counted from", column="meter_base"),
        Field("meter_ahead", "quantity", label="units ahead", column="meter_ahead"),
        Field("meter_floating", "flag", label="units from the last time", column="meter_floating"),
        Field("priority", "choice", column="priority", choices=tuple(PRIORITIES.values()), default=3),
        Field("type", "choice", column="type", choices=TYPES, default="preventive"),
        Field(
            "planned_minutes", "whole", label="planned minutes", column="planned_minutes", limit=100_000,
            aliases=("minutes",),
        ),
        Field("lead", "reference", label="lead person", column="lead_id", refers_to="person", aliases=("assign",)),
        Field("plan_on_due", "flag", label="plan on the due date", column="plan_on_due"),
        Field("wall_time", label="time of day", column="wall_time", limit=5, aliases=("time",)),
        Field("signoff_required", "flag", label="sign-off needed", column="signoff_required"),
        Field("checklists", "set", members="checklist", refers_to="checklist_template", aliases=("checklist",)),
        Field("template", label="order template", column="template_id"),
        Field("route", "flag", label="one order for all", column="route"),
        Field("covers", "set", label="covers the plans", members="covers", refers_to="maintenance_plan"),
    ),
)  # fmt: skip
"""Every editable field, in the order of the form. `lead` is a person; the days ahead are `lead_days`."""

DATE_FIELDS = frozenset(
    {"basis", "anchor_on", "every", "unit", "weekdays", "month_rule", "nth", "skip_every", "season"}
    | {"season_policy", "nonworking", "until_on", "max_count"}
)
"""Changing one of these changes which dates there are."""

NAMED_IN_FULL = frozenset({"checklists", "covers"})
"""Sets whose elements are separated by semicolons; by commas too where that names something."""

FORM_WORDS: Mapping[str, Mapping[str, str]] = {
    "basis": {
        "fixed": "the calendar",
        "floating": "the last time it was done",
        "meter": "a meter",
        "fixed_or_meter": "the calendar or a meter, whichever comes first",
        "floating_or_meter": "the last time or a meter, whichever comes first",
    },
    "month_rule": {"same_day": "the same day", "last_day": "the last day", "nth_weekday": "a weekday"},
    "season_policy": {"skip": "leave it out", "defer": "do it when the season begins"},
    "nonworking": {"keep": "keep the date", "next": "the next working day", "previous": "the one before"},
    "open_policy": {"one_open": "one order at most", "stack": "as many as come due"},
    "catch_up": {
        "latest": "only the latest date",
        "all": "every date (statutory)",
        "none": "nothing, wait for the next",
    },
}
"""Choices in words, by field."""


USUAL: Mapping[str, str] = {
    "basis": "fixed",
    "month_rule": "same_day",
    "nth": "1",
    "lead_days": "0",
    "season_policy": "skip",
    "nonworking": "keep",
    "open_policy": "one_open",
    "catch_up": "latest",
    "type": "preventive",
    "priority": "normal",
}
"""What everybody expects of a field, so that pages need not say it."""


def read_plan_field(field: Field, typed: str, currency: str, today: date) -> Value:
    """A field's value from what a person typed; empty text is no value. References stay as typed.

    Raises:
        UsageProblem: not a value of this field; says how to write one.
    """
    bare = clean_line(typed, 400) if field.type != "text" else typed
    if field.name == "priority":
        return read_field(field, typed, currency, today)
    if not bare.strip():
        return read(field, "", currency)
    if field.type == "date":
        return one_day(field, bare, today)
    if field.name in NAMED_IN_FULL:  # these names may hold commas
        return tuple(dict.fromkeys(word.strip() for word in bare.split(";") if word.strip()))
    reader = _READERS.get(field.name)
    if reader is None:
        return read(field, typed, currency)
    try:
        return reader(bare)
    except UsageProblem as problem:
        raise UsageProblem(f"{field.name}: {problem.what}", problem.way_out) from None


def _weekdays(bare: str) -> str:
    found: set[int] = set()
    for word in re.split(r"[\s,;]+", bare):
        number = next(
            (at for at, name in enumerate(WEEKDAYS) if word and name.startswith(word.casefold()[:3])), None
        )
        if number is None or len(word) < 2:
            raise UsageProblem(f"{word!r} is not a weekday.", "Write them like mon,thu.")
        found.add(number)
    return ",".join(WEEKDAYS[number][:3] for number in sorted(found))


def _season(bare: str) -> str:
    parts = [part for part in re.split(r"[\s,;]+", bare) if part]
    season_from(parts)
    return ",".join(parts)


def _nth(bare: str) -> int:
    if bare.casefold() not in _NTH:
        raise UsageProblem(f"{bare!r} is none.", "It is 1, 2, 3, 4 or last.")
    return _NTH[bare.casefold()]


def _time(bare: str) -> str:
    if not _TIME.fullmatch(bare):
        raise UsageProblem(f"{bare!r} is not a time of day.", "Write it like 07:30.")
    return bare


_READERS = {"weekdays": _weekdays, "season": _season, "nth": _nth, "wall_time": _time}


def rule_of(values: Mapping[str, Any], working: WorkingDays | None = None) -> Plan:
    """The rule that stored values (columns of the table by name) describe; what is missing takes its default.

    Raises:
        UsageProblem: the first date is missing or a season is none.
    """
    anchor = _date(values.get("anchor_on"))
    if anchor is None:
        raise UsageProblem("A plan needs its first date.", "Set first=2026-06-30, or first=today.")
    weekdays = [word for word in (values.get("weekdays") or "").split(",") if word]
    plain: dict[str, Any] = {
        name: values[name]
        for name in _SAME_NAME
        if values.get(name) is not None and (name not in _WORDS or values[name] in _WORDS[name])
    }
    return Plan(
        anchor_on=anchor,
        weekdays=tuple(at for at, name in enumerate(WEEKDAYS) if name[:3] in weekdays),
        season=season_from([part for part in (values.get("season") or "").split(",") if part]),
        working=working,
        until_on=_date(values.get("until_on")),
        since_on=_date(values.get("since_on")),
        paused_from=_date(values.get("paused_from")),
        paused_to=_date(values.get("paused_to")),
        override_next_on=_date(values.get("override_next_on")),
        meter_floating=bool(values.get("meter_floating")),
        **plain,
    )


_WORDS: Mapping[str, tuple[str, ...]] = {
    field.name: field.choices for field in PLAN.fields if field.type == "choice" and field.name != "priority"
}
_SAME_NAME = (
    "basis",
    "every",
    "unit",
    "month_rule",
    "nth",
    "skip_every",
    "lead_days",
    "window_before",
    "window_after",
    "open_policy",
    "catch_up",
    "season_policy",
    "nonworking",
    "max_count",
    "every_units",
    "meter_base",
    "meter_ahead",
)


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def refuse_bad_plan(values: Mapping[str, Any], name: str) -> None:
    """What the rule's own checks (`plan.refuse_bad`) do not know: a plan as people set it.

    Raises:
        Refused: neither asset nor place, a meter plan without its meter, a route without assets, an end before
            the start.
    """
    has_assets = bool(values.get("assets") or values.get("asset_category"))
    if not has_assets and not values.get("place_id"):
        raise Refused(
            f"The plan {name} has no asset and no place.",
            "Say what it is for: assets=TAG,TAG, category=WORD or place=CODE.",
        )
    if "meter" in (values.get("basis") or "") and not values.get("meter_id"):
        raise Refused(f"The plan {name} needs a meter.", "Say which: meter=TAG, or meter=TAG/NAME.")
    if values.get("route") and not has_assets:
        raise Refused(f"The plan {name} has no assets to go round.", "Say which: assets=TAG,TAG.")
    until, anchor = values.get("until_on"), values.get("anchor_on")
    if until and anchor and until < anchor:
        raise Refused(
            f"The plan {name} ends ({until}) before it begins ({anchor}).", "Correct one of the two."
        )
