"""`wotui template preset`, `field`, `checklist`, `material` and `step`: what is inside a template."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wotui.cli import output
from wotui.cli.session import Session, pass_session
from wotui.errors import NotFound, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.domain.templates import Material, OrderTemplate, OwnField, Step
    from wotui.store.file import Shop

_required = click.option(
    "--required", default="", metavar="MOMENT", help="release or done: by when it must be filled."
)


@click.command("preset")
@click.argument("name", metavar="TEMPLATE")
@click.argument("field", metavar="FIELD")
@click.argument("value", default="", metavar="[VALUE]")
@_required
@click.option("--hidden", is_flag=True, help="Not shown in forms while it has no other value.")
@pass_session
def preset(session: Session, name: str, field: str, value: str, required: str, *, hidden: bool) -> None:
    """Say what a template presets of one field, asks for, or hides; with neither, take that back.

    FIELD is a field of an order (type, priority, due_on, asset …), or custom.KEY for a field of your own. A day such as
    +3d counts from the day on which the order is made.
    """
    from wotui.actions.templates import parts
    from wotui.domain.templates import Preset

    with session.shop() as shop:
        done = parts.preset(shop, name, Preset(field.casefold().replace("-", "_"), value, required, hidden))
    output.say(done.sentence)


@click.command("field")
@click.argument("label", metavar="LABEL")
@click.option("--template", "name", default="", metavar="NAME", help="Whose orders have it; without it, all.")
@click.option("--key", default="", help="How filters and files name it; follows from the label.")
@click.option(
    "--type", "type_", default="", help="text, long, number, date, choice, multi, bool, person, asset."
)
@click.option("--choice", "choices", multiple=True, metavar="WORD", help="One choice; may be repeated.")
@click.option("--unit", default="", help="Of a number.")
@click.option("--min", "least", default="", help="The least number.")
@click.option("--max", "most", default="", help="The largest number.")
@_required
@click.option("--show-on", default="", metavar="WHERE", help="order,print,request.")
@click.option("--help-text", default="", metavar="TEXT", help="A sentence on how to fill it in.")
@click.option("--remove", is_flag=True, help="Take it away; what orders hold in it stays.")
@pass_session
def field(session: Session, label: str, name: str, *, remove: bool, **said: str | tuple[str, ...]) -> None:
    """Add a field of your own, change the one with this key or label, or take it away."""
    from wotui.actions.templates import parts
    from wotui.actions.templates.values import defined
    from wotui.store.reads import templates as reads

    with session.shop() as shop:
        row = reads.find(shop, name, retired_too=True) if name else None
        known = reads.own_fields(shop, row.id if row else None)
        old = defined(known, str(said["key"]) or label) or defined(known, label)
        if remove:
            done = parts.undefine(shop, row.id if row else "", old.name if old else label)
        else:
            made = _own_field(label, said, old)
            done = parts.define(shop, row.id if row else "", made, before=old.name if old else "")
    output.say(done.sentence)


def _own_field(label: str, said: dict[str, str | tuple[str, ...]], old: OwnField | None) -> OwnField:
    """The field as the options say it; what they do not mention stays as it was."""
    from dataclasses import replace

    from wotui.domain.quantity import thousandths
    from wotui.domain.templates import OwnField
    from wotui.domain.templates.own_fields import key_of

    words = {name: str(value) for name, value in said.items()}
    first = old or OwnField(words["key"] or key_of(label), label)
    changes: dict[str, object] = {}
    if words["key"]:
        changes["name"] = words["key"]
    if old is None or label not in (old.name, old.label):
        changes["label"] = label
    plain = (("type", "type_"), ("uom", "unit"), ("required", "required"), ("help", "help_text"))
    changes |= {name: words[option] for name, option in plain if words[option]}
    if said["choices"]:
        changes["choices"] = tuple(said["choices"])
    if words["show_on"]:
        changes["show_on"] = tuple(word.strip() for word in words["show_on"].split(","))
    limits = (("min_value", "least"), ("max_value", "most"))
    changes |= {name: thousandths(words[option]) for name, option in limits if words[option]}
    return replace(first, **changes)  # pyright: ignore[reportArgumentType] - values of the fields' own types


@click.command("checklist")
@click.argument("name", metavar="TEMPLATE")
@click.argument("checklist_name", metavar="CHECKLIST")
@click.option("--remove", is_flag=True, help="Take it from the template.")
@pass_session
def checklist(session: Session, name: str, checklist_name: str, *, remove: bool) -> None:
    """Let a checklist of the shop go with a template."""
    from wotui.actions.templates import parts
    from wotui.store.reads import checklist_templates

    with session.shop() as shop:
        if remove:
            found = checklist_templates.find(shop, checklist_name)
            done = parts.remove_part(shop, name, "checklist", found.id)
        else:
            done = parts.add_checklist(shop, name, checklist_name)
    output.say(done.sentence)


@click.command("material")
@click.argument("name", metavar="TEMPLATE")
@click.argument("what", metavar="WHAT")
@click.option("--part", default="", metavar="SKU", help="A part of the shop by its stock number.")
@click.option("--qty", default="", metavar="N", help="How much of it.")
@click.option("--unit", default="", help="ea, m, l, kg, set …")
@click.option("--remove", is_flag=True, help="Take the line with this number, or these words, away.")
@pass_session
def material(session: Session, name: str, what: str, part: str, qty: str, unit: str, *, remove: bool) -> None:
    """Add a line of material to a template, or take one away."""
    from wotui.actions.templates import parts
    from wotui.domain.quantity import thousandths
    from wotui.domain.templates import Material

    with session.shop() as shop:
        if remove:
            lines = _whole(shop, name).materials
            done = parts.remove_part(shop, name, "material", _one(lines, what, "line").id)
        else:
            made = Material(what, part, thousandths(qty) if qty else None, unit)
            done = parts.put_line(shop, name, made)
    output.say(done.sentence)


@click.command("step")
@click.argument("name", metavar="TEMPLATE")
@click.argument("title", metavar="TITLE")
@click.option(
    "--template", "of", default="", metavar="NAME", help="The template that its order is made from."
)
@click.option("--trade", default="", help="The trade that it takes.")
@click.option("--minutes", type=click.IntRange(1, 100_000), help="How long it takes.")
@click.option("--after", type=click.IntRange(1, 1000), metavar="N", help="The step that comes before it.")
@click.option("--remove", is_flag=True, help="Take the step with this number, or title, away.")
@pass_session
def step(
    session: Session,
    name: str,
    title: str,
    of: str,
    trade: str,
    minutes: int | None,
    after: int | None,
    *,
    remove: bool,
) -> None:
    """Add a step to a template's action plan, or take one away; each step becomes an order of its own."""
    from wotui.actions.templates import parts
    from wotui.domain.templates import Step

    with session.shop() as shop:
        if remove:
            done = parts.remove_part(shop, name, "step", _one(_whole(shop, name).steps, title, "step").id)
        else:
            done = parts.put_plan_step(shop, name, Step(title, of, trade, minutes, after))
    output.say(done.sentence)


def _whole(shop: Shop, name: str) -> OrderTemplate:
    from wotui.store.reads import templates as reads

    return reads.whole(shop, reads.find(shop, name, retired_too=True).id)


def _one(lines: Sequence[Material | Step], wanted: str, noun: str) -> Material | Step:
    """The line with this number, counted from 1, or whose words are these."""
    if wanted.isdigit() and 1 <= int(wanted) <= len(lines):
        return lines[int(wanted) - 1]
    word = wanted.casefold()
    found = [line for line in lines if word in (_words(line).casefold())]
    if len(found) != 1:
        if found:
            raise UsageProblem(f"“{wanted[:40]}” fits {len(found)} of them.", "Name it by its number.")
        raise NotFound(f"There is no {noun} “{wanted[:40]}”.", "`wotui template show` lists them.")
    return found[0]


def _words(line: Material | Step) -> str:
    from wotui.domain.templates import Step

    return line.title or line.template if isinstance(line, Step) else line.text or line.part


PARTS = (preset, field, checklist, material, step)
