"""What the settings of a shop may be."""

from __future__ import annotations

import pytest

from wotui.domain.shop_settings import KNOWN, read
from wotui.errors import UsageProblem


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("shop.zone", "america/chicago", "America/Chicago"),
        ("shop.currency", "eur", "EUR"),
        ("payroll.workweek_start", "Mon", "monday"),
        ("payroll.schedule", "Biweekly", "biweekly"),
        ("payroll.anchor", "2026-01-05", "2026-01-05"),
        ("payroll.anchor", "", ""),
        ("payroll.rounding", "15", "15"),
        ("shop.name", " Harbor\tLane ", "Harbor Lane"),
    ],
)
def test_a_setting_reads_what_people_type(name: str, typed: str, value: str) -> None:
    assert read(name, typed) == value


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("shop.zone", "chicago", "America/Chicago"),
        ("shop.zone", "../etc/passwd", "time zone"),
        ("shop.zone", "New York", "America/New_York"),
        ("shop.currency", "US", "USD"),
        ("payroll.workweek_start", "x", "monday"),
        ("payroll.schedule", "fortnightly", "biweekly"),
        ("payroll.anchor", "2026-02-30", "2026-06-01"),
        ("payroll.rounding", "10", "none"),
        ("shop.name", "", "name"),
        ("shop.nam", "x", "shop.name"),
        ("zzz", "x", "wotui settings"),
    ],
)
def test_what_is_no_setting_is_refused_with_the_way_out(name: str, typed: str, said: str) -> None:
    with pytest.raises(UsageProblem, match=said):
        read(name, typed)


def test_every_setting_says_what_it_is() -> None:
    assert all(words for words, _ in KNOWN.values())
