"""Hours from a file: every row judged, the same rules as by hand, and a second import that changes nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.actions import approvals, undo
from wotui.errors import Refused, UsageProblem
from wotui.exchange.imports import times
from wotui.store.file import Shop
from wotui.store.reads import labor as reads
from wotui.store.reads import work_calendar

if TYPE_CHECKING:
    from pathlib import Path

    from wotui.exchange.imports.report import Report
    from wotui.store.reads.labor import Entry

TODAY = date(2026, 6, 10)
HEAD = "employee_no,start,end,breaks,order,time_type,note"


def take(shop: Shop, folder: Path, *lines: str, head: str = HEAD, dry_run: bool = False) -> Report:
    file = folder / "times.csv"
    file.write_text("\n".join((head, *lines)) + "\n", "utf-8")
    return times.run(shop, file, dry_run=dry_run)


def entries(shop: Shop) -> list[Entry]:
    return reads.entries(shop, work_calendar.period_of(shop, TODAY))


def verdicts(report: Report) -> list[str]:
    return [row.verdict for row in report.rows]


def test_a_row_becomes_a_draft_with_its_breaks_order_and_note(shop: Shop, tmp_path: Path) -> None:
    number = builders.number_of(shop, builders.order(shop))
    row = f"E-JD,2026-06-08T07:00,2026-06-08T15:30,12:00-12:30;15:00-15:15,{number},,'=SUM(A1)"
    assert verdicts(take(shop, tmp_path, row)) == ["created"]
    (entry,) = entries(shop)
    assert (entry.minutes, entry.order, entry.note, entry.state) == (465, number, "=SUM(A1)", "draft")
    assert (entry.source, len(entry.breaks)) == ("import", 2)


def test_importing_twice_changes_nothing_and_a_changed_row_updates(shop: Shop, tmp_path: Path) -> None:
    rows = [
        "E-JD,2026-06-08T07:00,2026-06-08T15:00,,,,",
        "E-JD,2026-06-09T12:00Z,2026-06-09T15:00-05:00,,,TRAVEL,",
    ]
    take(shop, tmp_path, *rows)
    again = take(shop, tmp_path, *rows)
    assert verdicts(again) == ["unchanged", "unchanged"]
    assert again.done is not None
    assert again.done.act is None
    changed = take(shop, tmp_path, rows[0].replace("15:00,", "14:00,"), rows[1])
    assert verdicts(changed) == ["updated", "unchanged"]
    assert [entry.minutes for entry in entries(shop)] == [420, 480]


def test_a_dry_run_judges_every_row_and_writes_nothing(shop: Shop, tmp_path: Path) -> None:
    report = take(
        shop,
        tmp_path,
        "E-JD,2026-06-08T07:00,2026-06-08T15:00,,,,",
        "E-JD,2026-06-08T14:00,2026-06-08T16:00,,,,",
        dry_run=True,
    )
    assert verdicts(report) == ["created", "rejected"]
    assert entries(shop) == []
    with Shop.open(shop.path, read_only=True) as looked_at:
        assert verdicts(times.run(looked_at, tmp_path / "times.csv", dry_run=True)) == ["created", "rejected"]
    assert "overlaps" in next(report.rejections).reason


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("0099,2026-06-08T07:00,2026-06-08T15:00,,,,", "0099"),
        ("E-JD,yesterday,2026-06-08T15:00,,,,", "is not a date and time"),
        ("E-JD,2026-06-08T07:00,,,,,", "has no end"),
        ("E-JD,2026-06-08T15:00,2026-06-08T07:00,,,,", "is not after the start"),
        ("E-JD,2026-06-12T07:00,2026-06-12T15:00,,,,", "has not come yet"),
        ("E-JD,2026-03-08T02:30,2026-03-08T07:00,,,,", "does not exist"),
        ("E-JD,2025-11-02T01:30,2025-11-02T07:00,,,,", "occurs twice"),
        ("E-JD,2026-06-08T02:00,2026-06-08T19:00,,,,", "enter it by hand"),
        ("E-JD,2026-06-08T07:00,2026-06-08T15:00,noon,,,", "is not a break"),
        ("E-JD,2026-06-08T07:00,2026-06-08T15:00,,W-A9999,,", "W-A9999"),
        ("E-JD,2026-06-08T07:00,2026-06-08T15:00,,,NAP,", "is not a time type"),
        ("E-JD,2026-06-08T07:00", "2 cells"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_and_the_others_go_on(
    shop: Shop, tmp_path: Path, row: str, reason: str
) -> None:
    report = take(shop, tmp_path, row, "E-JD,2026-06-09T07:00,2026-06-09T08:00,,,,")
    assert verdicts(report) == ["rejected", "created"]
    assert reason in next(report.rejections).reason
    assert report.rejected_file is not None


def test_an_approved_entry_is_not_changed_by_a_file(shop: Shop, tmp_path: Path) -> None:
    take(shop, tmp_path, "E-JD,2026-06-08T07:00,2026-06-08T15:00,,,,")
    approvals.approve_period(shop, TODAY)
    report = take(shop, tmp_path, "E-JD,2026-06-08T07:00,2026-06-08T14:00,,,,")
    assert verdicts(report) == ["rejected"]


def test_an_import_is_one_step_to_undo_and_may_be_imported_again(shop: Shop, tmp_path: Path) -> None:
    rows = [
        "E-JD,2026-06-08T07:00,2026-06-08T15:00,12:00-12:30,,,",
        "E-JD,2026-06-09T07:00,2026-06-09T15:00,,,,",
    ]
    take(shop, tmp_path, *rows)
    undo.undo(shop)
    assert entries(shop) == []
    assert verdicts(take(shop, tmp_path, *rows)) == ["created", "created"]
    assert [entry.minutes for entry in entries(shop)] == [450, 480]


def test_columns_may_stand_in_any_order_and_only_three_are_needed(shop: Shop, tmp_path: Path) -> None:
    assert verdicts(
        take(shop, tmp_path, "2026-06-08T15:00,2026-06-08T07:00,E-JD", head="End,Start,Employee No")
    ) == ["created"]
    with pytest.raises(Refused, match="no column end"):
        take(shop, tmp_path, "x,y", head="employee_no,start")


def test_a_mapping_is_not_taken(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem):
        times.run(shop, tmp_path / "x.csv", mapping=tmp_path / "m.toml")
