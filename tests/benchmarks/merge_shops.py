"""Two copies of one shop that went on separately, made once and copied for each run of the merge's benchmark."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from tests.kit import builders
from wotui.merge import identity
from wotui.merge.own import Own
from wotui.merge.places.folder import FolderPlace
from wotui.store.file import Shop

if TYPE_CHECKING:
    from pathlib import Path

RECORDS, EDITS, BOTH = 20_000, 2_000, 100
COLUMNS = (
    "title", "description", "type", "priority", "due_on", "planned_on", "team", "detected_by", "billing",
    "earliest_on", "planned_minutes", "source",
)  # fmt: skip


def cells(number: int) -> tuple[Any, ...]:
    """The twelve columns of a record."""
    return (
        f"Grease pump {number}", "Drive end and non-drive end", "corrective", 3, "2026-07-01", "2026-07-02",
        "Mechanics", "inspection", "internal", "2026-06-30", 60, "manual",
    )  # fmt: skip


def record(number: int) -> str:
    """Its id."""
    return f"0197a000-0000-7000-8000-{number:012}"


class Meeting:
    """Both sides after their edits; the base and what the other side sent lie in a folder that both share."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._mine, self._shared = folder / "mine.wotui", folder / "shared"
        self._shared.mkdir()
        _make(self._mine, RECORDS)
        theirs = folder / "theirs.wotui"
        with Shop.open(self._mine) as shop:
            identity.settle(shop)
            place = FolderPlace(self._shared)
            place.publish(Own(shop))
            place.close()
        shutil.copy(self._mine, theirs)
        with Shop.open(theirs) as other:
            with other.exchange() as connection:
                identity.take_new_origin(connection)
            _edit(other, EDITS - BOTH, 2, "Theirs")
            place = FolderPlace(self._shared)
            place.publish(Own(other))
            place.close()
        with Shop.open(self._mine) as shop:
            _edit(shop, 0, 1, "Mine")
        self._sent = {path.name for path in self._shared.iterdir()}

    def fresh(self) -> tuple[Path, Path]:
        """My file and the shared folder as they were before the two met."""
        for path in self._shared.iterdir():
            if path.name not in self._sent:
                path.unlink()
        return _copied(self._mine, self._mine.with_name("run.wotui")), self._shared


def _copied(source: Path, target: Path) -> Path:
    """Copy a file."""
    shutil.copy(source, target)
    return target


def journal_of(folder: Path, count: int) -> tuple[Path, Path]:
    """A shop of 20,000 orders, and a copy of it in which somebody wrote `count` changes more: edits, five a record."""
    folder.mkdir(parents=True)
    base, other = folder / "base.wotui", folder / "other.wotui"
    _make(base, max(RECORDS, count // 5))
    shutil.copy(base, other)
    with Shop.open(other) as shop:
        with shop.exchange() as connection:
            identity.take_new_origin(connection)
        with shop.transaction() as tx:
            for turn in range(5):
                for number in range(count // 5):
                    tx.update("work_order", record(number), team=f"Team {turn}", planned_minutes=turn * 10)
            tx.done("Edited.")
    return base, other


def _make(path: Path, count: int) -> None:
    with builders.new_shop(path) as shop, shop.transaction() as tx:
        rows = [(record(number), f"W-A{number:05}", *cells(number)) for number in range(count)]
        tx.insert_many("work_order", ["id", "number", *COLUMNS], rows)
        tx.done("Made.")


def _edit(shop: Shop, first: int, priority: int, words: str) -> None:
    with shop.transaction() as tx:
        for number in range(first, first + EDITS):
            tx.update("work_order", record(number), planned_minutes=priority, team=f"{words} {number}")
        tx.done("Edited.")
