"""Rule sets as data, and the list of what is wrong before an export."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from tests.domain.payroll.entries import OLA, WEEKLY, amount, book, shift, span
from wotui.domain import labor
from wotui.domain.payroll.calendar import PaySchedule, weekday_number
from wotui.domain.payroll.employees import Employee
from wotui.domain.payroll.findings import unmapped
from wotui.domain.payroll.reckoning import reckon
from wotui.domain.payroll.rules import Tier, parse_rule_sets
from wotui.errors import Refused, UsageProblem

JUNE = WEEKLY.period_of(date(2026, 6, 10))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("x = 1", "ruleset"),
        ("[ruleset.a]\ndaily_limit = 3", "ruleset.a.daily_limit"),
        ("[ruleset.a]\nweekly = [{ after = 2400 }]", "ruleset.a.weekly"),
        ("[ruleset.a]\nweekly = [{ after = 2400, code = 'REG' }]", "ruleset.a.weekly"),
        (
            "[ruleset.a]\nweekly = [{ after = 9, code = 'OT' }, { after = 9, code = 'DT' }]",
            "ruleset.a.weekly",
        ),
        ("[ruleset.a]\npaid_break_under = '20'", "ruleset.a.paid_break_under"),
    ],
)
def test_a_mistake_in_a_rule_set_is_named_by_file_and_key(text: str, key: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_rule_sets(tomllib.loads(text), "rule-sets.toml")
    assert refusal.value.what.startswith(f"E09 rule-sets.toml, {key}:")


def test_a_rule_set_is_read_with_its_tiers() -> None:
    sets = parse_rule_sets(tomllib.loads("[ruleset.x]\nweekly = [{ after = 2400, code = 'OT' }]"), "f")
    assert sets["x"].weekly == (Tier(2400, "OT"),)


def test_entries_nobody_has_approved_are_counted_per_person() -> None:
    entries = [
        shift("2026-06-08", "07:00", "15:00", state=labor.DRAFT),
        shift("2026-06-09", "07:00", "15:00", state=labor.SUBMITTED),
        amount(date(2026, 6, 10), 45, state=labor.DRAFT),
        shift("2026-06-11", "07:00", "15:00"),
    ]
    result = reckon(book(*entries, period=JUNE))
    assert [str(one) for one in result.findings if one.blocks] == [
        "E03 Łukasz Żółć: 3 entries not approved (2 draft and 1 submitted), 16.75 h, from 2026-06-08 on. "
        "Review and approve them."
    ]


def test_every_problem_is_listed_at_once_in_the_order_of_codes_and_names() -> None:
    dana = Employee("dana", "", "Dana", "Reyes")
    entries = [
        span("2026-06-08T07:00", None, state=labor.DRAFT),
        shift("2026-06-08", "07:00", "15:00", person="dana", state=labor.DRAFT),
        shift("2026-06-09", "07:00", "15:00", person="dana"),
        shift("2026-06-09", "14:00", "16:00", person="dana"),
    ]
    result = reckon(book(*entries, period=JUNE, employees=(OLA, dana)))
    assert [(one.code, one.person) for one in result.findings if one.blocks] == [
        ("E01", "ola"),
        ("E02", "dana"),
        ("E03", "dana"),
        ("E04", "dana"),
    ]


def test_a_conflict_that_ended_before_the_first_week_does_not_block() -> None:
    old = [shift("2026-06-05", "07:00", "15:00"), shift("2026-06-05", "14:00", "16:00")]
    assert not reckon(book(*old, period=JUNE)).blocked


def test_warnings_do_not_block() -> None:
    entries = [
        span(
            "2026-06-08T04:00",
            "2026-06-08T21:00",
            ("2026-06-08T12:00", "2026-06-08T12:25"),
            approved_by="ola",
        ),
        *(shift(f"2026-06-{day:02}", "07:00", "15:00") for day in (9, 10, 11)),
    ]
    result = reckon(book(*entries, period=JUNE))
    assert [one.code for one in result.findings] == ["W21", "W22", "W24", "W25"]
    assert not result.blocked


def test_leave_without_a_code_in_the_profile_is_named_and_not_dropped() -> None:
    result = reckon(book(amount(date(2026, 6, 10), 120, "ONCALL"), period=JUNE))
    found = list(unmapped(result.pay, {"ola": OLA}, {"REG": "REG"}, "generic"))
    assert [(one.code, one.blocks) for one in found] == [("E07", True)]
    assert "2.00 h of ONCALL" in found[0].what


def test_unpaid_absence_gives_no_line() -> None:
    result = reckon(book(amount(date(2026, 6, 10), 480, "UNPAID"), period=JUNE)).pay["ola"]
    assert (result.lines, result.unpaid) == ((), 480)


def test_a_rule_set_nobody_knows_is_refused() -> None:
    odd = Employee("ola", "0017", "Łukasz", "Żółć", rule_set="us-xx")
    with pytest.raises(Refused, match="E09 There is no rule set 'us-xx'"):
        reckon(book(shift("2026-06-08", "07:00", "15:00"), period=JUNE, employees=(odd,)))


def test_a_biweekly_schedule_needs_its_anchor_and_a_schedule_its_name() -> None:
    with pytest.raises(Refused, match="biweekly"):
        PaySchedule("biweekly", 6)
    with pytest.raises(UsageProblem):
        PaySchedule("fortnightly", 6)
    with pytest.raises(UsageProblem):
        weekday_number("someday")


def test_months_and_half_months_are_periods_too() -> None:
    half = PaySchedule("semimonthly", 6)
    assert str(half.period_of(date(2028, 2, 20))) == "2028-02-16..2028-02-29"
    assert str(half.before(half.period_of(date(2028, 2, 20)))) == "2028-02-01..2028-02-15"
    assert str(PaySchedule("monthly", 6).period_of(date(2026, 12, 31))) == "2026-12-01..2026-12-31"


def test_a_weekly_period_follows_the_workweek_or_its_own_anchor() -> None:
    assert str(JUNE) == "2026-06-07..2026-06-13"
    assert (
        str(PaySchedule("weekly", 6, date(2026, 1, 7)).period_of(date(2026, 6, 10)))
        == "2026-06-10..2026-06-16"
    )
