"""What is wrong with a filter, where it stands, and what was probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.errors import UsageProblem
from wotui.text import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence


class FilterMistake(UsageProblem):
    """A filter that cannot be read.

    Attributes:
        start: where the wrong part begins in the filter's text.
        end: where it ends.
    """

    def __init__(self, what: str, way_out: str, start: int, end: int) -> None:
        super().__init__(what, way_out)
        self.start = start
        self.end = end

    def left_over(self, text: str) -> str:
        """The filter's text without the word that is wrong: what can still be shown while somebody types on."""
        before, after = text[: self.start].rstrip(), text[self.end :]
        before = before if before != text[: self.start] else text[: self.start].rpartition(" ")[0]
        return f"{before} {after.partition(' ')[2]}".strip()


def unknown_field(name: str, start: int, known: Sequence[str]) -> FilterMistake:
    """There is no such field; names the nearest one."""
    meant = nearest(name, list(known))
    way_out = (
        f"Did you mean {meant}:?"
        if meant
        else f'To look for the text itself, write "{name}:" in quotation marks.'
    )
    return FilterMistake(f"There is no field {name}.", way_out, start, start + len(name))


def unknown_value(noun: str, value: str, start: int, known: Sequence[str]) -> FilterMistake:
    """A field does not have such a value; names the nearest one, or all."""
    meant = nearest(value, list(known))
    way_out = f"Did you mean {meant}?" if meant else f"It can be {', '.join(known)}."
    return FilterMistake(f"{value} is not a {noun}.", way_out, start, start + len(value))
