"""Faults injected at every write-like system call of an operation, with strace.

One traced process does the work once undisturbed, so that everything is imported, and then forks a child for each
point. strace counts calls per process, so a child that first makes (P - n) harmless calls meets the fault, which is set
at call P, exactly at its own n-th call. That tries some 20 points a second, where a process for each would try 3.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CALLS = ("pwrite64", "write", "fsync", "fdatasync", "unlink", "ftruncate", "rename", "link")
"""System calls that change what a disk holds. All start with a call that the worker can make harmlessly."""

ROOT = Path(__file__).parents[2]
KILLED, ACKNOWLEDGED, REFUSED, WENT_ON, BROKE = "killed", "acknowledged", "refused", "went on", "broke"
SAID_DONE = "failed after the last step, and said that it is done"


@dataclass(frozen=True)
class Point:
    """One fault: at which call of which kind, on which copy, and how the operation ended."""

    call: str
    number: int
    path: Path
    ending: str = ""

    def __str__(self) -> str:
        return f"{self.call} #{self.number}: {self.ending}"


def why_not() -> str:
    """Why faults cannot be injected here, or empty."""
    strace = shutil.which("strace")
    if not strace:
        return "strace is not installed"
    tried = subprocess.run([strace, "-qq", "-o", os.devnull, "true"], capture_output=True, timeout=20)
    return "" if tried.returncode == 0 else "strace may not trace here"


@cache
def _quick() -> list[str]:
    """The option that stops the traced process only at the calls asked for, where strace and kernel have it."""
    tried = subprocess.run(
        ["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=fsync", "-o", os.devnull, "true"],
        capture_output=True,
        timeout=20,
    )
    return ["--seccomp-bpf"] if tried.returncode == 0 and not tried.stderr else []


def count_calls(operation: str, template: Path, folder: Path) -> tuple[Counter[str], Path]:
    """How many calls of each kind an undisturbed operation makes, and the file afterwards."""
    done = folder / "undisturbed" / template.name
    log = folder / "calls.log"
    results = run(operation, [Point("", 0, copied(template, done))], 0, ["-o", str(log)])
    assert results[0].ending == ACKNOWLEDGED, results
    calls: Counter[str] = Counter()
    child = (folder / "undisturbed" / "pid").read_text()
    for line in log.read_text().splitlines():
        match = re.match(r"(\d+) +(\w+)\(", line)
        if match and match[1] == child and match[2] in CALLS:
            calls[match[2]] += 1
    return calls, done


def inject(
    operation: str, template: Path, folder: Path, fault: str, points: list[tuple[str, int]], pad: int
) -> list[Point]:
    """Run an operation once for each point, on its own copy of the template, with a fault at that call.

    Args:
        operation: name in `tests.kit.operations.OPERATIONS`.
        template: the file before.
        folder: where the copies go.
        fault: as strace says it: `signal=KILL`, `error=ENOSPC`, `error=EIO`; with a trailing `+` it lasts.
        points: kind of call and its number, from 1.
        pad: more calls of a kind than doing it three times takes.
    """
    lasts = "+" if fault.endswith("+") else ""
    options = ["-o", os.devnull]
    for call in sorted({call for call, _ in points}):
        options += ["-e", f"inject={call}:{fault.removesuffix('+')}:when={pad}{lasts}"]
    copies = [
        Point(call, number, copied(template, folder / f"{index:04}" / template.name))
        for index, (call, number) in enumerate(points)
    ]
    tried = run(operation, copies, pad, options)
    if "signal=KILL" in fault:
        assert any(point.ending == KILLED for point in tried), "strace killed nobody, so this proves nothing"
    return tried


def copied(template: Path, target: Path) -> Path:
    """Copy the template with what lies beside it."""
    shutil.copytree(template.parent, target.parent, symlinks=True)
    return target


def run(operation: str, points: list[Point], pad: int, options: list[str]) -> list[Point]:
    """Trace an operation once for each point, with further options of strace; gives how each of them ended."""
    folder = points[0].path.parents[1]
    plan, answers = folder / "plan.json", folder / "answers.json"
    rehearsal = copied(points[0].path, folder / "rehearsal" / points[0].path.name)
    entries = [(point.call, point.number, str(point.path)) for point in points]
    plan.write_text(
        json.dumps(
            {
                "operation": operation,
                "pad": pad,
                "points": entries,
                "answers": str(answers),
                "rehearsal": str(rehearsal),
            }
        )
    )
    kills = any(
        "signal=" in option for option in options
    )  # strace 6.1 kills nobody when it watches by seccomp
    command = [
        "strace",
        "-f",
        *([] if kills else _quick()),
        "-qq",
        "-e",
        f"trace={','.join(CALLS)}",
        *options,
    ]
    command += [sys.executable, "-m", "tests.kit.fault_worker", str(plan)]
    environment = {
        **os.environ,
        "PYTHONDONTWRITEBYTECODE": "1",
        "WOTUI_NOW": "2026-06-10T18:00:00Z",
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(folder),
    }
    # In a folder of the test's own: where every other folder fails, Python tries temporary files in this one.
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=max(600, 6 * len(points)),
        env=environment,
    )
    assert answers.exists(), done.stderr
    endings = json.loads(answers.read_text())
    assert BROKE not in endings, done.stderr
    return [
        Point(point.call, point.number, point.path, ending)
        for point, ending in zip(points, endings, strict=True)
    ]
