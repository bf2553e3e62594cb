"""A contractor's score: the mean of the last 24 months, and never one that nobody gave."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.domain.contractors.scores import Rated, Score, refuse_bad_rating, score
from wotui.errors import UsageProblem

TODAY = date(2026, 6, 10)


def test_without_a_rated_job_there_is_no_score() -> None:
    assert score([], TODAY) is None
    assert score([Rated(TODAY)], TODAY) is None


@pytest.mark.parametrize(
    ("ratings", "hundredths", "jobs"),
    [
        ([(5, 5, 5)], 500, 1),
        ([(1, 1, 1)], 100, 1),
        ([(5, 4, 3)], 400, 1),
        ([(5, None, None)], 500, 1),
        ([(None, 2, 3)], 250, 1),
        ([(5, 5, 5), (1, 1, 1)], 300, 2),
        ([(5, None, None), (1, 1, 1)], 300, 2),
        ([(5, 5, 4)], 467, 1),
        ([(5, 4, 4)], 433, 1),
        ([(5, 5, 5), (5, 5, 5), (4, 4, 4)], 467, 3),
        ([(5, 5, 5), (None, None, None)], 500, 1),
    ],
)
def test_each_rated_job_counts_once(
    ratings: list[tuple[int | None, int | None, int | None]], hundredths: int, jobs: int
) -> None:
    assert score([Rated(TODAY, *given) for given in ratings], TODAY) == Score(hundredths, jobs)


@pytest.mark.parametrize(
    ("today", "on", "counts"),
    [
        (date(2026, 6, 10), date(2024, 6, 10), True),
        (date(2026, 6, 10), date(2024, 6, 9), False),
        (date(2026, 6, 10), date(2026, 6, 10), True),
        (date(2028, 2, 29), date(2026, 2, 28), True),
        (date(2028, 2, 29), date(2026, 2, 27), False),
        (date(2026, 2, 28), date(2024, 2, 28), True),
    ],
)
def test_a_rating_counts_for_24_months_to_the_day(today: date, on: date, counts: bool) -> None:
    assert (score([Rated(on, 4, 4, 4)], today) is not None) is counts


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=40))
def test_a_score_stays_on_the_scale_and_does_not_depend_on_the_order(
    ratings: list[tuple[int, int, int]],
) -> None:
    jobs = [Rated(TODAY - timedelta(days=day), *given) for day, given in enumerate(ratings)]
    found = score(jobs, TODAY)
    assert found is not None
    assert 100 <= found.hundredths <= 500
    assert found.jobs == len(jobs)
    assert score(reversed(jobs), TODAY) == found


@pytest.mark.parametrize(
    ("hundredths", "jobs", "words"),
    [
        (500, 1, "5.0 of 5 (1 job)"),
        (467, 3, "4.7 of 5 (3 jobs)"),
        (433, 2, "4.3 of 5 (2 jobs)"),
        (445, 2, "4.5 of 5 (2 jobs)"),
        (444, 2, "4.4 of 5 (2 jobs)"),
        (100, 2, "1.0 of 5 (2 jobs)"),
    ],
)
def test_a_score_is_said_with_its_count(hundredths: int, jobs: int, words: str) -> None:
    assert Score(hundredths, jobs).words == words


@pytest.mark.parametrize("value", [1, 2, 3, 4, 5])
def test_a_rating_from_one_to_five_is_taken(value: int) -> None:
    refuse_bad_rating("quality", value)


@pytest.mark.parametrize("value", [-1, 0, 6, 100])
def test_a_rating_off_the_scale_is_refused(value: int) -> None:
    with pytest.raises(UsageProblem, match="off the scale"):
        refuse_bad_rating("quality", value)
