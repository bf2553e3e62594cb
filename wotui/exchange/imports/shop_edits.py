"""What the shop has edited since it was imported: such fields are the shop's, and a later import leaves them alone.

Every import leaves a setting `import.ORIGIN.ACT` that names its act, so that the journal tells on every computer
whether a value came from a file or from a person.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wotui.domain.identity import same_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.store.reading import Reads
    from wotui.store.transaction import Transaction

_PREFIX = "import."
Acts = frozenset[tuple[str, int]]


def sign(tx: Transaction, source: str) -> None:
    """Note that this act is an import from `source`."""
    name = f"{_PREFIX}{tx.origin}.{tx.act}"
    tx.insert("setting", id=same_id("setting", name), name=name, value=source)


def imports(reads: Reads) -> Acts:
    """The acts, by origin and number, that were imports."""
    found = reads.rows("SELECT name FROM setting WHERE name GLOB 'import.*.*'")
    parts = (name.split(".") for (name,) in found)
    return frozenset((origin, int(act)) for _, origin, act in parts if act.isdigit())


def edited(reads: Reads, row: str, column: str, acts: Acts) -> bool:
    """Whether somebody, not an import, wrote this column of a row last."""
    last = reads.one(
        "SELECT origin, act FROM change WHERE row = ? AND json_type(patch, ?) IS NOT NULL"
        " ORDER BY t DESC, origin DESC LIMIT 1",
        (row, f'$."{column}"'),
    )
    return last is not None and (last[0], last[1]) not in acts


def set_edited(reads: Reads, rows: Sequence[str], acts: Acts) -> bool:
    """Whether somebody, not an import, put in or took out one of these rows of a small set."""
    if not rows:
        return False
    found = reads.rows(
        "SELECT DISTINCT origin, act FROM change WHERE row IN (SELECT value FROM json_each(?))",
        (json.dumps(list(rows)),),
    )
    return any((origin, act) not in acts for origin, act in found)


def taken_back(reads: Reads, row: str) -> bool:
    """Whether a row that is gone went because its import was undone here, not because somebody threw it away."""
    last = reads.one(
        "SELECT a.kind FROM change AS c JOIN me AS m ON m.origin = c.origin JOIN act AS a ON a.act = c.act"
        " WHERE c.row = ? AND json_type(c.patch, '$.deleted_at') IS NOT NULL ORDER BY c.t DESC LIMIT 1",
        (row,),
    )
    return last is not None and last[0] == "undo"
