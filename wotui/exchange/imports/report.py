"""What became of every row of an imported file: created, updated, unchanged or rejected, and why.

A report of a million rows must not weigh more than the rows themselves, so verdicts are kept as bytes and line numbers
as integers; only rows that have something to say keep a sentence.
"""

from __future__ import annotations

import csv
import filecmp
import os
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wotui.errors import FileTrouble
from wotui.text import counted, listed

if TYPE_CHECKING:
    from wotui.exchange.imports.reading import Sheet
    from wotui.store.transaction import Done

VERDICTS = ("created", "updated", "unchanged", "rejected")
CREATED, UPDATED, UNCHANGED, REJECTED = VERDICTS
ERROR_COLUMN = "wotui_error"


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """One row: the line it starts on (the header is line 1), what became of it, and why or with what remark."""

    line: int
    verdict: str
    reason: str


class Report:
    """The verdicts of one import.

    Args:
        kind: what was imported, as on the command line (`orders`).
        file: the file that was read.
        dry_run: whether nothing was written.

    `notes` are sentences about the file as a whole, `rejected_file` is where the refused rows were saved, `done` is
    what undo takes back; None after a dry run.
    """

    def __init__(self, kind: str, file: Path, *, dry_run: bool = False) -> None:
        self.kind = kind
        self.file = file
        self.dry_run = dry_run
        self.notes: list[str] = []
        self.rejected_file: Path | None = None
        self.done: Done | None = None
        self._lines = array("I")
        self._verdicts = bytearray()
        self._reasons: dict[int, str] = {}
        self._counts = [0, 0, 0, 0]

    def add(self, line: int, verdict: str, reason: str = "") -> None:
        """Note what became of the row that starts on `line`; `verdict` is a word of `VERDICTS`."""
        which = VERDICTS.index(verdict)
        if reason:
            self._reasons[len(self._lines)] = reason
        self._lines.append(line)
        self._verdicts.append(which)
        self._counts[which] += 1

    @property
    def created(self) -> int:
        """How many rows became new records."""
        return self._counts[0]

    @property
    def updated(self) -> int:
        """How many rows changed a record that was there."""
        return self._counts[1]

    @property
    def unchanged(self) -> int:
        """How many rows said what the shop already knew."""
        return self._counts[2]

    @property
    def rejected(self) -> int:
        """How many rows were refused."""
        return self._counts[3]

    def __len__(self) -> int:
        return len(self._lines)

    @property
    def rows(self) -> Iterator[RowVerdict]:
        """Every row in the order of the file."""
        for index, line in enumerate(self._lines):
            yield RowVerdict(line, VERDICTS[self._verdicts[index]], self._reasons.get(index, ""))

    @property
    def rejections(self) -> Iterator[RowVerdict]:
        """The refused rows in the order of the file."""
        return (row for row in self.rows if row.verdict == REJECTED)

    def sentence(self) -> str:
        """What the import did, in one sentence for the toast, stderr and the history."""
        counts = [f"{count:,} {word}" for count, word in zip(self._counts, VERDICTS, strict=True) if count]
        what = listed(counts) if counts else "no rows"
        lead = f"{self.file.name} (dry run, nothing written)" if self.dry_run else self.file.name
        return f"{lead}: {what}{'' if not counts else ' of ' + counted(len(self), 'row')}."

    def as_json(self) -> dict[str, object]:
        """The report as the command line prints it; the names are a contract."""
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "rows": [
                {"line": row.line, "verdict": row.verdict, "reason": row.reason or None} for row in self.rows
            ],
        }

    def save_rejected(self, sheet: Sheet) -> Path | None:
        """Write the refused rows beside the file, with the reason in a last column, to mend and import again.

        The file is read a second time instead of keeping its rows. An older file of the same name is never replaced.

        Returns:
            The new file, or None when no row was refused.

        Raises:
            FileTrouble: the folder cannot be written to.
        """
        from wotui.exchange.imports.reading import rows

        if not self.rejected:
            return None
        reasons = {row.line: row.reason for row in self.rejections}
        try:
            target = _free_name(self.file)
            with target.open("x", encoding="utf-8-sig", newline="") as out:
                writer = csv.writer(out, delimiter=sheet.delimiter)
                writer.writerow([*sheet.written_headers, ERROR_COLUMN])
                for row in rows(sheet):
                    if row.line in reasons:
                        writer.writerow([*row.cells, reasons[row.line]])
        except OSError as trouble:
            why = os.strerror(trouble.errno or 0)
            raise FileTrouble(
                f"The refused rows of {self.file.name} could not be saved beside it ({why}).",
                "Copy the file to a folder you can write to.",
            ) from trouble
        self.rejected_file = _same_as_before(target, self.file)
        return self.rejected_file


def _same_as_before(written: Path, file: Path) -> Path:
    """The file just written, or an older one of the same content, which makes the new one superfluous."""
    for candidate in _names(file):
        if candidate == written:
            return written
        if filecmp.cmp(candidate, written, shallow=False):
            written.unlink()
            return candidate
    return written


def _names(file: Path) -> Iterator[Path]:
    """`orders.rejected.csv` beside `orders.csv`, then `orders.rejected-2.csv`, and so on."""
    for count in range(1, 1000):
        suffix = "" if count == 1 else f"-{count}"
        yield file.with_name(f"{file.stem}.rejected{suffix}.csv")


def _free_name(file: Path) -> Path:
    for candidate in _names(file):
        if not candidate.exists():
            return candidate
    raise FileTrouble(f"There are a thousand files of refused rows beside {file.name}.", "Move them away.")
