"""Checklist templates as readable TOML: what the files in `data/checklists/` say, checked line by line.

An item is a table with `type` and `label`; everything else has a default. Limits are written as people write them
(`max = 4.5`), `show_if = { item = "leaks", equals = "yes" }` names another item by its `key`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from wotui.domain.checklists.items import (
    CHOICE,
    MULTI,
    ON_FAIL,
    OUTCOMES,
    PROPOSE,
    SEVERITIES,
    SIGNATURE,
    SIGNING_ROLES,
    TITLE_PATTERN,
    TYPES,
    FollowUp,
    Item,
    Option,
)
from wotui.domain.quantity import thousandths
from wotui.errors import UsageProblem
from wotui.text import clean, clean_line, listed, nearest

FIELDS = (
    "key", "type", "label", "help", "uom", "min", "max", "warn_min", "warn_max", "good_answer", "options", "required",
    "na_allowed", "show_if", "severity", "on_fail", "follow_up", "role",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Template:
    """A checklist that can be put on any order. The ids of its items are their keys (or `item1`, `item2` …)."""

    name: str
    description: str
    trade: str
    items: tuple[Item, ...]


def template_from(document: Mapping[str, object]) -> Template:
    """A template from a parsed TOML document.

    Raises:
        UsageProblem: a name, field, type or limit is missing or unknown; the sentence names the item.
    """
    name = clean_line(str(document.get("name") or ""))
    if not name:
        raise UsageProblem("A checklist template needs a name.", 'Write name = "…" at the top of the file.')
    entries = document.get("items")
    if not isinstance(entries, list) or not entries:
        raise UsageProblem(
            f"The template “{name}” has no items.", "Write each as [[items]] with a type and a label."
        )
    items = [item_from(entry, number) for number, entry in enumerate(cast("list[object]", entries), 1)]
    _check_links(name, items)
    return Template(
        name,
        clean(str(document.get("description") or "")),
        clean_line(str(document.get("trade") or "")),
        tuple(items),
    )


def item_from(entry: object, number: int = 1) -> Item:
    """One item from its TOML table; `number` is its place in the list, for sentences and for a missing key.

    Raises:
        UsageProblem: as `template_from`.
    """
    if not isinstance(entry, Mapping):
        raise UsageProblem(f"Item {number} is not a table.", "Write it as [[items]] with a type and a label.")
    fields = cast("Mapping[str, object]", entry)
    label = clean_line(str(fields.get("label") or ""))
    where = f"Item {number}" + (f" (“{label}”)" if label else "")
    for field in fields:
        if field not in FIELDS:
            near = nearest(field, FIELDS)
            raise UsageProblem(
                f"{where} has an unknown field “{field}”.", f"Did you mean {near}?" if near else ""
            )
    if not label:
        raise UsageProblem(f"{where} has no label.", 'Write label = "what to check".')
    shown_if = _table(fields, "show_if", where)
    kind = _one_of(fields, "type", TYPES, "tick", where)
    return Item(
        id=clean_line(str(fields.get("key") or f"item{number}")),
        type=kind,
        label=label,
        position=number,
        help=clean(str(fields.get("help") or "")),
        uom=clean_line(str(fields.get("uom") or ""), 12),
        min_value=_limit(fields, "min", where),
        max_value=_limit(fields, "max", where),
        warn_min=_limit(fields, "warn_min", where),
        warn_max=_limit(fields, "warn_max", where),
        good_answer=_one_of(fields, "good_answer", ("yes", "no"), "yes", where),
        options=_options(fields, kind, where),
        required=bool(fields.get("required", True)),
        na_allowed=bool(fields.get("na_allowed", True)),
        show_if_item=clean_line(str(shown_if.get("item") or "")) or None,
        show_if_value=clean_line(str(shown_if.get("equals", ""))),
        severity=_one_of(fields, "severity", SEVERITIES, "normal", where),
        on_fail=_one_of(fields, "on_fail", ON_FAIL, PROPOSE, where),
        follow_up=_follow_up(fields, where),
        role=_one_of(fields, "role", SIGNING_ROLES, "technician", where) if kind == SIGNATURE else "",
    )


def _table(fields: Mapping[str, object], name: str, where: str) -> Mapping[str, object]:
    value = fields.get(name)
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise UsageProblem(f"{where}: {name} is not a table.", f"Write {name} = {{ … }}.")
    return cast("Mapping[str, object]", value)


def _one_of(fields: Mapping[str, object], name: str, known: tuple[str, ...], default: str, where: str) -> str:
    value = fields.get(name, default)
    word = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    if word not in known:
        raise UsageProblem(
            f"{where}: {name} is “{clean_line(word)}”.", f"It is one of {listed(known, 'or')}."
        )
    return word


def _limit(fields: Mapping[str, object], name: str, where: str) -> int | None:
    value = fields.get(name)
    if value is None:
        return None
    try:
        return thousandths(str(value))
    except UsageProblem as problem:
        raise UsageProblem(f"{where}: {name}: {problem.what}", problem.way_out) from None


def _options(fields: Mapping[str, object], kind: str, where: str) -> tuple[Option, ...]:
    entries = fields.get("options")
    if kind not in (CHOICE, MULTI):
        return ()
    if not isinstance(entries, list) or not entries:
        raise UsageProblem(
            f"{where} is a choice without options.", 'Write options = [{ label = "…", outcome = "pass" }].'
        )
    found: list[Option] = []
    for number, entry in enumerate(cast("list[object]", entries), 1):
        table: Mapping[str, object] = (
            cast("Mapping[str, object]", entry) if isinstance(entry, Mapping) else {"label": str(entry)}
        )
        label = clean_line(str(table.get("label") or table.get("id") or ""))
        outcome = str(table.get("outcome") or "pass")
        if not label or outcome not in OUTCOMES:
            raise UsageProblem(f"{where}: option {number} needs a label, and an outcome pass, flag or fail.")
        found.append(Option(clean_line(str(table.get("id") or label)).replace(",", " "), label, outcome))
    return tuple(found)


def _follow_up(fields: Mapping[str, object], where: str) -> FollowUp:
    table = _table(fields, "follow_up", where)
    priority = table.get("priority")
    if priority is not None and not (isinstance(priority, int) and 1 <= priority <= 4):
        raise UsageProblem(f"{where}: the follow-up's priority is not 1, 2, 3 or 4.")
    return FollowUp(
        kind=_one_of(table, "as", ("order", "request"), "order", where),
        template=clean_line(str(table.get("template") or "")),
        priority=priority,
        title=clean_line(str(table.get("title") or TITLE_PATTERN)),
    )


def _check_links(name: str, items: list[Item]) -> None:
    keys = [item.id for item in items]
    if len(set(keys)) != len(keys):
        raise UsageProblem(f"Two items of the template “{name}” have the same key.", "Give each its own.")
    for item in items:
        if item.show_if_item is not None and item.show_if_item not in keys:
            raise UsageProblem(
                f"“{item.label}” of the template “{name}” is shown after “{item.show_if_item}”, which is no item's key."
            )
