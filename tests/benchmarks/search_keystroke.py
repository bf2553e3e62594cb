"""Claim: while somebody types into the filter, the first matching rows follow each keystroke at once.

Real words are typed letter by letter; the time runs from the letter to the last frame it causes, so rows and count are
complete, in the lane of open orders and in that of all.
"""

from __future__ import annotations

from tests.benchmarks.first_rows import SIZES, surroundings_of
from tests.benchmarks.measure import Row, limit_row, percentile, show, wotui
from tests.benchmarks.session import TimedSession

WORDS = (
    "pump leaking",
    "hoist stuck",
    "boiler low pressure",
    "conveyor belt",
    "gearbox noise",
    "valve",
    "engine hot",
)
LIMIT = 0.05
NARROW = 100
"""Columns without a preview pane, so that the last frame after a letter is that of the rows and their count."""


def rows() -> list[Row]:
    """The claims about typing into the filter."""
    made: list[Row] = []
    for size in SIZES:
        for words in ("open", "all"):
            figures = _times(surroundings_of(size), every=words == "all")
            what = f"filter keystroke → first rows, {size:,} orders, {words}, p95 of {len(figures)}"
            made.append(limit_row(what, percentile(figures, 0.95), LIMIT, against="limit"))
    return made


def _times(environment: dict[str, str], *, every: bool) -> list[float]:
    figures: list[float] = []
    with TimedSession(wotui("--as", "JD"), environment, columns=NARROW) as session:
        session.first_rows()
        session.settle(1.0)
        if every:
            session.to_lane_of_all()
        for words in WORDS:
            session.send(b"/")
            session.settle(0.3)
            figures += [session.rows_after(letter.encode()) for letter in words]
            session.send(b"\x1b")
            session.settle(0.4)
            session.send(b"\x1b")
            session.settle(0.4)
    return figures


if __name__ == "__main__":
    show(rows())
