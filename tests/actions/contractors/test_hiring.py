"""Hiring: what is written down, who is refused, and that undo takes it back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.actions.contractors.world import FIXED, HOURLY, NOT_OVER, World, insure, offsite
from tests.kit import builders
from wotui.actions import contractors as act
from wotui.actions import undo
from wotui.domain.contractors.terms import Terms
from wotui.errors import NotFound, Refused, UsageProblem
from wotui.store.reads import lifecycle, work_orders

if TYPE_CHECKING:
    from wotui.store.file import Shop


def test_a_hiring_is_written_down_with_its_price(w: World) -> None:
    done = act.hire(w.shop, w.number, "ace cooling", FIXED)
    job = w.job()
    assert done.sentence == f"Hired Ace Cooling for {w.number}: fixed 450.00 USD."
    assert (job.state, job.terms.price_kind, job.terms.agreed_price) == ("accepted", "fixed", 45000)
    assert job.override_reason == ""
    assert done.notices == ()
    assert lifecycle.is_staffed(w.shop, w.order)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (FIXED, "fixed 450.00 USD"),
        (HOURLY, "85.00 USD an hour"),
        (NOT_OVER, "not over 900.00 USD"),
        (Terms("hourly", "USD", rate=8500, nte_limit=90000), "85.00 USD an hour, not over 900.00 USD"),
        (Terms("free_warranty", "USD"), "free under warranty"),
    ],
)
def test_every_kind_of_price_is_kept_as_agreed(w: World, terms: Terms, said: str) -> None:
    done = act.hire(w.shop, w.number, "Ace Cooling", terms)
    assert said in done.sentence
    assert w.job().terms == terms


def test_only_the_amount_of_the_agreed_kind_is_kept(w: World) -> None:
    act.hire(w.shop, w.number, "Ace Cooling", Terms("fixed", "USD", agreed_price=1, rate=2, nte_limit=3))
    assert w.job().terms == Terms("fixed", "USD", agreed_price=1)


def test_undo_takes_a_hiring_back_and_redo_brings_it_again(w: World) -> None:
    act.hire(w.shop, w.number, "Ace Cooling", FIXED, on=date(2026, 6, 12))
    undo.undo(w.shop)
    assert w.jobs() == []
    assert work_orders.find(w.shop, w.number).planned_on is None
    undo.redo(w.shop)
    assert w.job().state == "accepted"
    assert work_orders.find(w.shop, w.number).planned_on == "2026-06-12"


def test_the_day_given_becomes_the_planned_day(w: World) -> None:
    act.hire(w.shop, w.number, "Ace Cooling", FIXED, on=date(2026, 6, 12))
    assert work_orders.find(w.shop, w.number).planned_on == "2026-06-12"
    assert w.job().planned_on == date(2026, 6, 12)


def test_without_a_day_the_planned_day_stays(w: World) -> None:
    with w.shop.transaction() as tx:
        tx.update("work_order", w.order, planned_on="2026-07-01")
    act.hire(w.shop, w.number, "Ace Cooling", FIXED)
    assert work_orders.find(w.shop, w.number).planned_on == "2026-07-01"
    assert w.job().planned_on == date(2026, 7, 1)


@pytest.fixture
def lapsed(w: World) -> str:
    """A contractor whose insurance ran out ten days ago."""
    firm = builders.contractor(w.shop, "Old Frost", trades=("HVAC",))
    insure(w.shop, firm, "2026-05-31")
    return firm


def test_an_expired_insurance_refuses_the_hiring(w: World, lapsed: str) -> None:
    with pytest.raises(Refused) as refused:
        act.hire(w.shop, w.number, "Old Frost", FIXED)
    assert "Old Frost has liability insurance expired 2026-05-31" in refused.value.what
    assert "override" in refused.value.way_out
    assert w.jobs() == []


def test_a_written_override_hires_and_stays_visible(w: World, lapsed: str) -> None:
    done = act.hire(w.shop, w.number, "Old Frost", FIXED, override=" Renewal seen\nby phone ")
    assert w.job().override_reason == "Renewal seen by phone"
    assert done.notices == (
        "Hired without valid documents: Old Frost has liability insurance expired 2026-05-31.",
    )


def test_only_a_supervisor_overrides(w: World, lapsed: str) -> None:
    builders.person(w.shop, "TE", "Tess Echo", roles=("technician",))
    w.shop.act_as("TE")
    with pytest.raises(Refused, match="Tess Echo may not hire somebody without valid documents"):
        act.hire(w.shop, w.number, "Old Frost", FIXED, override="Renewal seen by phone")
    act.hire(w.shop, w.number, "Ace Cooling", FIXED)


def test_an_override_is_not_kept_where_none_was_needed(w: World) -> None:
    act.hire(w.shop, w.number, "Ace Cooling", FIXED, override="just in case")
    assert w.job().override_reason == ""


def test_documents_are_looked_at_as_of_the_day_of_the_work(w: World) -> None:
    with pytest.raises(Refused, match="as of 2027-06-02"):
        act.hire(w.shop, w.number, "Ace Cooling", FIXED, on=date(2027, 6, 2))
    done = act.hire(w.shop, w.number, "Ace Cooling", FIXED, on=date(2027, 5, 31))
    assert done.notices == ("Ace Cooling: liability insurance expires 2027-06-01.",)


def test_the_shops_own_list_of_documents_counts(w: World) -> None:
    from wotui.actions import settings

    settings.change(w.shop, "contractors.required_documents", "*=liability_insurance; hvac=trade_licence")
    with pytest.raises(Refused, match=r"no trade licence \(HVAC\)"):
        act.hire(w.shop, w.number, "Ace Cooling", FIXED)
    insure(w.shop, w.contractor, kind="trade_licence")
    act.hire(w.shop, w.number, "Ace Cooling", FIXED)


@pytest.mark.parametrize("status", ["done", "closed", "cancelled"])
def test_nobody_is_hired_for_an_order_that_is_over(w: World, status: str) -> None:
    over = builders.order(w.shop, "Old one", status=status)
    with pytest.raises(Refused, match=f"is {status}"):
        act.hire(w.shop, over, "Ace Cooling", FIXED)


@pytest.mark.parametrize("status", ["draft", "ready", "scheduled", "in_progress", "on_hold"])
def test_a_contractor_is_hired_for_any_open_order(w: World, status: str) -> None:
    order = builders.order(w.shop, "Another", status=status)
    act.hire(w.shop, order, "Ace Cooling", FIXED)
    assert w.job().work_order_id == order


def test_a_blocked_contractor_is_refused_even_with_an_override(w: World) -> None:
    act.block(w.shop, "Ace Cooling", "left the hall open")
    with pytest.raises(Refused, match=r"Ace Cooling is blocked \(left the hall open\)"):
        act.hire(w.shop, w.number, "Ace Cooling", FIXED, override="we need them badly")
    act.unblock(w.shop, "Ace Cooling")
    act.hire(w.shop, w.number, "Ace Cooling", FIXED)


def test_the_same_contractor_is_not_hired_twice_while_the_job_runs(w: World) -> None:
    act.hire(w.shop, w.number, "Ace Cooling", FIXED)
    with pytest.raises(Refused, match="already hired"):
        act.hire(w.shop, w.number, "Ace Cooling", HOURLY)
    act.move(w.shop, w.job().id, "withdrawn", reason="wrong price")
    act.hire(w.shop, w.number, "Ace Cooling", HOURLY)
    assert sorted(job.state for job in w.jobs()) == ["accepted", "withdrawn"]


def test_two_contractors_may_work_on_one_order(w: World) -> None:
    other = builders.contractor(w.shop, "Bolt Electric")
    insure(w.shop, other)
    act.hire(w.shop, w.number, "Ace Cooling", FIXED)
    act.hire(w.shop, w.number, "Bolt Electric", HOURLY)
    assert len(w.jobs()) == 2


@pytest.mark.parametrize(
    ("service_mode", "terms", "says"),
    [("onsite", offsite(), "only works on site"), ("offsite", FIXED, "only works off site")],
)
def test_a_contractor_is_hired_the_way_they_work(
    w: World, service_mode: str, terms: Terms, says: str
) -> None:
    firm = builders.contractor(w.shop, "One Way", service_mode=service_mode)
    insure(w.shop, firm)
    with pytest.raises(Refused, match=says):
        act.hire(w.shop, w.number, "One Way", terms)


def test_work_away_keeps_the_days_the_item_leaves_and_is_due_back(w: World) -> None:
    done = act.hire(w.shop, w.number, "Ace Cooling", offsite(date(2026, 6, 15), date(2026, 6, 29)))
    job = w.job()
    assert "off site, leaves 2026-06-15, due back 2026-06-29" in done.sentence
    assert (job.terms.mode, job.terms.sent_out_on, job.terms.due_back_on) == (
        "offsite",
        date(2026, 6, 15),
        date(2026, 6, 29),
    )


def test_no_price_is_a_mistake_in_the_call(w: World) -> None:
    with pytest.raises(UsageProblem, match="needs an amount"):
        act.hire(w.shop, w.number, "Ace Cooling", Terms("fixed", "USD"))


def test_names_that_are_not_there_are_named(w: World) -> None:
    with pytest.raises(NotFound, match="Ace Colling"):
        act.hire(w.shop, w.number, "Ace Colling", FIXED)
    with pytest.raises(NotFound):
        act.hire(w.shop, "W-A9999", "Ace Cooling", FIXED)


def test_asking_and_quoting_lead_to_one_hiring(w: World) -> None:
    act.ask(w.shop, w.number, "Ace Cooling")
    assert w.job().state == "asked"
    act.quote(w.shop, w.number, "Ace Cooling", NOT_OVER, valid_until=date(2026, 6, 30))
    job = w.job()
    assert (job.state, job.quoted_on, job.quote_valid_until) == (
        "quoted",
        date(2026, 6, 10),
        date(2026, 6, 30),
    )
    done = act.quote(w.shop, w.number, "Ace Cooling", FIXED)
    assert done.sentence == f"Ace Cooling quotes fixed 450.00 USD for {w.number}."
    act.hire(w.shop, w.number, "Ace Cooling", FIXED)
    job = w.job()
    assert (job.state, job.terms) == ("accepted", FIXED)


def test_nobody_is_asked_twice_or_quoted_while_hired(w: World) -> None:
    act.ask(w.shop, w.number, "Ace Cooling")
    with pytest.raises(Refused, match="is asked already"):
        act.ask(w.shop, w.number, "Ace Cooling")
    act.hire(w.shop, w.number, "Ace Cooling", FIXED)
    with pytest.raises(Refused, match="is hired already"):
        act.ask(w.shop, w.number, "Ace Cooling")
    with pytest.raises(Refused, match="already hired"):
        act.quote(w.shop, w.number, "Ace Cooling", FIXED)


def test_a_blocked_contractor_is_not_asked_either(w: World) -> None:
    act.block(w.shop, "Ace Cooling", "left the hall open")
    with pytest.raises(Refused, match="is blocked"):
        act.ask(w.shop, w.number, "Ace Cooling")
    with pytest.raises(Refused, match="is blocked"):
        act.quote(w.shop, w.number, "Ace Cooling", FIXED)


def test_asking_makes_nobody_staffed(w: World) -> None:
    act.ask(w.shop, w.number, "Ace Cooling")
    assert not lifecycle.is_staffed(w.shop, w.order)


def test_with_nobody_named_as_acting_the_shop_can_still_hire(shop: Shop) -> None:
    from tests.actions.contractors.world import world

    w = world(shop)
    shop.acting = None
    firm = builders.contractor(shop, "No Papers")
    act.hire(shop, w.number, "No Papers", FIXED, override="emergency, flood in the hall")
    assert w.job().contractor_id == firm
