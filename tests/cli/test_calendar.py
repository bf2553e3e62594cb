"""`wotui calendar` on its streams."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.kit import builders
from wotui.actions import scheduling

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Call
    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop


def test_the_command_writes_the_same_bytes_to_a_file_and_to_a_pipe(
    shop: Shop, run: Callable[..., Call], tmp_path: Path, frozen_clock: FrozenClock
) -> None:
    frozen_clock.set("2026-06-08T12:00:00Z")
    order = builders.order(shop, "Grease", status="ready", place_id=builders.place(shop))
    scheduling.move(shop, [order], date(2026, 6, 9), person=builders.person(shop, "ANN"))
    there = tmp_path / "week.ics"
    said = run("calendar", "--from", "2026-06-08", "--to", "2026-06-14", "-o", str(there))
    piped = run("calendar", "--from", "2026-06-08", "--to", "2026-06-14")
    assert there.read_bytes().decode() == piped.out
    assert said.err == "1 event from 2026-06-08 to 2026-06-14.\n"
    turned = run("calendar", "--from", "2026-06-14", "--to", "2026-06-08")
    assert (turned.code, turned.out) == (2, "")
