"""Device letters in a shared folder: two laptops that join at the same moment get different ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.merge import engine, joining
from wotui.merge.places.folder import FolderPlace

if TYPE_CHECKING:
    from pathlib import Path

    from wotui.store.file import Shop


def test_two_who_join_at_once_get_two_letters(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "shared"
    path.mkdir()
    engine.merge(shop, FolderPlace(path))
    before = {each.name: each.read_bytes() for each in path.iterdir()}
    first, _ = joining.join(tmp_path / "bob.wotui", FolderPlace(path))
    for each in path.glob("*.jsonl.gz"):  # the second one looked before the first one's changes had come
        if each.name not in before:
            each.unlink()
    second, _ = joining.join(tmp_path / "cat.wotui", FolderPlace(path))
    assert (first, second) == ("B", "C")
