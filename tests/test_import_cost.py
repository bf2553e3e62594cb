"""Start-up is a feature: no command pays for a library that it does not use."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = ("textual", "sqlmodel", "sqlalchemy", "pydantic", "rich")

PROBE = """
import sys
sys.argv = ["wotui", *{arguments!r}]
try:
    {statement}
except SystemExit:
    pass
heavy = [name for name in {heavy!r} if name in sys.modules]
print("HEAVY", *heavy, file=sys.stderr)
"""


def heavy_after(statement: str, *arguments: str, database: Path | None = None) -> list[str]:
    """Which heavy libraries a fresh process has loaded after a statement."""
    environment = dict(os.environ)
    if database is not None:
        environment["WOTUI_DB"] = str(database)
    code = PROBE.format(arguments=arguments, statement=statement, heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=30
    )
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("HEAVY"), done.stderr
    return last.split()[1:]


def test_loading_the_command_line_loads_no_face_and_no_table_library() -> None:
    assert heavy_after("import wotui.cli.main") == []


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_load_nothing_heavy(option: str) -> None:
    assert heavy_after("from wotui.__main__ import main; main()", option) == []


@pytest.mark.parametrize("command", [("list",), ("list", "pump"), ("list", "--json")])
def test_listing_orders_loads_nothing_heavy(command: tuple[str, ...], a_shop_on_disk: Path) -> None:
    assert heavy_after("from wotui.__main__ import main; main()", *command, database=a_shop_on_disk) == []
