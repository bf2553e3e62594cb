"""Power cuts: a traced operation is replayed on a model of a disk, and the power goes at any of its calls.

What a file's `fsync` has not confirmed is on the disk in any part: each write may be missing, or only some of its
sectors of 512 bytes be there, in any order. Names that a folder's `fsync` has not confirmed (made, renamed, linked,
removed) come in their order, up to some point. A stick that ignores `fsync` confirms nothing at all.
"""

from __future__ import annotations

import os
import random
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.kit import faults
from tests.kit.faults import Point

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_TRACED = "openat,pwrite64,write,ftruncate,fsync,fdatasync,rename,link,unlink"
_LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_DESCRIPTOR = re.compile(r"^(?:AT_FDCWD|\d+)<(.*?)>")
_SECTOR = 512


@dataclass(frozen=True)
class Step:
    """One call: what it did, to which path, with which other path, place and bytes."""

    what: str
    path: str
    other: str = ""
    at: int = 0
    data: bytes = b""


@dataclass
class _File:
    """A file's confirmed bytes, and what was done since."""

    content: bytes = b""
    pending: list[Step] = field(default_factory=list[Step])


def trace(operation: str, template: Path, folder: Path) -> tuple[list[Step], Path]:
    """Every call of an undisturbed operation that changes the disk, and the folder it worked in."""
    done, log = folder / "traced" / template.name, folder / "trace.log"
    faults.copied(template, done)
    options = ["-o", str(log), "-xx", "-y", "-s", "100000000", "-e", f"trace={_TRACED}"]
    (result,) = faults.run(operation, [Point("", 0, done)], 0, options)
    assert result.ending == faults.ACKNOWLEDGED, result
    child = (done.parent / "pid").read_text()
    (done.parent / "pid").unlink()
    return list(_steps(log, child, str(done.parent))), done.parent


def cuts(
    steps: list[Step],
    before: Path,
    target: Path,
    count: int,
    *,
    seed: int = 20260610,
    confirms: Callable[[str], bool] = lambda _: True,
) -> Iterator[tuple[Path, bool]]:
    """Folders as a power cut may leave them, each with whether the operation had ended.

    Args:
        steps: from `trace`; their paths are relative to the folder.
        before: the folder as it was.
        target: where the folders are made.
        count: how many; the cuts are spread over all steps.
        seed: of the dice.
        confirms: whether `fsync` of a path means anything.
    """
    chance = random.Random(seed)
    for number in range(count):
        cut = round(number * len(steps) / max(1, count - 1))
        made = target / f"{number:05}"
        _replay(steps[:cut], before, made, chance, confirms)
        yield made, cut == len(steps)


def _steps(log: Path, child: str, root: str) -> Iterator[Step]:
    places: dict[str, int] = {}
    for line in log.read_text("ascii", "replace").splitlines():
        match = _LINE.match(line)
        if not match or match[1] != child or int(match[4]) < 0:
            continue
        call, words = match[2], match[3]
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(words)]
        found = _DESCRIPTOR.match(words)
        path = _plain(found[1]) if found else ""
        if call in {"rename", "link"}:
            yield Step(call, _inside(os.fsdecode(texts[0]), root), _inside(os.fsdecode(texts[1]), root))
        elif call == "unlink":
            yield Step(call, _inside(os.fsdecode(texts[0]), root))
        elif call == "openat":
            name = _inside(os.fsdecode(texts[0]), root)
            if "O_CREAT" in words or "O_TRUNC" in words:
                places[name] = 0
                yield Step("truncate" if "O_TRUNC" in words else "create", name)
        elif not path.startswith(root):
            continue
        elif call == "pwrite64":
            yield Step("write", _inside(path, root), at=int(words.rsplit(", ", 1)[1]), data=texts[0])
        elif call == "write":
            name = _inside(path, root)
            yield Step("write", name, at=places.get(name, 0), data=texts[0])
            places[name] = places.get(name, 0) + len(texts[0])
        elif call == "ftruncate":
            yield Step("truncate", _inside(path, root), at=int(words.rsplit(", ", 1)[1]))
        else:
            yield Step("sync", _inside(path, root))


def _plain(path: str) -> str:
    return os.fsdecode(bytes.fromhex(path.replace("\\x", ""))) if path.startswith("\\x") else path


def _inside(path: str, root: str) -> str:
    return path.removeprefix(root).removeprefix("/") if path.startswith(root) else f"//{path}"


def _replay(
    steps: list[Step], before: Path, made: Path, chance: random.Random, confirms: Callable[[str], bool]
) -> None:
    """Write what a disk may hold after these steps."""
    now, held, waiting = _begin(before)
    for step in steps:
        if step.path.startswith("//"):
            continue
        if step.what in {"create", "rename", "link", "unlink"} or (
            step.what == "truncate" and step.path not in now
        ):
            if step.what in {"create", "truncate"} and step.path in now:
                continue
            _name(now, step, made_file := _File())
            waiting.append((step, made_file))
        elif step.what == "sync" and confirms(step.path):
            if step.path in now:
                _confirm(now[step.path])
            else:  # a folder: its names are confirmed
                for done, its_file in [each for each in waiting if _folder(each[0].path) == step.path]:
                    _name(held, done, its_file)
                    waiting.remove((done, its_file))
        elif step.what in {"write", "truncate"}:
            now[step.path].pending.append(step)
    for done, its_file in waiting[: chance.randint(0, len(waiting))]:
        _name(held, done, its_file)
    for name, file in held.items():
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_torn(file, chance))
    for folder in (path for path in before.rglob("*") if path.is_dir()):
        (made / folder.relative_to(before)).mkdir(parents=True, exist_ok=True)


def _begin(before: Path) -> tuple[dict[str, _File], dict[str, _File], list[tuple[Step, _File]]]:
    """The names as the program sees them, the names that the disk has confirmed, and those on their way."""
    files = {
        str(path.relative_to(before)): _File(path.read_bytes())
        for path in before.rglob("*")
        if path.is_file()
    }
    return dict(files), dict(files), []


def _name(names: dict[str, _File], step: Step, fresh: _File) -> None:
    if step.what in {"create", "truncate"}:
        names[step.path] = fresh
    elif step.what == "unlink":
        names.pop(step.path, None)
    elif step.path in names:
        names[step.other] = names[step.path] if step.what == "link" else names.pop(step.path)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _confirm(file: _File) -> None:
    for step in file.pending:
        file.content = _applied(file.content, step, step.data)
    file.pending.clear()


def _torn(file: _File, chance: random.Random) -> bytes:
    """The confirmed bytes, and any part of what was written since."""
    content, mood = file.content, chance.random()
    for step in file.pending:
        if mood < 0.3 or (mood < 0.8 and chance.random() < 0.5):
            continue
        data = step.data
        if step.what == "write" and mood >= 0.3 and chance.random() < 0.3:
            keep = chance.randint(0, len(data)) // _SECTOR * _SECTOR
            data = data[:keep]
        content = _applied(content, step, data)
    return content


def _applied(content: bytes, step: Step, data: bytes) -> bytes:
    if step.what == "truncate":
        return content[: step.at].ljust(step.at, b"\0")
    if not data:
        return content
    return content[: step.at].ljust(step.at, b"\0") + data + content[step.at + len(data) :]
