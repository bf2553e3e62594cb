"""What a filter says, as a frozen tree: the parser makes it, `store.filtering` makes SQL of it, `words` say it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Words:
    """A word or, when `exact`, a quoted phrase to look for in everything an order says, or in its title only."""

    text: str
    exact: bool = False
    field: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A field that is one of these values, as they are stored. An empty tuple is no condition (`status:any`)."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A field whose record, or text, answers to what was typed: initials, a tag, a code, a part of a name."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Custom:
    """A custom field that contains a text; an empty text asks for any value."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Present:
    """A field that has a value at all."""

    field: str


@dataclass(frozen=True, slots=True)
class Between:
    """A number within bounds, both inclusive; None is unbounded."""

    field: str
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class During:
    """A day within bounds, both inclusive, civil dates in the shop's zone; None is unbounded."""

    field: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Not:
    """What does not fit `node`."""

    node: Node


@dataclass(frozen=True, slots=True)
class All:
    """What fits every one of `nodes`; everything when there is none."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """What fits at least one of `nodes`."""

    nodes: tuple[Node, ...]


Node = Words | Choice | Named | Custom | Present | Between | During | Not | All | Any


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of the list by one field."""

    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A whole filter: what must hold, and how the list is sorted (the queue's order when nothing is said)."""

    node: Node = All(())
    sorts: tuple[Sort, ...] = ()

    def leaves(self) -> Iterator[Node]:
        """Every condition in it, without the `and`, `or` and `not` between them."""
        return _leaves(self.node)

    def both(self, other: Filter) -> Filter:
        """What fits this filter and the other one; the other one's sorting wins."""
        parts = [node for node in (self.node, other.node) if node != All(())]
        return Filter(parts[0] if len(parts) == 1 else All(tuple(parts)), other.sorts or self.sorts)


def _leaves(node: Node) -> Iterator[Node]:
    if isinstance(node, Not):
        yield from _leaves(node.node)
    elif isinstance(node, All | Any):
        for inner in node.nodes:
            yield from _leaves(inner)
    else:
        yield node
