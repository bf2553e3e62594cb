"""What every test stands on: folders of its own, no network, a shop, a clock that can stand still."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.clock import FrozenClock
from wotui import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wotui.store.file import Shop

NOON_IN_CHICAGO = "2026-06-10T17:00:00Z"
"""Wednesday 10 June 2026, 12:00 in the test shop's zone."""

_NETWORK_EVENTS = frozenset(
    {
        "socket.connect",
        "socket.bind",
        "socket.sendto",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.listen",
    }
)


class NetworkTouched(BaseException):
    """Somebody opened a network connection. Not an Exception, so that no `except Exception` hides it."""


def _no_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: wotui works with no network at all, and no test may let it try.

    Unix sockets and pairs stay allowed: asyncio and xdist wake themselves up through them.
    """
    if event in _NETWORK_EVENTS:
        address = arguments[1] if len(arguments) > 1 else arguments
        if event in {"socket.connect", "socket.bind"} and isinstance(address, (str, bytes)):
            return
        raise NetworkTouched(f"{event} {address!r}")


sys.addaudithook(_no_network)

_IN_MEMORY = "/dev/shm"
_ROOM = 2 << 30
"""Bytes that must be free there: the tests of a whole run keep little, but some files of theirs are large."""


def pytest_configure() -> None:
    """Let the tests' files lie in memory where the system offers it: a commit waits for the disk a dozen times.

    What they prove does not depend on the disk; tests of faults put their own beneath it.
    """
    if os.access(_IN_MEMORY, os.W_OK) and shutil.disk_usage(_IN_MEMORY).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", _IN_MEMORY)


def pytest_collection_finish() -> None:
    """What collecting made stays to the end, the trees of all modules among it: not to be collected over and over."""
    gc.collect()
    gc.freeze()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two workers for the whole suite (the machines it must be quick on have two cores), none for named files."""
    named = config.invocation_params.args
    whole = not any(os.path.exists(str(argument).partition("::")[0]) for argument in named)  # noqa: PTH110
    return 2 if whole else 0


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Settings, data and caches of the tests live in a folder of their own; nobody's real shop is ever touched."""
    home = tmp_path_factory.mktemp("home")
    patch = pytest.MonkeyPatch()
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        patch.setenv(name, str(home / name.lower()))
    patch.setenv("HOME", str(home))
    patch.setenv("USERPROFILE", str(home))
    for name in ("WOTUI_DB", "WOTUI_AS", "WOTUI_NOW", "EDITOR", "VISUAL", "NO_COLOR"):
        patch.delenv(name, raising=False)
    yield home
    patch.undo()


@pytest.fixture(autouse=True)
def no_settings_left(own_folders: Path) -> Iterator[None]:
    """No test leaves this computer's settings to the next: a shared place, above all, with which every start merges."""
    yield
    settings.computer_file().unlink(missing_ok=True)


@pytest.fixture
def frozen_clock() -> Iterator[FrozenClock]:
    """The clock stands still at Wednesday 10 June 2026, 12:00 in Chicago; `frozen_clock.move(hours=1)` moves it."""
    with FrozenClock(NOON_IN_CHICAGO) as clock:
        yield clock


@pytest.fixture(scope="session")
def empty_shop_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a new shop, made once and copied for each test: making one imports SQLModel."""
    from tests.kit.builders import new_shop

    path = tmp_path_factory.mktemp("template") / "shop.wotui"
    with FrozenClock(NOON_IN_CHICAGO):
        new_shop(path).close()
    return path


@pytest.fixture
def shop(tmp_path: Path, frozen_clock: FrozenClock, empty_shop_file: Path) -> Iterator[Shop]:
    """A new shop in Chicago that pays in dollars and whose workweek starts on Monday; Jo Doe (JD), supervisor, acts."""
    from wotui.store.file import Shop

    path = tmp_path / "shop.wotui"
    shutil.copy(empty_shop_file, path)
    opened = Shop.open(path)
    opened.act_as("JD")
    yield opened
    opened.close()


@pytest.fixture
def a_shop_on_disk(shop: Shop) -> Path:
    """The path of a shop with one open order, closed again: for tests that start another process."""
    from tests.kit import builders

    builders.order(shop, "Grease the pump")
    path = shop.path
    shop.close()
    return path
