"""Places: where another journal lies, behind one small interface.

A place is asked each time what it holds, never trusted to remember. Reading verifies before it gives anything;
publishing sends whatever the place lacks, also changes of others, and asks the place again at that moment. The merge
itself (`wotui.merge.engine`) knows nothing of files and folders.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    Vector = Mapping[str, int]

FORMAT = 1
"""The newest format of a journal that this wotui reads and writes."""


class Change(NamedTuple):
    """One row of a journal, exactly as its writer wrote it; see `wotui.store.journal` for the columns."""

    origin: str
    seq: int
    t: int
    at: int | None
    actor: str | None
    act: int | None
    entity: str
    row: str
    patch: str


change_of: Callable[[Iterable[Any]], Change] = partial(tuple.__new__, Change)  # pyright: ignore[reportUnknownMemberType]
"""A change of a row as the journal's table has it; for the hundred thousand of a long journal."""

COLUMNS = ("origin", "seq", "t", "at", "actor", "act", "entity", "row", "patch")
"""The columns of a change in the order of its fields."""


@dataclass(frozen=True, slots=True)
class Card:
    """Whose journal it is.

    Attributes:
        shop: the id of the shop.
        format: the format of the journal; newer than `FORMAT` is refused.
        written_by: the version of wotui that wrote it last, such as `0.4.0`.
    """

    shop: str
    format: int
    written_by: str


class Journal(Protocol):
    """Something that holds a journal: a place, or the own file."""

    def card(self) -> Card | None:
        """Whose it is; None where nothing lies there yet.

        Raises:
            FileTrouble: what lies there is damaged, hostile or unreachable; nothing of it was believed.
        """
        ...

    def held(self) -> Vector:
        """The version vector: origin → number of its last change, every one without a gap from 1."""
        ...

    def changes(self, beyond: Vector) -> Iterator[Change]:
        """The changes beyond a vector, by origin and number, verified."""
        ...

    def change(self, origin: str, seq: int) -> Change | None:
        """One change, for the comparison that finds forks."""
        ...

    def blob_names(self) -> Collection[str]:
        """The SHA-256 (hex) of every attachment whose bytes it holds."""
        ...

    def blobs(self, names: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of these attachments, as far as it holds them, each compared with its name."""
        ...


class Place(Journal, Protocol):
    """A journal elsewhere, that can be read and completed."""

    def describe(self) -> str:
        """The place as a sentence names it: `/media/stick/shop-shared.wotui`."""
        ...

    def publish(self, mine: Journal) -> int:
        """Send what the place lacks (asked again now) of changes and attachments; gives the number of changes sent.

        All or nothing as far as the medium allows; what was there before is never lost.

        Raises:
            FileTrouble: it cannot be written, or it would not read back; the changes stay in the own file.
        """
        ...

    def notes(self) -> Iterable[str]:
        """Sentences for people about what happened at this place ("It had lost 12 changes; they are back.")."""
        ...

    def close(self) -> None:
        """Let go of private copies."""
        ...
