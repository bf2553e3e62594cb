"""How good a contractor's jobs were: the mean of their ratings over the last 24 months."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from wotui.errors import UsageProblem
from wotui.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

MONTHS = 24
"""How far back a rating still counts; a rating of 24 months ago to the day does."""

BEST = 5
ASPECTS = ("quality", "time", "price")


@dataclass(frozen=True, slots=True)
class Rated:
    """The ratings of one job, 1 (poor) to 5 (good) each, and the day the job was done; none where not given."""

    on: date
    quality: int | None = None
    time: int | None = None
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """A mean in hundredths of a point, and over how many jobs."""

    hundredths: int
    jobs: int

    @property
    def words(self) -> str:
        """`4.3 of 5 (6 jobs)`; half a tenth is rounded up."""
        tenths = (self.hundredths + 5) // 10
        return f"{tenths // 10}.{tenths % 10} of {BEST} ({counted(self.jobs, 'job')})"


def score(ratings: Iterable[Rated], today: date) -> Score | None:
    """The mean over the jobs of the last 24 months, each job counting once however many aspects were rated.

    Returns:
        None when no job in that time was rated: no score is better than an invented one.
    """
    start = _months_before(today, MONTHS)
    means: list[Fraction] = []
    for rated in ratings:
        given = [value for value in (rated.quality, rated.time, rated.price) if value is not None]
        if given and start <= rated.on:
            means.append(Fraction(sum(given), len(given)))
    if not means:
        return None
    mean = sum(means, Fraction(0)) * 100 / len(means)
    return Score((2 * mean.numerator + mean.denominator) // (2 * mean.denominator), len(means))


def refuse_bad_rating(aspect: str, value: int) -> None:
    """Look at one rating before it is stored.

    Raises:
        UsageProblem: not between 1 and 5.
    """
    if not 1 <= value <= BEST:
        raise UsageProblem(
            f"A rating for {aspect} of {value} is off the scale.", f"Give 1 (poor) to {BEST} (good)."
        )


def _months_before(day: date, months: int) -> date:
    """The same day so many whole years of months earlier; 29 February becomes the 28th."""
    year = day.year - months // 12
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)
