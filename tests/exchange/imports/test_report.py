"""What an import says about every row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.exchange.imports.reading import open_sheet, rows
from wotui.exchange.imports.report import Report

if TYPE_CHECKING:
    from pathlib import Path


def reported(path: Path) -> Report:
    report = Report("orders", path)
    report.add(2, "created")
    report.add(3, "rejected", "There is no asset 'XX'.")
    report.add(4, "unchanged")
    return report


def test_the_report_counts_and_explains(tmp_path: Path) -> None:
    report = reported(tmp_path / "a.csv")
    assert report.as_json() == {
        "created": 1,
        "updated": 0,
        "unchanged": 1,
        "rejected": 1,
        "rows": [
            {"line": 2, "verdict": "created", "reason": None},
            {"line": 3, "verdict": "rejected", "reason": "There is no asset 'XX'."},
            {"line": 4, "verdict": "unchanged", "reason": None},
        ],
    }
    assert report.sentence() == "a.csv: 1 created, 1 unchanged and 1 rejected of 3 rows."


def test_refused_rows_are_saved_beside_the_file_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('title;asset\none;A\n"two\nlines";XX\nthree;A\n', encoding="utf-8")
    report = Report("orders", path)
    report.add(3, "rejected", "There is no asset 'XX'.")
    saved = report.save_rejected(open_sheet(path))
    assert saved is not None
    assert saved == tmp_path / "a.rejected.csv"
    again = open_sheet(saved)
    assert again.headers == ("title", "asset", "wotui_error")
    assert [row.cells for row in rows(again)] == [["two\nlines", "XX", "There is no asset 'XX'."]]


def test_an_older_file_of_refused_rows_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title\none\n", encoding="utf-8")
    (tmp_path / "a.rejected.csv").write_text("kept", encoding="utf-8")
    report = Report("orders", path)
    report.add(2, "rejected", "No.")
    assert report.save_rejected(open_sheet(path)) == tmp_path / "a.rejected-2.csv"
    assert (tmp_path / "a.rejected.csv").read_text(encoding="utf-8") == "kept"


def test_nothing_refused_saves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title\none\n", encoding="utf-8")
    report = Report("orders", path)
    assert report.save_rejected(open_sheet(path)) is None
