"""Whatever people do in several files, whatever their clocks say and however often they meet: nothing is lost, all
files end up the same, and exactly the true questions are asked.

Seen to fail with each of these weakenings of the engine: the row clock does not count on from the record's newest
change; older changes that stand between new ones are not read again; records fold by origin and number alone; no entry
says what a merge brought; every writer is taken to have known everything, or nobody anybody; statuses are not replayed
after a merge; a copied file keeps its name; a failed merge keeps what had come in; a place swallows a change. Two more
show in tests of their own: forks are not looked for (`test_engine`), only own changes are sent (`places/test_file`).
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from tests.kit import builders
from tests.kit.clock import FrozenClock
from tests.merge.model import World
from wotui.merge import identity

if TYPE_CHECKING:
    from collections.abc import Iterator

_WHO, _RECORD, _SMALL = some.integers(0, 4), some.integers(0, 1), some.integers(0, 5)
_OPERATIONS = some.one_of(
    # Most of what happens is that somebody edits what others have edited, after having met them or not.
    some.tuples(some.just("edit"), _WHO, _RECORD, some.integers(0, 2), _SMALL),
    some.tuples(some.just("edit"), _WHO, some.just(0), some.integers(0, 1), _SMALL),
    some.tuples(some.just("edit"), _WHO, some.just(0), some.just(0), _SMALL),
    some.tuples(some.just("edit"), _WHO, some.just(0), some.just(0), _SMALL),
    some.tuples(some.just("meet_in_turn")),
    some.tuples(some.just("meet_in_turn")),
    some.tuples(some.just("step"), _WHO, _RECORD, _SMALL),
    some.tuples(some.just("meet"), _WHO),
    some.tuples(some.just("meet"), _WHO),
    some.tuples(some.just("log"), _WHO, _RECORD, _SMALL),
    some.tuples(some.just("take_back"), _WHO),
    some.tuples(some.just("answer"), _WHO, _SMALL, _SMALL),
    some.tuples(some.just("meet_in_vain"), _WHO, some.integers(0, 40)),
    some.tuples(some.just("copy"), _WHO),
    some.tuples(some.just("save"), _WHO),
    some.tuples(some.just("bring_back"), _WHO),
    some.tuples(some.just("lose_place")),
    some.tuples(some.just("roll_back_place"), _SMALL),
    some.tuples(some.just("stranger"), _RECORD, _SMALL),
)
_HISTORIES = some.lists(_OPERATIONS, min_size=4, max_size=30)
_CLOCKS = some.lists(some.integers(-3, 9), min_size=2, max_size=4)
_QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.fixture(scope="module")
def quick_folder() -> Iterator[Path]:
    """Memory where there is some: the histories write thousands of small commits."""
    memory = Path("/dev/shm")  # only when the system offers it
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def template(quick_folder: Path) -> Path:
    """A shop with two orders that is at home on this computer."""
    path = quick_folder / "template.wotui"
    with FrozenClock("2020-06-10T17:00:00Z"), builders.new_shop(path) as shop:
        identity.settle(shop)
        builders.order(shop, "Grease the pump")
        builders.order(shop, "Fix the door")
        identity.remember(shop)
    return path


def _play(folder: Path, template: Path, clocks: list[int], history: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as own, World(Path(own), template, clocks) as world:
        for operation, *words in history:
            getattr(world, str(operation))(*words)
        world.everybody_meets()
        world.verify()


@pytest.mark.timeout(240)  # twenty whole histories; a machine that does three other things is slow
@settings(max_examples=20, deadline=None, suppress_health_check=_QUIET)
@given(clocks=_CLOCKS, history=_HISTORIES)
@example(clocks=[9, -3], history=[("edit", 0, 0, 0, 1), ("meet_in_turn",), ("edit", 1, 0, 0, 2)])
@example(clocks=[0, 0], history=[("edit", 0, 0, 0, 1), ("meet_in_turn",), ("edit", 1, 0, 0, 2)])
def test_files_that_were_apart_come_together(
    quick_folder: Path, template: Path, clocks: list[int], history: list[tuple[object, ...]]
) -> None:
    _play(quick_folder, template, clocks, history)


@pytest.mark.slow
@pytest.mark.timeout(14_400)
@settings(max_examples=10_000, deadline=None, suppress_health_check=_QUIET)
@given(clocks=_CLOCKS, history=_HISTORIES)
def test_ten_thousand_histories_come_together(
    quick_folder: Path, template: Path, clocks: list[int], history: list[tuple[object, ...]]
) -> None:
    _play(quick_folder, template, clocks, history)
