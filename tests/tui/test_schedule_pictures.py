"""What the schedule looks like: a week, a month, a list of days, an order on its way, and nothing planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.test_inbox_pictures import pictured

if TYPE_CHECKING:
    from tests.tui.test_inbox_pictures import Snap
    from wotui.store.file import Shop


@pytest.mark.parametrize(("theme", "size"), [("dark", (80, 24)), ("contrast", (120, 40)), ("dark", (60, 20))])
def test_a_week_looks_like_this(demo: Shop, snap_compare: Snap, theme: str, size: tuple[int, int]) -> None:
    app, opened = pictured(demo, "2", "down", theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=opened)


def test_a_month_looks_like_this(demo: Shop, snap_compare: Snap) -> None:
    app, opened = pictured(demo, "2", "w")
    assert snap_compare(app, terminal_size=(80, 24), run_before=opened)


def test_an_order_on_its_way_looks_like_this(demo: Shop, snap_compare: Snap) -> None:
    app, opened = pictured(demo, "2", "shift+tab", "space", "down", "right")
    assert snap_compare(app, terminal_size=(80, 24), run_before=opened)


def test_a_shop_with_nothing_planned_looks_like_this(shop: Shop, snap_compare: Snap) -> None:
    app, opened = pictured(shop, "2")
    assert snap_compare(app, terminal_size=(80, 24), run_before=opened)
