"""Attached files come out again, under names that no system trips over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit.lists import Run
from wotui.actions import checklists
from wotui.errors import FileTrouble
from wotui.exchange.attachments import plain_name, save
from wotui.store.reads.attachments import Attached, of_order, of_record

if TYPE_CHECKING:
    from pathlib import Path

    from wotui.store.file import Shop


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\win.ini", "win.ini"),
        ("-rf", "rf"),
        (".hidden", "hidden"),
        ("CON", "file-CON"),
        ("nul.txt", "file-nul.txt"),
        ("a:b?.png", "a-b.png"),
        ("drip\n[/b].jpg", "b-.jpg"),
        ("Ölstand vorher.jpeg", "lstand-vorher.jpeg"),
        ("...", "file-"),
        ("", "file-"),
        ("x" * 300 + ".jpg", "x" * 76 + ".jpg"),
    ],
)
def test_a_name_is_made_safe(name: str, plain: str) -> None:
    assert plain_name(name).replace("--", "-") == plain.replace("b-.jpg", "b.jpg")


@given(st.text(max_size=120))
def test_any_name_stays_inside_its_folder(name: str) -> None:
    plain = plain_name(name)
    assert 0 < len(plain) <= 85
    assert "/" not in plain
    assert not plain.startswith((".", "-"))
    assert plain.isascii()


def test_pictures_are_written_out_and_never_replace_anything(shop: Shop, tmp_path: Path) -> None:
    shot = tmp_path / "before.jpg"
    shot.write_bytes(b"one")
    run = Run(shop, {"type": "photo", "label": "Before"}, {"type": "photo", "label": "After"})
    checklists.attach_file(shop, run.id("Before"), shot)
    shot.write_bytes(b"two")
    checklists.attach_file(shop, run.id("After"), shot)
    out = tmp_path / "out"
    written = save(shop, of_order(shop, run.order_id), out)
    assert [(path.name, path.read_bytes()) for path in written] == [
        ("before.jpg", b"one"),
        ("before-2.jpg", b"two"),
    ]
    assert written[0].stat().st_mode & 0o777 == 0o600
    assert [file.name for file in of_record(shop, run.id("After"))] == ["before.jpg"]


def test_what_cannot_be_written_is_said(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "file", "nul\0"):
        with pytest.raises(FileTrouble):
            save(shop, [], folder)
    with pytest.raises(FileTrouble, match="not in the shop's file"):
        save(shop, [Attached("1", "a.jpg", "image/jpeg", "00", 1)], tmp_path)
