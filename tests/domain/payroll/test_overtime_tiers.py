"""Overtime by the day, by the seventh day and by the unbroken shift, with the shipped rule sets."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.payroll.entries import CALENDAR, amount, shift, span
from tests.domain.payroll.test_properties import EVER, weeks
from wotui.domain.labor import Amount, Span
from wotui.domain.payroll.calendar import Period, WorkCalendar
from wotui.domain.payroll.lines import Pay, hours_text, pay
from wotui.domain.payroll.overtime import classify
from wotui.domain.payroll.pieces import pieces
from wotui.domain.payroll.rules import RuleSet, Tier, as_document, parse_rule_sets
from wotui.errors import Refused
from wotui.exchange.payroll_profiles import rule_sets

WEEK = Period(date(2026, 6, 7), date(2026, 6, 13))
TWO_WEEKS = Period(date(2026, 6, 7), date(2026, 6, 20))
PRESETS = ("us-flsa", "us-ca", "us-co", "us-ak", "us-nv-8h", "us-pr", "none")


def paid(rules: str, *entries: Span | Amount, period: Period = WEEK) -> Pay:
    spans = [one for one in entries if isinstance(one, Span)]
    amounts = [one for one in entries if isinstance(one, Amount)]
    chosen = rule_sets()[rules]
    return pay(pieces(spans, amounts, CALENDAR, chosen), period, CALENDAR, chosen)


def hours(result: Pay) -> dict[str, str]:
    codes = dict.fromkeys(line.code for line in result.lines)
    return {code: hours_text(result.minutes(code)) for code in codes}


def test_5_in_california_a_shift_over_midnight_belongs_to_two_workdays() -> None:
    night = span("2026-06-09T22:00", "2026-06-10T06:00")
    assert hours(paid("us-ca", night)) == {"REG": "8.00"}
    long = span("2026-06-09T14:00", "2026-06-10T04:00")
    assert hours(paid("us-ca", long)) == {"REG": "12.00", "OT": "2.00"}


def test_6_alaska_pays_the_day_and_the_week_but_no_hour_twice() -> None:
    days = [shift(f"2026-06-{day:02}", "07:00", "17:00") for day in (8, 9, 10, 11)]
    night = span("2026-06-13T20:00", "2026-06-14T06:00")
    result = paid("us-ak", *days, night)
    assert hours(result) == {"REG": "36.00", "OT": "8.00"}
    assert result.weeks[0].flsa_overtime == 240


def test_25_californian_overtime_need_not_be_federal_overtime() -> None:
    days = [shift(f"2026-06-{day:02}", "07:00", "19:00") for day in (8, 9, 10)]
    result = paid("us-ca", *days)
    assert hours(result) == {"REG": "24.00", "OT": "12.00"}
    assert result.weeks[0].flsa_overtime == 0
    assert hours(paid("us-flsa", *days)) == {"REG": "36.00"}


def test_the_thirteenth_hour_of_a_californian_day_is_double() -> None:
    assert hours(paid("us-ca", shift("2026-06-08", "06:00", "19:30"))) == {
        "REG": "8.00",
        "DT": "1.50",
        "OT": "4.00",
    }


def test_the_seventh_worked_day_of_a_californian_week_is_overtime_from_its_first_minute() -> None:
    six = [shift(f"2026-06-{day:02}", "08:00", "12:00") for day in range(7, 13)]
    seventh = shift("2026-06-13", "08:00", "18:00")
    assert hours(paid("us-ca", *six, seventh)) == {"REG": "24.00", "OT": "8.00", "DT": "2.00"}
    assert hours(paid("us-ca", *six[1:], seventh)) == {"REG": "28.00", "OT": "2.00"}


def test_colorado_pays_twelve_hours_in_one_go_though_they_touch_two_days() -> None:
    night = span("2026-06-09T18:00", "2026-06-10T08:00")
    assert hours(paid("us-co", night)) == {"REG": "12.00", "OT": "2.00"}


def test_recorded_breaks_and_another_order_do_not_end_a_shift_but_going_home_does() -> None:
    evening = span("2026-06-09T16:00", "2026-06-09T23:00", ("2026-06-09T20:00", "2026-06-09T21:00"))
    going_on = span("2026-06-09T23:00", "2026-06-10T06:00", order="W-A0002")
    later = span("2026-06-10T00:30", "2026-06-10T07:30")
    assert hours(paid("us-co", evening, going_on)) == {"REG": "12.00", "OT": "1.00"}
    assert hours(paid("us-co", evening, later)) == {"REG": "13.00"}


def test_minutes_without_clock_times_count_toward_the_day_after_the_clocked_ones() -> None:
    result = paid("us-ak", shift("2026-06-08", "07:00", "14:00"), amount(date(2026, 6, 8), 120))
    assert hours(result) == {"REG": "8.00", "OT": "1.00"}
    assert [part.start is None for part in result.paid if part.code == "OT"] == [True]


def test_leave_and_being_on_call_make_no_overtime() -> None:
    days = [shift(f"2026-06-{day:02}", "08:00", "16:00") for day in (8, 9, 10, 11)]
    leave = amount(date(2026, 6, 12), 480, "HOLIDAY")
    short = shift("2026-06-12", "06:00", "10:00")
    assert hours(paid("us-ca", *days, short, leave)) == {"REG": "36.00", "HOLIDAY": "8.00"}


def test_a_shops_own_code_ranks_above_overtime_and_below_double() -> None:
    rules = RuleSet("own", daily=(Tier(480, "OT"), Tier(900, "DT")), consecutive=(Tier(600, "NIGHT"),))
    parts = pieces([shift("2026-06-08", "06:00", "23:00")], [], CALENDAR, rules)
    assert [(part.code, part.minutes) for part in classify(parts, rules)] == [
        ("REG", 480), ("OT", 120), ("NIGHT", 300), ("DT", 120),
    ]  # fmt: skip


@pytest.mark.parametrize("name", PRESETS)
def test_the_shipped_rule_sets_say_where_they_stand_and_when_they_were_read(name: str) -> None:
    rules = rule_sets()[name]
    assert rules.source
    assert name == "none" or rules.as_of == "2026-11"
    assert parse_rule_sets({"ruleset": {name: as_document(rules)}}, "a batch") == {name: rules}


def test_the_shipped_rule_sets_are_these() -> None:
    assert set(rule_sets()) == set(PRESETS)


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ({"monthly": []}, "monthly"),
        ({"daily": [{"after": 480, "code": "OT"}, {"after": 480, "code": "DT"}]}, "daily"),
        ({"weekly": [{"after": 2400, "code": "REG"}]}, "weekly"),
        ({"weekly": [{"after": 2400, "code": "OT"}, {"after": 3600, "code": "DT"}]}, "weekly"),
        ({"consecutive": [{"after": True, "code": "OT"}]}, "consecutive"),
        ({"seventh_day": [{"after": 0, "code": "PTO"}]}, "seventh_day"),
        ({"as_of": "last year"}, "as_of"),
    ],
)
def test_a_mistake_in_a_rule_set_is_e09_with_its_key(body: dict[str, object], key: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_rule_sets({"ruleset": {"own": body}}, "rule-sets.toml")
    assert refusal.value.what.startswith(f"E09 rule-sets.toml, ruleset.own.{key}:")


def by_minute(parts: list[tuple[date, int, str]], rules: RuleSet) -> list[str]:
    """The rule of the specification minute by minute: slow, and plain to read."""
    codes: list[str] = []
    regular = 0
    for index, (day, shift_start, _) in enumerate(parts):
        worked = sum(1 for one in parts[:index] if one[0] == day)
        shift_minutes = sum(1 for one in parts[:index] if one[1] == shift_start)
        seventh = len({one[0] for one in parts[: index + 1]}) == 7 and rules.seventh_day
        code = "REG"
        for tier in rules.seventh_day if seventh else rules.daily:
            code = tier.code if worked >= tier.after else code
        for tier in rules.consecutive:
            if shift_minutes >= tier.after and ("REG", "OT", "DT").index(tier.code) > (
                "REG", "OT", "DT",
            ).index(code):  # fmt: skip
                code = tier.code
        if code == "REG":
            code = next((tier.code for tier in rules.weekly if regular >= tier.after), "REG")
            regular += code == "REG"
        codes.append(code)
    return codes


def test_interval_arithmetic_gives_what_counting_minute_by_minute_gives() -> None:
    rules = RuleSet(
        "small",
        daily=(Tier(4, "OT"), Tier(8, "DT")),
        seventh_day=(Tier(0, "OT"), Tier(3, "DT")),
        consecutive=(Tier(6, "OT"), Tier(9, "DT")),
        weekly=(Tier(21, "OT"),),
    )
    for pattern in ((5, 3), (9, 2), (4, 4), (12, 0), (1, 7)):
        spans: list[Span] = []
        for number in range(7):
            day = date(2026, 6, 7) + timedelta(days=number)
            begin, late = pattern
            spans.append(span(f"{day}T00:00", f"{day}T00:{begin:02}", id=f"a{number}"))
            if late:
                spans.append(
                    span(f"{day}T23:{60 - late}", f"{day + timedelta(days=1)}T00:00", id=f"b{number}")
                )
        parts = pieces(spans, [], CALENDAR, rules)
        minutes = [(part.day, part.shift or 0, "") for part in parts for _ in range(part.minutes)]
        classified = [part.code for part in classify(parts, rules) for _ in range(part.minutes)]
        assert classified == by_minute(minutes, rules)


@given(weeks(), st.integers(0, 8), st.sampled_from(PRESETS))
def test_a_later_entry_changes_no_earlier_minutes_code_under_any_rule_set(
    case: tuple[list[Span], WorkCalendar], kept: int, name: str
) -> None:
    spans, calendar = case
    rules = rule_sets()[name]

    def codes(entries: list[Span]) -> list[tuple[int, str]]:
        result = pay(pieces(entries, [], calendar, rules), EVER, calendar, rules)
        return [((part.start or 0) + each, part.code) for part in result.paid for each in range(part.minutes)]

    fewer = codes(spans[:kept])
    assert codes(spans)[: len(fewer)] == fewer


@given(weeks(), st.sampled_from(PRESETS))
def test_codes_share_out_every_worked_minute_and_federal_overtime_is_always_covered(
    case: tuple[list[Span], WorkCalendar], name: str
) -> None:
    spans, calendar = case
    rules = rule_sets()[name]
    parts = pieces(spans, [], calendar, rules)
    for week in pay(parts, EVER, calendar, rules).weeks:
        assert sum(week.by_code.values()) == week.worked
        if rules.weekly:
            assert week.by_code.get("REG", 0) <= 2400
            assert week.worked - week.by_code.get("REG", 0) >= week.flsa_overtime
