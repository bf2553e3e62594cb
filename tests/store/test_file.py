"""A shop's file: how it is made, opened, refused, and how a change is confirmed."""

from __future__ import annotations

import stat
import threading
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.errors import FileTrouble, NotFound, Refused
from wotui.store.connection import APPLICATION_ID
from wotui.store.file import Shop
from wotui.store.new_file import create

if TYPE_CHECKING:
    from pathlib import Path

CHICAGO = {"zone": "America/Chicago", "currency": "USD", "workweek_start": "sunday"}


def test_a_new_shop_is_private_and_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "shop.wotui"
    with create(path, name="Miller & Sons", **CHICAGO) as shop:
        assert shop.setting("shop.name") == "Miller & Sons"
        assert str(shop.zone) == "America/Chicago"
        assert shop.setting("payroll.schedule") == "weekly"
        assert shop.value("PRAGMA application_id") == APPLICATION_ID
        assert shop.value("PRAGMA integrity_check") == "ok"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_making_a_shop_never_overwrites_anything(tmp_path: Path) -> None:
    path = tmp_path / "shop.wotui"
    path.write_text("precious")
    with pytest.raises(FileTrouble, match="exists already"):
        create(path, name="x", **CHICAGO)
    assert path.read_text() == "precious"


def test_reading_only_refuses_every_change(shop: Shop) -> None:
    with (
        Shop.open(shop.path, read_only=True) as opened,
        pytest.raises(FileTrouble, match="Nothing was changed"),
        opened.transaction(),
    ):
        pass


def test_threads_read_and_write_side_by_side(shop: Shop) -> None:
    asset = builders.asset(shop, name="0")

    def raise_by_one() -> None:
        for _ in range(25):
            with shop.transaction() as tx:
                tx.update("asset", asset, name=str(int(tx.value("SELECT name FROM asset")) + 1))

    threads = [threading.Thread(target=raise_by_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shop.value("SELECT name FROM asset") == "100"


def test_who_acts_is_found_by_initials_in_any_case(shop: Shop) -> None:
    assert shop.act_as("jd").name == "Jo Doe"
    with pytest.raises(NotFound, match="Nobody active has the initials ZZ"):
        shop.act_as("ZZ")


def test_a_role_gates_an_action_and_names_the_way_out(shop: Shop) -> None:
    builders.person(shop, "AB", "Ann Bo", roles=("technician",))
    shop.act_as("AB")
    shop.require("log hours", "technician", "supervisor")
    with pytest.raises(Refused, match="Ann Bo may not close orders: it takes the role supervisor"):
        shop.require("close orders", "supervisor")
    shop.acting = None
    shop.require("close orders", "supervisor")
    with pytest.raises(Refused, match="Nobody is named as acting"):
        shop.somebody()


def test_numbers_carry_the_letter_and_are_never_given_twice(shop: Shop) -> None:
    with shop.transaction() as tx:
        assert [tx.number("W"), tx.number("W"), tx.number("R")] == ["W-A0001", "W-A0002", "R-A0001"]
    with shop.transaction() as tx:
        assert tx.number("W") == "W-A0003"


def test_an_unknown_zone_in_the_file_is_a_sentence(shop: Shop) -> None:
    with shop.transaction() as tx:
        tx.rows("UPDATE setting SET value = 'Mars/Olympus' WHERE name = 'shop.zone'")
    with pytest.raises(FileTrouble, match="does not know the shop's time zone Mars/Olympus"):
        _ = shop.zone
