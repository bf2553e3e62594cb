"""Files that nobody would send, and some that somebody will: an answer each time, never a crash."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kit import builders
from tests.kit.hostile import CONTROL, MARKUP
from wotui.errors import Problem
from wotui.exchange.delimited import guarded
from wotui.exchange.imports import KINDS, run
from wotui.exchange.imports.reading import open_sheet, rows, unguarded

if TYPE_CHECKING:
    from wotui.store.file import Shop

REFERENCE = Path(__file__).parents[4] / "shared" / "data" / "import"
FOREIGN = sorted(REFERENCE.rglob("*.csv"))


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    made = builders.new_shop(tmp_path / "shop.wotui")
    builders.asset(made, "PU-1")
    return made


@given(st.text())
def test_the_guard_comes_off_exactly_as_it_went_on(text: str) -> None:
    assert unguarded(guarded(text)) == text


@settings(deadline=None, max_examples=200)
@given(content=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("bytes") / "any.csv"
    path.write_bytes(content)
    with suppress(Problem):
        for row in rows(open_sheet(path)):
            assert row.line >= 1


@settings(deadline=None, max_examples=100)
@given(
    table=st.integers(1, 5).flatmap(
        lambda width: st.lists(
            st.lists(st.text(st.characters(codec="utf-8")), min_size=width, max_size=width)
        )
    )
)
def test_what_a_csv_writer_writes_is_read_back(
    table: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    width = len(table[0]) if table else 2
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([f"head {n}" for n in range(width)])
    writer.writerows(table)
    path = tmp_path_factory.mktemp("table") / "table.csv"
    path.write_bytes(out.getvalue().encode("utf-8-sig"))
    assert [row.cells for row in rows(open_sheet(path))] == [cells for cells in table if any(cells)]


PAYLOADS = [*MARKUP, *(poison.text for poison in CONTROL)]


def test_hostile_words_are_imported_as_words(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["title", "asset", "description", *(f"custom.{payload}" for payload in PAYLOADS)])
        for count, payload in enumerate(PAYLOADS):
            writer.writerow([f"{count} {payload}"[:120], "PU-1", payload, *([payload] * len(PAYLOADS))])
    report = run(shop, "orders", file)
    assert report.created == len(PAYLOADS)
    stored = [value for row in shop.rows("SELECT title, description FROM work_order") for value in row]
    stored += [value for row in shop.rows("SELECT name, value FROM custom_value") for value in row]
    for value in filter(None, stored):
        assert not any(ord(character) < 32 and character not in "\n\t" for character in value), repr(value)
        assert "\x7f" not in value


@pytest.mark.skipif(not FOREIGN, reason="../shared/data/import is not beside the checkout")
@pytest.mark.parametrize("file", FOREIGN, ids=lambda file: file.name)
def test_files_of_other_systems_get_an_answer(shop: Shop, file: Path) -> None:
    for kind in KINDS:
        with suppress(Problem):  # a table of another kind is refused as a whole
            report = run(shop, kind, file, dry_run=True)
            assert all(row.reason for row in report.rejections)
