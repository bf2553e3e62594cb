"""A failed item leads to exactly one order, and to none when it passes in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.kit import builders
from tests.kit.lists import VIBRATION, Run
from wotui.actions import accepting, checklists, deciding, undo
from wotui.domain.checklists.follow_ups import follow_up_id
from wotui.errors import Refused
from wotui.store.reads import requests, work_orders
from wotui.store.reads.checklists import blocking_done, blocking_start, has_results

if TYPE_CHECKING:
    from wotui.store.file import Shop

FORCED: dict[str, Any] = {
    "type": "pass_fail",
    "label": "Alarm",
    "on_fail": "force_follow_up",
    "severity": "safety",
}


def test_a_failing_reading_proposes_an_order_that_accepting_makes(shop: Shop) -> None:
    run = Run(shop, VIBRATION, priority=3)
    done = run.answer("Vibration", "7.2", note="rattles")
    assert run.sheet.find("Vibration").follow_up is None
    run.answer("Vibration", "7.3")
    assert "A follow-up is proposed: “PUMP-01: Vibration – 7.3 mm/s”." not in done.notices
    item_id = run.id("Vibration")
    proposed = checklists.proposed_order(shop, item_id)
    assert (proposed.title, proposed.type, proposed.priority) == (
        "PUMP-01: Vibration – 7.3 mm/s",
        "condition",
        3,
    )
    assert "above the limit of 4.5 mm/s" in proposed.description
    assert "rattles" in proposed.description

    accepted = checklists.accept_follow_up(shop, item_id)
    order = work_orders.find(shop, accepted.records[0])
    assert order.id == follow_up_id(item_id)
    assert (order.title, order.status, order.type, order.asset_id) == (
        proposed.title,
        "ready",
        "condition",
        run.asset_id,
    )
    assert order.source == "checklist"
    assert order.due_on == "2026-06-24"
    assert [(other.kind, other.number) for other in work_orders.related(shop, run.order_id)] == [
        ("followed_up_by", order.number)
    ]
    assert run.sheet.find("Vibration").follow_up.number == order.number  # pyright: ignore[reportOptionalMemberAccess]
    assert blocking_done(shop, run.order_id) == []


def test_a_bare_failure_says_what_it_proposes(shop: Shop) -> None:
    run = Run(shop, VIBRATION)
    assert run.answer("Vibration", "7.2").notices == (
        "A follow-up is proposed: “PUMP-01: Vibration – 7.2 mm/s”.",
    )
    assert blocking_done(shop, run.order_id) == [
        "a follow-up order, or a note “accepted as is” for “Vibration”, which failed"
    ]


def test_failing_passing_and_failing_again_is_one_follow_up(shop: Shop) -> None:
    run = Run(shop, VIBRATION)
    run.answer("Vibration", "7.2")
    first = checklists.accept_follow_up(shop, run.id("Vibration")).records[0]
    assert run.answer("Vibration", "2").notices[0].endswith("was accepted and stays.")
    again = run.answer("Vibration", "9")
    assert again.notices[0].startswith("Its follow-up is W-A")
    with pytest.raises(Refused, match="is there already"):
        checklists.accept_follow_up(shop, run.id("Vibration"))
    assert shop.value("SELECT count(*) FROM work_order WHERE source = 'checklist'") == 1
    assert first == follow_up_id(run.id("Vibration"))


def test_passing_before_anybody_accepted_withdraws_the_proposal(shop: Shop) -> None:
    run = Run(shop, VIBRATION)
    run.answer("Vibration", "7.2")
    done = run.answer("Vibration", "2.1")
    assert done.notices == ("The proposed follow-up was withdrawn.",)
    assert run.log() == ["Follow-up withdrawn: “Vibration” did not stay failed."]
    assert blocking_done(shop, run.order_id) == []
    with pytest.raises(Refused, match="did not fail"):
        checklists.accept_follow_up(shop, run.id("Vibration"))


def test_a_forced_follow_up_is_a_draft_until_somebody_releases_it(shop: Shop) -> None:
    run = Run(shop, FORCED)
    done = run.answer("Alarm", "fail")
    assert any("as its follow-up, a draft" in notice for notice in done.notices)
    draft = work_orders.find(shop, follow_up_id(run.id("Alarm")))
    assert draft.status == "draft"
    assert blocking_done(shop, run.order_id) == []
    checklists.accept_follow_up(shop, run.id("Alarm"))
    assert work_orders.find(shop, draft.id).status == "ready"


def test_a_forced_draft_is_withdrawn_when_the_item_passes_and_comes_back_when_it_fails(shop: Shop) -> None:
    run = Run(shop, FORCED)
    run.answer("Alarm", "fail")
    draft = work_orders.find(shop, follow_up_id(run.id("Alarm")))
    run.answer("Alarm", "pass")
    assert work_orders.find(shop, draft.id).status == "cancelled"
    assert run.log(draft.id) == [f"Withdrawn: “Alarm” on {run.number} passed again."]
    assert any("withdrawn" in text for text in run.log())
    run.answer("Alarm", "fail")
    again = work_orders.find(shop, draft.id)
    assert (again.status, again.number) == ("draft", draft.number)


def test_a_cancelled_follow_up_takes_care_of_nothing(shop: Shop) -> None:
    run = Run(shop, VIBRATION)
    run.answer("Vibration", "7.2")
    order_id = checklists.accept_follow_up(shop, run.id("Vibration")).records[0]
    with shop.transaction() as tx:
        tx.insert("status_change", work_order_id=order_id, to_status="cancelled", at="2026-06-10T18:00:00Z")
    assert len(blocking_done(shop, run.order_id)) == 1


def test_accepting_as_is_turns_the_proposal_down_and_says_so(shop: Shop) -> None:
    run = Run(shop, VIBRATION)
    run.answer("Vibration", "7.2")
    checklists.accept_as_is(shop, run.id("Vibration"), "stopped next week anyway")
    assert run.line("Vibration").result.note == "accepted as is – stopped next week anyway"  # pyright: ignore[reportOptionalMemberAccess]
    assert blocking_done(shop, run.order_id) == []
    checklists.accept_as_is(shop, run.id("Vibration"))
    assert run.line("Vibration").result.note == "accepted as is – stopped next week anyway"  # pyright: ignore[reportOptionalMemberAccess]


def test_what_did_not_fail_has_nothing_to_accept(shop: Shop) -> None:
    run = Run(shop, "Belt")
    with pytest.raises(Refused, match="did not fail"):
        checklists.accept_as_is(shop, run.id("Belt"))
    with pytest.raises(Refused, match="did not fail"):
        checklists.proposed_order(shop, run.id("Belt"))


def test_a_failed_safety_item_keeps_the_work_from_starting_until_it_passes(shop: Shop) -> None:
    run = Run(shop, FORCED, "Belt")
    assert blocking_start(shop, run.order_id) == []
    done = run.answer("Alarm", "fail")
    assert done.notices[0].startswith("SAFETY")
    assert blocking_start(shop, run.order_id) == ["“Alarm”"]
    run.answer("Alarm", "pass")
    assert blocking_start(shop, run.order_id) == []


def test_an_undone_follow_up_is_gone_and_accepting_again_brings_the_same_back(
    shop: Shop,
) -> None:
    run = Run(shop, VIBRATION)
    run.answer("Vibration", "7.2")
    number = work_orders.find(shop, checklists.accept_follow_up(shop, run.id("Vibration")).records[0]).number
    undo.undo(shop)
    assert run.line("Vibration").follow_up is None
    again = work_orders.find(shop, checklists.accept_follow_up(shop, run.id("Vibration")).records[0])
    assert (again.number, again.status) == (number, "ready")


def test_a_follow_up_of_an_order_that_is_nowhere_stays_a_draft(shop: Shop) -> None:
    run = Run(shop, VIBRATION)
    with shop.transaction() as tx:
        tx.update("work_order", run.order_id, asset_id=None)
    run.answer("Vibration", "7.2")
    accepted = checklists.accept_follow_up(shop, run.id("Vibration"))
    order = work_orders.find(shop, accepted.records[0])
    assert (order.status, order.title) == ("draft", f"{run.number}: Vibration – 7.2 mm/s")


def test_answers_are_actuals(shop: Shop) -> None:
    run = Run(shop, "Belt")
    assert not has_results(shop, run.order_id)
    run.answer("Belt", "pass")
    assert has_results(shop, run.order_id)


def test_the_priority_of_the_follow_up_is_the_items_or_the_orders(shop: Shop) -> None:
    own = Run(shop, {**VIBRATION, "follow_up": {"priority": 1}}, priority=4)
    own.answer("Vibration", "7")
    assert checklists.proposed_order(shop, own.id("Vibration")).priority == 1
    inherited = Run(shop, VIBRATION, asset_id=builders.asset(shop, "P-2"), priority=4)
    inherited.answer("Vibration", "7")
    assert checklists.proposed_order(shop, inherited.id("Vibration")).priority == 4


ASKING: dict[str, Any] = {**FORCED, "follow_up": {"as": "request", "priority": 2}}


def the_request(shop: Shop, run: Run) -> requests.AskedFor:
    return requests.find(shop, follow_up_id(run.id("Alarm")))


def test_a_follow_up_can_be_a_request_that_somebody_decides_on(shop: Shop) -> None:
    run = Run(shop, ASKING)
    done = run.answer("Alarm", "fail")
    known = the_request(shop, run)
    assert (known.number, known.status, known.source, known.asked_priority) == (
        "R-A0001",
        "new",
        "checklist",
        2,
    )
    assert f"Made {known.number} as its follow-up, a request to be decided on." in done.notices
    assert run.line("Alarm").follow_up.number == known.number  # pyright: ignore[reportOptionalMemberAccess]
    assert blocking_done(shop, run.order_id) == []
    order_id = accepting.accept(shop, [known.number]).records[0]
    assert ("follow_up_of", run.order_id) in [
        (each.kind, each.id) for each in work_orders.related(shop, order_id)
    ]


def test_a_request_of_a_failed_item_is_withdrawn_when_it_passes_and_comes_back_when_it_fails(
    shop: Shop,
) -> None:
    run = Run(shop, ASKING)
    run.answer("Alarm", "fail")
    first = the_request(shop, run)
    assert f"Its follow-up {first.number} was withdrawn." in run.answer("Alarm", "pass").notices
    assert the_request(shop, run).status == "withdrawn"
    assert run.log(first.id)[-1] == f"Withdrawn: “Alarm” on {run.number} passed again."
    run.answer("Alarm", "fail")
    again = the_request(shop, run)
    assert (again.id, again.number, again.status) == (first.id, first.number, "new")


def test_a_request_of_a_failed_item_that_was_accepted_stays(shop: Shop) -> None:
    run = Run(shop, ASKING)
    run.answer("Alarm", "fail")
    accepting.accept(shop, [the_request(shop, run).number])
    assert run.answer("Alarm", "pass").notices[0].endswith("was accepted and stays.")
    assert the_request(shop, run).status == "accepted"


def test_a_declined_request_takes_care_of_nothing(shop: Shop) -> None:
    run = Run(shop, {**ASKING, "on_fail": "propose_follow_up"})
    run.answer("Alarm", "fail")
    checklists.accept_follow_up(shop, run.id("Alarm"))
    assert blocking_done(shop, run.order_id) == []
    deciding.decline(shop, [the_request(shop, run).number], "not ours")
    assert len(blocking_done(shop, run.order_id)) == 1
