"""One call of the command line in this process, with what it printed where and what it ended with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from wotui.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wotui.store.file import Shop


@dataclass(frozen=True)
class Call:
    """How one call ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)


Run = "Callable[..., Call]"


@pytest.fixture
def run(shop: Shop, capsys: pytest.CaptureFixture[str]) -> Callable[..., Call]:
    """Call `wotui` on the test's shop: `run("list", "--json")`."""

    def call(*words: str) -> Call:
        capsys.readouterr()
        code = main(["--db", str(shop.path), *words])
        captured = capsys.readouterr()
        return Call(code, captured.out, captured.err)

    return call


@pytest.fixture
def bare(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., Call]:
    """Call `wotui` with exactly these words, where no shop is."""

    def call(*words: str) -> Call:
        capsys.readouterr()
        code = main(list(words))
        captured = capsys.readouterr()
        return Call(code, captured.out, captured.err)

    return call
