"""The payroll file: the golden sample, the order of rows, and that nothing is written while something is wrong."""

from __future__ import annotations

import csv
import hashlib
import io
import tomllib
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.domain.payroll.entries import CALENDAR, NOW, RULE_SETS, amount, minute, shift
from wotui.domain.labor import Amount, Span
from wotui.domain.payroll.calendar import Period
from wotui.domain.payroll.employees import Employee
from wotui.domain.payroll.reckoning import Book, reckon
from wotui.errors import NotFound, Refused
from wotui.exchange import payroll
from wotui.exchange.payroll_profiles import parse_profiles, profile

if TYPE_CHECKING:
    from pathlib import Path

WEEK = Period(date(2026, 6, 7), date(2026, 6, 13))
GENERIC = profile("generic")
OLA = Employee("1", "0017", "Łukasz", "Żółć")
DANA = Employee("2", "0018", 'Dana "Sparky"', "Reyes, Jr.")
EVE = Employee("3", "0019", "Eve", '=HYPERLINK("http://x","y")')
IDA = Employee("4", "0020", "Ida", "Idle")


def ready(
    *entries: Span | Amount, employees: tuple[Employee, ...], form: payroll.Profile = GENERIC
) -> payroll.Prepared:
    spans = tuple(one for one in entries if isinstance(one, Span))
    amounts = tuple(one for one in entries if isinstance(one, Amount))
    book = Book(WEEK, CALENDAR, employees, spans, amounts, RULE_SETS, "us-flsa", NOW)
    return payroll.prepared(reckon(book), form)


def days(person: str, *ends: str) -> list[Span]:
    """Days from Monday on, each from 07:00."""
    return [shift(f"2026-06-{8 + number:02}", "07:00", end, person=person) for number, end in enumerate(ends)]


def sample() -> payroll.Prepared:
    entries = [
        *days("1", "15:00", "15:00", "15:00", "15:00", "15:50"),
        *days("2", "15:00", "15:00", "15:00", "15:00", "12:30"),
        amount(date(2026, 6, 12), 480, "PTO", person="2"),
        *days("3", "15:00"),
    ]
    by_number = replace(GENERIC, sort=("employee_no",))
    return ready(*entries, employees=(OLA, DANA, EVE, IDA), form=by_number)


def test_the_sample_of_the_specification_comes_out_byte_for_byte() -> None:
    content = payroll.rendered(sample(), "B000042")
    assert len(content) == 586
    assert hashlib.sha256(content).hexdigest().startswith("946cef5fd4711f60")
    assert content.startswith(b"\xef\xbb\xbfbatch,row,")


def test_the_samples_control_totals_are_sums_of_printed_hours() -> None:
    assert sample().totals == {"REG": "85.50", "OT": "0.83", "PTO": "8.00"}


def rows(prepared: payroll.Prepared) -> list[dict[str, str]]:
    text = payroll.rendered(prepared).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_rows_are_sorted_by_name_then_number_then_week_then_code_without_a_locale() -> None:
    smiths = (Employee("9", "0034", "John", "Smith"), Employee("8", "0021", "john", "SMITH"))
    people = (OLA, *smiths, Employee("7", "0001", "Zoë", "Ångström"))
    entries = [*days("1", *["16:00"] * 6), *days("8", "15:00"), *days("9", "15:00"), *days("7", "15:00")]
    listed = [
        (row["row"], row["employee_no"], row["pay_code"]) for row in rows(ready(*entries, employees=people))
    ]
    assert listed == [
        ("1", "0021", "REG"),
        ("2", "0034", "REG"),
        ("3", "0001", "REG"),
        ("4", "0017", "OT"),
        ("5", "0017", "REG"),
    ]


def test_the_batch_labels_the_rows_and_names_the_file() -> None:
    made = ready(*days("1", "15:00"), employees=(OLA,))
    assert made.file_name == "payroll_generic_2026-06-07_2026-06-13_B000001r1.csv"
    assert rows(made)[0]["batch"] == "B000001"


def test_entries_in_any_order_give_the_same_bytes() -> None:
    entries = [*days("1", "15:00", "16:17", "19:01"), *days("3", "15:00")]
    one = payroll.rendered(ready(*entries, employees=(OLA, EVE)))
    other = payroll.rendered(ready(*reversed(entries), employees=(EVE, OLA)))
    assert one == other


def test_the_laptops_own_zone_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    made: set[bytes] = set()
    for zone in ("UTC", "Asia/Kolkata", "America/Denver"):
        monkeypatch.setenv("TZ", zone)
        if hasattr(time, "tzset"):
            time.tzset()
        made.add(payroll.rendered(ready(*days("1", "15:00", "23:00"), employees=(OLA,))))
    monkeypatch.delenv("TZ")
    if hasattr(time, "tzset"):
        time.tzset()
    assert len(made) == 1


def test_formula_like_names_are_guarded_and_numbers_never() -> None:
    people = tuple(
        Employee(str(number), f"{number:04}", "A", name)
        for number, name in enumerate(["-Smith", "+1 Bob", "@dmin", "＝x", "O'Neil"])
    )
    entries = [span for number in range(5) for span in days(str(number), "15:00")]
    names = {row["last_name"] for row in rows(ready(*entries, employees=people))}
    assert names == {"'-Smith", "'+1 Bob", "'@dmin", "'＝x", "O'Neil"}


def test_a_decomposed_name_sorts_like_a_composed_one() -> None:
    people = (Employee("1", "0001", "A", "Jose\u0301"), Employee("2", "0002", "A", "José"))
    listed = [
        row["employee_no"] for row in rows(ready(*days("2", "15:00"), *days("1", "15:00"), employees=people))
    ]
    assert listed == ["0001", "0002"]


def test_nobody_without_hours_gets_a_row_unless_the_profile_wants_it() -> None:
    assert rows(ready(employees=(IDA,))) == []
    zero = rows(ready(employees=(IDA,), form=replace(GENERIC, zero_rows=True)))
    assert [(row["pay_code"], row["hours"], row["minutes"]) for row in zero] == [("REG", "0.00", "0")]


def test_a_character_the_encoding_lacks_is_e08_with_field_character_and_code_point() -> None:
    narrow = replace(GENERIC, dialect=replace(GENERIC.dialect, encoding="cp1252"))
    blocked = ready(*days("1", "15:00"), employees=(OLA,), form=narrow)
    found = [str(one) for one in blocked.findings if one.blocks]
    assert len(found) == 2
    assert any("the first name holds Ł (U+0141)" in one for one in found)


def test_a_decimal_comma_is_printed_where_the_profile_says_so() -> None:
    comma = replace(GENERIC, decimal=",", dialect=replace(GENERIC.dialect, delimiter=";"))
    content = payroll.rendered(ready(*days("1", "15:50"), employees=(OLA,), form=comma)).decode("utf-8-sig")
    assert ";REG;8,83;530;;" in content


def test_while_anything_blocks_no_file_is_written_and_everything_is_named(tmp_path: Path) -> None:
    draft = shift("2026-06-09", "07:00", "15:00", person="1", state="draft")
    running = Span("r", "3", minute("2026-06-10T07:00"), None)
    with pytest.raises(Refused) as refusal:
        payroll.write(ready(draft, running, employees=(OLA, EVE)), tmp_path)
    assert "2 problems before 2026-06-07..2026-06-13 can be exported; nothing was written." in str(
        refusal.value
    )
    assert "E01 Eve" in str(refusal.value)
    assert "E03 Łukasz" in str(refusal.value)
    assert list(tmp_path.iterdir()) == []


def test_exporting_again_gives_the_same_file_and_says_so(tmp_path: Path) -> None:
    first = payroll.write(sample(), tmp_path)
    before = first.written.path.stat()
    again = payroll.write(sample(), tmp_path)
    assert again.written.sha256 == first.written.sha256
    assert again.sentence.startswith("Already exported, identical:")
    assert first.written.path.stat().st_mtime_ns == before.st_mtime_ns
    assert first.sentence.endswith("(5 rows: REG 85.50, OT 0.83, PTO 8.00).")


def test_a_profile_nobody_knows_is_named_with_those_there_are() -> None:
    with pytest.raises(NotFound, match="generic"):
        profile("acme")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[profile.a]\ncolumns = ['batch']\nfont = 'x'", "profile.a.font"),
        ("[profile.a]\ncolumns = ['salary']", "profile.a.columns[1]"),
        ("[profile.a]\ncolumns = [{header = 'x'}]", "profile.a.columns[1]"),
        ("[profile.a]\ncolumns = [{header = 'x', hours = 'REG'}]", "profile.a.columns[1].hours"),
        ("[profile.a]\ncolumns = [{header = 'x', value = 'iid'}]", "profile.a.values"),
        (
            "[profile.a]\nkind = 'wide'\nper = 'period'\ncolumns = [{header = 'x', slot_hours = 3}]",
            "profile.a.slots",
        ),
        ("[profile.a]\nkind = 'wide'\ncolumns = ['batch']", "profile.a.per"),
        ("[profile.a]\nper = 'day'\nadjustments = 'rows'\ncolumns = ['batch']", "profile.a.adjustments"),
        ("[profile.a]\ncolumns = ['batch']\nfile_name = '{secret}.csv'", "profile.a.file_name"),
        ("[profile.a]\ncolumns = ['batch']\nfile_name = '../{seq}.csv'", "profile.a.file_name"),
        ("[profile.a]\ncolumns = ['batch']\nexternal_id = '['", "profile.a.external_id"),
        ("[profile.a]\ncolumns = ['batch']\nmax_hours = 'many'", "profile.a.max_hours"),
        ("[profile.a]\ncolumns = ['batch']\ncodes = { REG = 1 }", "profile.a.codes"),
        ("[profile.a]\ncolumns = []", "profile.a.columns"),
        ("[profile.a]\ncolumns = ['batch']\ndecimal = ','", "profile.a.decimal"),
        ("[profile.a]\ncolumns = ['batch']\nencoding = 'utf-7'", "profile.a.encoding"),
        ("[profile.a]\ncolumns = ['batch']\nzero_rows = 'no'", "profile.a.zero_rows"),
        ("[other]", "profile"),
    ],
)
def test_a_mistake_in_a_profile_is_named_by_file_and_key(text: str, key: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_profiles(tomllib.loads(text), "profiles.toml")
    assert refusal.value.what.startswith(f"E09 profiles.toml, {key}:")
