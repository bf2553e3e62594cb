"""Claim: 2,000 plans are run within 10 seconds after ten years of absence, at most twice as long as after ten days.

The plans are of every kind by the calendar: daily to yearly, fixed and from the last time, with working days. A run
reads them all, decides, writes one row for all missed dates of a plan and one order for each that is due. A second run
on the same day makes nothing; it is what every start of the app costs. Plans with a season write a row for each turn of
it, so ten years of them are measured by themselves.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import shop as samples
from tests.benchmarks.measure import Row, interleaved, limit_row, ratio_row, show
from tests.kit import builders
from wotui import clock
from wotui.actions import plans
from wotui.domain.identity import new_id
from wotui.domain.plans.fields import PLAN
from wotui.store.file import Shop

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COUNT = 2000
MADE = "2016-06-10T17:00:00Z"
TEN_DAYS, TEN_YEARS = "2016-06-20T17:00:00Z", "2026-06-10T17:00:00Z"


def rows() -> list[Row]:
    """The claims about running plans."""
    with tempfile.TemporaryDirectory() as place:
        made = _shop(Path(place) / "plans.wotui", [None])
        seasonal = _shop(Path(place) / "seasonal.wotui", ["04-01..10-31", "11-01..03-31"])
        taken = interleaved(
            {
                "years": lambda: _run(made, TEN_YEARS),
                "days": lambda: _run(made, TEN_DAYS),
                "again": lambda: _run(made, TEN_YEARS, twice=True),
                "seasons": lambda: _run(seasonal, TEN_YEARS, least=0.4),
            },
            3,
        )
    what = f"{COUNT:,} plans after ten years"
    return [
        limit_row(f"{what}, one run", taken["years"], 10, against="limit"),
        ratio_row(f"{what}, against ten days", taken["years"], taken["days"], 2, named="after ten days"),
        limit_row(f"{what}, the run after it", taken["again"], 2, against="limit"),
        limit_row(f"{COUNT:,} seasonal plans after ten years", taken["seasons"], 20, against="limit"),
    ]


def _shop(path: Path, seasons: Sequence[str | None]) -> Path:
    with clock.freeze(MADE), builders.new_shop(path) as opened:
        asset = builders.asset(opened, "PUMP-01")
        with opened.transaction(kind="setup") as tx:
            for number, columns in enumerate(_plans(seasons)):
                identity = tx.insert("maintenance_plan", id=new_id(), name=f"Plan {number}", **columns)
                tx.insert("membership", record_id=identity, kind="asset", value=asset)
            tx.done("Made the plans.")
    return path


def _plans(seasons: Sequence[str | None]) -> Iterator[dict[str, object]]:
    dice = random.Random(samples.SEED)
    usual = {field.column: field.default for field in PLAN.fields if field.column and field.name != "name"}
    for _ in range(COUNT):
        yield {
            **usual,
            "anchor_on": f"2016-06-{dice.randrange(11, 21)}",
            "basis": dice.choice(["fixed", "fixed", "floating"]),
            "every": dice.randrange(1, 4),
            "unit": dice.choice(["day", "week", "month", "year"]),
            "season": dice.choice(seasons),
            "season_policy": dice.choice(["skip", "defer"]),
            "nonworking": dice.choice(["keep", "next", "previous"]),
            "since_on": "2016-06-10",
            "created_on": "2016-06-10",
            "version": 1,
            "active": 1,
        }


def _run(made: Path, moment: str, *, twice: bool = False, least: float = 0.9) -> float:
    """Seconds of a run on a copy of the shop, the first or the second; it must have made so many orders a plan."""
    path = made.with_name("copy.wotui")
    shutil.copy(made, path)
    with clock.freeze(moment), Shop.open(path) as opened:
        if twice:
            plans.run(opened, sure=True)
        started = time.perf_counter()
        plans.run(opened, sure=True)
        taken = time.perf_counter() - started
        count = opened.value("SELECT count(*) FROM work_order")
    if count < COUNT * least:
        raise RuntimeError(f"only {count} orders were made")
    return taken


if __name__ == "__main__":
    show(rows())
