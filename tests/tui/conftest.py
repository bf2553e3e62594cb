"""What the screens' tests stand on: the demo shop on a Thursday afternoon, and dialogs that listen at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit.demo import THURSDAY_AFTERNOON, open_demo
from wotui import clock
from wotui.tui import keys
from wotui.tui.widgets import dialogs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wotui.store.file import Shop


@pytest.fixture(autouse=True)
def listening_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialog ignores keys for 300 ms; only the test of that waits for it."""
    monkeypatch.setattr(dialogs, "DEAF", 0.0)


@pytest.fixture(autouse=True)
def default_keys() -> Iterator[None]:
    """No test leaves its remapped keys to the next."""
    yield
    keys.use({})


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Shop]:
    """The demo shop on Thursday 11 June 2026, 13:40 in Duluth; Ruth Halvorsen acts."""
    with clock.freeze(THURSDAY_AFTERNOON), open_demo(tmp_path) as shop:
        yield shop
