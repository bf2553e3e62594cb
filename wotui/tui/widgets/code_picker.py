"""Words to choose from that are only an offer: the shop's code lists, and whatever else is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.text import clean_line
from wotui.tui.widgets.form_dialogs import Opening
from wotui.tui.widgets.options import Option, matching
from wotui.tui.widgets.picker import NOTHING, Picker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wotui.store.file import Shop
    from wotui.tui.widgets.fields import Row
    from wotui.tui.widgets.form import Form


def one(form: Form, row: Row, begun: str) -> Opening:
    """One word of the list that the row names (`row.refers_to`), or the words as typed."""
    source = offers(row.refers_to, _failure_class(form), row.typed)
    none = f"No {row.label}" if row.typed and not row.required else ""
    picker = Picker(row.label.capitalize(), source, none=none, typed=begun)
    return Opening(picker, lambda word: form.put(row.name, "" if word is NOTHING else word))


def several(form: Form, row: Row, begun: str) -> Opening:
    """Several words of the list that the row names; further ones are typed."""
    there = [word.strip() for word in row.typed.split(",") if word.strip()]
    source = offers(row.refers_to, "", *there) if row.refers_to else _of_choices(row)
    picker = Picker(row.label.capitalize(), source, several=True, marked=there, typed=begun)

    def taken(words: Any) -> bool:
        return form.put(row.name, ", ".join(sorted(words, key=str.casefold)))

    return Opening(picker, taken)


def offers(name: str, failure_class: str, *there: str) -> Callable[[Shop, str], Sequence[Option]]:
    """What a picker of a list offers: its words, those that stand there already, and what is typed.

    Args:
        name: of the list (`domain.codes.LISTS`).
        failure_class: of the asset, for problems, causes and remedies.
        there: words that the field holds, offered although no list has them.
    """

    def source(shop: Shop, typed: str) -> list[Option]:
        from wotui.store.reads import codes

        known = [
            Option(code.code, code.code, code.label) for code in codes.offered(shop, name, failure_class)
        ]
        known += [Option(word, word) for word in there if word and word not in [each.value for each in known]]
        found = matching(known, typed)
        words = clean_line(typed, 60)
        if words and words.casefold() not in [str(each.value).casefold() for each in found]:
            found.append(Option(words, f"“{words}”", "as typed", look="accent"))
        return found

    return source


def _of_choices(row: Row) -> list[Option]:
    return [Option(value, words) for value, words in row.choices]


def _failure_class(form: Form) -> str:
    """The failure class of the asset that stands in the same form, or of the order that the form is about."""
    from wotui.store.reads import codes

    tag = form.typed().get("asset", "")
    if tag:
        return codes.failure_class_of_tag(form.shop, tag)
    order_id = str(getattr(form.screen, "order_id", "") or getattr(form.screen, "record_id", ""))
    return codes.failure_class_of(form.shop, order_id) if order_id else ""
