"""People, places, assets, contractors and parts from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.actions import records, undo
from wotui.errors import Refused
from wotui.exchange.imports import run

if TYPE_CHECKING:
    from pathlib import Path

    from wotui.exchange.imports.report import Report
    from wotui.store.file import Shop

PEOPLE = "employee_no,first_name,last_name,initials,roles,trades,rule_set,active_from,active_to\n"


@pytest.fixture
def shop(tmp_path: Path, frozen_clock: object) -> Shop:
    del frozen_clock
    return builders.new_shop(tmp_path / "shop.wotui")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def imported(shop: Shop, folder: Path, kind: str, text: str, **options: object) -> Report:
    file = folder / f"{kind}.csv"
    file.write_text(text, encoding="utf-8")
    return run(shop, kind, file, **options)  # type: ignore[arg-type]


def reason(report: Report) -> str:
    return next(report.rejections).reason


def test_people_keep_the_zeros_of_their_numbers_and_get_initials(shop: Shop, folder: Path) -> None:
    text = PEOPLE + "0017,Łukasz,Żółć,,technician;supervisor,HVAC|electrical,us-flsa,2026-01-05,\n"
    assert imported(shop, folder, "people", text).created == 1
    assert shop.one(
        "SELECT name, initials, payroll_id, active_from FROM person WHERE payroll_id = '0017'"
    ) == (
        "Łukasz Żółć",
        "ŁŻ",
        "0017",
        "2026-01-05",
    )
    assert imported(shop, folder, "people", text).unchanged == 1


def test_a_person_is_known_by_employee_number_or_initials(shop: Shop, folder: Path) -> None:
    report = imported(shop, folder, "people", "employee_no,initials,last_name\nE-JD,,Doe-Ray\n,JD,Again\n")
    assert (report.updated, report.rejected) == (1, 1)
    assert "about the same person" in reason(report)


def test_initials_of_one_and_number_of_another_are_a_mistake(shop: Shop, folder: Path) -> None:
    builders.person(shop, "AB")
    report = imported(shop, folder, "people", "employee_no,initials,last_name\nE-AB,JD,Mixed\n")
    assert "two different people" in reason(report)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("1,A,B,AB,pilot,,,,", "roles: 'pilot' is not known. It is one of"),
        ("1,A,B,AB,,,,2026-13-01,", "'2026-13-01' is not a date"),
        ("1,A,B,A,,,,,", "are no initials"),
        ("1,A,B,AB,,,,2026-05-01,2026-04-01", "lies before"),
        ("1,,,AB,,,,,", "needs a name"),
    ],
)
def test_a_wrong_cell_is_a_mistake_of_its_row(shop: Shop, folder: Path, row: str, words: str) -> None:
    report = imported(shop, folder, "people", PEOPLE + row + "\n2,C,D,CD,,,,,\n")
    assert (report.created, report.rejected) == (1, 1)
    assert words in reason(report)


def test_places_may_come_in_any_order(shop: Shop, folder: Path) -> None:
    text = "code,name,kind,parent\nH1-2,Boiler room,room,H1\nH1,Hall,building,SITE\nSITE,Works,site,\n"
    assert imported(shop, folder, "places", text).created == 3
    assert (
        shop.value("SELECT p.code FROM place c JOIN place p ON p.id = c.parent_id WHERE c.code = 'H1-2'")
        == "H1"
    )


def test_a_ring_is_told_with_its_path_and_takes_only_itself_along(shop: Shop, folder: Path) -> None:
    report = imported(shop, folder, "places", "code,name,parent\nA,A,B\nB,B,A\nC,C,A\nD,D,\n")
    assert (report.created, report.rejected) == (1, 3)
    told = [row.reason for row in report.rejections]
    assert told[0] == "It lies inside itself: A → B → A."
    assert told[2] == "Its parent A was refused."


def test_assets_refer_to_places_and_parents(shop: Shop, folder: Path) -> None:
    builders.place(shop, "H1")
    text = "tag,name,place,parent,criticality\nP-2,Motor,H1,P-1,b\nP-1,Pump,H1,,A\nP-3,Fan,H9,,A\n"
    report = imported(shop, folder, "assets", text)
    assert (report.created, report.rejected) == (2, 1)
    assert "no place H9" in reason(report)


def test_contractors_bring_their_contact_and_money(shop: Shop, folder: Path) -> None:
    text = "name,trades,rate_hour,phone,contact\nAce Cooling,HVAC;refrigeration,95.50,218-555-0100,Jo\n"
    assert imported(shop, folder, "contractors", text).created == 1
    assert shop.one("SELECT rate_hour FROM contractor") == (9550,)
    assert shop.one("SELECT name, phone FROM contractor_contact") == ("Jo", "218-555-0100")
    assert imported(shop, folder, "contractors", text).unchanged == 1


def test_an_empty_cell_never_clears_what_is_there(shop: Shop, folder: Path) -> None:
    builders.asset(shop, "P-1", "Pump", model="X9")
    imported(shop, folder, "assets", "tag,name,model\nP-1,Big pump,\n")
    assert shop.one("SELECT name, model FROM asset") == ("Big pump", "X9")


def test_what_the_shop_edited_since_stays(shop: Shop, folder: Path) -> None:
    imported(shop, folder, "assets", "tag,name,model\nP-1,Pump,X9\n")
    records.edit(shop, "asset", ["P-1"], {"name": "Our pump"})
    report = imported(shop, folder, "assets", "tag,name,model\nP-1,Pump,X10\n")
    assert shop.one("SELECT name, model FROM asset") == ("Our pump", "X10")
    assert next(report.rows).reason == "Edited here since, left as it is: name."


def test_one_undo_takes_it_all_back(shop: Shop, folder: Path) -> None:
    imported(shop, folder, "parts", "sku,name\nS1,Seal\nS2,Belt\n")
    undo.undo(shop)
    assert shop.value("SELECT count(*) FROM part WHERE deleted_at IS NULL") == 0


def test_a_dry_run_writes_nothing_and_says_the_same(shop: Shop, folder: Path) -> None:
    text = "code,name,parent\nA,A,B\nB,B,A\nD,D,\n"
    dry = imported(shop, folder, "places", text, dry_run=True)
    assert shop.value("SELECT count(*) FROM place") == 0
    assert dry.as_json() == imported(shop, folder, "places", text).as_json()


def test_a_file_without_the_handle_is_refused(shop: Shop, folder: Path) -> None:
    with pytest.raises(Refused, match="no column “tag”"):
        imported(shop, folder, "assets", "colour\nred\n")
