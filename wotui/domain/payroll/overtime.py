"""Overtime of a workweek, by interval arithmetic.

Minutes are looked at in chronological order. A piece is taken until the code of its minutes may change, then the rest
of it is looked at again; no loop runs over single minutes. Only regular minutes count toward the weekly tier, so that
nothing is paid as overtime twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain.labor import TIME_TYPES
from wotui.domain.payroll.rules import FLSA_WEEK, REG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from wotui.domain.payroll.pieces import Piece
    from wotui.domain.payroll.rules import RuleSet


@dataclass(frozen=True, slots=True)
class Paid:
    """Minutes with their pay code: `REG`, a tier's code, or the leave's own."""

    day: date
    start: int | None
    minutes: int
    code: str
    entry: str


@dataclass(slots=True)
class _Progress:
    """Where a person stands in the workweek."""

    regular: int = 0


def classify(week: Iterable[Piece], rules: RuleSet) -> Iterator[Paid]:
    """The pay codes of one person's pieces of one workweek.

    Args:
        week: all pieces of the workweek, from its first day on, in the order in which minutes are paid. Adding later
            pieces never changes the codes of earlier ones.
        rules: the person's rule set.

    Yields:
        The worked pieces as REG or a tier's code, cut where the code changes; paid leave under its own code. Unpaid
        absence gives nothing.
    """
    progress = _Progress()
    for piece in week:
        kind = TIME_TYPES[piece.time_type]
        if kind.worked:
            yield from _worked(piece, rules, progress)
        elif kind.paid:
            yield Paid(piece.day, piece.start, piece.minutes, kind.code, piece.entry)


def _worked(piece: Piece, rules: RuleSet, progress: _Progress) -> Iterator[Paid]:
    done = 0
    while done < piece.minutes:
        code, room = _step(rules, progress)
        taken = piece.minutes - done if room is None else min(room, piece.minutes - done)
        yield Paid(piece.day, None if piece.start is None else piece.start + done, taken, code, piece.entry)
        if code == REG:
            progress.regular += taken
        done += taken


def _step(rules: RuleSet, progress: _Progress) -> tuple[str, int | None]:
    """The code of the next minute, and for how many minutes it cannot change (None: to the end of the week)."""
    code, room = REG, None
    for tier in rules.weekly:
        if progress.regular >= tier.after:
            code = tier.code
        else:
            room = tier.after - progress.regular
            break
    return code, room if code == REG else None


def flsa_overtime(worked_minutes: int) -> int:
    """Federal overtime minutes of a workweek (29 USC 207(a)(1)), whatever the rule set says."""
    return max(0, worked_minutes - FLSA_WEEK)
