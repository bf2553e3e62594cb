"""`wotui add` and `wotui list-of`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit.hostile import MARKUP

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Call
    from wotui.store.file import Shop


def test_each_kind_is_added_with_one_call_and_listed(run: Callable[..., Call]) -> None:
    calls = [
        ("place", "Hall 2", "code=H2", "kind=building"),
        ("asset", "Feed pump", "tag=PU-101", "place=h2", "criticality=a"),
        ("person", "Ana Cruz", "roles=technician,supervisor", "trades=HVAC", "areas=H2"),
        ("contractor", "Ace Cooling", "trades=hvac", "rate_hour=95.50"),
        ("part", "Seal", "sku=SEAL-1", "min_qty=2.5", "uom=ea"),
        ("customer", "Lakehead", "phone=218-555-0140"),
    ]
    for kind, name, *fields in calls:
        added = run("add", kind, name, *fields)
        assert (added.code, added.out) == (0, ""), added.err
        assert name in added.err
        assert name in run("list-of", kind).out


def test_json_names_fields_as_the_domain_does_and_leaves_none_out(run: Callable[..., Call]) -> None:
    run("add", "place", "Hall 2", "code=H2")
    asset = run("add", "asset", "Feed pump", "tag=PU-101", "place=H2", "--json").json
    assert asset["place"] == "H2"
    assert asset["place_id"]
    assert asset["parent"] is None
    assert asset["state"] == "in_service"
    assert asset["active"] is True
    assert run("list-of", "assets", "--json").json == [asset]


def test_money_is_decimal_text_in_json_and_whole_cents_in_the_file(
    run: Callable[..., Call], shop: Shop
) -> None:
    made = run("add", "contractor", "Ace", "rate_hour=95.5", "min_minutes=60", "--json").json
    assert made["rate_hour"] == "95.50"
    assert made["min_minutes"] == 60
    assert made["callout_fee"] is None
    assert shop.value("SELECT rate_hour FROM contractor") == 9550


def test_lists_are_comma_separated_and_take_the_spelling_that_is_there(run: Callable[..., Call]) -> None:
    run("add", "person", "Ana Cruz", "trades=HVAC,welding")
    made = run("add", "contractor", "Ace", "trades=hvac, Welding", "--json").json
    assert made["trades"] == ["HVAC", "welding"]


def test_initials_follow_from_the_name_and_avoid_those_taken(run: Callable[..., Call]) -> None:
    made = run("add", "person", "Jill Dunn", "--json").json
    assert made["initials"] == "JDU"
    assert made["first_name"] == "Jill"
    assert made["roles"] == ["technician"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("asset", "Pump"), 3, "needs a tag"),
        (("place", "Hall"), 3, "needs a code"),
        (("part", "Seal"), 3, "stock number"),
        (("asset", "Pump", "tag=P", "plce=H1"), 2, "Did you mean place?"),
        (("asset", "Pump", "tag=P", "state=broken"), 2, "out_of_service"),
        (("asset", "Pump", "tag=P", "installed_on=1.2.2026"), 2, "2026-06-30"),
        (("asset", "Pump", "tag=P", "place=NOPE"), 4, "There is no place NOPE"),
        (("asset", "Pump", "tag=P", "installed_on=2026-02-01", "warranty_until=2026-01-01"), 3, "before"),
        (("person", "Jo", "initials=JD"), 3, "taken by Jo Doe"),
        (("person", "Jo", "initials=ABCDE"), 2, "two to four"),
        (("person", "Jo Poe", "roles=boss"), 2, "supervisor"),
        (("contractor", "Ace", "blocked=yes"), 3, "without a reason"),
        (("contractor", "Ace", "rate_hour=lots"), 2, "rate_hour"),
        (("contractor", "Ace", "rate_hour"), 2, "FIELD=VALUE"),
        (("persn", "Jo"), 2, "Did you mean person?"),
        (("place", "", "code=X"), 3, "needs a name"),
    ],
)
def test_a_refusal_names_the_rule_and_the_way_out_and_adds_nothing(
    words: tuple[str, ...], code: int, said: str, run: Callable[..., Call], shop: Shop
) -> None:
    before = shop.value("SELECT max(act) FROM act")
    answer = run("add", *words)
    assert (answer.code, answer.out) == (code, ""), answer.err
    assert said in answer.err
    assert shop.value("SELECT max(act) FROM act") == before


def test_a_tag_is_taken_whatever_its_case(run: Callable[..., Call]) -> None:
    run("add", "asset", "Pump", "tag=PU-101")
    answer = run("add", "asset", "Other pump", "tag=pu-101")
    assert answer.code == 3
    assert "taken by Pump" in answer.err


def test_a_name_that_looks_like_another_is_added_with_a_warning(run: Callable[..., Call]) -> None:
    run("add", "contractor", "Ace Cooling")
    answer = run("add", "contractor", "ACE Cooling, Inc.")
    assert answer.code == 0
    assert "looks like Ace Cooling" in answer.err
    assert ".." not in answer.err


def test_an_empty_list_says_how_to_begin(run: Callable[..., Call]) -> None:
    answer = run("list-of", "part")
    assert (answer.code, answer.out) == (0, "")
    assert "wotui add part" in answer.err
    assert run("list-of", "part", "--json").json == []


def test_hostile_names_are_printed_letter_by_letter(run: Callable[..., Call]) -> None:
    for number, text in enumerate(MARKUP):
        added = run("add", "customer", text, f"notes=\x1b]0;{text}\x07")
        assert added.code == 0, added.err
        assert "\x1b" not in added.err
        assert number + 1 == len(run("list-of", "customer", "--json").json)
    listed = run("list-of", "customer")
    assert "\x1b" not in listed.out
    assert "[@click=app.quit]MK04[/]" in listed.out
