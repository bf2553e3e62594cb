"""The dialogs of a template's parts: what it says of a field, a field of its own, material, a step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wotui.domain.quantity import decimal, thousandths
from wotui.domain.records import Field
from wotui.domain.templates import Material, OwnField, Preset, Step
from wotui.domain.templates.own_fields import MOMENT_WORDS, SHOWN_ON, TYPE_WORDS, TYPES, key_of
from wotui.domain.templates.template import CUSTOM, preset_field
from wotui.errors import UsageProblem
from wotui.text import clean_line
from wotui.tui import own_rows, record_rows
from wotui.tui.record_rows import Spelling
from wotui.tui.widgets.fields import Row
from wotui.tui.widgets.form_box import FormBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.domain.templates import OrderTemplate
    from wotui.store.file import Shop
    from wotui.store.transaction import Done

_MOMENTS = tuple((moment, words) for moment, words in MOMENT_WORDS.items() if moment)
_YES_NO = (("yes", "yes"), ("no", "no"))


def preset_box(shop: Shop, template: OrderTemplate, name: str) -> FormBox:
    """What a template says of one field."""
    said = template.preset(name)
    spelling = Spelling.of(shop)
    own = next((each for each in template.fields if f"{CUSTOM}{each.name}" == name), None)
    value = _own_value(own, said, spelling) if own is not None else _value(preset_field(name), said, spelling)
    rows = [replace(value, label="at first", required=False), _moment(said.required)]
    if own is None:
        rows.append(_flag("hidden", "hidden", said.hidden, "not shown while it has no other value"))

    def check(row: Row, typed: str) -> str:
        if row.name in ("required", "hidden"):
            return MOMENT_WORDS.get(typed, typed)
        if own is not None:
            return own_rows.check((own,), row.name, typed, spelling.today)
        return spelling.shown(preset_field(name), typed)

    def write(shop: Shop, typed: dict[str, str]) -> Done:
        from wotui.actions.templates import parts

        hidden = typed.get("hidden") == "yes"
        made = Preset(name, typed[value.name], typed["required"], hidden)
        return parts.preset(shop, template.id, made)

    return FormBox(f"{template.name}: {_words(name, own)}", rows, check, write)


def _words(name: str, own: OwnField | None) -> str:
    return own.words if own is not None else preset_field(name).words


def _value(known: Field, said: Preset, spelling: Spelling) -> Row:
    made = record_rows.row(known, said.value, spelling.shown(known, said.value))
    return replace(made, hint="+3d counts from the day of the order") if known.type == "date" else made


def _own_value(own: OwnField, said: Preset, spelling: Spelling) -> Row:
    return own_rows.row(own, said.value, spelling.today)


def _moment(value: str) -> Row:
    hint = "by when it must be filled"
    return Row(
        "required",
        "must be filled",
        "choice",
        value,
        MOMENT_WORDS[value] if value else "",
        choices=_MOMENTS,
        hint=hint,
    )


def _flag(name: str, label: str, value: bool, hint: str) -> Row:
    word = "yes" if value else ""
    return Row(name, label, "flag", word, word, choices=_YES_NO, hint=hint)


def own_box(template: OrderTemplate | None, field: OwnField | None) -> FormBox:
    """A field of the shop's own: a new one, or one to change; without a template, of every order."""
    was = field or OwnField("", "")
    types = tuple((kind, TYPE_WORDS[kind]) for kind in TYPES)
    rows = [
        Row("label", "label", typed=was.label, shown=was.label, hint="what people read", required=True, limit=60),
        Row("type", "type", "choice", was.type, TYPE_WORDS[was.type], choices=types, hint="what it holds",
            required=True),
        Row("choices", "choices", typed=", ".join(was.choices), shown=", ".join(was.choices), limit=2000,
            hint="for one or some of several: words, separated by commas"),
        Row("unit", "unit", typed=was.uom, shown=was.uom, hint="of a number, such as kg", limit=12),
        _limit("min", "least", was.min_value),
        _limit("max", "most", was.max_value),
        _moment(was.required),
        Row("show_on", "shown on", "several", ", ".join(was.show_on), ", ".join(was.show_on),
            choices=tuple((place, place) for place in SHOWN_ON), hint="request: whoever asks for work sees it, too"),
        Row("help", "help", typed=was.help, shown=was.help, hint="a sentence on how to fill it in", limit=200),
        Row("key", "key", typed=was.name, shown=was.name, limit=40,
            hint="how filters and files name it; follows from the label where it is empty"),
    ]  # fmt: skip

    def check(row: Row, typed: str) -> str:
        if row.name in ("min", "max") and typed:
            return decimal(thousandths(typed))
        words = {"type": TYPE_WORDS, "required": MOMENT_WORDS}.get(row.name, {})
        return words.get(typed, typed)

    def write(shop: Shop, typed: dict[str, str]) -> Done:
        from wotui.actions.templates import parts

        made = _own_field(typed, was)
        return parts.define(shop, template.id if template else "", made, before=was.name)

    whose = template.name if template else "Every order"
    return FormBox(f"{whose}: {was.label or 'a new field'}", rows, check, write)


def _limit(name: str, label: str, value: int | None) -> Row:
    words = "" if value is None else decimal(value)
    return Row(name, label, typed=words, shown=words, hint="for a number; empty for no limit")


def _own_field(typed: dict[str, str], was: OwnField) -> OwnField:
    label = clean_line(typed["label"], 60)
    return OwnField(
        name=typed["key"] or key_of(label),
        label=label,
        type=typed["type"],
        required=typed["required"],
        choices=_listed(typed["choices"]),
        uom=typed["unit"],
        min_value=thousandths(typed["min"]) if typed["min"] else None,
        max_value=thousandths(typed["max"]) if typed["max"] else None,
        show_on=_listed(typed["show_on"]),
        help=typed["help"],
        position=was.position,
    )


def _listed(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",") if word.strip())


def material_box(template: OrderTemplate, material: Material | None) -> FormBox:
    """A line of material: a new one, or one to change."""
    was = material or Material()
    qty = "" if was.qty is None else decimal(was.qty)
    rows = [
        Row("text", "what", typed=was.text, shown=was.text, hint="in words; or pick a part below"),
        Row("part", "part", "reference", was.part, was.part, refers_to="part", hint="enter searches"),
        Row("qty", "how much", typed=qty, shown=qty, hint="a number, at most three decimals"),
        Row("uom", "unit", typed=was.uom, shown=was.uom, hint="ea, m, l, kg, set …", limit=12),
    ]

    def check(row: Row, typed: str) -> str:
        return decimal(thousandths(typed)) if row.name == "qty" and typed else typed

    def write(shop: Shop, typed: dict[str, str]) -> Done:
        from wotui.actions.templates import parts

        amount = thousandths(typed["qty"]) if typed["qty"] else None
        made = Material(typed["text"], typed["part"], amount, typed["uom"], was.id)
        return parts.put_line(shop, template.id, made)

    return FormBox(f"{template.name}: material", rows, check, write)


def step_box(template: OrderTemplate, step: Step | None) -> FormBox:
    """A step of the action plan: a new one, or one to change."""
    was = step or Step()
    number = next(
        (n for n, each in enumerate(template.steps, 1) if each.id == was.id), len(template.steps) + 1
    )
    minutes = str(was.minutes or "")
    rows = [
        Row(
            "title", "title", typed=was.title, shown=was.title, hint="what its order is called", required=True
        ),
        Row(
            "template",
            "from template",
            "template",
            was.template,
            was.template,
            hint="enter searches; may be empty",
        ),
        Row("trade", "trade", typed=was.trade, shown=was.trade, hint="who can do it", limit=40),
        Row("minutes", "minutes", "whole", minutes, minutes, hint="how long it takes"),
        _after(template.steps[: number - 1], was.after),
    ]

    def check(row: Row, typed: str) -> str:
        if row.name == "minutes" and typed and not typed.isdigit():
            raise UsageProblem(f"{typed[:20]!r} is not a number of minutes.", "Write digits only.")
        return _after_words(template.steps, int(typed)) if row.name == "after" and typed else typed

    def write(shop: Shop, typed: dict[str, str]) -> Done:
        from wotui.actions.templates import parts

        after = int(typed["after"]) if typed["after"] else None
        taken = int(typed["minutes"]) if typed["minutes"] else None
        made = Step(typed["title"], typed["template"], typed["trade"], taken, after, was.id)
        return parts.put_plan_step(shop, template.id, made)

    return FormBox(f"{template.name}: step {number}", rows, check, write)


def _after(before: Sequence[Step], value: int | None) -> Row:
    choices = tuple((str(number), _after_words(before, number)) for number in range(1, len(before) + 1))
    shown = _after_words(before, value) if value else ""
    hint = "the step that must be done first"
    return Row("after", "comes after", "choice", str(value or ""), shown, choices=choices, hint=hint)


def _after_words(steps: Sequence[Step], number: int) -> str:
    if not 1 <= number <= len(steps):
        return str(number)
    return f"{number}. {steps[number - 1].title or steps[number - 1].template}"
