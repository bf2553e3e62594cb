"""Measuring side by side: interleaved runs, medians, and the one table that every benchmark prints."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

RESULTS = Path(__file__).with_name("results.md")
HEAD = ("what", "ours", "peer", "ratio", "target")


@dataclass(frozen=True)
class Row:
    """One claim: what was measured, both figures as text, their ratio and the target as said in the README."""

    what: str
    ours: str
    peer: str
    ratio: str
    target: str


def ratio_row(what: str, ours: float, peer: float, limit: float, *, unit: str = "s", named: str = "") -> Row:
    """A claim "ours is at most `limit` times the peer", with what came out."""
    ratio = ours / peer if peer else float("inf")
    said = "met" if ratio <= limit else "NOT met"
    peer_text = f"{_figure(peer, unit)}{f' ({named})' if named else ''}"
    return Row(what, _figure(ours, unit), peer_text, f"{ratio:.2f} ×", f"≤ {limit:g} × {said}")


def limit_row(what: str, ours: float, limit: float, *, unit: str = "s", against: str = "") -> Row:
    """A claim "ours stays below a fixed limit", where no peer exists."""
    said = "met" if ours <= limit else "NOT met"
    return Row(
        what, _figure(ours, unit), against or "–", f"{ours / limit:.2f} ×", f"≤ {_figure(limit, unit)} {said}"
    )


def report_row(what: str, ours: str, peer: str = "–", ratio: str = "–") -> Row:
    """A figure that is told without a target."""
    return Row(what, ours, peer, ratio, "report")


def skipped_row(what: str, why: str) -> Row:
    """A claim that could not be measured here; it shows, so that nobody takes silence for success."""
    return Row(what, "–", "–", "–", f"SKIPPED: {why}")


def _figure(value: float, unit: str) -> str:
    if unit == "s":
        return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.3g} ms"
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"


def interleaved(runs: Mapping[str, Callable[[], float]], times: int = 7) -> dict[str, float]:
    """Medians of several measurements, taken A B C A B C …, after one round that does not count."""
    seen: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(times + 1):
        for name, run in runs.items():
            figure = run()
            if turn:
                seen[name].append(figure)
    return {name: statistics.median(figures) for name, figures in seen.items()}


def percentile(figures: Sequence[float], share: float) -> float:
    """The value that a share of the figures does not exceed (nearest rank)."""
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def process(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Callable[[], float]:
    """A measurement: seconds from starting a process to its end, its output thrown away."""
    full = surroundings(environment)

    def run() -> float:
        started = time.perf_counter()
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=full, timeout=120
        )
        taken = time.perf_counter() - started
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr.decode(errors='replace')}")
        return taken

    return run


def surroundings(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """This environment with changes; compiled modules are kept, as they are after an installation."""
    full = {**os.environ, **(environment or {})}
    full.pop("PYTHONDONTWRITEBYTECODE", None)
    return full


def wotui(*arguments: str) -> list[str]:
    """The installed command, as people start it; without one, the module."""
    script = Path(sys.executable).with_name("wotui")
    return [str(script), *arguments] if script.exists() else [sys.executable, "-m", "wotui", *arguments]


def found(program: str) -> str:
    """The path of a peer's program, or empty when it is not installed."""
    return shutil.which(program) or ""


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    cells = [HEAD, *((row.what, row.ours, row.peer, row.ratio, row.target) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEAD))]
    lines = [
        " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells
    ]
    rule = "-|-".join("-" * width for width in widths)
    return "\n".join((f"| {lines[0]} |", f"|-{rule}-|", *(f"| {line} |" for line in lines[1:])))


def show(rows: Sequence[Row]) -> None:
    """Print the table of one script."""
    print(table(rows), flush=True)
