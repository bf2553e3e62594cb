"""What opens over a field that is not typed on a line: words to choose from, records to pick, long texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wotui.tui.widgets.dialogs import Ask, Box, Choose
from wotui.tui.widgets.options import Option
from wotui.tui.widgets.picker import NOTHING, New, Picker

if TYPE_CHECKING:
    from collections.abc import Callable

    from wotui.store.file import Shop
    from wotui.tui.widgets.fields import Row
    from wotui.tui.widgets.form import Form

    Opener = Callable[[Form, Row, str], "Opening"]


@dataclass(frozen=True, slots=True)
class Opening:
    """A dialog over a field, and what takes its answer; `taken` says whether the field has its value now."""

    dialog: Box[Any]
    taken: Callable[[Any], bool]


def choose(form: Form, row: Row, begun: str) -> Opening:
    """One of the field's words; a typed letter puts the cursor on the first that begins so."""
    choices = [*row.choices, *([] if row.required else [("", "–")])]
    at = next((index for index, (value, _) in enumerate(choices) if value == row.typed), 0)
    folded = begun.casefold()
    begins = [
        index for index, (_, words) in enumerate(choices) if begun and words.casefold().startswith(folded)
    ]
    said = _said_of_priorities(form) if row.name == "priority" else {}
    options = [("", words, said.get(value, ""), value) for value, words in choices]
    dialog = Choose(row.label.capitalize(), options, at=begins[0] if begins else at)
    return Opening(dialog, lambda value: form.put(row.name, value))


def _said_of_priorities(form: Form) -> dict[str, str]:
    """What the shop says a priority is for, by the priority's word."""
    from wotui.domain.work_orders import PRIORITIES
    from wotui.store.reads import codes

    return {
        PRIORITIES[int(each.code)]: each.label
        for each in codes.codes(form.shop, "priority")
        if each.code in ("1", "2", "3", "4")
    }


def pick(form: Form, row: Row, begun: str) -> Opening:
    """A record of the kind that the field refers to, or a new one with the typed name."""

    def taken(value: Any) -> bool:
        if isinstance(value, New):
            _new_record(form, row, value.name)
            return False
        if value is NOTHING:
            return form.put(row.name, "")
        handle, name = value
        return form.put(row.name, handle, _called(handle, name))

    new = row.refers_to if row.refers_to in ("asset", "place", "customer") else ""
    none = "" if row.required or not row.typed else f"No {row.label}"
    picker = Picker(row.label.capitalize(), record_source(row.refers_to), new=new, none=none, typed=begun)
    return Opening(picker, taken)


def write(form: Form, row: Row, begun: str) -> Opening:
    """A text of several lines."""
    from wotui.tui.widgets.long_text import LongText

    dialog = LongText(row.label.capitalize(), row.typed + begun, limit=row.limit)
    return Opening(dialog, lambda words: form.put(row.name, words))


def code(form: Form, row: Row, begun: str) -> Opening:
    """A word of a code list, or any other."""
    from wotui.tui.widgets import code_picker

    return code_picker.one(form, row, begun)


def several(form: Form, row: Row, begun: str) -> Opening:
    """Several words of a code list or of the field's choices."""
    from wotui.tui.widgets import code_picker

    return code_picker.several(form, row, begun)


def template(form: Form, row: Row, begun: str) -> Opening:
    """An order template by its name."""
    from wotui.tui import new_order

    none = f"No {row.label}" if row.typed and not row.required else ""
    picker = Picker(
        row.label.capitalize(), lambda _shop, typed: new_order.named(form, typed), none=none, typed=begun
    )
    return Opening(picker, lambda name: form.put(row.name, "" if name is NOTHING else name))


DIALOGS: dict[str, Opener] = {
    "choice": choose,
    "flag": choose,
    "reference": pick,
    "text": write,
    "listed": code,
    "several": several,
    "template": template,
}
"""Kind of field → what opens it."""


def record_source(kind: str) -> Callable[[Shop, str], list[Option]]:
    """What a picker of this kind of record offers; the value is (handle, name)."""

    def source(shop: Shop, typed: str) -> list[Option]:
        from wotui.store.reads import choices

        found = choices.orders(shop, typed) if kind == "work_order" else choices.choices(shop, kind, typed)
        return [
            Option((one.handle, one.name), one.name, one.note, one.handle if one.handle != one.name else "")
            for one in found
        ]

    return source


def _new_record(form: Form, row: Row, name: str) -> None:
    """Make the record that the person typed the name of; places and assets are asked for their code or tag."""
    from wotui.domain.record_kinds import KINDS

    kind = KINDS[row.refers_to]
    handle = kind.field(kind.handle)
    if kind.handle == "name":
        _add(form, row, name, {})
        return

    def named(code: str | None) -> None:
        if code:
            _add(form, row, name, {handle.name: code})

    words = f"“{name}” is new. Its {handle.words} is what people will call it by."
    form.wotui.push_screen(Ask(f"New {kind.name}: {handle.words}", words=words, limit=handle.limit), named)


def _add(form: Form, row: Row, name: str, values: dict[str, str]) -> None:
    from wotui.actions import records

    handle = next(iter(values.values()), name)
    kind = row.refers_to

    def added(_done: object) -> None:
        if form.is_attached:
            form.put(row.name, handle, _called(handle, name))

    form.ask.act(lambda shop: records.add(shop, kind, name, values), added)


def _called(handle: str, name: str) -> str:
    return f"{handle} {name}" if name != handle else name
