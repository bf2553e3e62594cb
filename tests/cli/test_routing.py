"""`wotui routes`, `wotui route`, `wotui availability`: rules, the dry run, TOML, and who works when."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit import builders
from tests.kit.hostile import MARKUP

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Call
    from wotui.store.file import Shop


def names(run: Callable[..., Call]) -> list[str]:
    return [rule["name"] for rule in run("routes", "--json").json]


def test_rules_are_added_changed_moved_switched_and_removed(run: Callable[..., Call], shop: Shop) -> None:
    builders.place(shop, "HALL", "Hall 1")
    builders.person(shop, "TB", "Tom Bell")
    assert "There is no routing rule yet" in run("routes").err
    assert (
        run(
            "route", "add", "Leaks", "text=water,leak", "set_priority=urgent", "lead=person", "person=tb"
        ).code
        == 0
    )
    assert (
        run("route", "add", "Hall", "place=hall", "weekdays=mon-fri", "hour_from=7", "accept=yes").code == 0
    )
    shown = run("routes").out.splitlines()
    assert shown[1].split() == "1 Leaks says “water” or “leak” urgent, TB leads on".split()
    assert "in Hall 1, Mon to Fri, from 07:00" in shown[2]
    first, second = run("routes", "--json").json
    assert (first["lead_person"], first["set_priority"], first["place"]) == ("TB", "urgent", None)
    assert (second["place"], second["hour_from"], second["accept"], second["active"]) == (
        "HALL",
        7,
        True,
        True,
    )
    assert run("route", "move", "Hall", "1").err == "The rule Hall is number 1 now.\n"
    assert run("route", "off", "2").err == "The rule Leaks is off.\n"
    assert run("routes", "--json").json[1]["active"] is False
    assert run("route", "on", "leaks").code == 0
    assert run("route", "edit", "Leaks", "person=", "lead=team", "team=Night").code == 0
    assert run("route", "remove", "Hall").code == 0
    assert names(run) == ["Leaks"]
    assert run("undo").code == 0
    assert names(run) == ["Hall", "Leaks"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add", "Odd"), 3, "does nothing"),
        (("add", "Odd", "colour=red"), 2, "no field 'colour'"),
        (("add", "Odd", "place=NOWHERE", "set_priority=low"), 4, "no place NOWHERE"),
        (("edit", "None", "trade=HVAC"), 4, "There is no routing rule None"),
        (("move", "None", "1"), 4, "wotui routes"),
        (("again", "R-A0099"), 4, "no request"),
        (("import", "/nowhere.toml"), 5, "No such file"),
    ],
)
def test_what_cannot_be_is_said_with_the_way_out(
    run: Callable[..., Call], words: tuple[str, ...], code: int, said: str
) -> None:
    call = run("route", *words)
    assert call.code == code
    assert said in call.err
    assert call.out == ""


def test_the_dry_run_says_which_rule_fires_and_why(run: Callable[..., Call]) -> None:
    assert "There is no request yet" in run("route", "test").err
    run("request", "Water under the sink", "--unknown-place")
    run("request", "It is cold", "--unknown-place")
    run("route", "add", "Gas", "text=gas", "set_priority=emergency")
    run("route", "add", "Leaks", "text=water", "set_priority=urgent")
    cold, water = run("route", "test", "--json").json
    assert (water["rule"], water["why"], water["does"]) == ("Leaks", "it says “water”", "urgent")
    assert [rule["fits"] for rule in water["rules"]] == [False, True]
    assert (cold["rule"], cold["does"]) == (None, None)
    assert "Leaks" in run("route", "test").out
    page = run("route", "test", "R-A0001").out
    assert "✗  Gas: it does not say “gas”" in page
    assert "✓  Leaks: it says “water”" in page
    assert run("route", "test", "--last", "1", "--json").json == [cold]
    assert run("route", "again", "R-A0001").err.startswith("Routed 1 request again; 1 rule fired.")


def test_the_order_of_a_request_that_a_rule_accepted_is_not_said_to_be_the_same(
    run: Callable[..., Call], shop: Shop
) -> None:
    builders.place(shop, "HALL")
    run("route", "add", "All", "accept=yes")
    asked = run("request", "Lamp is out", "--place", "HALL")
    assert "Accepted as W-A0001." in asked.err
    assert "Perhaps" not in asked.err


def test_rules_travel_as_toml(run: Callable[..., Call], shop: Shop, tmp_path: Path) -> None:
    builders.place(shop, "HALL", "Hall 1")
    builders.place(shop, "HALL-2", "Hall 1")  # the same name: the code goes into the file
    run("route", "add", "Hall", "place=HALL", "weekdays=sat,sun", "hour_to=6", "accept=yes")
    run("route", "add", "Off", "set_priority=low")
    run("route", "off", "Off")
    file = tmp_path / "rules.toml"
    assert run("route", "export", "-o", str(file)).code == 0
    written = tomllib.loads(file.read_text())["rule"]
    assert written[0] == {
        "name": "Hall",
        "place": "HALL",
        "weekdays": "sat,sun",
        "hour_to": 6,
        "accept": True,
    }
    before = run("routes", "--json").json
    for name in ("Hall", "Off"):
        run("route", "remove", name)
    assert run("route", "import", str(file)).err == "Added 2 routing rules.\n"
    after = run("routes", "--json").json
    for one in (*before, *after):
        one.pop("id")
        one.pop("position")
    assert after == before
    assert "were there already" in run("route", "import", str(file)).err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[rule]", "not TOML"),
        ("x = 1", "no [[rule]]"),
        ("rule = 3", "no [[rule]]"),
        ("rule = [3]", "Rule 1 is no table"),
        ('[[rule]]\nname = "A"\n', "Rule 1: The rule A does nothing"),
        ('[[rule]]\nset_priority = "low"\n', "Rule 1: The routing rule needs a name"),
        ('[[rule]]\nname = "A"\nset_priority = "low"\n[[rule]]\nname = "B"\nplace = "X"\n', "Rule 2"),
    ],
)
def test_a_file_that_is_no_rules_adds_nothing(
    run: Callable[..., Call], tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(text)
    call = run("route", "import", str(file))
    assert call.code in (2, 3, 4)
    assert said in call.err
    assert names(run) == []


def test_foreign_names_are_shown_as_they_are(run: Callable[..., Call]) -> None:
    for number, text in enumerate(MARKUP[:6]):
        assert run("route", "add", f"{number} {text}", f"text={text}", "set_priority=low").code == 0
    assert len(names(run)) == 6
    assert run("routes").code == 0


def test_who_works_when_is_said_and_shown(run: Callable[..., Call], shop: Shop) -> None:
    builders.person(shop, "TB", "Tom Bell")
    assert run("availability", "week", "TB", "mon-thu=8", "fri=6:30").err.startswith("Tom Bell works Mon 8h")
    assert run("availability", "day", "tb", "fri", "0", "--reason", "holiday").err == (
        "Tom Bell is away on 2026-06-12 (holiday).\n"
    )
    days: dict[tuple[str, str], Any] = {
        (one["person"], one["on"]): one for one in run("availability", "--json").json
    }
    assert days["TB", "2026-06-11"]["minutes"] == 480
    assert (days["TB", "2026-06-12"]["minutes"], days["TB", "2026-06-12"]["note"]) == (0, "holiday")
    assert days["TB", "2026-06-13"]["minutes"] == 0
    assert days["JD", "2026-06-12"]["minutes"] == 480
    assert run("availability", "--from", "2026-06-19", "--days", "1", "--json").json[1]["minutes"] == 390
    assert "Wed 10" in run("availability").out
    assert run("availability", "day", "TB", "fri", "usual").code == 0
    again = run("availability", "day", "TB", "fri", "usual")
    assert (again.code, "as usual" in again.err) == (3, True)


@pytest.mark.parametrize("hours", ["25", "long", "-1", "24:30"])
def test_hours_that_are_none_are_refused(run: Callable[..., Call], hours: str) -> None:
    assert run("availability", "week", "JD", f"mon={hours}").code == 2
