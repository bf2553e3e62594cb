"""Values of a shop's own fields on an order: each read by its definition and kept as a row of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain.identity import same_id
from wotui.domain.record_kinds import KINDS
from wotui.domain.templates import own_fields
from wotui.store.reads import records
from wotui.store.reads import templates as reads
from wotui.text import clean, clean_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from wotui.domain.templates import OwnField
    from wotui.store.reading import Reads
    from wotui.store.transaction import Transaction

_NAME_LIMIT = 60
_UNDEFINED_LIMIT = 2000


def read_values(
    source: Reads, own: Sequence[OwnField], typed: Mapping[str, str], today: date
) -> dict[str, str | None]:
    """Values as they are kept, by key; a name that no definition has is kept as the text it is.

    Args:
        source: the shop or the open transaction.
        own: the definitions that count for the record.
        typed: what was typed, by key or label.
        today: the shop's date.

    Raises:
        UsageProblem: not a value of its field.
        NotFound: no such person or asset.
    """
    found: dict[str, str | None] = {}
    for name, words in typed.items():
        field = defined(own, name)
        if field is None:
            found[clean_line(name, _NAME_LIMIT)] = clean(words, _UNDEFINED_LIMIT) or None
            continue
        value = own_fields.read(field, words, today)
        if value is not None and field.type in ("person", "asset"):
            kind = KINDS[field.type]
            identity = records.find(source, kind, value)
            value = str(records.handles(source, kind)[identity])
        found[field.name] = value
    return found


def defined(own: Sequence[OwnField], name: str) -> OwnField | None:
    """The definition that a name means: by its key, else by its label; None where there is none."""
    word = name.casefold().strip()
    by_key = next((field for field in own if field.name == word.replace("-", "_").replace(" ", "_")), None)
    return by_key or next((field for field in own if field.label.casefold() == word), None)


def write_values(tx: Transaction, record_id: str, values: Mapping[str, str | None]) -> None:
    """Keep values of a record, each as a row of its own so that it merges by itself."""
    for name, value in values.items():
        identity = same_id("custom", record_id, name)
        tx.put("custom_value", identity, record_id=record_id, name=name, value=value)


def own_name(source: Reads, name: str) -> str | None:
    """The key of an own field of any template that is called so, by key or label; None where there is none."""
    known = reads.own_names(source)
    word = name.casefold()
    if word in known:
        return word
    return next((key for key, label in known.items() if label.casefold() == word), None)
