"""The shop of these tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.actions.contractors.world import World, world

if TYPE_CHECKING:
    from wotui.store.file import Shop


@pytest.fixture
def w(shop: Shop) -> World:
    """One order, one contractor with good papers; today is 10 June 2026."""
    return world(shop)
