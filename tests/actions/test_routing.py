"""Routing in the shop: what a rule does to a new request, what a person said, whoever is available, and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.kit import builders
from wotui.actions import availability, routing, undo, work_orders
from wotui.actions import requests as asking
from wotui.errors import NotFound, Refused, UsageProblem
from wotui.store.reads import routing as reads

if TYPE_CHECKING:
    from wotui.store.file import Shop


def ask(shop: Shop, title: str = "Water under the sink", **columns: Any) -> str:
    """A new request, routed."""
    with shop.transaction() as tx:
        made = asking.create(
            tx, {"title": title, "place_unknown": 1, **columns}, source=columns.pop("source", "person")
        )
        routing.route_request(tx, made)
        tx.done("Asked.")
    return made


def column(shop: Shop, request: str, name: str) -> Any:
    return shop.value(f"SELECT {name} FROM request WHERE id = ?", (request,))


def log_of(shop: Shop, record: str) -> str:
    return "\n".join(
        text for (text,) in shop.rows("SELECT text FROM log_entry WHERE parent_id = ? ORDER BY id", (record,))
    )


def test_the_first_rule_that_fits_routes_a_new_request_and_says_why(shop: Shop) -> None:
    tom = builders.person(shop, "TB", trades=("plumbing",))
    routing.add(shop, "Gas", {"text": "gas", "set_priority": "emergency"})
    routing.add(shop, "Leaks", {"text": "water, leak", "set_priority": "urgent", "person": "TB"})
    routing.add(shop, "All", {"set_priority": "low"})
    made = ask(shop)
    assert column(shop, made, "asked_priority") == 2
    assert column(shop, made, "assigned_id") == tom
    assert column(shop, made, "rule_id") == reads.rules(shop)[1].id
    assert log_of(shop, made) == ("Routed by the rule Leaks: it says “water”. It does: urgent and TB leads.")


def test_what_no_rule_fits_stays_as_it_is(shop: Shop) -> None:
    routing.add(shop, "Gas", {"text": "gas", "set_priority": "emergency"})
    made = ask(shop)
    assert column(shop, made, "asked_priority") is None
    assert column(shop, made, "rule_id") is None
    assert log_of(shop, made) == ""


def test_a_rule_never_overrides_what_the_requester_said(shop: Shop) -> None:
    ann = builders.person(shop, "AN")
    builders.person(shop, "TB")
    routing.add(shop, "Leaks", {"text": "water", "set_priority": "urgent", "person": "TB"})
    made = ask(shop, asked_priority=4, assigned_id=ann)
    assert column(shop, made, "asked_priority") == 4
    assert column(shop, made, "assigned_id") == ann
    assert "Left as somebody said: priority and lead." in log_of(shop, made)


def test_a_place_below_the_rules_place_counts(shop: Shop) -> None:
    hall = builders.place(shop, "HALL")
    room = builders.place(shop, "ROOM", parent_id=hall)
    pump = builders.asset(shop, "P-1", place_id=room)
    routing.add(shop, "Hall", {"place": "HALL", "set_priority": "urgent"})
    assert column(shop, ask(shop, place_id=room), "asked_priority") == 2
    assert column(shop, ask(shop, asset_id=pump), "asked_priority") == 2
    assert column(shop, ask(shop), "asked_priority") is None


def test_a_place_that_lies_in_itself_ends_the_search(shop: Shop) -> None:
    first = builders.place(shop, "A")
    second = builders.place(shop, "B", parent_id=first)
    with shop.transaction() as tx:
        tx.update("place", first, parent_id=second)
    routing.add(shop, "A", {"place": "A", "set_priority": "urgent"})
    assert column(shop, ask(shop, place_id=second), "asked_priority") == 2


def test_a_rule_that_is_off_does_nothing_until_it_is_on_again(shop: Shop) -> None:
    routing.add(shop, "All", {"set_priority": "low"})
    routing.switch(shop, "All", on=False)
    assert column(shop, ask(shop), "asked_priority") is None
    routing.switch(shop, "all", on=True)
    assert column(shop, ask(shop), "asked_priority") == 4


def test_whoever_is_available_gets_it(shop: Shop) -> None:
    routing.add(shop, "Cold", {"trade": "HVAC", "lead": "available", "lead_trade": "HVAC"})
    busy = builders.person(shop, "BB", trades=("HVAC",))
    free = builders.person(shop, "CC", trades=("hvac",))
    builders.person(shop, "DD", trades=("electrical",))
    builders.order(shop, assign=(busy,), planned_on="2026-06-10", planned_minutes=60, status="scheduled")
    assert column(shop, ask(shop, trade="HVAC"), "assigned_id") == free
    builders.order(shop, assign=(free,), planned_on="2026-06-10", planned_minutes=90, status="scheduled")
    assert column(shop, ask(shop, trade="HVAC"), "assigned_id") == busy


def test_somebody_who_is_away_is_not_available(shop: Shop) -> None:
    routing.add(shop, "Cold", {"lead": "available", "lead_trade": "HVAC"})
    away = builders.person(shop, "BB", trades=("HVAC",))
    availability.set_day(shop, "BB", "2026-06-12", "0", "holiday")
    assert column(shop, ask(shop, wanted_on="2026-06-11"), "assigned_id") == away
    nobody = ask(shop, wanted_on="2026-06-12")
    assert column(shop, nobody, "assigned_id") is None
    assert "nobody with HVAC is available there on 2026-06-12" in log_of(shop, nobody)


def test_on_a_free_day_the_next_day_is_looked_at(shop: Shop) -> None:
    """Nobody said when; today, Wednesday, BB is away, and the day after is a good one."""
    routing.add(shop, "All", {"lead": "available", "lead_trade": "HVAC"})
    builders.person(shop, "BB", trades=("HVAC",))
    availability.set_day(shop, "BB", "2026-06-10", "0", "")
    assert "least planned on 2026-06-11" in log_of(shop, ask(shop))


def test_a_person_who_left_does_not_lead(shop: Shop) -> None:
    gone = builders.person(shop, "TB")
    routing.add(shop, "All", {"person": "TB"})
    with shop.transaction() as tx:
        tx.update("person", gone, active=0)
    made = ask(shop)
    assert column(shop, made, "assigned_id") is None
    assert "TB is not here any more" in log_of(shop, made)


def test_a_rule_may_accept_at_once(shop: Shop) -> None:
    tom = builders.person(shop, "TB")
    hall = builders.place(shop, "HALL")
    routing.add(shop, "Leaks", {"text": "water", "accept": "yes", "person": "TB", "set_priority": "urgent"})
    made = ask(shop, place_id=hall)
    assert column(shop, made, "status") == "accepted"
    order = shop.one(
        """SELECT w.priority, w.lead_id, w.status FROM request_order o JOIN work_order w ON w.id = o.work_order_id
        WHERE o.request_id = ?""",
        (made,),
    )
    assert order == (2, tom, "ready")


def test_ten_requests_at_once_are_routed_like_ten_alone(shop: Shop) -> None:
    hall = builders.place(shop, "HALL")
    pump = builders.asset(shop, "P-1", place_id=hall, category="pumps")
    builders.person(shop, "TB", trades=("HVAC",))
    routing.add(shop, "Pumps", {"asset_category": "pumps", "set_priority": "urgent"})
    routing.add(shop, "All", {"lead": "available"})
    columns = ("asked_priority", "assigned_id", "rule_id")
    alone = [ask(shop, f"Nr {number}", asset_id=pump if number % 2 else None) for number in range(10)]
    with shop.transaction() as tx:
        together = [
            asking.create(
                tx, {"title": f"Nr {number}", "asset_id": pump if number % 2 else None}, source="person"
            )
            for number in range(10)
        ]
        assert routing.route_requests(tx, together) == 10
    for one, other in zip(alone, together, strict=True):
        assert [column(shop, one, name) for name in columns] == [
            column(shop, other, name) for name in columns
        ]
        assert log_of(shop, one) == log_of(shop, other)


def test_an_order_gets_what_nobody_typed(shop: Shop) -> None:
    tom = builders.person(shop, "TB")
    routing.add(shop, "All", {"set_priority": "urgent", "set_type": "service", "person": "TB"})
    made = builders.order(shop, priority=3, due_on="2026-06-24")
    kept = builders.order(shop, priority=3, due_on="2026-06-24")
    with shop.transaction() as tx:
        routing.route_order(tx, made, ())
        routing.route_order(tx, kept, ("priority", "type", "lead"))
    wanted = "SELECT priority, type, lead_id, due_on FROM work_order WHERE id = ?"
    assert shop.one(wanted, (made,)) == (2, "service", tom, "2026-06-12")
    assert shop.one(wanted, (kept,)) == (3, "corrective", None, "2026-06-24")
    assert shop.value("SELECT count(*) FROM assignment WHERE work_order_id = ?", (made,)) == 1


def test_a_new_order_is_routed_in_the_same_step(shop: Shop) -> None:
    tom = builders.person(shop, "TB")
    builders.person(shop, "AN")
    routing.add(shop, "Pumps", {"text": "pump", "set_priority": "urgent", "person": "TB"})
    done = work_orders.new(shop, "Pump leaks")
    wanted = "SELECT priority, lead_id, due_on FROM work_order WHERE id = ?"
    assert shop.one(wanted, done.records[:1]) == (2, tom, "2026-06-12")
    assert done.notices == ("W-A0001 was routed by the rule Pumps: urgent and TB leads.",)
    said = work_orders.new(shop, "Pump leaks", {"priority": "low"}, people=["AN"])
    assert shop.one(wanted, said.records[:1])[:2] == (4, None)  # pyright: ignore[reportOptionalSubscript]
    undo.undo(shop)
    undo.undo(shop)
    assert shop.value("SELECT count(*) FROM work_order WHERE deleted_at IS NULL") == 0
    assert shop.value("SELECT count(*) FROM assignment WHERE deleted_at IS NULL") == 0


def test_contractors_that_fit_are_proposed_best_first(shop: Shop) -> None:
    builders.contractor(shop, "Ace", trades=("HVAC",), preferred_rank=2)
    builders.contractor(shop, "Best", trades=("HVAC",), preferred_rank=1)
    builders.contractor(shop, "Wood", trades=("carpentry",))
    builders.contractor(shop, "Bad", trades=("HVAC",), blocked=1, blocked_reason="unpaid")
    with shop.transaction() as tx:
        from wotui.domain.identity import same_id

        name = "contractors.required_documents"
        tx.put("setting", same_id("setting", name), name=name, value="")
    routing.add(shop, "Cold", {"lead": "contractors", "lead_trade": "HVAC"})
    order = builders.order(shop)
    with shop.transaction() as tx:
        routing.route_order(tx, order, ())
    said = log_of(shop, order)
    assert said.index("1. Best") < said.index("2. Ace")
    assert "Wood" not in said
    assert "Bad" not in said


def test_routing_again_takes_back_what_the_rule_set_and_keeps_what_a_person_typed(shop: Shop) -> None:
    builders.person(shop, "TB")
    ann = builders.person(shop, "AN")
    routing.add(shop, "Leaks", {"text": "water", "set_priority": "urgent", "person": "TB"})
    made = ask(shop)
    with shop.transaction() as tx:
        tx.update("request", made, assigned_id=ann)
    routing.edit(shop, "Leaks", {"set_priority": "low"})
    done = routing.route_again(shop, [column(shop, made, "number")])
    assert column(shop, made, "asked_priority") == 4
    assert column(shop, made, "assigned_id") == ann
    assert done.sentence == "Routed 1 request again; 1 rule fired."
    undo.undo(shop)
    assert column(shop, made, "asked_priority") == 2
    assert column(shop, made, "assigned_id") == ann


def test_routing_again_forgets_a_rule_that_does_not_fit_any_more(shop: Shop) -> None:
    routing.add(shop, "Leaks", {"text": "water", "set_priority": "urgent"})
    made = ask(shop)
    routing.switch(shop, "Leaks", on=False)
    routing.route_again(shop, [made])
    assert column(shop, made, "asked_priority") is None
    assert column(shop, made, "rule_id") is None


def test_what_was_decided_is_not_routed_again(shop: Shop) -> None:
    routing.add(shop, "All", {"accept": "yes"})
    made = ask(shop, place_id=builders.place(shop))
    with pytest.raises(Refused, match="accepted already"):
        routing.route_again(shop, [made])


def names(shop: Shop) -> list[str]:
    return [rule.name for rule in reads.rules(shop, also_off=True)]


def test_rules_can_be_moved_and_it_can_be_undone(shop: Shop) -> None:
    for name in ("A", "B", "C"):
        routing.add(shop, name, {"set_priority": "low"})
    routing.move(shop, "C", 1)
    assert names(shop) == ["C", "A", "B"]
    routing.move(shop, "C", 99)
    assert names(shop) == ["A", "B", "C"]
    undo.undo(shop)
    assert names(shop) == ["C", "A", "B"]
    routing.add(shop, "D", {"set_priority": "low"}, at=2)
    assert names(shop) == ["C", "D", "A", "B"]
    routing.remove(shop, "2")
    assert names(shop) == ["C", "A", "B"]
    undo.undo(shop)
    assert names(shop) == ["C", "D", "A", "B"]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({}, Refused),
        ({"colour": "red"}, UsageProblem),
        ({"place": "NOWHERE", "set_priority": "low"}, NotFound),
        ({"template": "None such"}, NotFound),
        ({"set_priority": "9"}, UsageProblem),
        ({"lead": "person"}, Refused),
    ],
)
def test_a_rule_that_cannot_be_is_refused_and_nothing_is_kept(
    shop: Shop, fields: dict[str, str], problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        routing.add(shop, "Odd", fields)
    assert names(shop) == []


def test_two_rules_have_two_names(shop: Shop) -> None:
    routing.add(shop, "Leaks", {"set_priority": "low"})
    routing.add(shop, "Gas", {"set_priority": "low"})
    with pytest.raises(Refused, match="already"):
        routing.add(shop, "leaks", {"set_priority": "low"})
    with pytest.raises(Refused, match="already"):
        routing.edit(shop, "Gas", {"name": "LEAKS"})
    routing.edit(shop, "Gas", {"name": "GAS"})
    assert names(shop) == ["Leaks", "GAS"]


def test_an_edit_that_would_leave_a_rule_without_effect_is_refused(shop: Shop) -> None:
    routing.add(shop, "Leaks", {"set_priority": "low"})
    with pytest.raises(Refused, match="does nothing"):
        routing.edit(shop, "Leaks", {"set_priority": ""})
    with pytest.raises(NotFound, match="Did you mean Leaks"):
        routing.edit(shop, "Leak", {"set_priority": "low"})


def test_a_technician_may_not_change_the_rules(shop: Shop) -> None:
    builders.person(shop, "TB")
    shop.act_as("TB")
    with pytest.raises(Refused, match="supervisor"):
        routing.add(shop, "Leaks", {"set_priority": "low"})


def test_a_pack_adds_its_rules_once(shop: Shop) -> None:
    rule = {
        "name": "Night",
        "weekdays": ["sat", "sun"],
        "hour_from": 6,
        "accept": True,
        "set_priority": "low",
    }
    with shop.transaction() as tx:
        first = routing.add_from(tx, rule)
        assert routing.add_from(tx, rule) == first
    (made,) = reads.rules(shop)
    assert (made.weekdays, made.hour_from, made.accept, made.set_priority) == ("67", 6, True, 4)
