"""Every worked example of the payroll rules, from `wotui import times` to `wotui payroll export`, by its number.

Zone America/Chicago, rule set us-flsa, workweek from Sunday, exact minutes, unless an example says otherwise.
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.domain import wall_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Call
    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop

PEOPLE = "employee_no,first_name,last_name,initials,roles,rule_set,active_from\n"


@dataclass
class Payroll:
    """The command line of one shop, and a folder for its files."""

    run: Callable[..., Call]
    folder: Path

    def ok(self, *words: str) -> Call:
        done = self.run(*words)
        assert done.code == 0, done.err
        return done

    def file(self, kind: str, content: str) -> Call:
        path = self.folder / f"{kind}.csv"
        path.write_text(content, "utf-8")
        return self.run("import", kind, str(path), "--json")

    def people(self, *rows: str) -> None:
        report = self.file("people", PEOPLE + "".join(f"{row}\n" for row in rows)).json
        assert report["rejected"] == 0, report

    def times(self, *rows: str) -> Call:
        """Import hours; cells that are left out at the end of a row are empty."""
        whole = "".join(f"{row}{',' * (6 - row.count(','))}\n" for row in rows)
        return self.file("times", f"employee_no,start,end,breaks,order,time_type,note\n{whole}")

    def approved(self, day: str, *rows: str) -> None:
        """Import hours, each as `start,end[,breaks[,order[,time_type]]]` of 0017, and approve the period of a day."""
        done = self.times(*(row if row.startswith("00") else f"0017,{row}" for row in rows))
        assert (done.code, done.json["rejected"]) == (0, 0), done.out
        self.ok("time", "approve", "--period", day)

    def export(self, day: str, *more: str) -> list[dict[str, str]]:
        """The rows of the file of a day's period."""
        done = self.ok("payroll", "export", "--period", day, "-o", str(self.folder / "out"), "--json", *more)
        content = Path(done.json["file"]).read_bytes().decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(content, newline="")))

    def paid(self, day: str) -> dict[str, str]:
        """Pay code → hours of a day's period."""
        return {row["pay_code"]: row["hours"] for row in self.export(day)}

    def federal(self, day: str) -> dict[str, int]:
        """First day of the workweek → federal overtime minutes, from the summary beside the file."""
        self.ok("payroll", "export", "--period", day, "-o", str(self.folder / f"weeks-{day}"))
        content = (self.folder / f"weeks-{day}" / "workweeks.csv").read_text("utf-8-sig")
        return {
            row["workweek_start"]: int(row["flsa_ot_minutes"]) for row in csv.DictReader(io.StringIO(content))
        }


@pytest.fixture
def pay(run: Callable[..., Call], tmp_path: Path, frozen_clock: FrozenClock) -> Payroll:
    """A shop in Chicago whose workweek begins on Sunday, on New Year's Eve 2026; 0017 works there."""
    frozen_clock.set("2026-12-31T18:00:00Z")
    made = Payroll(run, tmp_path)
    made.ok("settings", "payroll.workweek_start", "sunday")
    made.people("0017,Ola,Lee,OL,technician,,2020-01-01")
    return made


def test_1_the_night_the_clock_springs_forward(pay: Payroll) -> None:
    pay.approved("2026-03-07", "2026-03-07T23:00,2026-03-08T07:30,04:00-04:30")
    assert pay.export("2026-03-07")[0]["workweek_start"] == "2026-03-01"
    assert (pay.paid("2026-03-07"), pay.paid("2026-03-08")) == ({"REG": "1.00"}, {"REG": "6.00"})


def test_2_the_night_the_clock_falls_back(pay: Payroll) -> None:
    pay.approved("2026-10-31", "2026-10-31T23:00,2026-11-01T07:30,04:00-04:30")
    assert (pay.paid("2026-10-31"), pay.paid("2026-11-01")) == ({"REG": "1.00"}, {"REG": "8.00"})


@pytest.mark.parametrize(("offset", "hours"), [("-05:00", "2.00"), ("-06:00", "1.00")])
def test_3_a_punch_in_the_hour_that_comes_twice_is_asked_about(pay: Payroll, offset: str, hours: str) -> None:
    asked = pay.times("0017,2026-11-01T01:30,2026-11-01T02:30").json
    assert asked["rejected"] == 1
    assert "-05:00" in asked["rows"][0]["reason"]
    assert "-06:00" in asked["rows"][0]["reason"]
    pay.approved("2026-11-01", f"2026-11-01T01:30{offset},2026-11-01T02:30")
    assert pay.paid("2026-11-01") == {"REG": hours}


def test_3_a_punch_in_the_hour_that_does_not_exist_is_refused(pay: Payroll) -> None:
    refused = pay.times("0017,2026-03-08T02:30,2026-03-08T05:00").json
    assert refused["rejected"] == 1
    assert "does not exist" in refused["rows"][0]["reason"]


def test_5_in_california_a_shift_over_midnight(pay: Payroll) -> None:
    pay.ok("settings", "payroll.rule_set", "us-ca")
    pay.approved("2026-06-09", "2026-06-09T22:00,2026-06-10T06:00")
    assert pay.paid("2026-06-09") == {"REG": "8.00"}
    pay.approved("2026-06-16", "2026-06-16T14:00,2026-06-17T04:00")
    assert pay.paid("2026-06-16") == {"REG": "12.00", "OT": "2.00"}


@pytest.mark.parametrize(
    ("rules", "expected"),
    [("us-flsa", {"REG": "40.00", "OT": "4.00"}), ("us-ak", {"REG": "36.00", "OT": "8.00"})],
)
def test_6_the_weeks_boundary_with_daily_and_weekly_overtime(
    pay: Payroll, rules: str, expected: dict[str, str]
) -> None:
    pay.ok("settings", "payroll.rule_set", rules)
    days = [f"2026-06-{day:02}T07:00,2026-06-{day:02}T17:00" for day in (8, 9, 10, 11)]
    pay.approved("2026-06-08", *days, "2026-06-13T20:00,2026-06-14T06:00")
    assert pay.paid("2026-06-08") == expected
    assert pay.federal("2026-06-08") == {"2026-06-07": 240}
    assert pay.paid("2026-06-14") == {"REG": "6.00"}


@pytest.mark.parametrize(
    ("rounding", "first", "second", "mixed"),
    [
        ("none", "7.73", "7.77", "7.75"),
        ("15", "7.50", "8.00", "7.75"),
        ("5", "7.67", "7.83", "7.75"),
        ("6", "7.70", "7.70", "7.70"),
    ],
)
def test_7_seven_and_eight_minutes_around_the_quarter(
    pay: Payroll, rounding: str, first: str, second: str, mixed: str
) -> None:
    pay.ok("settings", "payroll.rounding", rounding)
    for week, (begin, end) in {
        "08": ("07:53", "16:07"),
        "15": ("07:52", "16:08"),
        "22": ("07:53", "16:08"),
    }.items():
        pay.approved(f"2026-06-{week}", f"2026-06-{week}T{begin},2026-06-{week}T{end},12:00-12:30")
    found = [pay.paid(f"2026-06-{week}")["REG"] for week in ("08", "15", "22")]
    assert found[:2] == [first, second]
    if rounding in ("none", "15"):
        assert found[2] == mixed


def test_10_an_overlap_blocks_until_the_supervisor_trims_it(pay: Payroll, shop: Shop) -> None:
    """An import refuses the second entry; a merge may bring it all the same."""
    pay.approved("2026-06-08", "2026-06-08T09:00,2026-06-08T11:00")
    refused = pay.times("0017,2026-06-08T10:30,2026-06-08T12:00").json
    assert "overlaps 09:00-11:00" in refused["rows"][0]["reason"]
    begin, end = (wall_time.parse_minute(f"2026-06-08T{at}", shop.zone) for at in ("10:30", "12:00"))
    with shop.transaction() as tx:
        who = tx.value("SELECT person_id FROM time_span")
        tx.insert(
            "time_span", person_id=who, time_type="WORK", start_minute=begin, end_minute=end, zone=shop.zone.key,
            source="merge", state="approved",
        )  # fmt: skip
    blocked = pay.run("payroll", "export", "--period", "2026-06-08", "-o", str(pay.folder / "out"))
    assert blocked.code == 3
    assert "E02 Ola Lee" in blocked.err
    assert "3.50" not in blocked.err
    first = str(pay.ok("time", "list", "--period", "2026-06-08", "--json").json[0]["id"])
    pay.ok("time", "send-back", first, "--reason", "overlap")
    pay.ok("time", "correct", first, "--end", "2026-06-08T10:30")
    pay.ok("time", "approve", "--period", "2026-06-08")
    assert pay.paid("2026-06-08") == {"REG": "3.00"}


def test_11_an_open_timer_blocks_and_is_not_stopped(
    pay: Payroll, shop: Shop, frozen_clock: FrozenClock
) -> None:
    number = builders.number_of(shop, builders.order(shop))
    frozen_clock.set("2026-06-04T20:00:00Z")
    pay.ok("--as", "OL", "time", "start", "--order", number)
    frozen_clock.set("2026-06-08T18:00:00Z")
    blocked = pay.run("payroll", "export", "--period", "2026-06-04", "-o", str(pay.folder / "out"), "--json")
    assert blocked.code == 3
    assert (
        f"E01 Ola Lee: timer on {number} running since Thu 2026-06-04 15:00. Stop it or correct it."
        in blocked.err
    )
    checked = pay.run("payroll", "check", "--period", "2026-06-04", "--json").json
    assert checked["rows"] == []
    assert shop.value("SELECT end_minute FROM time_span") is None


@pytest.mark.parametrize(("friday", "expected"), [("17:00", {"OT": "-2.00"}), ("15:00", {"REG": "-2.00"})])
def test_12_a_correction_after_the_lock_is_a_negative_adjustment(
    pay: Payroll, friday: str, expected: dict[str, str]
) -> None:
    ends = ("15:00", "15:00", "15:00", "15:00", friday)
    days = [f"2026-06-{8 + n:02}T07:00,2026-06-{8 + n:02}T{end}" for n, end in enumerate(ends)]
    pay.approved("2026-06-08", *days)
    pay.export("2026-06-08")
    pay.ok("payroll", "close", "--period", "2026-06-08")
    tuesday = next(
        str(one["id"])
        for one in pay.ok("time", "list", "--period", "2026-06-08", "--json").json
        if one["worked_on"] == "2026-06-09"
    )
    pay.ok("time", "correct", tuesday, "--end", "2026-06-09T13:00", "--reason", "left early")
    adjusted = pay.export("2026-06-15")
    assert {row["pay_code"]: row["hours"] for row in adjusted} == expected
    assert {row["adjusts_batch"] for row in adjusted} == {"B000001"}


def test_15_two_john_smiths_stay_two(pay: Payroll) -> None:
    pay.people("0021,John,Smith,J1,technician,,2020-01-01", "0034,John,Smith,J2,technician,,2020-01-01")
    pay.approved(
        "2026-06-08", "0021,2026-06-08T07:00,2026-06-08T15:00", "0034,2026-06-08T07:00,2026-06-08T11:00"
    )
    blocked = pay.run(
        "payroll", "export", "--period", "2026-06-08", "--profile", "gusto", "-o", str(pay.folder)
    )
    assert blocked.code == 3
    assert "E05 John Smith is the name of 0021 and 0034" in blocked.err
    assert [(row["employee_no"], row["hours"]) for row in pay.export("2026-06-08")] == [
        ("0021", "8.00"),
        ("0034", "4.00"),
    ]


def test_16_names_are_stored_composed_and_an_iif_file_cannot_hold_every_letter(pay: Payroll) -> None:
    pay.people(
        "0030,Jose\u0301,Ruiz,JR,technician,,2020-01-01", "0031,Łukasz,Nowak,LN,technician,,2020-01-01"
    )
    pay.approved(
        "2026-06-08", "0030,2026-06-08T07:00,2026-06-08T15:00", "0031,2026-06-08T07:00,2026-06-08T15:00"
    )
    blocked = pay.run(
        "payroll",
        "export",
        "--period",
        "2026-06-08",
        "--profile",
        "quickbooks_desktop",
        "-o",
        str(pay.folder),
    )
    assert "E08" in blocked.err
    assert "U+0141" in blocked.err
    name = next(row["first_name"] for row in pay.export("2026-06-08") if row["employee_no"] == "0030")
    assert name.encode() == bytes.fromhex("4a6f73c3a9")


def test_17_names_that_look_like_formulas_are_guarded_or_refused(pay: Payroll) -> None:
    names = ["-Smith", "+1 Bob", "@dmin", '"=HYPERLINK(""x"")"', "＝x", "O'Neil"]
    pay.people(*(f"00{40 + n},A,{name},N{n},technician,,2020-01-01" for n, name in enumerate(names)))
    pay.approved("2026-06-08", *(f"00{40 + n},2026-06-08T07:00,2026-06-08T15:00" for n in range(6)))
    blocked = pay.run(
        "payroll", "export", "--period", "2026-06-08", "--profile", "gusto", "-o", str(pay.folder)
    )
    assert blocked.err.count("E12") == 5
    assert {row["last_name"] for row in pay.export("2026-06-08")} == {
        "'-Smith", "'+1 Bob", "'@dmin", "'=HYPERLINK(\"x\")", "'＝x", "O'Neil",
    }  # fmt: skip


def test_18_somebody_without_hours_gets_no_row_but_is_named(pay: Payroll) -> None:
    pay.people("0020,Ida,Idle,II,technician,,2020-01-01")
    pay.approved("2026-06-08", "2026-06-08T07:00,2026-06-08T15:00")
    done = pay.ok("payroll", "export", "--period", "2026-06-08", "-o", str(pay.folder / "out"), "--json")
    assert [row["employee_no"] for row in done.json["rows"]] == ["0017"]
    assert "W20 No hours in this period:" in done.err
    assert "0020 Ida Idle" in done.err


def test_19_a_laptop_in_another_zone_changes_no_hours(pay: Payroll) -> None:
    pay.approved("2026-01-14", "2026-01-14T08:00,2026-01-14T15:00-07:00")
    assert pay.paid("2026-01-14") == {"REG": "8.00"}


def test_21_a_period_across_the_years_end_is_one_batch(pay: Payroll, frozen_clock: FrozenClock) -> None:
    pay.ok("settings", "payroll.anchor", "2026-01-05")
    pay.ok("settings", "payroll.schedule", "biweekly")
    frozen_clock.set("2027-01-04T18:00:00Z")
    pay.approved("2026-12-28", "2026-12-28T07:00,2026-12-28T15:00", "2027-01-02T07:00,2027-01-02T15:00")
    found = pay.export("2026-12-28")
    assert {(row["period_start"], row["period_end"]) for row in found} == {("2026-12-21", "2027-01-03")}
    assert {row["batch"] for row in found} == {"B000001"}
    (name,) = [one.name for one in (pay.folder / "out").glob("payroll_*")]
    assert "53" not in name
    early = pay.run("payroll", "check", "--period", "2026-01-04", "--json").json
    assert (early["period_start"], early["period_end"]) == ("2025-12-22", "2026-01-04")


@pytest.mark.parametrize(
    ("rules", "expected"), [("us-ca", {"REG": "24.00", "OT": "12.00"}), ("us-flsa", {"REG": "36.00"})]
)
def test_25_overtime_of_the_state_need_not_be_federal(
    pay: Payroll, rules: str, expected: dict[str, str]
) -> None:
    pay.ok("settings", "payroll.rule_set", rules)
    days = [f"2026-06-{day:02}T07:00,2026-06-{day:02}T19:00" for day in (8, 9, 10)]
    pay.approved("2026-06-08", *days)
    assert pay.paid("2026-06-08") == expected
    assert pay.federal("2026-06-08") == {"2026-06-07": 0}


def test_27_leave_makes_no_overtime(pay: Payroll) -> None:
    days = [f"2026-06-{day:02}T07:00,2026-06-{day:02}T16:00" for day in (8, 9, 10, 11)]
    pay.approved("2026-06-08", *days, "2026-06-12T07:00,2026-06-12T15:00,,,HOLIDAY")
    assert pay.paid("2026-06-08") == {"REG": "36.00", "HOL": "8.00"}


def test_28_a_short_unpaid_break_counts_as_worked(pay: Payroll) -> None:
    pay.approved("2026-06-08", "2026-06-08T08:00,2026-06-08T12:00,10:00-10:15")
    done = pay.ok("payroll", "export", "--period", "2026-06-08", "-o", str(pay.folder / "out"), "--json")
    assert done.json["totals"] == {"REG": "4.00"}
    assert "29 CFR 785.18" in done.err


def test_30_exporting_again_is_the_same_batch(pay: Payroll) -> None:
    pay.approved("2026-06-08", "2026-06-08T08:00,2026-06-08T12:00")
    period = ("payroll", "export", "--period", "2026-06-08", "--json", "-o")
    first = pay.ok(*period, str(pay.folder / "one")).json
    again = pay.ok(*period, str(pay.folder / "two")).json
    assert first["file_name"] == again["file_name"]
    assert first["sha256"] == again["sha256"] == hashlib.sha256(Path(again["file"]).read_bytes()).hexdigest()
    assert first["row_count"] == again["row_count"] == 1
    assert len(pay.ok("payroll", "batches", "--json").json) == 1


def test_the_sum_of_all_files_prints_what_was_corrected(pay: Payroll) -> None:
    """Fifty minutes became seventy: 1.17 - 0.83 = 0.34, not twenty minutes as 0.33."""
    pay.approved("2026-06-08", "2026-06-08T07:00,2026-06-08T07:50")
    assert pay.paid("2026-06-08") == {"REG": "0.83"}
    pay.ok("payroll", "close", "--period", "2026-06-08")
    entry = str(pay.ok("time", "list", "--period", "2026-06-08", "--json").json[0]["id"])
    pay.ok("time", "correct", entry, "--end", "2026-06-08T08:10", "--reason", "twenty minutes forgotten")
    assert pay.paid("2026-06-15") == {"REG": "0.34"}
