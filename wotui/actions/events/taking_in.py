"""Taking events in: one, or many in one transaction, each batch of them whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.actions.events.desk import Desk
from wotui.errors import Problem
from wotui.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.actions.events.desk import Expected
    from wotui.domain.events.reports import Report
    from wotui.store.file import Shop
    from wotui.store.transaction import Done, Transaction


@dataclass(frozen=True, slots=True)
class Batch:
    """Events that came together, in a file: all of them are taken, or none.

    Attributes:
        name: the file's.
        reports: its events.
        at: when they were, where they do not say.
    """

    name: str
    reports: tuple[Report, ...]
    at: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of batches: which were refused and why (by their place), how many events were new or repeated."""

    refused: dict[int, Problem]
    taken: int
    repeated: int
    made: tuple[str, ...]
    notices: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What happened, for people."""
        said = f"Took in {counted(self.taken, 'event')}"
        if self.repeated:
            said += f"; {self.repeated:,} had come before"
        return f"{said}."


def take_in(shop: Shop, report: Report, *, origin: str = "command") -> Done:
    """Take in one event.

    Raises:
        UsageProblem: no instant, or a reading without its number.
        NotFound: no such asset or part.
        Refused: it is not clear which meter was read.
    """
    with shop.transaction() as tx:
        taken = write(tx, [Batch(origin, (report,))])
        for problem in taken.refused.values():
            raise problem
        sentence = f"{report.about}: {report.event}."
        if not taken.taken:
            sentence = f"{report.about}: {report.event} came before; nothing was changed."
        return tx.done(sentence, *taken.made, notices=taken.notices)


def write(tx: Transaction, batches: Sequence[Batch]) -> Taken:
    """Take in batches inside a larger action; a batch with an event that cannot be is refused whole."""
    desk = Desk(tx, "")
    refused: dict[int, Problem] = {}
    expected: list[tuple[str, int, str, Expected]] = []
    for place, batch in enumerate(batches):
        try:
            looked_at = [desk.expect(report, batch.at) for report in batch.reports]
        except Problem as problem:
            refused[place] = problem
            continue
        expected += [(one.at, place, batch.name, one) for one in looked_at]
    expected.sort(key=lambda entry: entry[:2])
    desk.know(one for *_, one in expected)
    for _, _, name, one in expected:
        desk.origin = name
        desk.take(one)
    return Taken(refused, desk.taken, desk.repeated, tuple(desk.made), tuple(desk.close()))
