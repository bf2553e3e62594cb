"""Order templates as readable TOML: what a file says, checked field by field, and a template written back.

    name = "HVAC service, quarterly"        # what the template is called
    title = "Quarterly HVAC service"        # what its orders are called
    trade = "HVAC"

    [fields]                                # fields of the order: a value, or a table
    type = "preventive"
    due_on = "+5d"                          # counted from the day of the order
    asset = { required = true }             # "release" and "done" name the moment
    billing = { value = "none", hidden = true }

    [[own]]                                 # fields of the shop's own
    key = "filter_size"
    label = "Filter size"

    [[checklists]]                          # a list of the shop by its name; with items it is brought along
    name = "Filter change"

    [[materials]]
    text = "Filter"
    qty = 2

    [[steps]]                               # an action plan: each becomes an order of its own
    title = "Order the filters"

`from_document(written.to_document(template))` gives the same template.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from wotui.domain.checklists.templates import template_from as checklist_from
from wotui.domain.quantity import thousandths
from wotui.domain.templates import own_fields
from wotui.domain.templates.own_fields import MOMENTS, RELEASE, OwnField
from wotui.domain.templates.template import (
    CUSTOM,
    ListNamed,
    Material,
    OrderTemplate,
    Preset,
    Step,
    check_preset,
    check_template,
    in_form_order,
    preset_field,
    usual_moment,
)
from wotui.errors import Problem, UsageProblem
from wotui.text import clean, clean_line, listed, nearest

HEAD = ("name", "title", "description", "trade", "work_kind")
PARTS = ("fields", "own", "checklists", "materials", "steps")
_PRESET = ("value", "required", "hidden")
_OWN = ("key", "label", "type", "required", "choices", "unit", "min", "max", "show_on", "help", "default")
_MATERIAL = ("text", "part", "qty", "unit")
_STEP = ("title", "template", "trade", "minutes", "after")
_LONGEST_UNIT = 12
_MOST_MINUTES = 100_000

Document = Mapping[str, object]


def from_document(document: Document, currency: str = "USD") -> OrderTemplate:
    """A template from a parsed TOML document.

    Args:
        document: as `tomllib` gives it.
        currency: of the shop, for amounts.

    Raises:
        Problem: a name, field, type or value is missing or unknown; the sentence names the part and the field.
    """
    _known(document, (*HEAD, *PARTS), "The template")
    name = _line(document, "name")
    where = f"The template “{name}”" if name else "The template"
    own = tuple(own_from(entry, number) for number, entry in _entries(document, "own", where))
    presets = _presets(document, where, currency, own)
    template = OrderTemplate(
        name=name,
        title=_line(document, "title"),
        description=clean(str(document.get("description") or "")),
        trade=_line(document, "trade", 40),
        work_kind=_line(document, "work_kind", 40),
        presets=presets,
        fields=own,
        checklists=tuple(_list_named(e, n) for n, e in _entries(document, "checklists", where)),
        materials=tuple(_material(e, n) for n, e in _entries(document, "materials", where)),
        steps=tuple(_step(e, n) for n, e in _entries(document, "steps", where)),
    )
    check_template(template)
    return template


def own_from(entry: Document, number: int = 1) -> OwnField:
    """A field of the shop's own from its TOML table; `number` is its place, for sentences.

    Raises:
        Problem: as `from_document`.
    """
    label = _line(entry, "label")
    where = f"[[own]] {number}" + (f" (“{label}”)" if label else "")
    _known(entry, _OWN, where)
    places = entry.get("show_on", ["order", "print"])
    choices = entry.get("choices", ())
    for what, value in (("show_on", places), ("choices", choices)):
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise UsageProblem(f"{where}: {what} is no list.", f'Write {what} = ["…", "…"].')
    made = OwnField(
        name=_line(entry, "key", 60) or own_fields.key_of(label),
        label=label,
        type=_line(entry, "type") or "text",
        required=_moment(entry, RELEASE, where),
        choices=tuple(clean_line(str(choice)) for choice in cast("Sequence[object]", choices)),
        uom=_line(entry, "unit", _LONGEST_UNIT),
        min_value=_number(entry, "min", where),
        max_value=_number(entry, "max", where),
        show_on=tuple(str(place) for place in cast("Sequence[object]", places)),
        help=_line(entry, "help", 200),
        position=number,
    )
    return _within(where, lambda: own_fields.check(made))


def _presets(document: Document, where: str, currency: str, own: Sequence[OwnField]) -> tuple[Preset, ...]:
    table = _table(document.get("fields", {}), f"{where}: fields", "[fields]")
    found: list[Preset] = []
    for name, said in table.items():
        there = f"[fields] {clean_line(name, 60)}"
        known = name if name.startswith(CUSTOM) else _within(there, lambda name=name: preset_field(name).name)
        entry = cast("Document", said) if isinstance(said, Mapping) else {"value": said}
        _known(entry, _PRESET, there)
        preset = Preset(
            known,
            _typed(entry.get("value", "")),
            _moment(entry, usual_moment(known), there),
            entry.get("hidden") is True,
        )
        found.append(_within(there, lambda preset=preset: check_preset(preset, currency, own)))
    for number, entry in _entries(document, "own", where):
        default = _typed(entry.get("default", ""))
        if default:
            preset = Preset(f"{CUSTOM}{own[number - 1].name}", default)
            there = f"[[own]] {number}: default"
            found.append(_within(there, lambda preset=preset: check_preset(preset, currency, own)))
    return in_form_order(found)


def _list_named(entry: Document, number: int) -> ListNamed:
    name = _line(entry, "name")
    where = f"[[checklists]] {number}"
    _known(entry, ("name", "description", "trade", "items"), where)
    if not name:
        raise UsageProblem(f"{where} has no name.", 'Write name = "…".')
    if "items" not in entry:
        return ListNamed(name)
    return ListNamed(name, _within(f"{where} (“{name}”)", lambda: checklist_from(entry)))


def _material(entry: Document, number: int) -> Material:
    where = f"[[materials]] {number}"
    _known(entry, _MATERIAL, where)
    made = Material(
        _line(entry, "text"),
        _line(entry, "part", 40),
        _number(entry, "qty", where),
        _line(entry, "unit", _LONGEST_UNIT),
    )
    if not (made.text or made.part):
        raise UsageProblem(f"{where} names nothing.", 'Write text = "…", or part = "…" with a stock number.')
    if made.qty is not None and made.qty <= 0:
        raise UsageProblem(f"{where}: qty is not above zero.", "Write how much of it is needed.")
    return made


def _step(entry: Document, number: int) -> Step:
    where = f"[[steps]] {number}"
    _known(entry, _STEP, where)
    return Step(
        _line(entry, "title"),
        _line(entry, "template"),
        _line(entry, "trade", 40),
        _whole(entry, "minutes", where, _MOST_MINUTES),
        _whole(entry, "after", where, 1000),
    )


def _entries(document: Document, name: str, where: str) -> list[tuple[int, Document]]:
    """The tables under `[[name]]`, numbered from 1."""
    value = document.get(name, [])
    if not isinstance(value, list):
        raise UsageProblem(f"{where}: {name} is no list of tables.", f"Write each as [[{name}]].")
    entries = cast("list[object]", value)
    return [(n, _table(entry, f"{name} {n}", f"[[{name}]]")) for n, entry in enumerate(entries, 1)]


def _table(value: object, where: str, written: str) -> Document:
    if not isinstance(value, Mapping):
        raise UsageProblem(f"{where} is no table.", f"Write {written} and its fields below.")
    return cast("Document", value)


def _known(entry: Document, known: Sequence[str], where: str) -> None:
    for name in entry:
        if name not in known:
            near = nearest(name, tuple(known))
            way_out = f"Did you mean {near}?" if near else f"It takes {listed(tuple(known))}."
            raise UsageProblem(f"{where} has an unknown field “{clean_line(name, 40)}”.", way_out)


def _line(entry: Document, name: str, limit: int = 120) -> str:
    value = entry.get(name)
    return "" if value is None else clean_line(str(value), limit)


def _typed(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(clean_line(str(word)) for word in cast("list[object]", value))
    return clean(str(value), 2000)


def _moment(entry: Document, usual: str, where: str) -> str:
    value = entry.get("required", False)
    if isinstance(value, bool):
        return usual if value else ""
    word = clean_line(str(value), 40)
    if word not in MOMENTS:
        raise UsageProblem(
            f"{where}: required is “{word}”.", "It is true, false, “release” or “done” (the moment)."
        )
    return word


def _number(entry: Document, name: str, where: str) -> int | None:
    value = entry.get(name)
    return None if value is None else _within(f"{where}: {name}", lambda: thousandths(str(value)))


def _whole(entry: Document, name: str, where: str, most: int) -> int | None:
    value = entry.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= most:
        raise UsageProblem(f"{where}: {name} is no whole number from 1 to {most:,}.", "Write digits only.")
    return value


def _within(where: str, make: Any) -> Any:
    """What `make` gives; what it complains of is said with the place in the file."""
    try:
        return make()
    except Problem as problem:
        raise type(problem)(f"{where}: {problem.what}", problem.way_out) from None
