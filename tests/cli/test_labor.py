"""`wotui time` and `wotui payroll`: from the first entry to the payroll CSV, and what each call ends with."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Call
    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop

    Run = Callable[..., Call]

PERIOD = ("--period", "2026-06-10")
JO = ("--as", "JD")
PERSON = ("--person", "JD")


def work(run: Run, day: str, start: str, end: str, *more: str) -> Call:
    return run("time", "add", "--person", "JD", "--start", f"{day}T{start}", "--end", f"{day}T{end}", *more)


def a_week(run: Run) -> None:
    """Forty-two and a half hours from Monday to Friday, with a meal each day, all approved, seen on Saturday."""
    for day in ("01", "02", "03", "04", "05"):
        assert work(run, f"2026-06-{day}", "07:00", "16:00", "--break", "12:00-12:30").code == 0
    assert run("time", "approve", "--period", "2026-06-05").code == 0


def test_hours_go_from_entry_to_the_payroll_csv(run: Run, tmp_path: Path) -> None:
    a_week(run)
    exported = run("payroll", "export", "--period", "2026-06-03", "-o", str(tmp_path / "out"), "--json")
    assert exported.code == 0
    assert exported.json["totals"] == {"OT": "2.50", "REG": "40.00"}
    path = tmp_path / "out" / "payroll_generic_2026-06-01_2026-06-07_B000001r1.csv"
    content = path.read_bytes()
    assert exported.json["sha256"] == hashlib.sha256(content).hexdigest()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [(row["employee_no"], row["pay_code"], row["hours"], row["batch"]) for row in rows] == [
        ("E-JD", "OT", "2.50", "B000001"),
        ("E-JD", "REG", "40.00", "B000001"),
    ]


def test_exporting_again_writes_the_same_bytes_and_says_so(run: Run, tmp_path: Path) -> None:
    a_week(run)
    first = run("payroll", "export", "--period", "2026-06-01", "-o", str(tmp_path))
    again = run("payroll", "export", "--period", "2026-06-07", "-o", str(tmp_path))
    assert first.out == again.out
    assert "Already exported 2026-06-10 12:00 as B000001, identical" in again.err


def test_nothing_is_written_before_everything_is_approved(run: Run, tmp_path: Path) -> None:
    work(run, "2026-06-08", "07:00", "15:00")
    checked = run("payroll", "check", *PERIOD, "--json")
    assert checked.code == 3
    assert checked.json["blocked"] is True
    assert [one["code"] for one in checked.json["problems"] if one["blocks"]] == ["E03"]
    refused = run("payroll", "export", *PERIOD, "-o", str(tmp_path / "out"))
    assert refused.code == 3
    assert "E03 Jo Doe: 1 entry not approved" in refused.err
    assert not (tmp_path / "out").exists()


def test_a_running_timer_blocks_the_export(run: Run, shop: Shop, tmp_path: Path) -> None:
    number = builders.number_of(shop, builders.order(shop))
    assert run("time", "start", "--order", number, *JO).code == 0
    refused = run("payroll", "export", *PERIOD, "-o", str(tmp_path))
    assert refused.code == 3
    assert (
        f"E01 Jo Doe: timer on {number} running since Wed 2026-06-10 12:00. Stop it or correct it."
        in refused.err
    )


def test_a_folder_that_is_not_there_is_file_trouble(run: Run, tmp_path: Path) -> None:
    a_week(run)
    failed = run("payroll", "export", "--period", "2026-06-01", "-o", str(tmp_path / "stick" / "payroll"))
    assert failed.code == 5
    assert "E13" in failed.err


def test_a_shop_that_rounds_is_paid_by_the_quarter_hour(run: Run) -> None:
    assert work(run, "2026-06-01", "07:53", "16:07", "--break", "12:00-12:30").code == 0
    assert run("time", "approve", "--period", "2026-06-01").code == 0
    run("settings", "payroll.rounding", "15")
    checked = run("payroll", "check", "--period", "2026-06-01", "--json")
    assert checked.code == 0
    assert checked.json["totals"] == {"REG": "7.50"}


def test_a_technician_may_not_export(run: Run, shop: Shop, tmp_path: Path) -> None:
    builders.person(shop, "AB", "Ann Bolt")
    refused = run("payroll", "export", *PERIOD, "-o", str(tmp_path), "--as", "AB")
    assert refused.code == 3
    assert "office or supervisor" in refused.err


def test_an_unknown_profile_is_not_found(run: Run, tmp_path: Path) -> None:
    assert run("payroll", "export", *PERIOD, "--profile", "acme", "-o", str(tmp_path)).code == 4


def test_a_biweekly_shop_pays_two_weeks_from_its_anchor(run: Run) -> None:
    run("settings", "payroll.schedule", "biweekly")
    without = run("payroll", "check", *PERIOD)
    if without.code != 0:
        assert "payroll.anchor" in without.err
    run("settings", "payroll.anchor", "2026-01-05")
    checked = run("payroll", "check", "--period", "2026-12-28", "--json")
    assert (checked.json["period_start"], checked.json["period_end"]) == ("2026-12-21", "2027-01-03")


def test_an_entry_is_printed_for_programs_with_utc_instants(run: Run) -> None:
    added = work(run, "2026-06-08", "07:00", "15:30", "--break", "12:00-12:30", "--note", "Line 3", "--json")
    assert added.json["start"] == "2026-06-08T12:00:00Z"
    assert added.json["minutes"] == 480
    assert added.json["breaks"] == [
        {"start": "2026-06-08T17:00:00Z", "end": "2026-06-08T17:30:00Z", "kind": "meal"}
    ]
    listed = run("time", "list", *PERIOD, "--json")
    assert listed.json == [added.json]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--start", "2026-06-08T15:00", "--end", "2026-06-08T07:00"), 3, "is not after the start"),
        (("--start", "2026-06-11T07:00", "--end", "2026-06-11T08:00"), 3, "has not come yet"),
        (("--start", "2026-03-08T02:30", "--end", "2026-03-08T04:00"), 3, "does not exist"),
        (("--start", "2025-11-02T01:30", "--end", "2025-11-02T04:00"), 3, "occurs twice"),
        (("--start", "eight", "--end", "2026-06-08T07:00"), 2, "is not a date and time"),
        (("--start", "2026-06-08T07:00"), 2, "--end is missing"),
        (("--minutes", "30", "--start", "2026-06-08T07:00"), 2, "--minutes goes without"),
        (("--minutes", "30", "--on", "someday"), 2, "is not a day"),
        (("--minutes", "30", "--type", "NAP"), 2, "is not a time type"),
        (("--minutes", "30", "--order", "W-A9999"), 4, "W-A9999"),
        (("--minutes", "0"), 3, "at least one minute"),
    ],
)
def test_what_cannot_be_recorded_is_refused_with_its_code(
    run: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    refused = run("time", "add", *JO, *words)
    assert refused.code == code
    assert said in refused.err
    assert run("time", "list", *PERIOD, "--json").json == []


def test_the_ambiguous_hour_is_taken_with_its_offset(run: Run) -> None:
    words = ("time", "add", *JO, "--json", "--end", "2025-11-02T02:30", "--start")
    assert run(*words, "2025-11-02T01:30-05:00").json["minutes"] == 120
    run("undo", *JO)
    assert run(*words, "2025-11-02T01:30-06:00").json["minutes"] == 60


def test_a_forgotten_timer_is_stopped_at_the_time_the_work_ended(run: Run, frozen_clock: FrozenClock) -> None:
    run("time", "start", *JO)
    frozen_clock.move(days=2)
    refused = run("time", "stop", *JO)
    assert refused.code == 3
    assert "wotui time stop --at" in refused.err
    assert run("time", "stop", *JO, "--at", "2026-06-10T15:00").err.startswith("Stopped the timer after 3h.")


def test_an_entry_is_corrected_removed_and_brought_back(run: Run) -> None:
    work(run, "2026-06-08", "07:00", "15:00", "--break", "12:00-12:30")
    (entry,) = run("time", "list", *PERIOD, "--json").json
    corrected = run("time", "correct", entry["entry"], "--end", "2026-06-08T14:00", *JO, "--json")
    assert (corrected.json["minutes"], len(corrected.json["breaks"])) == (390, 1)
    assert run("time", "correct", entry["id"], "--break", "", *JO, "--json").json["breaks"] == []
    run("time", "remove", entry["entry"], *JO)
    assert run("time", "list", *PERIOD, "--json").json == []
    run("undo", *JO)
    assert len(run("time", "list", *PERIOD, "--json").json) == 1


def test_leave_is_entered_by_the_day_and_paid_without_overtime(run: Run) -> None:
    assert run("time", "add", *JO, "--minutes", "480", "--on", "2026-06-12", "--type", "PTO").code == 0
    run("time", "approve", *PERIOD)
    checked = run("payroll", "check", *PERIOD, "--json")
    assert checked.code == 0
    assert [(row["pay_code"], row["hours"]) for row in checked.json["rows"]] == [("PTO", "8.00")]


def test_handing_in_approving_and_sending_back_go_by_role(run: Run, shop: Shop) -> None:
    builders.person(shop, "AB", "Ann Bolt")
    words = (
        "time",
        "add",
        "--as",
        "AB",
        "--start",
        "2026-06-08T07:00",
        "--end",
        "2026-06-08T15:00",
        "--json",
    )
    entry = run(*words).json["entry"]
    assert run("time", "submit", *PERIOD, "--as", "AB").code == 0
    assert run("time", "approve", *PERIOD, "--as", "AB").code == 3
    assert run("time", "approve", *PERIOD, "--person", "AB", *JO).code == 0
    assert run("time", "send-back", entry, *JO).code == 3
    assert run("time", "send-back", entry, "--reason", "no lunch", *JO).code == 0
    assert run("time", "list", *PERIOD, "--json").json[0]["state"] == "submitted"


def test_the_table_names_everybodys_totals_on_stderr(run: Run) -> None:
    a_week(run)
    listed = run("time", "list", "--period", "2026-06-03")
    assert "07:00-16:00" in listed.out
    assert "Jo Doe: 40.00 regular, 2.50 overtime." in listed.err
    assert "Jo Doe" not in run("time", "list", "--period", "2026-05-20").err


def test_handed_in_hours_are_recalled_until_they_are_approved(run: Run) -> None:
    work(run, "2026-06-08", "07:00", "15:00")
    assert run("time", "submit", *PERIOD, "--person", "JD").code == 0
    assert "Took 1 entry of Jo Doe, 8h back as drafts." in run("time", "recall", *PERIOD, *PERSON).err
    assert run("time", "recall", *PERIOD, *PERSON).code == 3
    assert run("time", "list", *PERIOD, "--json").json[0]["state"] == "draft"


def test_one_entry_is_approved_by_its_number(run: Run) -> None:
    work(run, "2026-06-08", "07:00", "11:00")
    work(run, "2026-06-08", "12:00", "15:00")
    first = run("time", "list", *PERIOD, "--json").json[0]["id"]
    assert run("time", "approve", "--entry", str(first)).code == 0
    assert [one["state"] for one in run("time", "list", *PERIOD, "--json").json] == ["approved", "draft"]
    assert run("time", "approve").code == 2
    assert run("time", "approve", "--entry", str(first), *PERIOD).code == 2


def test_a_correction_of_an_approved_entry_is_asked_for_and_stays_until_it_is_answered(run: Run) -> None:
    work(run, "2026-06-08", "07:00", "15:00")
    entry = str(run("time", "list", *PERIOD, "--json").json[0]["id"])
    assert run("time", "ask", entry, "Left at two").code == 3
    assert run("time", "approve", *PERIOD).code == 0
    assert run("time", "ask", entry, "").code == 3
    assert run("time", "ask", entry, "Left at two").code == 0

    def asked() -> list[str]:
        return [
            one["what"]
            for one in run("payroll", "check", *PERIOD, "--json").json["problems"]
            if one["code"] == "W30"
        ]

    assert asked() == ["Jo Doe asks to correct 2026-06-08 07:00-15:00: Left at two."]
    assert run("time", "send-back", entry, "--reason", "right").code == 0
    assert asked() == []
