"""Two payroll files beside each other."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from wotui.domain.payroll.differences import Printed, differences

WEEK, NEXT = date(2026, 6, 1), date(2026, 6, 8)


def line(person: str, code: str, hours: str, week: date = WEEK) -> Printed:
    return Printed(person, person.title(), code, Decimal(hours), week)


def test_only_rows_that_differ_are_named_with_what_they_were_and_are() -> None:
    before = [line("ann", "REG", "40.00"), line("ann", "OT", "2.00"), line("cy", "REG", "38.00")]
    now = [line("ann", "REG", "40.00"), line("cy", "REG", "40.00"), line("ola", "PTO", "8.00")]
    found = differences(before, now, by_week=True)
    assert [(one.name, one.code, str(one.before), str(one.now), str(one.more)) for one in found] == [
        ("Ann", "OT", "2.00", "None", "-2.00"),
        ("Cy", "REG", "38.00", "40.00", "2.00"),
        ("Ola", "PTO", "None", "8.00", "8.00"),
    ]


def test_files_of_different_periods_are_compared_by_each_persons_sums() -> None:
    before = [line("ann", "REG", "40.00"), line("ann", "REG", "40.00", NEXT)]
    assert differences(before, [line("ann", "REG", "80.00", NEXT)], by_week=False) == []
    assert len(differences(before, [line("ann", "REG", "80.00", NEXT)], by_week=True)) == 2


def test_two_people_of_one_name_stay_two() -> None:
    before = [Printed("1", "John Smith", "REG", Decimal(8), WEEK)]
    now = [Printed("2", "John Smith", "REG", Decimal(8), WEEK)]
    assert len(differences(before, now, by_week=True)) == 2
