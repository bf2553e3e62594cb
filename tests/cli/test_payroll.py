"""`wotui payroll` and `wotui export times`: a period from its first check to paid, with every way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.test_labor import a_week, work

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Call

    Run = Callable[..., Call]

WEEK = ("--period", "2026-06-01")


def exported(run: Run, folder: Path, *more: str) -> Call:
    return run("payroll", "export", *WEEK, "-o", str(folder), "--json", *more)


def test_a_period_is_exported_closed_and_corrected(run: Run, tmp_path: Path) -> None:
    a_week(run)
    assert exported(run, tmp_path).json["batch"] == "B000001"
    closed = run("payroll", "close", *WEEK)
    assert closed.code == 0
    assert "Closed 2026-06-01..2026-06-07: B000001 is paid." in closed.err
    entry = str(run("time", "list", *WEEK, "--json").json[0]["id"])
    refused = run("time", "correct", entry, "--end", "2026-06-01T15:00")
    assert refused.code == 3
    assert "--reason" in refused.err
    assert run("time", "correct", entry, "--end", "2026-06-01T15:00", "--reason", "left early").code == 0
    checked = run("payroll", "check", "--period", "2026-06-08", "--json")
    assert [(row["pay_code"], row["hours"], row["adjusts_batch"]) for row in checked.json["rows"]] == [
        ("OT", "-1.00", "B000001")
    ]
    assert "W26" in [one["code"] for one in checked.json["problems"]]


def test_a_batch_is_voided_with_a_reason_and_listed(run: Run, tmp_path: Path) -> None:
    a_week(run)
    exported(run, tmp_path)
    assert run("payroll", "void", "B000001").code == 3
    assert run("payroll", "void", "B000009", "--reason", "x").code == 4
    assert run("payroll", "void", "B000001", "--reason", "was not imported").code == 0
    assert exported(run, tmp_path).json["revision"] == 2
    listed = run("payroll", "batches", "--json").json
    assert [(one["batch"], one["revision"], one["status"], one["void_reason"]) for one in listed] == [
        ("B000002", 2, "active", None),
        ("B000001", 1, "void", "was not imported"),
    ]
    assert listed[0]["totals"] == {"OT": "2.50", "REG": "40.00"}
    assert "B000001" in run("payroll", "batches").out


def test_a_provider_that_needs_ids_and_words_gets_them(run: Run, tmp_path: Path) -> None:
    a_week(run)
    refused = exported(run, tmp_path, "--profile", "paychex_spi")
    assert refused.code == 3
    assert "E04" in refused.err
    assert "E06 paychex_spi needs client_id" in refused.err
    assert run("payroll", "id", "--person", "JD", "--profile", "paychex_spi", "--id", "0017").code == 0
    assert run("settings", "payroll.values", "paychex_spi.client_id=12345678").code == 0
    done = exported(run, tmp_path, "--profile", "paychex_spi")
    assert done.code == 0
    lines = (tmp_path / done.json["file_name"]).read_text("utf-8").splitlines()
    assert lines[1] == "12345678,0017,,,Hourly,,,40.00,,,,,,,,"


def test_an_id_belongs_to_one_person(run: Run) -> None:
    assert run("add", "person", "Ann Bee", "initials=AB", "payroll_id=0021", "roles=technician").code == 0
    assert run("payroll", "id", "--person", "JD", "--profile", "gusto", "--id", "A1").code == 0
    assert run("payroll", "id", "--person", "AB", "--profile", "gusto", "--id", "A1").code == 3
    assert run("payroll", "id", "--person", "AB", "--profile", "acme", "--id", "A1").code == 4
    assert run("payroll", "id", "--person", "AB", "--profile", "gusto").code == 3


def test_a_period_that_was_not_exported_cannot_be_closed(run: Run) -> None:
    assert run("payroll", "close", *WEEK).code == 3


def test_exported_hours_come_back_unchanged(run: Run, tmp_path: Path) -> None:
    a_week(run)
    work(run, "2026-06-08", "07:00", "11:00", "--note", "=cmd|' /C calc'!A0", "--type", "TRAVEL")
    target = tmp_path / "times.csv"
    assert run("export", "times", "-o", str(target)).code == 0
    assert run("export", "times").out == target.read_text("utf-8")
    assert len(target.read_text("utf-8").splitlines()) == 7
    report = run("import", "times", str(target), "--json").json
    assert (report["unchanged"], report["rejected"], report["created"]) == (6, 0, 0)
    only = run("export", "times", *WEEK, "--person", "JD")
    assert len(only.out.splitlines()) == 6


def test_imported_hours_give_the_examples_numbers(run: Run, tmp_path: Path) -> None:
    """Monday to Thursday 07:00-17:00 and a night over the week's end, through the file and to the file."""
    run("settings", "payroll.workweek_start", "sunday")
    file = tmp_path / "times.csv"
    rows = [f"E-JD,2026-05-{day}T07:00,2026-05-{day}T17:00" for day in (25, 26, 27, 28)]
    rows.append("E-JD,2026-05-30T20:00,2026-05-31T06:00")
    file.write_text("employee_no,start,end\n" + "\n".join(rows) + "\n")
    assert run("import", "times", str(file)).code == 0
    assert run("time", "approve", "--period", "2026-05-25").code == 0
    done = run("payroll", "export", "--period", "2026-05-25", "-o", str(tmp_path), "--json")
    assert done.json["totals"] == {"OT": "4.00", "REG": "40.00"}
    after = run("payroll", "export", "--period", "2026-05-31", "-o", str(tmp_path), "--json")
    assert after.json["totals"] == {"REG": "6.00"}


def test_the_workweek_is_changed_from_a_date_on_once_hours_are_recorded(run: Run, tmp_path: Path) -> None:
    a_week(run)
    assert exported(run, tmp_path).code == 0
    refused = run("settings", "payroll.workweek_start", "sunday from 2026-06-07")
    assert refused.code == 3
    assert "2026-06-01..2026-06-07 is exported already." in refused.err
    assert (
        "2026-06-15 is no Sunday" in run("settings", "payroll.workweek_start", "sunday from 2026-06-15").err
    )
    changed = run("settings", "payroll.workweek_start", "sunday from 2026-06-14")
    assert "The workweek begins on Sunday from 2026-06-14 on." in changed.err
    assert run("settings", "payroll.workweek_changes").out == "2026-06-14 monday\n"
    check = run("payroll", "check", "--period", "2026-06-10", "--json").json
    assert (check["period_start"], check["period_end"]) == ("2026-06-08", "2026-06-13")
    assert exported(run, tmp_path / "again").json["how"] == "new"


def test_a_batch_is_shown_with_what_differs_from_the_one_before(run: Run, tmp_path: Path) -> None:
    a_week(run)
    exported(run, tmp_path)
    run("payroll", "close", *WEEK)
    entry = str(run("time", "list", *WEEK, "--json").json[0]["id"])
    assert run("time", "correct", entry, "--end", "2026-06-01T15:00", "--reason", "left early").code == 0
    work(run, "2026-06-08", "07:00", "11:00")
    assert run("time", "approve", "--period", "2026-06-08").code == 0
    assert run("payroll", "export", "--period", "2026-06-08", "-o", str(tmp_path)).code == 0
    shown = run("payroll", "show", "B000002", "--json").json
    assert [(one["pay_code"], one["hours"], one["adjusts_batch"]) for one in shown["lines"]] == [
        ("REG", "4.00", None),
        ("OT", "-1.00", "B000001"),
    ]
    assert shown["compared_with"] == "B000001"
    assert [(one["pay_code"], one["before"], one["now"]) for one in shown["differences"]] == [
        ("OT", "2.50", "-1.00"),
        ("REG", "40.00", "4.00"),
    ]
    assert shown["late"][0]["reason"] == "left early"
    plain = run("payroll", "show", "2")
    assert "-36.00" in plain.out
    assert "left early" in plain.err
