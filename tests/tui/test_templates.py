"""Templates on the screen: pick a pack, adapt a template, make an order from it; code lists; narrow and by mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.kit import builders
from tests.kit.hand import Hand, on_screen, run_app
from wotui import settings
from wotui.actions import codes, packs, work_orders
from wotui.actions.templates import editing, parts
from wotui.domain.templates import OwnField, Preset
from wotui.store.file import Shop
from wotui.store.reads import templates as reads
from wotui.store.reads import work_orders as orders
from wotui.tui.first_start import FirstStart

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kit.clock import FrozenClock


def test_a_shop_picks_a_pack_adapts_a_template_and_makes_an_order_from_it(shop: Shop) -> None:
    builders.place(shop, "F12", "Flat 12")

    async def story(hand: Hand) -> None:
        await hand.do("app.templates")
        await hand.see("No template yet. p adds those of an industry, n makes one.")
        await hand.do("templates.pack")
        await hand.see("Contracting", "Housing", "Manufacturing")
        await hand.press("down", "enter")
        await hand.see("Blocked toilet or drain")
        assert "Added the pack Housing: 13 templates" in hand.toast
        await hand.do("templates.find")
        await hand.type("toilet")
        await hand.press("enter")
        await hand.see("orders called", "Unclogging a toilet", "Wax ring")
        await hand.do("template.add")
        await hand.see("a field of your own")
        await hand.press("f")
        await hand.see("a new field")
        await hand.type("Floor")
        await hand.press("enter", "ctrl+s")
        await hand.see("Floor", "text, one line")
        assert "Added the field “Floor” to “Blocked toilet or drain”." in hand.toast
        await hand.do("template.use")
        await hand.see("Blocked toilet or drain", "ctrl+s makes it")
        await hand.press("down", "down")
        await hand.type("F12")
        await hand.see("Flat 12")
        await hand.press("enter")
        while "▸The only toilet" not in hand.screen:
            await hand.press("down")
        await hand.press("enter")
        await hand.see("yes")
        await hand.press("enter")
        await hand.do("form.save")
        await hand.see("W-A0001", "ready", "The only toilet", "yes")

    on_screen(shop, story)
    order = orders.find(shop, "W-A0001")
    assert order.title == "Blocked toilet"
    assert order.status == "ready"
    assert orders.custom_values(shop, order.id) == {"only_toilet": "yes"}


def test_a_new_order_offers_the_blank_one_first_and_always(shop: Shop) -> None:
    editing.add(shop, "Boiler service")
    editing.add(shop, "Pump service")

    async def story(hand: Hand) -> None:
        await hand.do("inbox.new")
        await hand.see("▸ Blank order", "Boiler service", "Pump service")
        await hand.type("pump")
        await hand.see("▸ Pump service", "Blank order")
        assert "Boiler service" not in hand.screen
        await hand.type("zzz")
        await hand.see("▸ Blank order")
        await hand.press("enter")
        await hand.see("New work order", "ctrl+s makes it")

    on_screen(shop, story)


def test_a_form_hides_what_the_template_hides_and_asks_for_its_own_fields(shop: Shop) -> None:
    builders.place(shop)
    editing.add(shop, "Service")
    parts.preset(shop, "Service", Preset("billing", "none", hidden=True))
    parts.preset(shop, "Service", Preset("lead", hidden=True))
    parts.define(shop, "Service", OwnField("litres", "Litres", "number", uom="l", max_value=5000))
    made = work_orders.new(shop, "X", {"place": "HALL-1"}, template="Service").records[0]

    async def story(hand: Hand) -> None:
        hand.app.open_order(made)
        await hand.see("W-A0001")
        await hand.do("order.edit")
        await hand.see("Edit W-A0001", "kind of work")
        await hand.press("end")
        await hand.see("▸Litres")
        assert "billing" not in hand.screen
        await hand.type("9")
        await hand.press("enter")
        await hand.see("Litres: 9 l is out of range. It takes at most 5 l.")
        await hand.press("backspace")
        await hand.type("2,5")
        await hand.press("enter")
        await hand.see("2.5 l")

    on_screen(shop, story, size=(60, 20))
    assert orders.custom_values(shop, made) == {"litres": "2.5"}


def test_a_step_and_a_preset_are_added_and_taken_away_and_undone(shop: Shop) -> None:
    editing.add(shop, "Service")

    async def story(hand: Hand) -> None:
        await hand.do("app.templates")
        await hand.click("Service")
        await hand.click("Service")
        await hand.see("orders called")
        await hand.click("+ a step")
        await hand.click("+ a step")
        await hand.see("Service: step 1")
        await hand.type("Drain it")
        await hand.press("enter", "ctrl+s")
        await hand.see("Drain it")
        await hand.press("home")
        while "▸type" not in hand.screen:
            await hand.press("down")
        await hand.press("enter")
        await hand.see("Service: type")
        await hand.press("enter")
        await hand.press("down", "enter")
        await hand.do("form.save")
        await hand.see("“Service” presets type to")
        await hand.do("template.remove")
        await hand.see("says nothing of type any more")
        await hand.do("app.undo")
        assert "Undone" in hand.toast

    on_screen(shop, story)
    held = reads.whole(shop, reads.find(shop, "Service").id)
    assert [step.title for step in held.steps] == ["Drain it"]
    assert held.preset("type").value


def test_what_every_order_has_is_defined_on_the_same_screen(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.do("app.templates")
        await hand.press("enter")
        await hand.see("Fields that every order has")
        await hand.do("template.add")
        await hand.see("Every order: a new field")
        await hand.type("Cost centre")
        await hand.press("enter", "ctrl+s")
        await hand.see("Cost centre", "text, one line")
        await hand.do("template.use")
        assert "A blank order is made in the Inbox." in hand.toast

    on_screen(shop, story)
    assert [field.name for field in reads.own_fields(shop, None)] == ["cost_centre"]


def test_code_lists_are_kept_on_the_screen(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.do("app.templates", "templates.codes")
        await hand.see("No words yet. n adds one.")
        await hand.do("codes.new")
        await hand.see("Add to which list?")
        await hand.press("enter")
        await hand.see("A new word for the trades")
        await hand.type("plumbing")
        await hand.press("enter")
        await hand.see("plumbing")
        await hand.do("codes.retire")
        await hand.see("retired")
        await hand.do("codes.retire")
        assert "Added plumbing to the trades." in hand.toast

    on_screen(shop, story)
    assert [code.code for code in _trades(shop)] == ["plumbing"]


def _trades(shop: Shop) -> list[codes.Code]:
    from wotui.store.reads import codes as code_reads

    return code_reads.codes(shop, "trade")


def test_a_form_offers_the_shops_words_and_takes_any_other(shop: Shop) -> None:
    builders.asset(shop, failure_class="pump")
    codes.add(shop, "problem", "leaks at the seal", scope="pump")
    codes.add(shop, "problem", "broken")
    made = work_orders.new(shop, "X", {"asset": "PUMP-01"}).records[0]

    async def story(hand: Hand) -> None:
        hand.app.open_order(made)
        await hand.see("W-A0001")
        await hand.do("order.edit")
        await hand.see("Edit W-A0001")
        while "▸problem" not in hand.screen:
            await hand.press("down")
        await hand.press("enter")
        await hand.see("leaks at the seal")
        assert "broken" not in hand.screen
        await hand.type("hums")
        await hand.see("“hums” as typed")
        await hand.press("enter")
        await hand.see("Changed problem of W-A0001.")

    on_screen(shop, story)
    assert orders.find(shop, made).failure_problem == "hums"


def test_finishing_an_order_asks_for_what_must_be_filled(shop: Shop) -> None:
    builders.place(shop)
    editing.add(shop, "Service")
    parts.preset(shop, "Service", Preset("type", "service"))
    parts.define(shop, "Service", OwnField("serial", "Serial number", required="done"))
    made = work_orders.new(shop, "X", {"place": "HALL-1"}, template="Service").records[0]

    async def story(hand: Hand) -> None:
        hand.app.open_order(made)
        await hand.see("W-A0001")
        await hand.do("order.done")
        await hand.see("Still to fill in", "Serial number *")
        while "▸Serial number" not in hand.screen:
            await hand.press("down")
        await hand.type("X-1")
        await hand.press("enter")
        while "▸minutes" not in hand.screen:
            await hand.press("up")
        await hand.type("5")
        await hand.do("form.save")
        await hand.see("done")

    on_screen(shop, story)
    assert orders.find(shop, made).status == "done"
    assert orders.custom_values(shop, made) == {"serial": "X-1"}


def test_the_filter_goes_on_with_own_fields_and_their_choices(shop: Shop) -> None:
    builders.place(shop)
    parts.define(shop, "", OwnField("fuel", "Fuel", "choice", choices=("gas", "oil")))
    work_orders.new(shop, "Burns gas", {"place": "HALL-1", "fuel": "gas"})
    work_orders.new(shop, "Burns oil", {"place": "HALL-1", "fuel": "oil"})

    async def story(hand: Hand) -> None:
        await hand.see("Burns gas", "Burns oil")
        await hand.do("inbox.filter")
        await hand.type("fue")
        await hand.press("right")
        await hand.type("g")
        await hand.press("right")
        await hand.see("fuel:gas", "fuel has “gas”")
        await hand.see("1 order")
        assert "Burns oil" not in hand.screen

    on_screen(shop, story)


def test_the_templates_of_a_pack_fit_a_small_window(shop: Shop) -> None:
    packs.add(shop, "manufacturing")

    async def story(hand: Hand) -> None:
        await hand.do("app.templates")
        await hand.see("Breakdown", "fields that every order has")
        await hand.press("down")
        await hand.see("from the pack manufacturing")
        await hand.press("enter")
        await hand.see("Breakdown", "orders called")
        assert all(len(line) <= 60 for line in hand.screen.split("\n"))

    on_screen(shop, story, size=(60, 20))


def test_a_new_shop_begins_with_the_pack_that_was_chosen(tmp_path: Path, frozen_clock: FrozenClock) -> None:
    path = tmp_path / "shop.wotui"

    async def story(hand: Hand) -> None:
        await hand.press("n")
        await hand.type("Riverside")
        await hand.press("enter")
        await hand.type("chicago")
        await hand.press("enter")
        await hand.type("usd")
        await hand.press("enter", "enter", "enter")
        await hand.type("Ann Lee")
        await hand.press("enter")
        await hand.type("al")
        await hand.press("enter", "enter")
        await hand.see("Contracting", "Housing", "Manufacturing")
        await hand.press("up", "up", "enter")  # it stands on none
        await hand.see("Housing")
        await hand.do("form.save")
        await hand.see("1 Inbox")
        await hand.do("inbox.new")
        await hand.see("Blank order", "Unit turn-over")

    run_app(FirstStart(settings.Computer(), path=path), story)
    with Shop.open(path) as made:
        assert len(reads.templates(made)) == len(packs.contents("housing").templates)
