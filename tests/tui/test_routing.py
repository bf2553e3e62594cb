"""Routing rules, dry run, machines and working hours on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.kit import builders
from tests.kit.hand import Hand, on_screen
from wotui.actions import requests, routing
from wotui.actions.events import RULES as EVENT_RULES
from wotui.store.reads import availability, downtime
from wotui.store.reads import routing as reads

if TYPE_CHECKING:
    from wotui.store.file import Shop


def test_a_rule_is_written_moved_switched_off_and_tried(shop: Shop) -> None:
    builders.person(shop, "TB", "Tom Bell")
    hall = builders.place(shop, "HALL", "Hall 1")
    requests.new(shop, "Water under the sink", {"place": "HALL"})

    async def story(hand: Hand) -> None:
        await hand.do("app.routing")
        await hand.see("No routing rules yet", "n makes the first one")
        await hand.do("rules.new")
        await hand.see("New routing rule", "When")
        await hand.type("Leaks")
        await hand.press("enter")
        for _ in range(8):
            await hand.press("down")
        await hand.type("water, leak")
        await hand.press("enter", "ctrl+s")
        await hand.see("does nothing")  # the form stays, with the reason
        for _ in range(4):
            await hand.press("down")
        await hand.see("set priority")
        await hand.press("enter")
        await hand.see("urgent")
        await hand.press("down", "enter", "ctrl+s")
        await hand.see("Leaks", "says “water” or “leak”")
        (rule,) = reads.rules(shop)
        assert (rule.name, rule.text_contains) == ("Leaks", "water, leak")
        await hand.do("routing.test")
        await hand.see("a rule fires on 1 of the last 1 requests", "R-A0001", "it says “water”")
        await hand.press("enter")
        await hand.see("Water under the sink")
        await hand.press("escape", "escape")
        await hand.do("rules.switch")
        await hand.see("0 of 1 on")
        await hand.do("app.undo")
        await hand.see("1 of 1 on")

    on_screen(shop, story)
    assert hall


def test_rules_are_moved_and_removed_by_key(shop: Shop) -> None:
    for name in ("First", "Second"):
        routing.add(shop, name, {"set_priority": "low"})

    async def story(hand: Hand) -> None:
        await hand.do("app.routing")
        await hand.see("First", "Second")
        await hand.do("rules.down")
        assert [rule.name for rule in reads.rules(shop)] == ["Second", "First"]
        await hand.do("rules.down")  # it is the last one already
        assert [rule.name for rule in reads.rules(shop)] == ["Second", "First"]
        await hand.do("rules.remove")
        await hand.see("1 of 1 on")
        assert [rule.name for rule in reads.rules(shop)] == ["Second"]

    on_screen(shop, story, size=(60, 20))


def test_a_machine_goes_down_is_repaired_and_runs_again(shop: Shop) -> None:
    """Machine down → request → order → running again."""
    pump = builders.asset(shop, "PUMP-01", "Feed pump")
    EVENT_RULES.add(shop, "Stops", {"source": "state_down", "priority": "urgent"})
    routing.add(shop, "Machines", {"source": "event", "accept": "yes"})

    async def story(hand: Hand) -> None:
        await hand.do("app.machines")
        await hand.see("an asset is set to down", "Nothing stands still.")
        await hand.do("machines.down")
        await hand.see("Which asset stands still?", "PUMP-01")
        await hand.press("enter")
        await hand.see("PUMP-01 is down", "Standing still", "for 0m")
        await hand.press("escape")
        await hand.see("PUMP-01 is down", "W-A0001")
        await hand.press("enter")
        await hand.see("Runs")
        assert downtime.is_down(shop, pump)
        await hand.do("order.running")
        await hand.see("PUMP-01 runs again")
        assert not downtime.is_down(shop, pump)
        await hand.do("order.running")
        await hand.see("Say that it stands still?")
        await hand.press("escape")
        assert not downtime.is_down(shop, pump)

    on_screen(shop, story)


def test_an_event_rule_is_written_on_the_screen(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.do("app.machines")
        await hand.see("No event rules yet")
        await hand.do("rules.new")
        await hand.type("Stops")
        await hand.press("enter", "enter")
        await hand.see("an asset is set to down")
        await hand.press("enter", "ctrl+s")
        await hand.see("Added the event rule Stops")

    on_screen(shop, story)
    assert len(EVENT_RULES.typed_fields(shop, shop.value("SELECT id FROM event_rule"))) == 3


def test_working_hours_are_shown_and_changed(shop: Shop) -> None:
    tom = builders.person(shop, "TB", "Tom Bell")

    async def story(hand: Hand) -> None:
        await hand.do("app.routing", "routing.people")
        await hand.see("Who works when", "Jo Doe", "Tom Bell", "0/8")
        await hand.press("down")
        await hand.do("availability.day")
        await hand.type("fri")
        await hand.press("enter")
        await hand.press("ctrl+s")
        await hand.see("Tom Bell is away on 2026-06-12")
        await hand.do("availability.week")
        await hand.see("The week of Tom Bell", "usual days")
        await hand.type("6:30")
        await hand.press("enter", "ctrl+s")
        await hand.see("Tom Bell works Mon 6h 30m", "0/6.5")

    on_screen(shop, story)
    assert availability.pattern(shop, tom) == {1: 390}


def test_what_the_form_of_a_new_order_begins_with_is_nobodys_word(shop: Shop) -> None:
    routing.add(shop, "Leaks", {"text": "leak", "set_priority": "urgent"})

    async def story(hand: Hand) -> None:
        await hand.do("inbox.new")
        await hand.type("Leaks again")
        await hand.press("enter", "ctrl+s")
        await hand.see("was routed by the rule Leaks")

    on_screen(shop, story)
    assert shop.value("SELECT priority FROM work_order") == 2
