"""A crash, a full or a failing disk, at every call of a publish that writes: the place is as before or as after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import faults, operations
from tests.kit.journals import Notebook
from wotui.merge.own import Own
from wotui.merge.places.file import FilePlace
from wotui.merge.places.folder import FolderPlace
from wotui.store.file import Shop

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.kit.faults import Point
    from wotui.merge.places import Place

pytestmark = pytest.mark.skipif(bool(faults.why_not()), reason=faults.why_not() or "strace works")

SHORT_PROFILE = 10
"""Points tried in the default suite, spread over all calls; `-m slow` tries every one."""
PLACES = {"publish to a file": "shop-shared.wotui", "publish to a folder": "shared"}

each_place = pytest.mark.parametrize(
    ("operation", "every"),
    [
        *((name, False) for name in PLACES),
        *(pytest.param(name, True, marks=[pytest.mark.slow, pytest.mark.timeout(600)]) for name in PLACES),
    ],
)


def place_of(operation: str, shop_file: Path) -> Place:
    path = shop_file.with_name(PLACES[operation])
    return FilePlace(path) if operation == "publish to a file" else FolderPlace(path)


class Bench:
    """A shop whose place holds what Bob sent before, and the points where its own publish is disturbed."""

    def __init__(self, operation: str, folder: Path, every: bool) -> None:
        self.operation, self.folder, self.every = operation, folder, every
        self.template = folder / "template" / "shop.wotui"
        self.template.parent.mkdir()
        operations.prepare(self.template)
        self.template.with_name("shared").mkdir()
        with Shop.open(self.template) as shop:
            self.own: Mapping[str, int] = Own(shop).held()
            self.bob = Notebook("bob22222", Own(shop).card().shop)
        self.bob.write(40)
        self.bob.attach(b"a picture" * 500)
        place_of(operation, self.template).publish(self.bob)
        self.calls, _ = faults.count_calls(operation, self.template, folder)

    def inject(self, fault: str) -> list[Point]:
        """Run it once for each point: every call, or an even sample with the first and the last."""
        points = [
            (call, number) for call, count in sorted(self.calls.items()) for number in range(1, count + 1)
        ]
        if not self.every:
            step = (len(points) - 1) / (SHORT_PROFILE - 1)
            points = [points[round(index * step)] for index in range(SHORT_PROFILE)]
        where = self.folder / fault.replace("=", "-").replace("+", "-on")
        return faults.inject(
            self.operation, self.template, where, fault, points, 3 * max(self.calls.values())
        )

    def expect_whole(self, point: Point) -> None:
        """Everything of Bob's is there, of ours all or nothing, and the next publish completes and tidies it."""
        held = self.read(point)
        assert held in ({**self.own, **self.bob.held()}, dict(self.bob.held())), point
        if point.ending in {faults.ACKNOWLEDGED, faults.WENT_ON}:
            assert held == {**self.own, **self.bob.held()}, f"{point}: acknowledged, but lost"
        with Shop.open(point.path) as shop:
            place = place_of(self.operation, point.path)
            place.publish(Own(shop))
            place.close()
        assert self.read(point) == {**self.own, **self.bob.held()}, point
        left = [each for each in point.path.parent.rglob("*") if each.suffix in {".part", ".tmp", ".lock"}]
        assert not left, point

    def read(self, point: Point) -> dict[str, int]:
        """What the place holds, read as every stranger reads it."""
        place, fresh = place_of(self.operation, point.path), Notebook("fresh222")
        fresh.take_in(place)
        place.close()
        assert [each for each in fresh.everything() if each.origin == "bob22222"] == self.bob.everything(), (
            point
        )
        assert fresh.files == self.bob.files, point
        return dict(fresh.held())


@each_place
def test_f003_killed_at_any_write_of_a_publish_the_place_is_as_before_or_as_after(
    tmp_path: Path, operation: str, every: bool
) -> None:
    bench = Bench(operation, tmp_path, every)
    for point in bench.inject("signal=KILL"):
        assert point.ending in {faults.KILLED, faults.ACKNOWLEDGED}, point
        bench.expect_whole(point)


@each_place
@pytest.mark.parametrize(
    "fault",
    [
        "error=ENOSPC",
        *(pytest.param(each, marks=pytest.mark.slow) for each in ("error=EIO", "error=ENOSPC+")),
    ],
)
def test_f041_a_stick_that_fails_or_is_pulled_during_publish_loses_nothing(
    tmp_path: Path, operation: str, every: bool, fault: str
) -> None:
    bench = Bench(operation, tmp_path, every)
    endings = {faults.ACKNOWLEDGED, faults.WENT_ON, faults.REFUSED}
    for point in bench.inject(fault):
        assert point.ending in endings, point
        bench.expect_whole(point)
