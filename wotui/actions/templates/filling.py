"""Making an order from a template, inside a larger action: presets, own fields, checklists, material and steps.

What is given wins over what the template presets, so that no preset overrides a person, a rule or a plan. Every id
follows from the order's, so that two devices that make the same order (one with an `identity`) make one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from wotui import clock
from wotui.actions.orders import make, step
from wotui.actions.relations import connect
from wotui.actions.sets import write_set
from wotui.actions.templates.values import read_values, write_values
from wotui.domain import work_orders as rules
from wotui.domain.due_dates import default_due
from wotui.domain.identity import same_id
from wotui.domain.record_kinds import KINDS
from wotui.domain.templates.template import CUSTOM, DEEPEST, OrderTemplate, preset_value
from wotui.domain.work_order_fields import WORK_ORDER
from wotui.errors import NotFound, Problem
from wotui.store.reads import lifecycle as facts_of
from wotui.store.reads import records, work_orders
from wotui.store.reads import templates as reads
from wotui.text import clean_line, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from wotui.domain.templates import OwnField, Preset, Step
    from wotui.store.transaction import Transaction

_INHERITED = ("asset_id", "place_id", "customer_id", "due_on", "priority", "type", "billing", "work_kind")
"""What a step's order takes over from its plan, unless its own template says otherwise."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of an order beside its template; it wins over presets.

    Attributes:
        columns: columns of `work_order`, as stored; None says nothing.
        sets: small sets by membership kind (`required_trade`, `permit`).
        custom: values of own fields as typed, by key or label; empty text takes a preset away.
        cleared: columns that somebody wants empty although the template presets them.
    """

    columns: Mapping[str, Any] = field(default_factory=dict[str, Any])
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    custom: Mapping[str, str] = field(default_factory=dict[str, str])
    cleared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Filled:
    """An order that was made: whether it is ready, the orders of its steps, and what a person should be told."""

    order_id: str
    number: str
    released: bool
    steps: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def fill(
    tx: Transaction,
    template_id: str | None,
    given: Given | None = None,
    *,
    source: str = "person",
    identity: str | None = None,
    release: bool = True,
) -> Filled:
    """Make an order from a template; without one, a blank order with what every order has.

    Args:
        tx: the open transaction.
        template_id: which template, also one that is out of use; None, or one that is not there, makes a blank order.
        given: what is known; wins over the template's presets.
        source: where the order comes from: person, plan, request, event, follow_up …
        identity: where the same cause must give the same order; a fresh id otherwise.
        release: make it ready if nothing is missing; otherwise it stays a draft.

    Raises:
        UsageProblem: a value of an own field is none.
        NotFound: a person or asset in an own field is not there.
    """
    return _fill(tx, template_id, given or Given(), source, identity, release=release, above=())


def _fill(
    tx: Transaction,
    template_id: str | None,
    given: Given,
    source: str,
    identity: str | None,
    *,
    release: bool,
    above: tuple[str, ...],
) -> Filled:
    notices: list[str] = []
    template = _template(tx, template_id, notices)
    today = _today(tx)
    columns, sets, custom = _preset(tx, template, today, notices)
    columns = {name: value for name, value in columns.items() if name not in given.cleared}
    columns |= {name: value for name, value in given.columns.items() if value is not None}
    columns.setdefault("type", "corrective")
    columns.setdefault("priority", 3)
    columns.setdefault("due_on", default_due(columns["priority"], today).isoformat())
    columns["title"] = clean_line(columns.get("title") or template.title or template.name)
    order_id = make(tx, source, columns, identity)
    for kind, elements in {**sets, **given.sets}.items():
        write_set(tx, order_id, kind, elements)
    own = reads.own_fields(tx, template.id or None)
    values = read_values(tx, own, given.custom, today)
    values = {**_own_presets(tx, own, custom, today, notices), **values}
    write_values(tx, order_id, {name: value for name, value in values.items() if value is not None})
    if template.checklists:
        # It brings all of checklists with it, which few new orders need.
        from wotui.actions.checklists.lists import put_on_order

        for each in template.checklists:
            put_on_order(tx, order_id, each.id)
    _put_materials(tx, order_id, template)
    steps = _make_steps(tx, order_id, template, release=release, above=(*above, template.id))
    notices += [notice for made in steps for notice in made.notices]
    released = release and _release(tx, order_id, notices)
    number = work_orders.find(tx, order_id).number
    return Filled(
        order_id,
        number,
        released,
        tuple(each for made in steps for each in (made.order_id, *made.steps)),
        tuple(notices),
    )


def _template(tx: Transaction, template_id: str | None, notices: list[str]) -> OrderTemplate:
    if template_id is None:
        return OrderTemplate("")
    try:
        return reads.whole(tx, template_id)
    except NotFound:
        notices.append("Its template is not there any more, so the order is a blank one.")
        return OrderTemplate("")


def _preset(
    tx: Transaction, template: OrderTemplate, today: date, notices: list[str]
) -> tuple[dict[str, Any], dict[str, tuple[str, ...]], dict[str, str]]:
    """What a template presets: columns, sets and own fields. One that no longer counts is told, and left out."""
    currency = tx.value("SELECT value FROM setting WHERE name = 'shop.currency'") or "USD"
    columns: dict[str, Any] = {}
    sets: dict[str, tuple[str, ...]] = {}
    custom: dict[str, str] = {}
    for preset in template.presets:
        if not preset.value:
            continue
        try:
            _take(tx, preset, currency, today, columns, sets, custom)
        except Problem as problem:
            notices.append(f"The template “{template.name}” presets what is no more: {problem.what}")
    for name in ("description", "work_kind"):
        if getattr(template, name):
            columns[name] = getattr(template, name)
    if template.trade and "required_trade" not in sets:
        sets["required_trade"] = (template.trade,)
    if template.id:
        columns["template_id"] = template.id
    return columns, sets, custom


def _take(
    tx: Transaction,
    preset: Preset,
    currency: str,
    today: date,
    columns: dict[str, Any],
    sets: dict[str, tuple[str, ...]],
    custom: dict[str, str],
) -> None:
    if preset.field.startswith(CUSTOM):
        custom[preset.field.removeprefix(CUSTOM)] = preset.value
        return
    known = WORK_ORDER.field(preset.field)
    value = preset_value(known, preset.value, currency, today)
    if isinstance(value, tuple):
        sets[known.members] = value
    elif known.type == "reference":
        columns[known.column] = records.find(tx, KINDS[known.refers_to], str(value))
    else:
        columns[known.column] = value


def _own_presets(
    tx: Transaction, own: Sequence[OwnField], custom: Mapping[str, str], today: date, notices: list[str]
) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for name, typed in custom.items():
        try:
            found |= read_values(tx, own, {name: typed}, today)
        except Problem as problem:
            notices.append(f"A preset of its template no longer counts: {problem.what}")
    return found


def _put_materials(tx: Transaction, order_id: str, template: OrderTemplate) -> None:
    for position, each in enumerate(template.materials, 1):
        tx.put(
            "order_material",
            same_id("order material", order_id, each.id),
            work_order_id=order_id,
            part_id=each.part_id or None,
            text=each.text or None,
            uom=each.uom or None,
            planned_qty=each.qty,
            position=position,
        )


def _make_steps(
    tx: Transaction, order_id: str, template: OrderTemplate, *, release: bool, above: tuple[str, ...]
) -> list[Filled]:
    """The orders of an action plan, in their order; a step that waits for another is blocked by it."""
    made: list[Filled] = []
    parent = work_orders.find(tx, order_id) if template.steps else None
    for each in template.steps:
        assert parent is not None
        inherited = {name: getattr(parent, name) for name in _INHERITED}
        deep = each.template_id in above or len(above) >= DEEPEST
        given = Given(
            {**_of_step(each, parent.title), **inherited, "parent_id": order_id},
            {"required_trade": (each.trade,)} if each.trade else {},
        )
        inner = None if deep or not each.template_id else each.template_id
        if inner is not None:
            given = _without_presets(tx, inner, given)
        identity = same_id("step", order_id, each.id)
        made.append(_fill(tx, inner, given, "plan_step", identity, release=release, above=above))
        if each.after is not None and 1 <= each.after < len(made):
            connect(tx, made[each.after - 1].order_id, "blocks", made[-1].order_id)
    return made


def _of_step(each: Step, plan: str) -> dict[str, Any]:
    return {
        "title": clean_line(each.title or each.template or plan),
        "planned_minutes": each.minutes,
    }


def _without_presets(tx: Transaction, template_id: str, given: Given) -> Given:
    """What a step takes over, without what its own template says about the same fields."""
    said = {preset.field for preset in reads.presets(tx, template_id) if preset.value}
    columns = {name: WORK_ORDER.field(name).column for name in said if not name.startswith(CUSTOM)}
    kept = {
        column: value
        for column, value in given.columns.items()
        if column not in columns.values() or column in ("parent_id", "title", "planned_minutes")
    }
    return Given(kept, given.sets, given.custom)


def release(tx: Transaction, made: Filled) -> list[str]:
    """Make an order and those of its steps ready where nothing is missing; what a person should be told.

    For whoever made it with `release=False` and has added something since.
    """
    notices: list[str] = []
    for order_id in (made.order_id, *made.steps):
        _release(tx, order_id, notices)
    return notices


def _release(tx: Transaction, order_id: str, notices: list[str]) -> bool:
    """Make the order ready, if nothing is missing; whether it is. What is missing beside a location is told."""
    order = work_orders.find(tx, order_id)
    missing = rules.obstacles(facts_of.facts(tx, order), "ready")
    if missing:
        if order.asset_id or order.place_id or order.customer_id:
            notices.append(f"{order.number} stays a draft: it needs {listed(missing)}.")
        return False
    step(tx, order, "ready")
    return True


def _today(tx: Transaction) -> date:
    zone = tx.value("SELECT value FROM setting WHERE name = 'shop.zone'")
    return clock.today(ZoneInfo(zone or "UTC"))
