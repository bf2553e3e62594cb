"""The steps of a hiring in the file: work away, invoices over the limit, ratings, side exits, undo."""

from __future__ import annotations

from datetime import date

import pytest

from tests.actions.contractors.world import FIXED, NOT_OVER, World, offsite
from tests.kit import builders
from wotui.actions import contractors as act
from wotui.actions import undo
from wotui.errors import NotFound, Refused, UsageProblem
from wotui.store.reads import contractors


@pytest.fixture
def job(w: World) -> str:
    """Ace Cooling, hired on site at a fixed price."""
    act.hire(w.shop, w.number, "Ace Cooling", FIXED)
    return w.job().id


@pytest.fixture
def away(w: World) -> str:
    """Ace Cooling, hired to take the item away on the 15th, back by the 29th."""
    act.hire(w.shop, w.number, "Ace Cooling", offsite(date(2026, 6, 15), date(2026, 6, 29)))
    return w.job().id


def test_a_job_on_site_goes_from_hired_to_paid(w: World, job: str) -> None:
    assert act.move(w.shop, job, "in_work").sentence == f"Ace Cooling on {w.number} is in work."
    assert act.finish(w.shop, job).sentence == f"Ace Cooling on {w.number} is finished."
    assert w.job().finished_on == date(2026, 6, 10)
    done = act.invoice(w.shop, job, 45000, reference=" 2026-118 ")
    assert done.sentence == f"Ace Cooling on {w.number} is invoiced: 450.00 USD."
    assert done.notices == ()
    act.move(w.shop, job, "paid")
    after = w.job()
    assert (after.state, after.invoice_ref, after.invoiced_amount) == ("paid", "2026-118", 45000)


def test_the_two_minute_job_is_finished_in_one_step(w: World, job: str) -> None:
    act.finish(w.shop, job, on=date(2026, 6, 9))
    after = w.job()
    assert (after.state, after.finished_on) == ("finished", date(2026, 6, 9))


def test_nothing_is_finished_tomorrow(w: World, job: str) -> None:
    with pytest.raises(UsageProblem, match="still to come"):
        act.finish(w.shop, job, on=date(2026, 6, 11))


def test_an_invoice_finishes_the_job_by_the_way(w: World, job: str) -> None:
    act.invoice(w.shop, job, 45000)
    after = w.job()
    assert (after.state, after.finished_on) == ("invoiced", date(2026, 6, 10))


def test_an_invoice_can_be_corrected_until_it_is_paid(w: World, job: str) -> None:
    act.invoice(w.shop, job, 45000)
    act.invoice(w.shop, job, 44000)
    assert w.job().invoiced_amount == 44000
    act.move(w.shop, job, "paid")
    with pytest.raises(Refused, match="is paid"):
        act.invoice(w.shop, job, 43000)


def test_an_invoice_below_nothing_is_a_mistake(w: World, job: str) -> None:
    with pytest.raises(UsageProblem, match="less than nothing"):
        act.invoice(w.shop, job, -1)


def test_an_invoice_over_the_limit_is_told_and_paid_by_a_supervisor_only(w: World) -> None:
    act.hire(w.shop, w.number, "Ace Cooling", NOT_OVER)
    done = act.invoice(w.shop, w.job().id, 100000)
    assert done.notices == (
        "100.00 USD over the agreed 900.00 USD: a supervisor has to say that it is paid.",
    )
    builders.person(w.shop, "OF", "Olga Fisk", roles=("office",))
    w.shop.act_as("OF")
    with pytest.raises(Refused, match=r"100\.00 USD over the limit"):
        act.move(w.shop, w.job().id, "paid")
    assert w.job().state == "invoiced"
    w.shop.act_as("JD")
    act.move(w.shop, w.job().id, "paid")
    assert w.job().state == "paid"


def test_an_item_is_sent_out_comes_back_and_the_job_is_finished(
    w: World, away: str, frozen_clock: object
) -> None:
    with pytest.raises(Refused, match=r"not been sent out yet \(planned for 2026-06-15\)"):
        act.move(w.shop, away, "in_work")
    done = act.sent_out(w.shop, away)
    assert done.sentence == f"The item for Ace Cooling on {w.number} left on 2026-06-10, due back 2026-06-29."
    assert (w.job().state, w.job().terms.sent_out_on) == ("in_work", date(2026, 6, 10))
    with pytest.raises(Refused, match="not back yet"):
        act.finish(w.shop, away)
    act.came_back(w.shop, away)
    assert (w.job().state, w.job().came_back_on) == ("in_work", date(2026, 6, 10))
    act.finish(w.shop, away)
    assert w.job().state == "finished"


def test_an_item_can_be_sent_out_a_second_time(w: World, away: str) -> None:
    act.sent_out(w.shop, away, on=date(2026, 6, 1), due_back=date(2026, 6, 8))
    act.came_back(w.shop, away, on=date(2026, 6, 8))
    act.sent_out(w.shop, away, on=date(2026, 6, 9), due_back=date(2026, 6, 20))
    job = w.job()
    assert (job.terms.sent_out_on, job.terms.due_back_on, job.came_back_on) == (
        date(2026, 6, 9),
        date(2026, 6, 20),
        None,
    )


@pytest.mark.parametrize(
    ("on", "due", "says"),
    [
        (date(2026, 6, 11), None, "still to come"),
        (date(2026, 6, 10), date(2026, 6, 9), "before it leaves"),
    ],
)
def test_days_that_cannot_be_are_refused(w: World, away: str, on: date, due: date | None, says: str) -> None:
    with pytest.raises((Refused, UsageProblem), match=says):
        act.sent_out(w.shop, away, on=on, due_back=due)


def test_the_days_of_a_hired_job_can_be_agreed_anew(w: World, away: str) -> None:
    done = act.change_days(w.shop, away, ship_out=date(2026, 6, 16), due_back=date(2026, 7, 3))
    assert done.sentence == f"Ace Cooling on {w.number}: leaves 2026-06-16, due back 2026-07-03."
    act.sent_out(w.shop, away)
    act.change_days(w.shop, away, due_back=date(2026, 7, 10))
    job = w.job()
    assert (job.terms.sent_out_on, job.terms.due_back_on) == (date(2026, 6, 10), date(2026, 7, 10))


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ({}, "No day is given"),
        ({"due_back": date(2026, 6, 14)}, "before it leaves"),
        ({"ship_out": date(2026, 6, 30)}, "before it leaves"),
    ],
)
def test_days_that_cannot_be_agreed_are_refused(
    w: World, away: str, days: dict[str, date], says: str
) -> None:
    with pytest.raises(UsageProblem, match=says):
        act.change_days(w.shop, away, **days)


def test_an_item_that_has_left_does_not_leave_on_another_day(w: World, away: str) -> None:
    act.sent_out(w.shop, away)
    with pytest.raises(Refused, match="left on 2026-06-10"):
        act.change_days(w.shop, away, ship_out=date(2026, 6, 20))


def test_only_days_of_a_running_job_change(w: World, job: str) -> None:
    act.change_days(w.shop, job, planned_on=date(2026, 6, 20))
    assert w.job().planned_on == date(2026, 6, 20)
    with pytest.raises(Refused, match="on site"):
        act.change_days(w.shop, job, due_back=date(2026, 6, 20))
    act.finish(w.shop, job)
    with pytest.raises(Refused, match="is finished"):
        act.change_days(w.shop, job, planned_on=date(2026, 6, 21))


def test_an_item_is_not_back_before_it_left(w: World, away: str) -> None:
    act.sent_out(w.shop, away)
    with pytest.raises(Refused, match="before it left"):
        act.came_back(w.shop, away, on=date(2026, 6, 9))
    with pytest.raises(Refused, match="still to come"):
        act.came_back(w.shop, away, on=date(2026, 6, 12))


def test_an_item_that_never_left_does_not_come_back(w: World) -> None:
    act.hire(w.shop, w.number, "Ace Cooling", offsite())
    with pytest.raises(Refused, match="not been sent out"):
        act.came_back(w.shop, w.job().id)


def test_nothing_is_sent_out_for_work_on_site(w: World, job: str) -> None:
    with pytest.raises(Refused, match="on site"):
        act.sent_out(w.shop, job)
    with pytest.raises(Refused, match="on site"):
        act.came_back(w.shop, job)


@pytest.mark.parametrize("target", ["declined", "rejected", "withdrawn"])
def test_side_exits_keep_their_reason(w: World, target: str) -> None:
    act.quote(w.shop, w.number, "Ace Cooling", FIXED)
    with pytest.raises(Refused, match="without a reason"):
        act.move(w.shop, w.job().id, target)
    done = act.move(w.shop, w.job().id, target, reason="too dear.")
    assert done.sentence.endswith(f"{target}: too dear.")
    assert (w.job().state, w.job().state_reason) == (target, "too dear.")


def test_a_quote_expires(w: World) -> None:
    act.quote(w.shop, w.number, "Ace Cooling", FIXED, valid_until=date(2026, 6, 9))
    assert act.move(w.shop, w.job().id, "expired").sentence.startswith("The quote of Ace Cooling")


@pytest.mark.parametrize("target", ["accepted", "quoted", "invoiced", "", "nonsense"])
def test_states_with_an_action_of_their_own_are_not_moved_to(w: World, job: str, target: str) -> None:
    with pytest.raises(UsageProblem):
        act.move(w.shop, job, target)


def test_a_finished_job_is_rated_and_the_score_follows(w: World, job: str) -> None:
    with pytest.raises(Refused, match="Rate it when it is finished"):
        act.rate(w.shop, job, quality=5)
    act.finish(w.shop, job)
    done = act.rate(w.shop, job, quality=5, time=4, price=3, note=" clean\nwork ")
    assert done.sentence == f"Rated Ace Cooling on {w.number}: quality 5, time 4, price 3."
    assert w.job().ratings == (5, 4, 3)
    assert w.job().rating_note == "clean work"
    act.rate(w.shop, job, price=5)
    assert w.job().ratings == (5, 4, 5)
    (fit,) = contractors.ranked(w.shop, w.order)
    assert fit.score is not None
    assert fit.score.words == "4.7 of 5 (1 job)"


def test_a_rating_off_the_scale_or_empty_is_a_mistake(w: World, job: str) -> None:
    act.finish(w.shop, job)
    with pytest.raises(UsageProblem, match="off the scale"):
        act.rate(w.shop, job, quality=6)
    with pytest.raises(UsageProblem, match="Nothing is rated"):
        act.rate(w.shop, job)
    assert w.job().ratings == (None, None, None)


def test_reopening_a_finished_job_forgets_the_day_it_was_finished(w: World, job: str) -> None:
    act.finish(w.shop, job)
    act.move(w.shop, job, "in_work")
    assert (w.job().state, w.job().finished_on) == ("in_work", None)


def test_each_step_is_undone_by_itself(w: World, away: str) -> None:
    act.sent_out(w.shop, away)
    act.came_back(w.shop, away)
    undo.undo(w.shop)
    assert (w.job().state, w.job().came_back_on) == ("in_work", None)
    undo.undo(w.shop)
    assert (w.job().state, w.job().terms.sent_out_on) == ("accepted", date(2026, 6, 15))
    undo.redo(w.shop)
    assert w.job().state == "in_work"


def test_a_job_that_is_not_there_is_named(w: World) -> None:
    with pytest.raises(NotFound, match="not there any more"):
        act.finish(w.shop, "no-such-id")
