"""The life of a hiring: every step both ways, every guard both ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from wotui.domain.contractors.documents import Check, Required
from wotui.domain.contractors.jobs import (
    CHAIN,
    DONE,
    EXITS,
    HIRED,
    Hire,
    Job,
    next_states,
    path,
    refuse_dates,
    refuse_hire,
    refuse_move,
    refuse_rating,
)
from wotui.domain.contractors.terms import Terms
from wotui.errors import Refused, UsageProblem

TODAY = date(2026, 6, 10)
FIXED = Terms("fixed", "USD", agreed_price=45000)
AWAY = replace(FIXED, mode="offsite")
STATES = (*CHAIN, *EXITS)


def job(state: str, terms: Terms = FIXED, **values: object) -> Job:
    return replace(Job("Ace Cooling on W-A0012", state, terms), **values)  # pyright: ignore[reportArgumentType]


ALLOWED = {
    ("considering", "asked"),
    ("considering", "quoted"),
    ("considering", "accepted"),
    ("considering", "withdrawn"),
    ("asked", "quoted"),
    ("asked", "accepted"),
    ("asked", "declined"),
    ("asked", "expired"),
    ("asked", "withdrawn"),
    ("quoted", "quoted"),
    ("quoted", "accepted"),
    ("quoted", "declined"),
    ("quoted", "rejected"),
    ("quoted", "expired"),
    ("quoted", "withdrawn"),
    ("accepted", "in_work"),
    ("accepted", "finished"),
    ("accepted", "invoiced"),
    ("accepted", "paid"),
    ("accepted", "withdrawn"),
    ("in_work", "finished"),
    ("in_work", "invoiced"),
    ("in_work", "paid"),
    ("in_work", "withdrawn"),
    ("finished", "in_work"),
    ("finished", "invoiced"),
    ("finished", "paid"),
    ("invoiced", "invoiced"),
    ("invoiced", "paid"),
    ("declined", "considering"),
    ("rejected", "considering"),
    ("expired", "considering"),
    ("withdrawn", "considering"),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("target", STATES)
def test_a_job_goes_where_it_may_and_nowhere_else(state: str, target: str) -> None:
    one = job(state, invoiced_amount=45000)
    if (state, target) in ALLOWED:
        steps = refuse_move(one, target, today=TODAY, reason="because")
        assert steps[-1] == target
    else:
        with pytest.raises(Refused) as refused:
            refuse_move(one, target, today=TODAY, reason="because")
        assert refused.value.what.startswith("Ace Cooling on W-A0012 is ")
        assert refused.value.way_out


@pytest.mark.parametrize(
    ("state", "target", "steps"),
    [
        ("accepted", "in_work", ("in_work",)),
        ("accepted", "finished", ("in_work", "finished")),
        ("accepted", "paid", ("in_work", "finished", "invoiced", "paid")),
        ("in_work", "invoiced", ("finished", "invoiced")),
        ("considering", "in_work", ()),
        ("quoted", "finished", ()),
        ("finished", "accepted", ()),
        ("paid", "paid", ()),
        ("nonsense", "paid", ()),
    ],
)
def test_finishing_passes_through_the_work_but_nothing_is_hired_by_the_way(
    state: str, target: str, steps: tuple[str, ...]
) -> None:
    assert path(state, target) == steps


@pytest.mark.parametrize("target", ["declined", "rejected", "withdrawn"])
@pytest.mark.parametrize("reason", ["", "  ", "no"])
def test_a_side_exit_needs_a_reason(target: str, reason: str) -> None:
    with pytest.raises(Refused, match="without a reason"):
        refuse_move(job("quoted"), target, today=TODAY, reason=reason)
    refuse_move(job("quoted"), target, today=TODAY, reason="too dear")


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        (Terms("fixed", "USD"), "no price"),
        (Terms("hourly", "USD", rate=0), "no price"),
        (Terms("not_to_exceed", "USD"), "no price"),
        (Terms("", "USD"), "no price"),
    ],
)
def test_nobody_is_hired_without_a_price(terms: Terms, says: str) -> None:
    with pytest.raises(Refused, match=says):
        refuse_move(job("quoted", terms), "accepted", today=TODAY)


@pytest.mark.parametrize("terms", [FIXED, Terms("hourly", "USD", rate=1), Terms("free_warranty", "USD")])
def test_a_priced_quote_can_be_accepted(terms: Terms) -> None:
    assert refuse_move(job("quoted", terms), "accepted", today=TODAY) == ("accepted",)


def test_a_quote_does_not_expire_while_it_is_good() -> None:
    with pytest.raises(Refused, match="good until 2026-06-10"):
        refuse_move(job("quoted", quote_valid_until=TODAY), "expired", today=TODAY)
    refuse_move(job("quoted", quote_valid_until=date(2026, 6, 9)), "expired", today=TODAY)
    refuse_move(job("quoted"), "expired", today=TODAY)


@pytest.mark.parametrize("sent", [None, date(2026, 6, 11), date(2027, 1, 1)])
def test_work_away_does_not_start_before_the_item_is_sent(sent: date | None) -> None:
    with pytest.raises(Refused, match="not been sent out"):
        refuse_move(job("accepted", AWAY, sent_out_on=sent), "in_work", today=TODAY)


@pytest.mark.parametrize("sent", [TODAY, date(2026, 6, 1)])
def test_work_away_starts_once_the_item_is_sent(sent: date) -> None:
    refuse_move(job("accepted", AWAY, sent_out_on=sent), "in_work", today=TODAY)


def test_work_away_is_not_finished_before_the_item_is_back() -> None:
    away = job("in_work", AWAY, sent_out_on=date(2026, 6, 1))
    with pytest.raises(Refused, match="not back yet"):
        refuse_move(away, "finished", today=TODAY)
    refuse_move(replace(away, came_back_on=TODAY), "finished", today=TODAY)


def test_finishing_work_away_in_one_step_still_asks_for_both_days() -> None:
    with pytest.raises(Refused, match="not been sent out"):
        refuse_move(job("accepted", AWAY), "finished", today=TODAY)
    with pytest.raises(Refused, match="not back yet"):
        refuse_move(job("accepted", AWAY, sent_out_on=TODAY), "finished", today=TODAY)


@pytest.mark.parametrize("state", ["accepted", "in_work"])
def test_work_on_site_asks_for_no_shipping_days(state: str) -> None:
    assert refuse_move(job(state), "finished", today=TODAY)[-1] == "finished"


def test_an_invoice_has_an_amount() -> None:
    with pytest.raises(Refused, match="no invoice amount"):
        refuse_move(job("finished"), "invoiced", today=TODAY)
    refuse_move(job("finished", invoiced_amount=0), "invoiced", today=TODAY)


HOURLY_CAPPED = Terms("hourly", "USD", rate=8500, nte_limit=90000)
NOT_OVER = Terms("not_to_exceed", "USD", nte_limit=90000)


@pytest.mark.parametrize(
    ("terms", "invoiced", "over"),
    [
        (NOT_OVER, 89999, 0),
        (NOT_OVER, 90000, 0),
        (NOT_OVER, 90001, 1),
        (HOURLY_CAPPED, 90001, 1),
        (Terms("hourly", "USD", rate=8500), 10**9, 0),
        (FIXED, 45000, 0),
        (FIXED, 45100, 100),
        (Terms("free_warranty", "USD"), 100, 0),
        (NOT_OVER, None, 0),
    ],
)
def test_an_invoice_over_the_limit_is_flagged(terms: Terms, invoiced: int | None, over: int) -> None:
    assert job("invoiced", terms, invoiced_amount=invoiced).over_limit == over


def test_an_invoice_over_the_limit_is_paid_by_a_supervisors_word_only() -> None:
    over = job("invoiced", NOT_OVER, invoiced_amount=100000)
    with pytest.raises(Refused, match=r"100\.00 USD over the limit"):
        refuse_move(over, "paid", today=TODAY, by_supervisor=False)
    refuse_move(over, "paid", today=TODAY, by_supervisor=True)


def test_an_invoice_within_the_limit_is_paid_by_anybody() -> None:
    within = job("invoiced", NOT_OVER, invoiced_amount=90000)
    refuse_move(within, "paid", today=TODAY, by_supervisor=False)


@pytest.mark.parametrize("state", STATES)
def test_only_done_work_is_rated(state: str) -> None:
    if state in DONE:
        refuse_rating(job(state))
    else:
        with pytest.raises(Refused, match="Rate it when it is finished"):
            refuse_rating(job(state))


@pytest.mark.parametrize("state", STATES)
def test_the_contractor_counts_as_hired_from_accepted_on(state: str) -> None:
    assert (state in HIRED) is (state in {"accepted", "in_work", "finished", "invoiced", "paid"})


def test_nothing_is_sent_out_for_work_on_site() -> None:
    with pytest.raises(Refused, match="on site"):
        refuse_dates(job("accepted"), today=TODAY, dates=[])


def test_an_item_cannot_have_left_tomorrow() -> None:
    with pytest.raises(Refused, match="still to come"):
        refuse_dates(job("accepted", AWAY), today=TODAY, dates=[("left", date(2026, 6, 11))])
    refuse_dates(job("accepted", AWAY), today=TODAY, dates=[("left", TODAY), ("come back", None)])


def test_an_item_cannot_be_back_before_it_left() -> None:
    away = job("in_work", AWAY, sent_out_on=TODAY, came_back_on=date(2026, 6, 9))
    with pytest.raises(Refused, match="before it left"):
        refuse_dates(away, today=TODAY, dates=[])
    refuse_dates(replace(away, came_back_on=TODAY), today=TODAY, dates=[])


GOOD = Check(Required("liability_insurance"), "valid", date(2027, 1, 1))
SOON = Check(Required("liability_insurance"), "expiring", date(2026, 6, 20))
OVER = Check(Required("liability_insurance"), "expired", date(2026, 5, 31))
NONE = Check(Required("trade_licence", "electrical"), "missing")


def hire(**values: object) -> Hire:
    wish = Hire("Ace Cooling", "W-A0012", "onsite", FIXED, (GOOD,), TODAY)
    return replace(wish, **values)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("checks", [(), (GOOD,), (SOON,), (GOOD, SOON)])
def test_a_contractor_with_good_documents_is_hired(checks: tuple[Check, ...]) -> None:
    refuse_hire(hire(checks=checks))


@pytest.mark.parametrize("checks", [(OVER,), (NONE,), (GOOD, NONE), (OVER, NONE)])
@pytest.mark.parametrize("override", ["", "   ", "ok"])
def test_bad_documents_need_a_written_override(checks: tuple[Check, ...], override: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse_hire(hire(checks=checks, override=override))
    for one in checks:
        assert (one.words in refused.value.what) is not one.good
    assert "as of 2026-06-10" in refused.value.what
    assert "override" in refused.value.way_out


@pytest.mark.parametrize("checks", [(OVER,), (NONE,), (OVER, NONE)])
def test_a_written_override_hires_all_the_same(checks: tuple[Check, ...]) -> None:
    refuse_hire(hire(checks=checks, override="Renewal seen by phone, paper follows"))


def test_nothing_overrides_a_block() -> None:
    with pytest.raises(Refused, match=r"blocked \(left the site open\)"):
        refuse_hire(hire(blocked=True, blocked_reason="left the site open", override="we need them"))
    with pytest.raises(Refused, match="is blocked"):
        refuse_hire(hire(blocked=True))


def test_nobody_is_hired_twice_for_one_order() -> None:
    with pytest.raises(Refused, match="already hired for W-A0012"):
        refuse_hire(hire(already_hired=True))


@pytest.mark.parametrize(
    ("service_mode", "mode", "refused"),
    [
        ("onsite", "onsite", False),
        ("onsite", "offsite", True),
        ("offsite", "offsite", False),
        ("offsite", "onsite", True),
        ("both", "onsite", False),
        ("both", "offsite", False),
    ],
)
def test_a_contractor_is_hired_the_way_they_work(service_mode: str, mode: str, refused: bool) -> None:
    wish = hire(service_mode=service_mode, terms=replace(FIXED, mode=mode))
    if refused:
        with pytest.raises(Refused, match="only works"):
            refuse_hire(wish)
    else:
        refuse_hire(wish)


def test_a_hire_without_a_price_is_a_mistake_in_the_call() -> None:
    with pytest.raises(UsageProblem, match="needs an amount"):
        refuse_hire(hire(terms=Terms("fixed", "USD")))


@pytest.mark.parametrize("state", STATES)
def test_every_state_but_paid_leads_somewhere(state: str) -> None:
    assert bool(next_states(state)) is (state != "paid")
