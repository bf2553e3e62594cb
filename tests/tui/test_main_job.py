"""Somebody who has only read the README does the day's main job in the demo shop, with the keyboard alone."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from tests.kit.clock import FrozenClock
from tests.kit.demo import THURSDAY_AFTERNOON, open_demo
from tests.kit.hand import Hand, on_screen
from tests.kit.main_job import CHECKED, FOLLOW_UP, MainJob
from wotui.store.file import Shop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


EARLY_ON_MONDAY = "2026-06-08T11:00:00Z"
SUNDAY_NIGHT = "2026-06-14T03:30:00Z"


@pytest.fixture(
    params=[
        ((80, 24), THURSDAY_AFTERNOON),
        ((120, 36), THURSDAY_AFTERNOON),
        ((80, 24), EARLY_ON_MONDAY),
        ((80, 24), SUNDAY_NIGHT),
    ],
    ids=["80x24", "120x36", "early on Monday", "Sunday night"],
)
def worked(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Shop, Path]]:
    """The demo shop after the main job, and the folder that the payroll CSV was written into."""
    folder = tmp_path / "payroll"
    folder.mkdir()
    size, moment = request.param
    with FrozenClock(moment) as clock, open_demo(tmp_path, moment) as shop:

        async def story(hand: Hand) -> None:
            await MainJob(hand, clock, lambda _name: None).whole(folder)

        on_screen(shop, story, size=size)
        yield shop, folder


def test_the_main_job_by_keyboard(worked: tuple[Shop, Path]) -> None:
    shop, folder = worked
    one = shop.one("SELECT status, outcome FROM work_order WHERE number = ?", (CHECKED,))
    assert one == ("done", "fixed")
    follow_up = shop.one(
        "SELECT status, priority, asset_id IS NOT NULL FROM work_order WHERE number = ?", (FOLLOW_UP,)
    )
    assert follow_up == ("ready", 2, 1)
    hired = shop.one(
        "SELECT c.name, j.state, j.price_kind, j.rate FROM contractor_job j JOIN contractor c ON c.id = j.contractor_id"
        " JOIN work_order w ON w.id = j.work_order_id WHERE w.number = ?",
        (FOLLOW_UP,),
    )
    assert hired == ("North Shore Drives & Bearings", "accepted", "hourly", 9800)
    spans = shop.rows(
        "SELECT s.end_minute - s.start_minute, s.state FROM time_span s JOIN work_order w ON w.id = s.work_order_id"
        " WHERE w.number = ? AND s.deleted_at IS NULL",
        (CHECKED,),
    )
    assert spans == [(31, "approved")]
    written = sorted(folder.rglob("payroll_generic_*.csv"))
    assert len(written) == 1
    with written[0].open(encoding="utf-8-sig", newline="") as lines:
        paid = {row["last_name"]: float(row["hours"]) for row in csv.DictReader(lines)}
    assert (
        paid["Halvorsen"] >= 0.52
    )  # at least the 31 minutes of this job; on a Monday nobody has worked before
