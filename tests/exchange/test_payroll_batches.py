"""Batches: exported once, the same bytes again, and what happens to hours that change afterwards."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from tests.merge.model import MemoryPlace
from wotui import clock
from wotui.actions import approvals, labor_entries, lifecycle, undo
from wotui.actions import payroll as batches
from wotui.actions import settings as shop_settings
from wotui.domain import wall_time
from wotui.errors import FileTrouble, Refused
from wotui.exchange import payroll
from wotui.exchange.payroll import Exported
from wotui.merge import engine, identity
from wotui.store.file import Shop
from wotui.store.reads import labor as reads
from wotui.store.reads import pay_batches

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wotui.store.reads.labor import Entry

WEEK = date(2026, 6, 1)
NEXT = date(2026, 6, 8)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A shop in Chicago whose weeks begin on Monday, on a Monday three weeks later."""
    with clock.freeze("2026-06-22T12:00:00Z"), builders.new_shop(tmp_path / "shop.wotui") as made:
        builders.person(made, "AB", "Ann Bee", payroll_id="0021")
        yield made


def work(shop: Shop, day: str, start: str = "07:00", end: str = "15:00", person: str = "AB") -> str:
    begin, finish = (wall_time.parse_minute(f"{day}T{each}", shop.zone) for each in (start, end))
    return labor_entries.add(shop, labor_entries.Times(begin, finish), person=person).records[0]


def a_week(shop: Shop, *ends: str, first: int = 1) -> list[str]:
    made = [work(shop, f"2026-06-{first + n:02}", "07:00", end) for n, end in enumerate(ends)]
    approvals.approve_period(shop, date(2026, 6, first))
    return made


def export(shop: Shop, folder: Path, day: date = WEEK, profile: str = "generic") -> Exported:
    return payroll.export(shop, day, folder, profile)


def rows(done: Exported) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(done.written.path.read_bytes().decode("utf-8-sig"), newline="")))


def hours(done: Exported) -> list[tuple[str, str, str]]:
    return [(one["pay_code"], one["hours"], one["adjusts_batch"]) for one in rows(done)]


def correct(shop: Shop, entry: str, end: str, reason: str = "left early") -> str:
    old = reads.find(shop, entry)
    assert old.start is not None
    finish = wall_time.parse_minute(f"{old.day}T{end}", shop.zone)
    return labor_entries.correct(shop, entry, labor_entries.Times(old.start, finish), reason=reason).records[
        0
    ]


def entry(shop: Shop, identity: str) -> Entry:
    return reads.find(shop, identity)


def test_30_exporting_again_writes_the_same_bytes_under_the_same_name_and_makes_no_batch(
    shop: Shop, tmp_path: Path
) -> None:
    a_week(shop, "15:00", "15:50")
    first = export(shop, tmp_path / "one")
    again = export(shop, tmp_path / "two")
    assert first.written.path.name == again.written.path.name
    assert first.written.sha256 == again.written.sha256
    assert [one.label for one in pay_batches.batches(shop)] == ["B000001"]
    assert again.batch is not None
    assert again.batch.row_count == len(rows(again)) == 1
    assert again.sentence.startswith("Already exported 2026-06-22 07:00 as B000001, identical:")


def test_the_folder_holds_the_file_the_weeks_the_entries_and_a_manifest_with_their_digests(
    shop: Shop, tmp_path: Path
) -> None:
    made = a_week(shop, "15:00", "15:50")
    done = export(shop, tmp_path / "out")
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == sorted(
        [done.written.path.name, "workweeks.csv", "detail.csv", "manifest.json"]
    )
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert manifest["batch"] == "B000001"
    assert manifest["files"][done.written.path.name] == done.written.sha256
    assert manifest["control_totals"] == {"REG": "16.83"}
    assert manifest["rule_sets"] == ["us-flsa"]
    detail = (tmp_path / "out" / "detail.csv").read_text("utf-8-sig")
    assert all(one in detail for one in made)


def test_what_the_profile_becomes_later_changes_no_stored_byte(shop: Shop, tmp_path: Path) -> None:
    a_week(shop, "15:00")
    first = export(shop, tmp_path / "one")
    with shop.transaction() as tx:
        tx.update("person", entry(shop, a_week_entry(shop)).person_id, last_name="Married")
    assert export(shop, tmp_path / "two").written.sha256 == first.written.sha256


def a_week_entry(shop: Shop) -> str:
    return str(shop.value("SELECT id FROM time_span WHERE deleted_at IS NULL LIMIT 1"))


@pytest.mark.parametrize(
    ("ends", "new", "expected"),
    [
        (("15:00", "15:00", "15:00", "15:00", "17:00"), "13:00", ("OT", "-2.00", "B000001")),
        (("15:00", "15:00", "15:00", "15:00", "15:00"), "13:00", ("REG", "-2.00", "B000001")),
    ],
)
def test_12_a_correction_after_the_lock_is_a_negative_adjustment_of_the_right_code(
    shop: Shop, tmp_path: Path, ends: tuple[str, ...], new: str, expected: tuple[str, str, str]
) -> None:
    made = a_week(shop, *ends)
    export(shop, tmp_path)
    batches.close(shop, WEEK)
    correct(shop, made[1], new)
    a_week(shop, "15:00", first=8)
    assert sorted(hours(export(shop, tmp_path, NEXT))) == sorted([expected, ("REG", "8.00", "")])


def test_all_files_together_print_the_corrected_hours(shop: Shop, tmp_path: Path) -> None:
    made = a_week(shop, "07:50")
    first = export(shop, tmp_path)
    batches.close(shop, WEEK)
    correct(shop, made[0], "08:10", "stayed longer")
    second = export(shop, tmp_path, NEXT)
    assert hours(first) == [("REG", "0.83", "")]
    assert hours(second) == [("REG", "0.34", "B000001")]
    assert rows(second)[0]["minutes"] == "20"
    assert sum(Decimal(one["hours"]) for one in (*rows(first), *rows(second))) == Decimal("1.17")
    assert export(shop, tmp_path, date(2026, 6, 15)).ready.owed == ()


def test_a_late_entry_is_paid_in_the_next_period_and_only_once(shop: Shop, tmp_path: Path) -> None:
    a_week(shop, "15:00")
    export(shop, tmp_path)
    late = work(shop, "2026-06-03", "07:00", "11:15")
    waiting = payroll.prepare(shop, NEXT)
    assert [one.what for one in waiting.findings if one.code == "W26"] == [
        "1 late entry waits for approval (4.25 h, from 2026-06-03 on), and will be paid as an adjustment."
    ]
    approvals.approve(shop, [late])
    ready = payroll.prepare(shop, NEXT)
    assert any("become an adjustment in 2026-06-08..2026-06-14" in one.what for one in ready.findings)
    assert hours(export(shop, tmp_path, NEXT)) == [("REG", "4.25", "B000001")]
    assert entry(shop, late).batch_id
    assert hours(export(shop, tmp_path, date(2026, 6, 15))) == []


def test_an_entry_in_a_batch_is_locked_and_corrected_only_with_a_reason(shop: Shop, tmp_path: Path) -> None:
    made = a_week(shop, "15:00")
    export(shop, tmp_path)
    with pytest.raises(Refused, match="in an exported payroll"):
        approvals.send_back(shop, made, "wrong")
    with pytest.raises(Refused, match="with a reason"):
        correct(shop, made[0], "14:00", reason="")
    with pytest.raises(Refused, match="with a reason"):
        labor_entries.remove(shop, made[0])
    fresh = correct(shop, made[0], "14:00")
    assert shop.one("SELECT supersedes, state FROM time_span WHERE id = ?", (fresh,)) == (made[0], "approved")
    assert shop.value("SELECT count(*) FROM time_span WHERE deleted_at IS NULL") == 1


def test_a_technician_cannot_correct_what_is_paid(shop: Shop, tmp_path: Path) -> None:
    made = a_week(shop, "15:00")
    export(shop, tmp_path)
    shop.act_as("AB")
    with pytest.raises(Refused, match="supervisor"):
        correct(shop, made[0], "14:00")


def test_a_paid_entry_that_is_taken_away_is_paid_back(shop: Shop, tmp_path: Path) -> None:
    made = a_week(shop, "15:00", "15:00")
    export(shop, tmp_path)
    labor_entries.remove(shop, made[1], reason="was on leave")
    assert hours(export(shop, tmp_path, NEXT)) == [("REG", "-8.00", "B000001")]
    assert payroll.prepare(shop, date(2026, 6, 15)).owed == ()


def test_gusto_gets_a_revision_with_the_full_corrected_hours(shop: Shop, tmp_path: Path) -> None:
    made = a_week(shop, "15:00", "15:00")
    first = export(shop, tmp_path, profile="gusto")
    correct(shop, made[1], "14:00")
    second = export(shop, tmp_path, profile="gusto")
    assert second.written.path.name == "payroll_gusto_2026-06-01_2026-06-07_B000002r2.csv"
    assert second.written.path.read_text("utf-8").splitlines()[1] == "Bee,Ann,,,15.00,,"
    assert [(one.label, one.status) for one in pay_batches.batches(shop)] == [
        ("B000002", "active"),
        ("B000001", "superseded"),
    ]
    assert first.written.path.exists()


def test_gusto_nets_the_correction_of_a_closed_period_into_the_next_one(shop: Shop, tmp_path: Path) -> None:
    made = a_week(shop, "15:00", "15:00")
    export(shop, tmp_path, profile="gusto")
    batches.close(shop, WEEK)
    correct(shop, made[1], "14:00")
    a_week(shop, "15:00", first=8)
    done = export(shop, tmp_path, NEXT, "gusto")
    assert done.written.path.read_text("utf-8").splitlines()[1] == "Bee,Ann,,,7.00,,"
    assert payroll.prepare(shop, date(2026, 6, 15), "gusto").owed == ()


def test_a_net_below_zero_is_e14_until_it_is_entered_by_hand(shop: Shop, tmp_path: Path) -> None:
    made = a_week(shop, "15:00", "15:00")
    export(shop, tmp_path, profile="gusto")
    batches.close(shop, WEEK)
    correct(shop, made[1], "14:00")
    with pytest.raises(Refused, match=r"E14 Ann Bee: -1.00 h REG are negative"):
        export(shop, tmp_path, NEXT, "gusto")
    done = payroll.export(shop, NEXT, tmp_path, "gusto", by_hand=True)
    assert len(done.written.path.read_text("utf-8").splitlines()) == 1
    assert payroll.prepare(shop, date(2026, 6, 15), "gusto").owed == ()


def test_the_same_bytes_again_say_what_has_changed_since_and_what_to_do(shop: Shop, tmp_path: Path) -> None:
    made = a_week(shop, "15:00", "15:00")
    first = export(shop, tmp_path)
    correct(shop, made[1], "14:00")
    again = export(shop, tmp_path)
    assert again.written.sha256 == first.written.sha256
    found = next(one for one in again.ready.findings if one.code == "W26")
    assert "-1.00 h REG" in found.what
    assert "wotui payroll void B000001" in found.way_out


def test_a_batch_that_was_not_imported_is_voided_and_made_anew(shop: Shop, tmp_path: Path) -> None:
    made = a_week(shop, "15:00", "15:00")
    export(shop, tmp_path)
    with pytest.raises(Refused, match="needs a reason"):
        batches.void(shop, "B000001", " ")
    batches.void(shop, "B000001", "the file was not imported")
    assert entry(shop, made[0]).batch_id == ""
    done = export(shop, tmp_path)
    assert done.written.path.name == "payroll_generic_2026-06-01_2026-06-07_B000002r2.csv"
    assert hours(done) == [("REG", "16.00", "")]
    with pytest.raises(Refused, match="B000001 is void"):
        batches.void(shop, "1", "again")


def test_a_batch_that_a_later_one_adjusts_stays_until_that_one_is_void(shop: Shop, tmp_path: Path) -> None:
    made = a_week(shop, "15:00", "15:00")
    export(shop, tmp_path)
    correct(shop, made[1], "14:00")
    export(shop, tmp_path, NEXT)
    with pytest.raises(Refused, match="B000002 adjusts B000001"):
        batches.void(shop, "B000001", "not imported")
    batches.void(shop, "B000002", "not imported")
    assert hours(export(shop, tmp_path, NEXT)) == [("REG", "-1.00", "B000001")]


def test_a_closed_period_stays_closed(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="has not been exported"):
        batches.close(shop, WEEK)
    a_week(shop, "15:00")
    export(shop, tmp_path)
    batches.close(shop, WEEK)
    with pytest.raises(Refused, match="is paid"):
        batches.void(shop, "B000001", "oops")
    with pytest.raises(Refused, match="closed already"):
        batches.close(shop, WEEK)


def test_an_export_is_not_undone_by_a_key(shop: Shop, tmp_path: Path) -> None:
    a_week(shop, "15:00")
    export(shop, tmp_path)
    with pytest.raises(Refused, match="cannot be undone"):
        undo.undo(shop)


def test_only_the_shops_own_payroll_computer_exports(shop: Shop, tmp_path: Path) -> None:
    a_week(shop, "15:00")
    shop_settings.change(shop, "payroll.owner_device", "WORKSHOP-PC")
    with pytest.raises(Refused, match="Payroll is made on WORKSHOP-PC"):
        export(shop, tmp_path)
    assert pay_batches.batches(shop) == []


def test_the_first_export_names_the_payroll_computer(shop: Shop, tmp_path: Path) -> None:
    a_week(shop, "15:00")
    export(shop, tmp_path)
    assert shop.setting("payroll.owner_device") == batches.device_name(shop)


def test_an_order_whose_hours_are_paid_is_not_reopened(shop: Shop, tmp_path: Path) -> None:
    order = builders.order(shop, status="closed")
    made = a_week(shop, "15:00")
    with shop.transaction() as tx:
        tx.update("time_span", made[0], work_order_id=order)
    export(shop, tmp_path)
    with pytest.raises(Refused, match="exported payroll"):
        lifecycle.reopen(shop, [builders.number_of(shop, order)], "leaks again")


def test_a_folder_that_fails_leaves_the_batch_to_be_written_again(shop: Shop, tmp_path: Path) -> None:
    a_week(shop, "15:00")
    done = export(shop, tmp_path / "stick")
    in_the_way = tmp_path / "other" / done.written.path.name
    in_the_way.mkdir(parents=True)
    with pytest.raises(FileTrouble, match="E13"):
        export(shop, tmp_path / "other")
    assert not list((tmp_path / "other").glob(".*.tmp"))
    assert export(shop, tmp_path / "stick").written.sha256 == done.written.sha256


def test_a_missing_stick_makes_no_batch(shop: Shop, tmp_path: Path) -> None:
    a_week(shop, "15:00")
    with pytest.raises(FileTrouble, match="E13"):
        export(shop, tmp_path / "gone" / "payroll")
    assert pay_batches.batches(shop) == []


def test_a_changed_schedule_that_cuts_through_an_exported_period_is_e10(shop: Shop, tmp_path: Path) -> None:
    a_week(shop, "15:00")
    export(shop, tmp_path)
    shop_settings.change(shop, "payroll.schedule", "semimonthly")
    blocked = payroll.prepare(shop, date(2026, 6, 2))
    assert [one.code for one in blocked.findings if one.blocks] == ["E10"]
    assert "2026-06-01..2026-06-07" in blocked.findings[0].what


def test_19_eight_hours_are_eight_hours_whatever_the_laptops_zone(shop: Shop, tmp_path: Path) -> None:
    begin = wall_time.parse_minute("2026-01-14T14:00Z", shop.zone)
    times = labor_entries.Times(begin, wall_time.parse_minute("2026-01-14T22:00Z", shop.zone))
    labor_entries.add(shop, times, person="AB")
    approvals.approve_period(shop, date(2026, 1, 14))
    assert hours(export(shop, tmp_path, date(2026, 1, 14))) == [("REG", "8.00", "")]


def test_28_a_short_break_is_paid_and_said(shop: Shop, tmp_path: Path) -> None:
    from wotui.domain.labor import Break

    start, pause, resume, end = (
        wall_time.parse_minute(f"2026-06-01T{each}", shop.zone)
        for each in ("08:00", "10:00", "10:15", "12:00")
    )
    labor_entries.add(shop, labor_entries.Times(start, end, (Break(pause, resume),)), person="AB")
    approvals.approve_period(shop, WEEK)
    done = export(shop, tmp_path)
    assert hours(done) == [("REG", "4.00", "")]
    assert any("785.18" in one.what for one in done.ready.findings)


def test_editing_a_rule_set_changes_no_batch(shop: Shop, tmp_path: Path) -> None:
    a_week(shop, "17:00", "17:00", "17:00", "17:00", "17:00")
    export(shop, tmp_path)
    shop_settings.change(shop, "payroll.rule_set", "us-ak")
    with shop.transaction() as tx:
        tx.update(
            "person", reads.entries(shop, pay_batches.batches(shop)[0].period)[0].person_id, rule_set="us-ak"
        )
    assert payroll.prepare(shop, NEXT).owed == ()


def test_a_second_batch_in_the_same_folder_writes_over_nothing_of_the_first(
    shop: Shop, tmp_path: Path
) -> None:
    a_week(shop, "15:00")
    a_week(shop, "16:00", first=8)
    out = tmp_path / "out"
    first = export(shop, out)
    before = {one.name: one.read_bytes() for one in out.iterdir()}
    second = export(shop, out, NEXT)
    assert second.written.path.parent == out
    assert {name: (out / name).read_bytes() for name in before} == before
    inside = {one.name for one in (out / "B000002").iterdir()}
    assert inside == {"workweeks.csv", "detail.csv", "manifest.json"}
    assert json.loads((out / "B000002" / "manifest.json").read_bytes())["batch"] == "B000002"
    assert export(shop, out).written.how == "identical"
    assert first.written.path.is_file()


def test_a_name_that_the_provider_dictates_is_not_written_over_either(shop: Shop, tmp_path: Path) -> None:
    shop_settings.change(shop, "payroll.values", "adp_wfn.co_code=ABC")
    batches.name_for(shop, "AB", "adp_wfn", external_id="117", name=None)
    a_week(shop, "15:00")
    a_week(shop, "16:00", first=8)
    first, second = (export(shop, tmp_path, day, "adp_wfn").written for day in (WEEK, NEXT))
    assert first.path == tmp_path / "PRABCEPI.csv"
    assert second.path == tmp_path / "B000002" / "PRABCEPI.csv"
    assert b"8.00" in first.path.read_bytes()


def test_a_change_to_hours_paid_long_ago_that_a_merge_brings_is_noticed(shop: Shop, tmp_path: Path) -> None:
    """On a laptop that was away since June, somebody had left at noon; in November it comes back."""
    made = a_week(shop, "15:00")
    identity.settle(shop)
    shutil.copy(shop.path, tmp_path / "laptop.wotui")
    export(shop, tmp_path)
    batches.close(shop, WEEK)
    place = MemoryPlace(str(shop.value("SELECT shop FROM me")))
    with Shop.open(tmp_path / "laptop.wotui") as laptop:
        identity.settle(laptop)
        with laptop.transaction() as tx:
            noon = wall_time.parse_minute("2026-06-01T12:00", shop.zone)
            tx.update("time_span", made[0], end_minute=noon)
            tx.done("Left at noon.")
        engine.merge(laptop, place)
    with clock.freeze("2026-11-16T12:00:00Z"):
        work(shop, "2026-11-02")
        approvals.approve_period(shop, date(2026, 11, 2))
        export(shop, tmp_path, date(2026, 11, 2))
        assert payroll.prepare(shop, date(2026, 11, 9)).owed == ()
        engine.merge(shop, place, pull=True)
        owed = payroll.prepare(shop, date(2026, 11, 9)).owed
    assert [(one.code, one.minutes, one.batch) for one in owed] == [("REG", -180, "B000001")]


def test_rounding_keeps_the_evidence_of_twelve_months(shop: Shop, tmp_path: Path) -> None:
    shop_settings.change(shop, "payroll.rounding", "15")
    a_week(shop, "15:07", "15:08")
    a_week(shop, "15:10", first=8)
    export(shop, tmp_path / "one")
    export(shop, tmp_path / "two", NEXT)
    minutes = json.loads((tmp_path / "two" / "manifest.json").read_bytes())["minutes"]
    ann = next(one for one in minutes if one["employee_no"] == "0021")
    assert (ann["exact"], ann["paid"], ann["difference"]) == (490, 495, -5)
    assert ann["last_12_months"] == {"exact": 1465, "paid": 1470, "difference": -5}
