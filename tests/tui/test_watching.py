"""The app watches this computer's drop folder."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

from tests.kit import builders
from tests.kit.hand import Hand, on_screen
from wotui.actions import work_orders
from wotui.actions.events import RULES
from wotui.settings import Computer

if TYPE_CHECKING:
    from pathlib import Path

    from wotui.store.file import Shop


def drop(folder: Path, name: str, content: object) -> None:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    moment = time.time() - 100
    os.utime(path, (moment, moment))


def test_what_a_machine_reports_appears_and_is_nobodys_to_undo(shop: Shop, tmp_path: Path) -> None:
    builders.asset(shop, "PUMP-01")
    order = builders.order(shop, "Grease it")
    RULES.add(shop, "Jams", {"source": "event", "event": "jam"})
    work_orders.edit(shop, [order], {"title": "Grease it well"})
    folder = tmp_path / "events"
    folder.mkdir()
    drop(folder, "a.json", {"asset": "PUMP-01", "event": "jam", "event_id": 1})
    drop(folder, "b.json", {"asset": "NONE", "event": "jam"})

    async def story(hand: Hand) -> None:
        await hand.see("1 machine event. Made R-A0001 PUMP-01: jam.")
        await hand.see("b.json: There is no asset NONE.")
        assert (folder / "done" / "a.json").exists()
        assert (folder / "failed" / "b.json").exists()
        await hand.do("app.undo")
        assert shop.value("SELECT count(*) FROM request WHERE deleted_at IS NULL") == 1
        assert shop.value("SELECT title FROM work_order") == "Grease it"
        drop(folder, "c.json", {"asset": "PUMP-01", "event": "jam", "event_id": 2})
        hand.app.watching.look()
        await hand.see("Counted on R-A0001")

    on_screen(shop, story, computer=Computer(me="JD", events={"folder": str(folder)}), size=(100, 30))


def test_a_folder_that_is_gone_is_said_once(shop: Shop, tmp_path: Path) -> None:
    async def story(hand: Hand) -> None:
        await hand.see("cannot be read")
        hand.app.watching.look()
        await hand.settle()
        assert len([said for said in hand.said if "cannot be read" in said]) == 1

    on_screen(shop, story, computer=Computer(events={"folder": str(tmp_path / "nowhere")}))


def test_without_a_folder_nothing_is_watched(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        hand.app.watching.look()
        await hand.settle()
        assert hand.said == []

    on_screen(shop, story)
