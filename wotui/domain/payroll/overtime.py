"""Overtime of a workweek, by interval arithmetic.

Minutes are looked at in chronological order. A piece is taken until the code of its minutes may change, then the rest
of it is looked at again; no loop runs over single minutes. Only regular minutes count toward the weekly tier, so that
nothing is paid as overtime twice. Where a daily and a consecutive tier meet, the higher code is paid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain.labor import TIME_TYPES
from wotui.domain.payroll.rules import FLSA_WEEK, REG, rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from wotui.domain.payroll.pieces import Piece
    from wotui.domain.payroll.rules import RuleSet, Tier

DAYS = 7
"""Worked days of a workweek that make the last one a seventh day; a week has no eighth."""


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
    """Where a person stands: regular minutes of the week, minutes of the day, minutes of the unbroken shift."""

    regular: int = 0
    on_day: int = 0
    in_shift: int = 0
    day: date | None = None
    shift: int | None = None
    days: int = 0

    def enter(self, piece: Piece) -> None:
        """Begin another day or another shift where the piece does."""
        if piece.day != self.day:
            self.day, self.on_day, self.days = piece.day, 0, self.days + 1
        if piece.shift is None or piece.shift != self.shift:
            self.shift, self.in_shift = piece.shift, 0

    def count(self, minutes: int, code: str) -> None:
        """Go on by minutes that were given a code."""
        self.on_day += minutes
        self.in_shift += minutes
        if code == REG:
            self.regular += minutes


def classify(
    week: Iterable[Piece], rules: RuleSet, shift: tuple[int | None, int] = (None, 0)
) -> Iterator[Paid]:
    """The pay codes of one person's pieces of one workweek.

    Args:
        week: all pieces of the workweek, from its first day on, in the order in which minutes are paid. Adding later
            pieces never changes the codes of earlier ones.
        rules: the person's rule set.
        shift: the shift that lasted into the week, and its minutes before it (`last_shift`): consecutive hours are
            counted on over the week's boundary.

    Yields:
        The worked pieces as REG or a tier's code, cut where the code changes; paid leave under its own code. Unpaid
        absence gives nothing.
    """
    progress = _Progress(shift=shift[0], in_shift=shift[1])
    for piece in week:
        kind = TIME_TYPES[piece.time_type]
        if kind.worked:
            yield from _worked(piece, rules, progress)
        elif kind.paid:
            yield Paid(piece.day, piece.start, piece.minutes, kind.code, piece.entry)


def last_shift(pieces: Iterable[Piece]) -> tuple[int | None, int]:
    """The shift that the last worked piece belongs to, and how many of these minutes are in it."""
    shift, minutes = None, 0
    for piece in pieces:
        if TIME_TYPES[piece.time_type].worked:
            minutes = piece.minutes + (minutes if piece.shift is not None and piece.shift == shift else 0)
            shift = piece.shift
    return shift, minutes


def _worked(piece: Piece, rules: RuleSet, progress: _Progress) -> Iterator[Paid]:
    progress.enter(piece)
    done = 0
    while done < piece.minutes:
        code, room = _step(rules, progress, in_shift=piece.shift is not None)
        taken = piece.minutes - done if room is None else min(room, piece.minutes - done)
        yield Paid(piece.day, None if piece.start is None else piece.start + done, taken, code, piece.entry)
        progress.count(taken, code)
        done += taken


def _step(rules: RuleSet, progress: _Progress, *, in_shift: bool) -> tuple[str, int | None]:
    """The code of the next minute, and for how many minutes it cannot change (None: to the end of the week)."""
    seventh = progress.days == DAYS and rules.seventh_day
    by_day, room = _reached(rules.seventh_day if seventh else rules.daily, progress.on_day)
    by_shift, until = _reached(rules.consecutive, progress.in_shift) if in_shift else (REG, None)
    rooms = [room, until]
    code = max(by_day, by_shift, key=rank)
    if code == REG:
        code, weekly = _reached(rules.weekly, progress.regular)
        rooms.append(weekly)
    return code, min((one for one in rooms if one is not None), default=None)


def _reached(tiers: tuple[Tier, ...], minutes: int) -> tuple[str, int | None]:
    """The code after so many minutes, and how many more until the next tier; None when there is none."""
    code = REG
    for tier in tiers:
        if minutes < tier.after:
            return code, tier.after - minutes
        code = tier.code
    return code, None


def flsa_overtime(worked_minutes: int) -> int:
    """Federal overtime minutes of a workweek (29 USC 207(a)(1)), whatever the rule set says."""
    return max(0, worked_minutes - FLSA_WEEK)
