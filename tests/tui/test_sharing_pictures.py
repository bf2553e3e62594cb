"""How sharing looks: the Merge screen with a place and without one, the questions, and setting up, also at 60×20."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit import builders
from tests.kit.hand import Hand
from tests.merge.model import MemoryPlace
from wotui import settings
from wotui.merge import engine, identity
from wotui.merge.places.memory import Memory
from wotui.store import vectors
from wotui.store.file import Shop
from wotui.tui.app import WotuiApp

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.kit.clock import FrozenClock

NORMAL, SMALL = (80, 24), (60, 20)
PLACE = Path("/mnt/shop/wotui")
BY_KEY = settings.Computer(
    shared_file=str(PLACE), merge={"on_start": "no", "on_quit": "no", "every_minutes": "0"}
)


@pytest.fixture
def looks(snap_compare: Any) -> Any:
    """Compares a picture after some keys: `looks(app, "6", "e", size=SMALL)`."""

    def compare(app: WotuiApp, *pressed: str, size: tuple[int, int] = NORMAL) -> None:
        async def before(pilot: Pilot[Any]) -> None:
            hand = Hand(app, pilot)
            await hand.settle()
            await hand.press(*pressed)
            app.clear_notifications()
            await hand.settle()

        assert snap_compare(app, terminal_size=size, run_before=before)

    return compare


@pytest.fixture
def asked(shop: Shop, tmp_path: Path, frozen_clock: FrozenClock) -> Shop:
    """A shop that has met a laptop: questions, an earlier merge, and a change that is not shared yet."""
    order = builders.order(shop, "Grease the pump")
    identity.settle(shop)
    shutil.copy(shop.path, tmp_path / "laptop.wotui")
    place = MemoryPlace(str(shop.value("SELECT shop FROM me")))
    with Shop.open(tmp_path / "laptop.wotui") as laptop:
        identity.settle(laptop)
        laptop.act_as("JD")
        for one, word in ((shop, "both"), (laptop, "the fan")):
            with one.transaction() as tx:
                tx.update("work_order", order, title=f"Grease {word}", description=f"{word}: red grease")
                tx.done("Edited.")
            builders.asset(one, "PUMP-09")
            frozen_clock.move(minutes=5)
        for one in (laptop, shop):
            engine.merge(one, place)
    Memory(PLACE).keep()
    memory = Memory(PLACE)
    memory.held, memory.at = vectors.held(shop), "2026-06-10T16:40:00Z"
    memory.keep()
    document = {"place": str(PLACE), "at": "2026-06-10T16:40:00Z", "changes_in": 12, "changes_out": 3,
                "records_new": 4, "records_changed": 2, "notices": ["1h of Ana landed on W-A0001."]}  # fmt: skip
    with shop.exchange() as connection:
        connection.execute("DELETE FROM merged")
        connection.execute(
            "INSERT INTO merged (at, place, account) VALUES (?, ?, ?)",
            (document["at"], document["place"], json.dumps(document)),
        )
    with shop.transaction() as tx:
        for (device,) in tx.rows("SELECT id FROM device"):
            mine = device == tx.origin
            tx.update("device", device, name="office" if mine else "laptop")
        tx.done("Named.")
    return shop


def test_sharing_that_is_not_set_up(shop: Shop, looks: Any) -> None:
    looks(WotuiApp(shop, settings.Computer()), "6")


@pytest.mark.parametrize("size", [NORMAL, SMALL], ids=["normal", "small"])
def test_sharing(asked: Shop, looks: Any, size: tuple[int, int]) -> None:
    looks(WotuiApp(asked, BY_KEY), "6", size=size)


@pytest.mark.parametrize("size", [NORMAL, SMALL], ids=["normal", "small"])
def test_questions(asked: Shop, looks: Any, size: tuple[int, int]) -> None:
    looks(WotuiApp(asked, BY_KEY), "Q", size=size)


def test_setting_up_sharing(shop: Shop, looks: Any) -> None:
    looks(WotuiApp(shop, settings.Computer()), "6", "e")
