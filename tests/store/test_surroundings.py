"""Where a shop's file lies can be a risk: it is said, and works all the same."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.store import surroundings

if TYPE_CHECKING:
    from pathlib import Path

    from wotui.store.file import Shop


def test_f023_a_second_name_of_the_file_is_a_warning(shop: Shop, tmp_path: Path) -> None:
    assert surroundings.warnings(shop.path) == []
    os.link(shop.path, tmp_path / "second.wotui")
    (warning,) = surroundings.warnings(shop.path)
    assert "2 names" in warning


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("nfs4", "network drive"),
        ("cifs", "network drive"),
        ("exfat", "exFAT"),
        ("fuse.rclone", "a program serves"),
    ],
)
def test_f025_a_risky_disk_is_a_warning_and_work_goes_on(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, words: str
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {shop.path.parent} {kind} rw 0 0\n")
    monkeypatch.setattr(surroundings, "_MOUNTS", mounts)
    (warning,) = surroundings.warnings(shop.path)
    assert words in warning
    builders.order(shop, "Grease the pump")
    assert surroundings.file_system(tmp_path.parent) == "ext4"
