"""A crash or a full disk at every call that writes while a drop folder is taken in: nothing is lost or comes twice."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders, faults, operations
from wotui.actions.events import RULES
from wotui.exchange import events
from wotui.merge.check import check
from wotui.store.file import Shop

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

pytestmark = pytest.mark.skipif(bool(faults.why_not()), reason=faults.why_not() or "strace works")

SHORT_PROFILE = 12
"""Points tried in the default suite, spread over all calls; `-m slow` tries every one."""
_SLOW = [pytest.mark.slow, pytest.mark.timeout(600)]


def template(path: Path) -> Path:
    """A shop with a rule, and beside it a drop folder with two files of events and one that is broken."""
    path.parent.mkdir()
    operations.prepare(path)
    with Shop.open(path) as shop:
        builders.asset(shop, "PUMP-01")
        RULES.add(shop, "Jams", {"source": "event", "event": "jam"})
    folder = path.with_name("events")
    folder.mkdir()
    moment = time.time() - 1000
    for name, content in {
        "a.json": [{"asset": "PUMP-01", "event": "jam", "event_id": 1}],
        "b.json": [{"asset": "PUMP-01", "event": "jam", "event_id": number} for number in (2, 3)],
        "bad.json": "no event",
    }.items():
        (folder / name).write_text(json.dumps(content))
        os.utime(folder / name, (moment, moment))
    return path


def points(calls: Counter[str], *, every: bool) -> list[tuple[str, int]]:
    """Every call, or an even sample with the first and the last."""
    everywhere = [(call, number) for call, count in sorted(calls.items()) for number in range(1, count + 1)]
    if every or len(everywhere) <= SHORT_PROFILE:
        return everywhere
    step = (len(everywhere) - 1) / (SHORT_PROFILE - 1)
    return [everywhere[round(index * step)] for index in range(SHORT_PROFILE)]


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=_SLOW)])
@pytest.mark.parametrize("fault", ["signal=KILL", pytest.param("error=ENOSPC", marks=_SLOW)])
def test_after_a_crash_the_next_look_completes_what_was_begun(
    tmp_path: Path, fault: str, *, every: bool
) -> None:
    source = template(tmp_path / "template" / "shop.wotui")
    calls, _ = faults.count_calls("take in events", source, tmp_path)
    tried = points(calls, every=every)
    assert len(tried) >= SHORT_PROFILE
    for point in faults.inject(
        "take in events", source, tmp_path / "tried", fault, tried, 3 * max(calls.values())
    ):
        folder = point.path.with_name("events")
        with Shop.open(point.path) as shop:
            events.sweep(shop, folder)
            assert shop.value("SELECT count(*) FROM machine_event") == 3, point
            assert shop.value("SELECT count(*) FROM request") == 1, point
        assert check(point.path) == [], point
        left = {str(path.relative_to(folder)) for path in folder.rglob("*.json")}
        assert left == {"done/a.json", "done/b.json", "failed/bad.json"}, point
