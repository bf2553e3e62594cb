"""The demo shop, copied for each test, and a wotui on it."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.clock import FrozenClock
from tests.kit.pty import Terminal, wotui

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOON = "2026-06-10T17:00:00Z"
WHO = "RH"
"""Ruth Halvorsen of the demo shop, who has every role."""
READY = "Commands"
"""The last word of the inbox's footer: when it is there, the first frame is complete."""

if os.name == "nt":
    collect_ignore_glob = ["*"]


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo shop's file, made once."""
    from wotui.exchange import demo

    path = tmp_path_factory.mktemp("demo") / "demo.wotui"
    with FrozenClock(NOON):
        demo.write(path)
    return path


@pytest.fixture
def demo_shop(demo_file: Path, tmp_path: Path) -> Path:
    """A copy of the demo shop's file."""
    return Path(shutil.copy(demo_file, tmp_path / "demo.wotui"))


@pytest.fixture
def start(demo_shop: Path, tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Starts wotui on the demo shop in a terminal of its own and waits for the inbox; ended with the test.

    `ready=None` does not wait; other arguments are those of Terminal.
    """
    stack = ExitStack()

    def starter(*arguments: str, ready: str | None = READY, **how: Any) -> Terminal:
        environment = {"XDG_STATE_HOME": str(tmp_path / "state"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
        environment |= {"WOTUI_NOW": NOON, **how.pop("environment", {})}
        command = how.pop("command", None) or wotui("--db", str(demo_shop), "--as", WHO, *arguments)
        terminal = stack.enter_context(Terminal(command, environment=environment, **how))
        if ready:
            terminal.wait_for(ready)
        return terminal

    with stack:
        yield starter
