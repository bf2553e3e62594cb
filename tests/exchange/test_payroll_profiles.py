"""What each provider imports, byte by byte, and what its format asks of people, codes and numbers."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.domain.payroll.entries import amount
from tests.exchange.test_payroll import DANA, EVE, IDA, OLA, days, ready, sample
from wotui import settings
from wotui.domain.payroll.employees import Employee
from wotui.domain.payroll.reckoning import Reckoning
from wotui.domain.payroll.rules import Tier
from wotui.errors import Refused
from wotui.exchange import payroll
from wotui.exchange.payroll_profiles import Profile, profile, profiles, rule_sets
from wotui.store.reads.pay_batches import Ref

if TYPE_CHECKING:
    from pathlib import Path

VALUES = {
    "adp_run": {"iid": "R1ABC"},
    "adp_wfn": {"co_code": "ABC"},
    "paychex_spi": {"client_id": "12345678"},
    "quickbooks_desktop": {
        "company_name": "Acme Repair",
        "company_create_time": "1749400000",
        "item": "Labor",
    },
}
PROVIDERS = [name for name in profiles() if name not in {"generic", "workweeks"}]


def form(name: str, **changes: object) -> Profile:
    """A profile with the words of a shop."""
    return replace(profile(name), values=VALUES.get(name, {}), **changes)  # type: ignore[arg-type]


def made(
    reckoning: Reckoning,
    name: str,
    refs: dict[str, Ref] | None = None,
    jobs: dict[str, tuple[str, bool]] | None = None,
) -> payroll.Prepared:
    """A reckoning in a provider's shape, as batch 42."""
    shaped = payroll.Prepared(reckoning, form(name), (), (), seq=42, refs=refs or {}, jobs=jobs or {})
    return payroll.filled(shaped)


def text(file: payroll.Prepared, encoding: str = "utf-8") -> list[str]:
    content = payroll.rendered(file).decode(encoding)
    assert content.endswith("\r\n")
    return content.split("\r\n")[:-1]


def codes(file: payroll.Prepared) -> list[str]:
    return [one.code for one in file.findings if one.blocks]


def test_adp_run_byte_for_byte() -> None:
    file = made(sample().reckoning, "adp_run")
    content = payroll.rendered(file)
    assert codes(file) == []
    assert len(content) == 421
    assert hashlib.sha256(content).hexdigest().startswith("c4bc8f5eca50f065")


def test_adp_wfn_with_one_pair_of_hours_columns() -> None:
    refs = {"1": Ref("117"), "2": Ref("118"), "3": Ref("000119")}
    file = made(sample().reckoning, "adp_wfn", refs)
    one_pair = replace(file, profile=replace(file.profile, columns=file.profile.columns[:7]))
    assert text(one_pair) == [
        "Co Code,Batch ID,File #,Reg Hours,O/T Hours,Hours 3 Code,Hours 3 Amount",
        "ABC,W0000042,000117,40.00,0.83,,",
        "ABC,W0000042,000118,37.50,,V,8.00",
        "ABC,W0000042,000119,8.00,,,",
    ]
    assert text(file)[0].endswith(",Hours 3 Code,Hours 3 Amount,Hours 4 Code,Hours 4 Amount")
    assert file.file_name == "PRABCEPI.csv"
    short = replace(file, profile=replace(file.profile, values={"co_code": "AB"}))
    assert short.file_name == "PRAB_EPI.csv"


def test_adp_wfn_starts_a_second_record_when_codes_outnumber_the_columns() -> None:
    leave = [
        amount(date(2026, 6, 8 + n), 60, kind, person="1")
        for n, kind in enumerate(["PTO", "SICK", "HOLIDAY"])
    ]
    file = made(ready(*days("1", "15:00"), *leave, employees=(OLA,)).reckoning, "adp_wfn", {"1": Ref("117")})
    assert text(file)[1:] == [
        "ABC,W0000042,000117,8.00,,V,1.00,S,1.00",
        "ABC,W0000042,000117,,,H,1.00,,",
    ]
    assert file.totals == {"REG": "8.00", "PTO": "1.00", "SICK": "1.00", "HOLIDAY": "1.00"}


def test_gusto_leaves_out_leave_and_zeros_and_refuses_a_formula() -> None:
    refs = {"1": Ref("5G9934"), "2": Ref("7H2K1Q")}
    blocked = made(sample().reckoning, "gusto", refs)
    assert codes(blocked) == ["E12"]
    assert [one.code for one in blocked.findings if "by hand" in one.what] == ["W28"]
    named = {**refs, "3": Ref("", "Hyper, Eve")}
    assert text(made(sample().reckoning, "gusto", named)) == [
        "last_name,first_name,title,gusto_employee_id,regular_hours,overtime_hours,double_overtime_hours",
        "Żółć,Łukasz,,5G9934,40.00,0.83,",
        '"Reyes, Jr.","Dana ""Sparky""",,7H2K1Q,37.50,,',
        "Hyper,Eve,,,8.00,,",
    ]


def test_paychex_has_sixteen_columns_in_their_order() -> None:
    refs = {one.id: Ref(one.number) for one in (OLA, DANA, EVE)}
    lines = text(made(sample().reckoning, "paychex_spi", refs))
    assert lines[0] == (
        "CLIENT ID,WORKER ID,ORG,JOB NUMBER,PAY COMPONENT,RATE,RATE NUMBER,HOURS,UNITS,LINE DATE,AMOUNT,"
        "CHECK SEQ NUMBER,OVERRIDE STATE,OVERRIDE LOCAL,OVERRIDE LOCAL JURISDICTION,LABOR ASSIGNMENT"
    )
    assert lines[1:3] == ["12345678,0017,,,Hourly,,,40.00,,,,,,,,", "12345678,0017,,,Overtime,,,0.83,,,,,,,,"]


def test_quickbooks_desktop_has_a_row_per_day_with_tabs_and_no_quotes() -> None:
    dana = replace(DANA, first_name="Dana", last_name="Reyes")
    entries = [replace(one, order="WO-000457") for one in days("2", "14:30")]
    file = made(
        ready(*entries, employees=(dana,)).reckoning,
        "quickbooks_desktop",
        {"2": Ref("", "Reyes, Dana")},
        {"WO-000457": ("Acme:Pump 3", True)},
    )
    assert text(file, "cp1252") == [
        "!TIMERHDR\tVER\tREL\tCOMPANYNAME\tIMPORTEDBEFORE\tFROMTIMER\tCOMPANYCREATETIME",
        "TIMERHDR\t8\t0\tAcme Repair\tN\tY\t1749400000",
        "!TIMEACT\tDATE\tJOB\tEMP\tITEM\tPITEM\tDURATION\tPROJ\tNOTE\tXFERTOPAYROLL\tBILLINGSTATUS",
        "TIMEACT\t06/08/26\tAcme:Pump 3\tReyes, Dana\tLabor\tHourly Wage\t7:30\t\tWO-000457\tY\t1",
    ]
    assert file.file_name.endswith("_B000042r1.iif")


def test_sage_and_xero_have_a_row_per_day() -> None:
    reckoning = ready(*days("1", "15:00", "15:50"), employees=(OLA,)).reckoning
    assert text(made(reckoning, "sage50_ca")) == [
        "Name,Date,Income,Hours,Project,Comment",
        '"Żółć, Łukasz",2026-06-08,Regular,8.00,,',
        '"Żółć, Łukasz",2026-06-09,Regular,8.83,,',
    ]
    assert text(made(reckoning, "xero_upsheets"))[:2] == [
        "first_name,last_name,date,hours,type,tracking_code",
        "Łukasz,Żółć,2026-06-08,8.00,Ordinary Hours,",
    ]


def test_workweeks_show_every_day_and_federal_overtime_apart() -> None:
    lines = text(made(sample().reckoning, "workweeks"), "utf-8-sig")
    assert lines[0] == (
        "batch,employee_no,last_name,first_name,workweek_start,complete,sun,mon,tue,wed,thu,fri,sat,"
        "total_minutes,reg_minutes,ot_minutes,dt_minutes,flsa_ot_minutes,leave_minutes"
    )
    assert "B000042,0017,Żółć,Łukasz,2026-06-07,yes,0,480,480,480,480,530,0,2450,2400,50,0,50,0" in lines


def test_15_two_john_smiths_are_two_rows_by_id_and_gusto_asks_for_ids() -> None:
    smiths = (Employee("8", "0021", "John", "Smith"), Employee("9", "0034", "JOHN", "smith"))
    reckoning = ready(*days("8", "15:00"), *days("9", "15:00"), employees=smiths).reckoning
    assert len(text(made(reckoning, "adp_run"))) == 4
    without = made(reckoning, "gusto")
    assert codes(without) == ["E05"]
    assert "0021 and 0034" in next(one.what for one in without.findings if one.code == "E05")
    assert codes(made(reckoning, "gusto", {"8": Ref("A1"), "9": Ref("A2")})) == []


def test_16_a_polish_name_does_not_fit_an_iif_file_until_its_external_name_is_given() -> None:
    reckoning = ready(*days("1", "15:00"), employees=(OLA,)).reckoning
    blocked = made(reckoning, "quickbooks_desktop")
    assert "E08" in codes(blocked)
    assert any("U+0141" in one.what or "U+017B" in one.what for one in blocked.findings)
    assert codes(made(reckoning, "quickbooks_desktop", {"1": Ref("", "Zolc, Lukasz")})) == []


def test_17_what_gusto_refuses_the_generic_file_guards() -> None:
    for name in ("-Smith", "+1 Bob", "@dmin", "=HYPERLINK(..)", "＝x"):
        reckoning = ready(*days("1", "15:00"), employees=(replace(OLA, last_name=name),)).reckoning
        assert codes(made(reckoning, "gusto")) == ["E12"]
        assert f"'{name}" in payroll.rendered(made(reckoning, "generic")).decode("utf-8-sig")
    fine = ready(*days("1", "15:00"), employees=(replace(OLA, last_name="O'Neil"),)).reckoning
    assert codes(made(fine, "gusto")) == []
    assert "O'Neil" in text(made(fine, "gusto"))[1]


def test_18_somebody_without_hours_gets_no_row_and_gusto_never_a_zero() -> None:
    reckoning = ready(*days("1", "15:00"), employees=(OLA, IDA)).reckoning
    assert [row.employee for row in made(reckoning, "gusto").rows] == [OLA]
    assert "0.00" not in payroll.rendered(made(reckoning, "gusto")).decode()


def test_27_leave_makes_no_overtime_and_has_its_own_code() -> None:
    reckoning = ready(
        *days("1", "15:00", "15:00", "15:00", "15:00", "11:00"),
        amount(date(2026, 6, 13), 480, "HOLIDAY", person="1"),
        employees=(OLA,),
    ).reckoning
    assert made(reckoning, "generic").totals == {"HOL": "8.00", "REG": "36.00"}


def test_a_person_without_the_providers_id_is_e04_and_one_that_does_not_fit_e06() -> None:
    reckoning = ready(*days("1", "15:00"), *days("2", "15:00"), employees=(OLA, DANA)).reckoning
    file = made(reckoning, "paychex_spi", {"1": Ref("12345678901")})
    assert codes(file) == ["E04", "E06"]
    assert "0018" in file.findings[0].what
    assert "Paychex Worker ID" in file.findings[0].what
    shared = made(reckoning, "adp_wfn", {"1": Ref("117"), "2": Ref("117")})
    assert codes(shared) == ["E06"]


def test_a_shops_own_words_are_asked_for() -> None:
    reckoning = ready(*days("1", "15:00"), employees=(OLA,)).reckoning
    bare = payroll.prepared(reckoning, profile("adp_run"))
    assert codes(bare) == ["E06"]
    assert "adp_run needs iid" in bare.findings[0].what


def test_leave_without_a_code_is_e07_in_every_shape() -> None:
    on_call = amount(date(2026, 6, 9), 60, "ONCALL", person="1")
    reckoning = ready(*days("1", "15:00"), on_call, employees=(OLA,)).reckoning
    for name in ("generic", "adp_run", "adp_wfn", "quickbooks_desktop"):
        refs = {"1": Ref("117", "Zolc, Lukasz")}
        assert codes(made(reckoning, name, refs)) == ["E07"], name


def test_hours_beyond_what_a_row_can_show_are_e15() -> None:
    long = amount(date(2026, 6, 9), 1440, "PTO", person="1")
    reckoning = ready(long, employees=(OLA,)).reckoning
    assert codes(made(reckoning, "quickbooks_desktop", {"1": Ref("", "Zolc, Lukasz")})) == ["E15"]


@pytest.mark.parametrize("name", PROVIDERS)
def test_every_providers_profile_says_where_it_is_from_and_to_test_it_first(name: str) -> None:
    assert profile(name).source.endswith("check with a first test import")
    assert profile(name).formula_guard == "refuse"


def test_a_shops_own_profile_needs_no_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "computer_file", lambda: tmp_path / "settings.toml")
    own = tmp_path / "payroll" / "profiles.toml"
    own.parent.mkdir()
    own.write_text(
        "[profile.ours]\ncolumns = ['employee_no', 'hours', { header = 'Site', const = 'HQ' }]\n"
        "delimiter = ';'\ndecimal = ','\nencoding = 'utf-8'\ncodes = { REG = '1', OT = '2' }\n"
    )
    assert text(made(ready(*days("1", "15:50"), employees=(OLA,)).reckoning, "ours")) == [
        "employee_no;hours;Site",
        "0017;8,83;HQ",
    ]
    own.write_text("[profile.generic]\ncolumns = ['hours']\n")
    with pytest.raises(Refused, match="this name ships with wotui"):
        profile("generic")


def test_a_shops_own_rule_set_lies_beside_its_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "computer_file", lambda: tmp_path / "settings.toml")
    own = tmp_path / "payroll" / "rule-sets.toml"
    own.parent.mkdir()
    own.write_text("[ruleset.union]\nas_of = '2025-01'\ndaily = [{ after = 450, code = 'OT' }]\n")
    assert rule_sets()["union"].daily == (Tier(450, "OT"),)
    assert "us-flsa" in rule_sets()
    own.write_text("[ruleset.union]\nnightly = []\n")
    with pytest.raises(Refused, match=r"E09 rule-sets.toml, ruleset.union.nightly"):
        rule_sets()
    own.write_text("[ruleset.union")
    with pytest.raises(Refused, match=r"E09 .* cannot be read"):
        rule_sets()


def test_a_rule_set_older_than_a_year_is_w27() -> None:
    reckoning = ready(*days("1", "15:00"), employees=(OLA,)).reckoning
    old = {"us-flsa": replace(reckoning.book.rule_sets["us-flsa"], as_of="2025-05")}
    aged = replace(reckoning, book=replace(reckoning.book, rule_sets=old))
    assert "W27" in [one.code for one in made(aged, "generic").findings]
    fresh = {"us-flsa": replace(reckoning.book.rule_sets["us-flsa"], as_of="2025-06")}
    newer = replace(reckoning, book=replace(reckoning.book, rule_sets=fresh))
    assert "W27" not in [one.code for one in made(newer, "generic").findings]
