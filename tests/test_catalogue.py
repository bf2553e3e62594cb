"""Every line of the catalogue of faults that has to do with the shop's file has a test that carries its number.

A test names its rows in its own name: `test_f042_…`, `test_f061_to_f063_…`, `test_f013_f014_…`. What each row is,
stands in the name of the test that answers it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROWS = {
    "the local file: crash, power, disk": range(1, 27),
    "two of us, locks, time": range(27, 40),
    "the shared place": range(40, 59),
    "hostile files": range(59, 76),
    "versions, backups, setup": range(110, 119),
}

_TEST = re.compile(r"def (test_\w+)")
_RANGE = re.compile(r"f(\d{3})_to_f(\d{3})")
_ROW = re.compile(r"f(\d{3})(?=_)")


def named() -> dict[int, list[str]]:
    """Row → the tests that carry its number."""
    found: dict[int, list[str]] = {}
    for path in sorted(Path(__file__).parent.rglob("test_*.py")):
        for name in _TEST.findall(path.read_text("utf-8")):
            rows = {int(row) for row in _ROW.findall(name)}
            for first, last in _RANGE.findall(name):
                rows |= set(range(int(first), int(last) + 1))
            for row in rows:
                found.setdefault(row, []).append(name)
    return found


@pytest.mark.parametrize("part", ROWS)
def test_every_row_of_the_catalogue_has_a_test_of_its_name(part: str) -> None:
    missing = [f"f{row:03}" for row in ROWS[part] if row not in named()]
    assert not missing
