"""Importing work orders: every row judged, nothing guessed, twice the same as once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui import clock
from wotui.actions import undo
from wotui.actions import work_orders as actions
from wotui.errors import Refused, UsageProblem
from wotui.exchange.imports import run
from wotui.exchange.imports.reading import open_sheet, rows

if TYPE_CHECKING:
    from pathlib import Path

    from wotui.exchange.imports.report import Report
    from wotui.store.file import Shop

HEADER = "external_id,title,type,priority,status,asset,due_on,created_at,done_at,assignees,custom.Cost\n"
PUMP = "7,Grease the pump,preventive,low,ready,PU-1,2026-06-30,2026-06-01,,JD,12.50\n"
SEAL = "8,Change the seal,corrective,2,closed,PU-1,,2025-01-10T08:00,2025-01-10T09:30,,\n"


@pytest.fixture
def shop(tmp_path: Path, frozen_clock: object) -> Shop:
    del frozen_clock
    made = builders.new_shop(tmp_path / "shop.wotui")
    builders.asset(made, "PU-1")
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def imported(shop: Shop, folder: Path, text: str, **options: object) -> Report:
    file = folder / "orders.csv"
    file.write_text(text, encoding="utf-8")
    return run(shop, "orders", file, **options)  # type: ignore[arg-type]


def reasons(report: Report) -> list[str]:
    return [row.reason for row in report.rejections]


def order(shop: Shop, title: str, columns: str) -> tuple[object, ...] | None:
    return shop.one(f"SELECT {columns} FROM work_order WHERE title = ? AND deleted_at IS NULL", (title,))


def test_rows_become_orders_with_their_dates_people_and_custom_fields(shop: Shop, folder: Path) -> None:
    report = imported(shop, folder, HEADER + PUMP + SEAL)
    assert (report.created, report.rejected) == (2, 0)
    assert order(shop, "Grease the pump", "type, priority, status, due_on, created_at, external_id") == (
        "preventive", 4, "ready", "2026-06-30", "2026-06-01T05:00:00Z", "7",
    )  # fmt: skip
    assert order(shop, "Change the seal", "status, created_at, done_at") == (
        "closed", "2025-01-10T14:00:00Z", "2025-01-10T15:30:00Z",
    )  # fmt: skip
    assert shop.value("SELECT value FROM custom_value WHERE name = 'Cost'") == "12.50"
    assert shop.value("SELECT count(*) FROM assignment") == 1


def test_importing_twice_changes_nothing(shop: Shop, folder: Path) -> None:
    imported(shop, folder, HEADER + PUMP + SEAL)
    before = shop.value("SELECT count(*) FROM change")
    report = imported(shop, folder, HEADER + PUMP + SEAL)
    assert report.unchanged == 2
    assert shop.value("SELECT count(*) FROM change") == before
    assert report.done is not None
    assert report.done.act is None


def test_a_second_import_changes_only_what_the_shop_has_left_alone(shop: Shop, folder: Path) -> None:
    imported(shop, folder, HEADER + PUMP)
    number = str(shop.value("SELECT number FROM work_order"))
    actions.edit(shop, [number], {"due_on": "2026-07-15", "custom.Cost": "99"})
    report = imported(
        shop,
        folder,
        HEADER + PUMP.replace("2026-06-30", "2026-06-20").replace("low", "3").replace("12.50", "1"),
    )
    assert report.updated == 1
    assert order(shop, "Grease the pump", "priority, due_on") == (3, "2026-07-15")
    assert shop.value("SELECT value FROM custom_value") == "99"
    assert next(report.rows).reason == "Edited here since, left as it is: due on and Cost."


def test_a_later_import_may_change_what_an_earlier_import_changed(shop: Shop, folder: Path) -> None:
    for day in ("2026-06-20", "2026-06-21", "2026-06-22"):
        imported(shop, folder, HEADER + PUMP.replace("2026-06-30", day))
    assert order(shop, "Grease the pump", "due_on") == ("2026-06-22",)


def test_a_dry_run_says_the_same_and_writes_nothing(shop: Shop, folder: Path) -> None:
    before = shop.value("SELECT count(*) FROM change")
    bad = HEADER + PUMP + PUMP + SEAL.replace("PU-1", "XX")
    dry = imported(shop, folder, bad, dry_run=True)
    assert shop.value("SELECT count(*) FROM change") == before
    assert not list(folder.glob("*.rejected*"))
    assert dry.as_json() == imported(shop, folder, bad).as_json()


@pytest.mark.parametrize(
    ("field", "bad", "words"),
    [
        ("preventive", "sometimes", "type: 'sometimes' is not known"),
        ("low", "5", "priority: '5' is not known"),
        ("ready", "finished", "status: 'finished' is not known"),
        ("PU-1", "PU-2", "no asset PU-2"),
        ("2026-06-30", "30.06.2026", "not a date like 2026-06-30"),
        ("2026-06-30", "fri", "not a date like 2026-06-30"),
        ("2026-06-01", "2026-02-30", "not a date"),
        ("JD", "ZZ", "no person ZZ"),
        ("Grease the pump", " ", "The title is empty."),
        ("Grease the pump", "x" * 121, "longer than 120"),
        ("PU-1", "", "needs an asset, a place or a customer"),
        ("2026-06-01,", "2026-06-01,2026-05-01", "done before it was made"),
    ],
)
def test_an_unknown_value_is_a_mistake_of_its_row(
    shop: Shop, folder: Path, field: str, bad: str, words: str
) -> None:
    report = imported(shop, folder, HEADER + PUMP.replace(field, bad, 1) + SEAL)
    assert (report.created, report.rejected) == (1, 1)
    assert words in reasons(report)[0]


def test_every_mistake_of_a_row_is_told_at_once(shop: Shop, folder: Path) -> None:
    report = imported(shop, folder, HEADER + PUMP.replace("preventive", "x").replace("low", "y"))
    assert "type:" in reasons(report)[0]
    assert "priority:" in reasons(report)[0]


def test_the_same_id_twice_in_one_file_is_a_mistake(shop: Shop, folder: Path) -> None:
    report = imported(shop, folder, HEADER + PUMP + PUMP.replace("Grease", "Oil"))
    assert reasons(report) == ["An earlier row has the same id '7'."]


def test_refused_rows_are_saved_and_can_be_mended_and_imported(shop: Shop, folder: Path) -> None:
    report = imported(shop, folder, HEADER + PUMP.replace("PU-1", "PU-2") + SEAL)
    assert report.rejected_file is not None
    assert [row.cells[-1] for row in rows(open_sheet(report.rejected_file))] == reasons(report)
    mended = report.rejected_file.read_text(encoding="utf-8-sig").replace("PU-2,", "PU-1,")
    assert imported(shop, folder, mended).created == 1


def test_one_undo_takes_the_whole_import_back_and_it_can_be_made_again(shop: Shop, folder: Path) -> None:
    imported(shop, folder, HEADER + PUMP + SEAL)
    undo.undo(shop)
    assert shop.value("SELECT count(*) FROM work_order WHERE deleted_at IS NULL") == 0
    assert imported(shop, folder, HEADER + PUMP + SEAL).created == 2
    assert order(shop, "Change the seal", "status") == ("closed",)
    assert shop.value("SELECT value FROM custom_value WHERE deleted_at IS NULL") == "12.50"
    assert shop.value("SELECT count(*) FROM assignment WHERE deleted_at IS NULL") == 1


def test_an_order_that_was_thrown_away_here_stays_away(shop: Shop, folder: Path) -> None:
    imported(shop, folder, HEADER + PUMP)
    with shop.transaction() as tx:
        tx.remove("work_order", tx.value("SELECT id FROM work_order"))
        tx.done("Threw it away.")
    report = imported(shop, folder, HEADER + PUMP)
    assert report.unchanged == 1
    assert "thrown away here" in next(report.rows).reason


def test_an_import_never_moves_an_order_that_is_there(shop: Shop, folder: Path) -> None:
    imported(shop, folder, HEADER + PUMP)
    report = imported(shop, folder, HEADER + PUMP.replace("ready", "closed"))
    assert order(shop, "Grease the pump", "status") == ("ready",)
    assert "an import does not move it" in next(report.rows).reason


def test_without_ids_a_row_is_known_again_by_its_content(shop: Shop, folder: Path) -> None:
    text = "title,asset\nCheck,PU-1\nCheck,PU-1\nLook,PU-1\n"
    assert imported(shop, folder, text).created == 3
    again = imported(shop, folder, text)
    assert again.unchanged == 3
    assert any("whole content" in note for note in again.notes)


def test_our_own_export_is_known_by_its_numbers(shop: Shop, folder: Path) -> None:
    made = builders.order(
        shop, "Grease the pump", status="ready", asset_id=shop.value("SELECT id FROM asset")
    )
    number = builders.number_of(shop, made)
    report = imported(
        shop, folder, f"number,title,asset\n{number},Grease both pumps,PU-1\nW-Z0009,From afar,PU-1\n"
    )
    assert (report.updated, report.created) == (1, 1)
    assert order(shop, "Grease both pumps", "number") == (number,)
    assert order(shop, "From afar", "number") == ("W-Z0009",)


def test_the_guard_of_a_spreadsheet_comes_off_our_own_texts(shop: Shop, folder: Path) -> None:
    imported(shop, folder, "title,asset\n'=SUM(A1) valve,PU-1\n")
    assert order(shop, "=SUM(A1) valve", "title") == ("=SUM(A1) valve",)


def test_hostile_cells_are_cleaned(shop: Shop, folder: Path) -> None:
    imported(shop, folder, 'title,asset,description\n"a\x1b[2Jb","PU-1","x\r\n\x07y"\n')
    found = shop.one("SELECT title, description FROM work_order")
    assert found is not None
    assert "\x1b" not in found[0] + found[1]


def test_a_file_without_a_title_is_refused_with_its_columns(shop: Shop, folder: Path) -> None:
    with pytest.raises(Refused, match="no column “title”; its columns are “a” and “b”"):
        imported(shop, folder, "a,b\n1,2\n")


def test_columns_that_are_no_fields_are_named(shop: Shop, folder: Path) -> None:
    report = imported(shop, folder, "title,asset,colour\nx,PU-1,red\n")
    assert report.notes[0] == "Not read: “colour”."


def test_a_technician_may_not_import(shop: Shop, folder: Path) -> None:
    builders.person(shop, "TT")
    shop.act_as("TT")
    with pytest.raises(Refused, match="may not import orders"):
        imported(shop, folder, HEADER + PUMP)


def test_there_is_no_such_kind(shop: Shop, folder: Path) -> None:
    with pytest.raises(UsageProblem, match="no import of 'cats'"):
        run(shop, "cats", folder / "x.csv")


def test_a_crash_in_the_middle_leaves_nothing(shop: Shop, folder: Path) -> None:
    lines = [f"{n},Order {n},preventive,low,ready,PU-1,,2026-06-01,,,\n" for n in range(1200)]

    def stop(count: int) -> None:
        if count > 600:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imported(shop, folder, HEADER + "".join(lines), progress=stop)
    assert shop.value("SELECT count(*) FROM work_order") == 0


def test_a_date_is_midnight_on_the_shops_wall(shop: Shop, folder: Path) -> None:
    imported(shop, folder, HEADER + PUMP.replace("2026-06-01", "2026-01-15"))
    assert order(shop, "Grease the pump", "created_at") == ("2026-01-15T06:00:00Z",)
    assert clock.is_fixed()


MAPPING = """
kind = "orders"
source = "cmms"
external_id = "{Id}"

[fields]
title = "{What}"
asset = "M-{Machine}"

[assets]
name = "Machine {Machine}"
criticality = "{Class}"
"""


def test_a_mapping_makes_machines_and_judges_their_fields(shop: Shop, folder: Path) -> None:
    mapping = folder / "cmms.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    report = imported(
        shop, folder, "Id,What,Machine,Class\n1,Oil,7,b\n2,Grease,7,b\n3,Look,8,Z\n", mapping=mapping
    )
    assert (report.created, report.rejected) == (2, 1)
    assert shop.one("SELECT tag, name, criticality FROM asset WHERE tag = 'M-7'") == ("M-7", "Machine 7", "B")
    assert "criticality: 'Z' is not known" in reasons(report)[0]


@pytest.mark.parametrize(
    ("line", "words"),
    [('colour = "red"', "no field 'colour'"), ('place = "{Class}"', "cannot fill in place")],
)
def test_a_mapping_fills_in_only_what_an_asset_has(shop: Shop, folder: Path, line: str, words: str) -> None:
    mapping = folder / "cmms.toml"
    mapping.write_text(MAPPING + line + "\n", encoding="utf-8")
    with pytest.raises(UsageProblem, match=words):
        imported(shop, folder, "Id,What,Machine,Class\n1,Oil,7,b\n", mapping=mapping)
