"""Asking for work and what becomes of it, as the shop's people do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.actions import accepting, deciding, lifecycle, requests, undo
from wotui.actions.finishing import finish
from wotui.errors import Refused
from wotui.store.reads import attachments, work_orders
from wotui.store.reads import requests as reads
from wotui.store.reads.same_things import same_things

if TYPE_CHECKING:
    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop


def ask(shop: Shop, title: str = "Tap drips", **fields: str) -> str:
    """A request in the lobby, unless the fields say where; its id."""
    if not fields.keys() & {"asset", "place", "place_unknown"}:
        if not shop.one("SELECT 1 FROM place WHERE code = 'LOBBY'"):
            builders.place(shop, "LOBBY")
        fields["place"] = "LOBBY"
    return requests.new(shop, title, fields).records[0]


def status(shop: Shop, request_id: str) -> str:
    return reads.find(shop, request_id).status


def accepted_order(shop: Shop, request_id: str) -> str:
    return accepting.accept(shop, [request_id]).records[0]


def done(shop: Shop, order_id: str) -> None:
    finish(shop, [order_id], note="Changed the washer.", minutes=10)


def test_a_request_gets_a_number_of_its_own_and_is_new(shop: Shop) -> None:
    known = reads.find(shop, ask(shop))
    assert known.number == "R-A0001"
    assert (known.status, known.person, known.source) == ("new", "Jo Doe", "person")


def test_a_request_says_what_and_where(shop: Shop) -> None:
    with pytest.raises(Refused, match="a title"):
        requests.new(shop, " ", {"place_unknown": "yes"})
    with pytest.raises(Refused, match="an asset or a place"):
        requests.new(shop, "Tap drips")
    assert not shop.value("SELECT count(*) FROM request")


def test_a_changed_request_still_says_where(shop: Shop) -> None:
    builders.place(shop, "APT-4")
    request_id = ask(shop, place="APT-4")
    with pytest.raises(Refused, match="an asset or a place"):
        requests.edit(shop, [request_id], {"place": ""})
    requests.edit(shop, [request_id], {"place": "", "place_unknown": "yes"})
    assert reads.find(shop, request_id).place == ""


def test_accepting_makes_an_order_that_carries_everything(shop: Shop) -> None:
    builders.place(shop, "APT-4", "Apartment 4")
    builders.asset(shop, "TAP-1", "Kitchen tap")
    request_id = requests.new(
        shop,
        "Tap drips",
        {
            "asset": "TAP-1",
            "place": "APT-4",
            "description": "All night.",
            "requester_name": "Maria Ruiz",
            "requester_contact": "555-0134",
            "permission_to_enter": "call first",
            "asked_priority": "urgent",
            "work_kind": "plumbing",
            "trade": "plumber",
            "wanted_on": "2026-06-12",
            "custom.floor": "2",
        },
        files=[("tap.jpg", b"picture")],
    ).records[0]
    requests.note(shop, request_id, "Second call today.")
    order = work_orders.find(shop, accepted_order(shop, request_id))
    assert (order.title, order.description, order.priority) == ("Tap drips", "All night.", 2)
    assert (order.asset_tag, order.place_code, order.due_on) == ("TAP-1", "APT-4", "2026-06-12")
    assert order.status == "ready"
    assert work_orders.custom_values(shop, order.id) == {"floor": "2"}
    assert work_orders.members(shop, order.id, "required_trade") == ("plumber",)
    assert [file.name for file in attachments.of_order(shop, order.id)] == ["tap.jpg"]
    log = "\n".join(line.text for line in work_orders.log(shop, order.id))
    for words in ("R-A0001", "Maria Ruiz (555-0134)", "Call before going in", "Second call today."):
        assert words in log
    assert [each.number for each in reads.of_order(shop, order.id)] == ["R-A0001"]
    assert [each.number for each in reads.orders(shop, request_id)] == [order.number]
    assert status(shop, request_id) == "accepted"


def test_the_order_of_a_request_from_nowhere_waits_as_a_draft_for_its_place(shop: Shop) -> None:
    order_id = accepted_order(shop, ask(shop, place_unknown="yes"))
    assert work_orders.find(shop, order_id).status == "draft"


def test_a_request_can_join_an_order_that_is_there(shop: Shop) -> None:
    order_id = builders.order(shop, "Mend the taps")
    one, two = ask(shop, description="In 4A."), ask(shop, "Tap in 4B drips")
    accepting.accept(shop, [one, two], order=work_orders.find(shop, order_id).number)
    assert shop.value("SELECT count(*) FROM work_order") == 1
    assert [each.title for each in reads.of_order(shop, order_id)] == ["Tap drips", "Tap in 4B drips"]
    assert "In 4A." in "\n".join(line.text for line in work_orders.log(shop, order_id))


def test_an_accepted_request_can_join_a_further_order_but_is_not_accepted_twice(shop: Shop) -> None:
    request_id = ask(shop)
    first = accepted_order(shop, request_id)
    with pytest.raises(Refused, match="accepted already"):
        accepting.accept(shop, [request_id])
    second = builders.order(shop, "Paint the wall")
    accepting.accept(shop, [request_id], order=second)
    done(shop, first)
    assert status(shop, request_id) == "accepted"
    done(shop, second)
    assert status(shop, request_id) == "resolved"


def test_a_cancelled_order_takes_no_more_requests(shop: Shop) -> None:
    order_id = builders.order(shop, status="cancelled")
    with pytest.raises(Refused, match="cancelled"):
        accepting.accept(shop, [ask(shop)], order=order_id)


def test_it_is_resolved_when_its_order_is_done_and_open_again_when_that_is_reopened(shop: Shop) -> None:
    request_id = ask(shop)
    order_id = accepted_order(shop, request_id)
    done(shop, order_id)
    known = reads.find(shop, request_id)
    assert known.status == "resolved"
    assert reads.ending(known, reads.orders(shop, request_id)) == "done"
    lifecycle.reopen(shop, [order_id], "still drips")
    assert status(shop, request_id) == "accepted"


def test_cancelled_orders_alone_mean_not_done_with_the_reason(shop: Shop) -> None:
    request_id = ask(shop)
    order_id = accepted_order(shop, request_id)
    lifecycle.cancel(shop, [order_id], "the tenant moved out")
    known = reads.find(shop, request_id)
    assert known.status == "resolved"
    assert reads.ending(known, reads.orders(shop, request_id)) == "not done: the tenant moved out"


def test_undoing_the_finish_opens_the_request_again(shop: Shop) -> None:
    request_id = ask(shop)
    done(shop, accepted_order(shop, request_id))
    undo.undo(shop)
    assert status(shop, request_id) == "accepted"
    undo.redo(shop)
    assert status(shop, request_id) == "resolved"


def test_accepting_can_be_undone_and_done_again_under_the_same_number(shop: Shop) -> None:
    request_id = ask(shop)
    number = work_orders.find(shop, accepted_order(shop, request_id)).number
    undo.undo(shop)
    assert status(shop, request_id) == "new"
    assert reads.orders(shop, request_id) == []
    again = work_orders.find(shop, accepted_order(shop, request_id))
    assert (again.number, again.title) == (number, "Tap drips")


def test_a_question_waits_for_its_answer(shop: Shop) -> None:
    request_id = ask(shop)
    deciding.ask(shop, request_id, "Which tap?")
    known = reads.find(shop, request_id)
    assert (known.status, known.reason) == ("needs_info", "Which tap?")
    with pytest.raises(Refused, match="Answer its question first"):
        accepting.accept(shop, [request_id])
    deciding.answer(shop, request_id, "The left one.")
    assert status(shop, request_id) == "new"
    assert [line.text for line in work_orders.log(shop, request_id)] == [
        "Answer: The left one.",
        "Question: Which tap?",
    ]


def test_an_answer_needs_a_question_and_a_question_needs_words(shop: Shop) -> None:
    request_id = ask(shop)
    with pytest.raises(Refused, match="Nothing was asked"):
        deciding.answer(shop, request_id, "The left one.")
    with pytest.raises(Refused, match="a question"):
        deciding.ask(shop, request_id, " ")


def test_declining_takes_a_reason_that_the_requester_reads(shop: Shop) -> None:
    one, two = ask(shop), ask(shop, "Bulb out")
    with pytest.raises(Refused, match="a reason"):
        deciding.decline(shop, [one, two], "")
    deciding.decline(shop, [one, two], "Not in our lease.")
    known = reads.find(shop, two)
    assert (known.status, reads.ending(known, [])) == ("declined", "Not in our lease.")
    with pytest.raises(Refused, match="declined and cannot become withdrawn"):
        deciding.withdraw(shop, [one])
    undo.undo(shop)
    assert (status(shop, one), status(shop, two)) == ("new", "new")


def test_the_requester_of_a_duplicate_follows_the_original(shop: Shop) -> None:
    first = ask(shop)
    second = ask(shop, requester_name="Ada Bell", requester_contact="555-2")
    third = ask(shop, requester_name="Cy Dunn")
    deciding.duplicate(shop, second, first)
    deciding.duplicate(shop, third, second)
    assert reads.followers(shop, first) == ["Ada Bell, 555-2", "Cy Dunn"]
    assert reads.find(shop, third).original == "R-A0001"
    assert [each.number for each in reads.duplicates(shop, first)] == ["R-A0002", "R-A0003"]


def test_a_request_repeats_neither_itself_nor_one_that_was_declined(shop: Shop) -> None:
    first, second = ask(shop), ask(shop)
    with pytest.raises(Refused, match="itself"):
        deciding.duplicate(shop, first, first)
    deciding.duplicate(shop, second, first)
    with pytest.raises(Refused, match="itself"):
        deciding.duplicate(shop, first, second)
    third = ask(shop)
    deciding.decline(shop, [third], "no")
    with pytest.raises(Refused, match="declined"):
        deciding.duplicate(shop, first, third)


def test_what_is_accepted_is_not_withdrawn(shop: Shop) -> None:
    request_id = ask(shop)
    accepted_order(shop, request_id)
    with pytest.raises(Refused, match="Its orders say"):
        deciding.withdraw(shop, [request_id])


def test_only_a_supervisor_decides(shop: Shop) -> None:
    builders.person(shop, "TB", roles=("technician", "requester"))
    shop.act_as("TB")
    request_id = ask(shop)
    for verb in (
        lambda: accepting.accept(shop, [request_id]),
        lambda: deciding.decline(shop, [request_id], "no"),
        lambda: deciding.ask(shop, request_id, "Which?"),
        lambda: deciding.duplicate(shop, request_id, request_id),
    ):
        with pytest.raises(Refused, match="takes the role supervisor"):
            verb()
    deciding.withdraw(shop, [request_id])


def test_add_me_to_that_one_makes_a_follower_and_keeps_what_was_said(shop: Shop) -> None:
    request_id = ask(shop)
    requests.follow(shop, "request", request_id, name="Ada Bell", contact="555-2", words="Ours drips too.")
    assert reads.followers(shop, request_id) == ["Ada Bell, 555-2"]
    assert work_orders.log(shop, request_id)[0].text == "Also reported by Ada Bell, 555-2: Ours drips too."
    order_id = builders.order(shop)
    requests.follow(shop, "work_order", order_id)
    assert reads.followers(shop, order_id) == ["Jo Doe"]


def test_somebody_must_be_named_to_be_added(shop: Shop) -> None:
    request_id = ask(shop)
    shop.acting = None
    with pytest.raises(Refused, match="Nobody is named"):
        requests.follow(shop, "request", request_id)


def test_not_fixed_within_two_weeks_makes_an_order_that_counts_as_rework(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    request_id = ask(shop)
    first = accepted_order(shop, request_id)
    done(shop, first)
    frozen_clock.move(days=14)
    made = accepting.not_fixed(shop, request_id, "Drips again.").records[0]
    order = work_orders.find(shop, made)
    assert (order.source, order.title) == ("rework", "Not fixed: Tap drips")
    assert [(each.kind, each.id) for each in work_orders.related(shop, made)] == [("follow_up_of", first)]
    assert status(shop, request_id) == "accepted"
    done(shop, made)
    assert status(shop, request_id) == "resolved"


def test_not_fixed_after_two_weeks_asks_anew(shop: Shop, frozen_clock: FrozenClock) -> None:
    request_id = ask(shop, requester_name="Ada Bell")
    done(shop, accepted_order(shop, request_id))
    frozen_clock.move(days=15)
    again = accepting.not_fixed(shop, request_id, "Drips again.").records[0]
    known = reads.find(shop, again)
    assert (known.number, known.status, known.requester_name) == ("R-A0002", "new", "Ada Bell")
    assert status(shop, request_id) == "resolved"


def test_not_fixed_needs_something_that_was_resolved_and_words(shop: Shop) -> None:
    request_id = ask(shop)
    with pytest.raises(Refused, match="not resolved"):
        accepting.not_fixed(shop, request_id, "Drips.")
    done(shop, accepted_order(shop, request_id))
    with pytest.raises(Refused, match="Say what is still wrong"):
        accepting.not_fixed(shop, request_id, " ")


def test_open_requests_and_orders_for_the_same_thing_are_found(shop: Shop) -> None:
    place = builders.place(shop, "APT-4")
    asset = builders.asset(shop, "TAP-1", place_id=place)
    builders.asset(shop, "AC-1", place_id=place)
    ask(shop, "Tap drips", asset="TAP-1")
    ask(shop, "Air conditioner rattles", asset="AC-1")
    declined = ask(shop, "Tap is ugly", asset="TAP-1")
    deciding.decline(shop, [declined], "taste")
    builders.order(shop, "Change the tap", asset_id=asset)
    builders.order(shop, "Old tap", asset_id=asset, status="done")
    same = same_things(shop, asset_id=asset, place_id=None, work_kind=None)
    assert [each.title for each in same] == ["Tap drips", "Change the tap"]
    here = same_things(shop, asset_id=None, place_id=place, work_kind="plumbing")
    assert {each.title for each in here} == {"Tap drips", "Air conditioner rattles", "Change the tap"}
    assert same_things(shop, asset_id=None, place_id=None, work_kind="plumbing") == []


def test_an_order_and_its_request_are_found_as_one(shop: Shop) -> None:
    asset = builders.asset(shop, "TAP-1")
    accepted_order(shop, ask(shop, asset="TAP-1"))
    same = same_things(shop, asset_id=asset, place_id=None, work_kind=None)
    assert [each.number for each in same] == ["R-A0001"]
