"""The demo shop for tests: built once a run for each moment, then copied."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from wotui import clock
from wotui.exchange import demo
from wotui.store.file import Shop

THURSDAY_AFTERNOON = "2026-06-11T18:40:00Z"
"""Thursday 11 June 2026, 13:40 in Duluth: the moment of the README's pictures."""


def demo_file(folder: Path, now: str = THURSDAY_AFTERNOON) -> Path:
    """A fresh copy of the demo shop as it is at `now`, in `folder`."""
    target = folder / "demo.wotui"
    shutil.copy(_built(now), target)
    return target


def open_demo(folder: Path, now: str = THURSDAY_AFTERNOON) -> Shop:
    """The demo shop, open, with Ruth Halvorsen acting."""
    shop = Shop.open(demo_file(folder, now))
    shop.act_as(demo.ACTING)
    return shop


@cache
def _built(now: str) -> Path:
    with clock.freeze(now):
        return demo.write(Path(tempfile.mkdtemp(prefix="wotui-test-demo-")) / "demo.wotui")
