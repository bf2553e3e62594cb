"""The lifecycle of a work order: every step, and every guard both ways."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wotui.domain.work_orders import STATUSES, Facts, next_statuses, obstacles

FACTS = Facts(
    status="ready",
    title="Grease the pump",
    type="corrective",
    priority=3,
    located=True,
    planned_on="2026-06-12",
    staffed=True,
    completion_note="New seal fitted.",
    outcome="fixed",
    reason="because",
    hold_reason="parts",
)
"""An order that may take every step its status allows."""


def needs(to: str, **changes: object) -> str:
    return "; ".join(obstacles(replace(FACTS, **changes), to))  # pyright: ignore[reportArgumentType]


STEPS = [(status, to) for status in STATUSES for to in next_statuses(status)]


@pytest.mark.parametrize(("status", "to"), STEPS)
def test_an_order_that_lacks_nothing_may_take_every_step_of_its_status(status: str, to: str) -> None:
    assert needs(to, status=status) == ""


@pytest.mark.parametrize(
    ("status", "to"),
    [(status, to) for status in STATUSES for to in STATUSES if status != to and (status, to) not in STEPS],
)
def test_a_step_that_the_lifecycle_does_not_know_is_an_error(status: str, to: str) -> None:
    with pytest.raises(ValueError, match=to):
        needs(to, status=status)


def test_the_lifecycle_has_just_the_steps_that_the_shop_agreed_on() -> None:
    assert len(STEPS) == 4 + 6 + 5 + 2 + 5 + 2 + 2 + 1


@pytest.mark.parametrize("to", ["ready", "scheduled", "in_progress"])
@pytest.mark.parametrize(
    ("change", "phrase"),
    [
        ({"title": ""}, "a title"),
        ({"type": ""}, "a type"),
        ({"type": "tea"}, "a type"),
        ({"priority": None}, "a priority"),
        ({"priority": 9}, "a priority"),
        ({"located": False}, "an asset, a place or a customer"),
    ],
)
def test_a_draft_leaves_only_when_it_says_what_and_where(
    to: str, change: dict[str, object], phrase: str
) -> None:
    assert needs(to, status="draft", **change) == phrase


@pytest.mark.parametrize("status", ["draft", "ready", "on_hold"])
def test_planning_takes_a_day_and_somebody(status: str) -> None:
    assert needs("scheduled", status=status, planned_on=None) == "a planned day"
    assert "contractor who has accepted" in needs("scheduled", status=status, staffed=False)
    assert needs("scheduled", status=status) == ""


@pytest.mark.parametrize("status", ["draft", "ready", "scheduled", "on_hold"])
def test_work_starts_only_with_every_permit_ticked_and_no_failed_safety_item(status: str) -> None:
    assert (
        needs("in_progress", status=status, unticked_permits=("hot work",))
        == "the permit hot work ticked by name"
    )
    assert "Guard in place" in needs("in_progress", status=status, safety_stops=("Guard in place",))
    assert needs("in_progress", status=status) == ""


@pytest.mark.parametrize("status", ["ready", "scheduled", "in_progress"])
def test_a_hold_names_its_reason(status: str) -> None:
    assert needs("on_hold", status=status, hold_reason="").startswith("a reason for the hold")
    assert needs("on_hold", status=status, hold_reason="mood").startswith("a reason for the hold")
    assert (
        needs("on_hold", status=status, hold_reason="other", reason="")
        == "a word on what the other reason is"
    )
    assert needs("on_hold", status=status, hold_reason="other", reason="strike") == ""


@pytest.mark.parametrize("status", ["ready", "scheduled", "in_progress", "on_hold"])
@pytest.mark.parametrize(
    ("change", "phrase"),
    [
        ({"unanswered": ("an answer to Oil level",)}, "an answer to Oil level"),
        ({"running": ("AB",)}, "the timer of AB stopped"),
        ({"outcome": ""}, "an outcome"),
        ({"completion_note": ""}, "a completion note"),
        ({"completion_note": " x "}, "a completion note"),
        ({"critical_failure": True}, "problem, cause and remedy"),
        ({"critical_failure": True, "failure_codes": ("leak", "wear", None)}, "problem, cause and remedy"),
        ({"signoff_missing": True}, "a sign-off"),
        ({"open_children": ("W-A0007",)}, "its part W-A0007 finished"),
    ],
)
def test_done_means_that_nothing_is_left_open(status: str, change: dict[str, object], phrase: str) -> None:
    assert phrase in needs("done", status=status, **change)


def test_only_corrective_work_must_tell_what_was_found() -> None:
    assert needs("done", type="inspection", completion_note="") == ""
    assert needs("done", critical_failure=True, failure_codes=("leak", "wear", "replace")) == ""


def test_everything_that_is_missing_is_named_at_once() -> None:
    untidy = replace(FACTS, running=("AB", "CD"), outcome="", completion_note="", signoff_missing=True)
    assert len(obstacles(untidy, "done")) == 5


@pytest.mark.parametrize("status", ["draft", "ready", "scheduled", "on_hold"])
def test_a_cancelled_order_has_a_reason_and_no_work_on_it(status: str) -> None:
    assert needs("cancelled", status=status, reason=" ") == "a reason"
    assert "hours" in needs("cancelled", status=status, actuals=("hours",))
    assert needs("cancelled", status=status) == ""


def test_an_order_with_work_on_it_does_not_become_a_draft_again() -> None:
    assert "hours" in needs("draft", actuals=("hours",))
    assert needs("draft") == ""


@pytest.mark.parametrize(
    ("status", "to"),
    [("done", "in_progress"), ("closed", "in_progress"), ("closed", "done"), ("cancelled", "ready")],
)
def test_bringing_an_order_back_takes_a_reason(status: str, to: str) -> None:
    assert needs(to, status=status, reason="") == "a reason"
    assert needs(to, status=status) == ""


@pytest.mark.parametrize(
    ("status", "to"), [("closed", "in_progress"), ("closed", "done"), ("done", "in_progress")]
)
def test_an_order_whose_hours_are_paid_is_not_reopened(status: str, to: str) -> None:
    assert "follow-up order" in needs(to, status=status, locked="its hours are in an exported payroll")
