"""Files of other systems, and wotui's own exports, read into the shop.

One module per kind (`orders.py`, `people.py`, `times.py`, …). Each offers

    run(shop, file, *, dry_run=False, mapping=None, progress=None) -> Report

with `file: Path`, `mapping: Path | None` (a TOML file, see `mapping.py`) and `progress: Callable[[int], None]`, called
now and then with the number of rows read so far. A kind reads its rows through `reading.open_sheet`, judges every one
of them, writes what is good in one transaction (one undo step), and says what became of each row in a `Report`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from wotui.errors import UsageProblem
from wotui.text import listed

if TYPE_CHECKING:
    from pathlib import Path

    from wotui.exchange.imports.report import Report
    from wotui.store.file import Shop

Progress = Callable[[int], None]

MASTERS = ("assets", "places", "people", "contractors", "parts")
KINDS = ("orders", *MASTERS, "times", "plans")


def run(
    shop: Shop,
    kind: str,
    file: Path,
    *,
    dry_run: bool = False,
    mapping: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Import one file of `kind` (a word of `KINDS`) and say what became of every row.

    Raises:
        UsageProblem: no such kind.
        Refused: the file is not a table of this kind; nothing was changed.
        FileTrouble: the file cannot be read.
    """
    if kind not in KINDS:
        raise UsageProblem(f"There is no import of {kind!r}.", f"Import {listed(KINDS, 'or')}.")
    if kind in MASTERS:
        from wotui.exchange.imports import masters

        return masters.run(shop, kind, file, dry_run=dry_run, mapping=mapping, progress=progress)
    module = importlib.import_module(f"wotui.exchange.imports.{kind}")
    report: Report = module.run(shop, file, dry_run=dry_run, mapping=mapping, progress=progress)
    return report
