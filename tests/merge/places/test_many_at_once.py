"""Many laptops at one place at the same moment, with no lock that works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.kit.journals import Notebook
from wotui.merge.places.file import FilePlace
from wotui.merge.places.folder import FolderPlace

ROOT = Path(__file__).parents[3]
ORIGINS = [f"{letter * 4}2222" for letter in "abcdefgh"]

each_length = pytest.mark.parametrize(
    "seconds", [1.5, pytest.param(20, marks=[pytest.mark.slow, pytest.mark.timeout(120)])]
)


def run(kind: str, path: Path, origins: list[str], seconds: float, state: Path) -> dict[str, dict[str, Any]]:
    """Start a process for each origin, let them merge, and gather what they say."""
    started = {
        origin: subprocess.Popen(
            [sys.executable, "-m", "tests.kit.place_worker", kind, str(path), origin, str(seconds)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "XDG_STATE_HOME": str(state / origin)},
        )
        for origin in origins
    }
    said: dict[str, dict[str, Any]] = {}
    for origin, process in started.items():
        out, wrong = process.communicate(timeout=seconds + 40)
        assert process.returncode == 0, wrong
        said[origin] = json.loads(out)
    return said


@each_length
def test_eight_processes_through_one_folder_lose_nothing_that_was_acknowledged(
    tmp_path: Path, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "shared"
    path.mkdir()
    said = run("folder", path, ORIGINS, seconds, tmp_path / "states")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "states" / "reader"))
    fresh, place = Notebook("fresh222"), FolderPlace(path)
    fresh.take_in(place)
    place.close()
    assert all(each["merges"] for each in said.values()), said
    for origin, each in said.items():
        assert fresh.held().get(origin, 0) >= each["acknowledged"], origin
    assert not list(path.glob("*.damaged"))


@each_length
def test_f043_two_processes_through_one_file_without_a_lock_keep_it_whole(
    tmp_path: Path, seconds: float
) -> None:
    path = tmp_path / "shop-shared.wotui"
    said = run("file", path, ORIGINS[:2], seconds, tmp_path / "states")
    assert all(each["merges"] for each in said.values()), said
    books: list[Notebook] = []
    for origin, each in said.items():  # each laptop still holds all that it wrote; both merge once more
        book = Notebook(origin)
        book.write(each["written"])
        books.append(book)
    for book in books + books:
        place = FilePlace(path)
        book.take_in(place)
        place.publish(book)
        place.close()
    assert books[0].everything() == books[1].everything()
    assert books[0].held() == {origin: each["written"] for origin, each in said.items()}
