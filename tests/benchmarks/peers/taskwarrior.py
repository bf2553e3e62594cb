"""Taskwarrior with as many tasks as a benchmark shop has orders: its data files, written directly (format of 2.x)."""

from __future__ import annotations

import random
import subprocess
import uuid
from typing import TYPE_CHECKING

from tests.benchmarks import shop
from tests.benchmarks.measure import found

if TYPE_CHECKING:
    from pathlib import Path


def version() -> str:
    """The version of the installed Taskwarrior; empty where there is none."""
    program = found("task")
    return (
        subprocess.run([program, "--version"], capture_output=True, text=True).stdout.strip()
        if program
        else ""
    )


def data_of(count: int) -> Path:
    """A data folder with `count` tasks, 5 % of them pending; made once."""
    folder = shop.folder() / f"task-{count}"
    if not (folder / "taskrc").exists():
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder, count)
        rc = "confirmation=off\nverbose=nothing\nhooks=off\n"
        (folder / "taskrc").write_text(f"data.location={folder}\n{rc}")
    return folder


def environment(folder: Path) -> dict[str, str]:
    """What `task` needs to use that folder."""
    return {"TASKRC": str(folder / "taskrc"), "TASKDATA": str(folder)}


def _write(folder: Path, count: int) -> None:
    dice = random.Random(shop.SEED)
    start = int(shop.NOW.timestamp()) - count * 180
    pending: list[str] = []
    completed: list[str] = []
    for number, title in enumerate(shop.titles(count)):
        made = start + number * 180
        identity = uuid.UUID(int=dice.getrandbits(128), version=4)
        asset = f'project:"EQ-{number % 400:04}" uuid:"{identity}"'
        common = f'description:"{title}" entry:"{made}" modified:"{made}" {asset}'
        if dice.random() < shop.OPEN_SHARE:
            pending.append(f'[{common} due:"{made + 86400 * 9}" status:"pending"]')
        else:
            completed.append(f'[{common} end:"{made + 3600}" status:"completed"]')
    (folder / "pending.data").write_text("\n".join(pending) + "\n")
    (folder / "completed.data").write_text("\n".join(completed) + "\n")
    for name in ("undo.data", "backlog.data"):
        (folder / name).write_text("")
