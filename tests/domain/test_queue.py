"""Which order comes first, and why it says so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.domain import queue

TODAY = date(2026, 6, 10)


@pytest.mark.parametrize(
    ("criticality", "order_type", "priority", "weight"),
    [
        ("A", "corrective", 1, 100),
        ("A", "corrective", 2, 80),
        ("A", "corrective", 3, 50),
        ("A", "corrective", 4, 20),
        ("B", "corrective", 1, 60),
        ("C", "corrective", 1, 30),
        (None, "corrective", 1, 40),
        ("A", "preventive", 3, 70),
        ("A", "preventive", 4, 70),
        ("A", "preventive", 1, 100),
        ("C", "corrective", 4, 6),
        ("?", "corrective", None, 20),
    ],
)
def test_the_weight_is_machine_times_work(
    criticality: str | None, order_type: str, priority: int | None, weight: int
) -> None:
    assert queue.weight(criticality, order_type, priority) == weight


@pytest.mark.parametrize(("days", "added"), [(-5, 0), (0, 0), (1, 1), (20, 20), (21, 20), (400, 20)])
def test_days_overdue_count_up_to_twenty(days: int, added: int) -> None:
    assert queue.score(50, TODAY - timedelta(days=days), TODAY) == 50 + added


def test_an_order_without_a_due_date_is_never_overdue() -> None:
    assert queue.score(50, None, TODAY) == 50


@pytest.mark.parametrize(
    ("criticality", "order_type", "priority", "due", "said"),
    [
        ("A", "corrective", 3, TODAY - timedelta(days=3), "A-machine, 3 days late"),
        ("A", "corrective", 1, None, "A-machine, emergency"),
        ("B", "corrective", 2, TODAY - timedelta(days=1), "B-machine, urgent, 1 day late"),
        ("C", "corrective", 3, TODAY, "due today"),
        (None, "preventive", 3, None, "preventive"),
        (None, "preventive", 2, None, "urgent"),
        (None, "corrective", 4, None, "low priority"),
        ("C", "corrective", 3, TODAY + timedelta(days=9), "normal"),
        (None, "corrective", None, None, "normal"),
    ],
)
def test_the_reason_is_said_in_words(
    criticality: str | None, order_type: str, priority: int | None, due: date | None, said: str
) -> None:
    assert queue.reason(criticality, order_type, priority, due, TODAY) == said


@given(st.sampled_from(["A", "B", "C", None]), st.sampled_from([1, 2, 3, 4]), st.integers(-400, 400))
def test_a_more_critical_machine_never_ranks_lower(criticality: str | None, priority: int, days: int) -> None:
    due = TODAY - timedelta(days=days)
    own = queue.score(queue.weight(criticality, "corrective", priority), due, TODAY)
    assert own <= queue.score(queue.weight("A", "corrective", priority), due, TODAY)
