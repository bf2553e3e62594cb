"""Why one payroll file is not like another: what each person was paid under each code, then and now."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True, slots=True)
class Printed:
    """Hours as a file printed them.

    Attributes:
        person: the person's id.
        name: as people read it.
        code: the pay code.
        hours: the printed hours.
        week: the first day of the workweek.
    """

    person: str
    name: str
    code: str
    hours: Decimal
    week: date


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that is not the same: a person, a code, and the workweek where weeks are compared."""

    name: str
    code: str
    before: Decimal | None
    now: Decimal | None
    week: date | None = None

    @property
    def more(self) -> Decimal:
        """How much more is paid now; negative for less."""
        return (self.now or Decimal(0)) - (self.before or Decimal(0))


def differences(before: Iterable[Printed], now: Iterable[Printed], *, by_week: bool) -> list[Difference]:
    """Every row that differs, by name, week and code.

    Args:
        before: what the earlier file printed.
        now: what the later one prints.
        by_week: compare workweek by workweek, as two files of one period allow; else each person's sums.
    """
    names: dict[str, str] = {}
    sides: list[dict[tuple[str, date | None, str], Decimal]] = []
    for lines in (before, now):
        sums: dict[tuple[str, date | None, str], Decimal] = {}
        for one in lines:
            key = (one.person, one.week if by_week else None, one.code)
            sums[key] = sums.get(key, Decimal(0)) + one.hours
            names[one.person] = one.name
        sides.append(sums)
    old, new = sides
    changed = [key for key in {*old, *new} if old.get(key) != new.get(key)]
    ordered = sorted(changed, key=lambda key: (names[key[0]].casefold(), key[0], str(key[1]), key[2]))
    return [
        Difference(names[person], code, old.get((person, week, code)), new.get((person, week, code)), week)
        for person, week, code in ordered
    ]
