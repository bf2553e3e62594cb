"""The payroll of a period as lines: where it stands, what is in the way, what to tick, the exact rows. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain.payroll.findings import Finding
from wotui.exchange import payroll
from wotui.text import counted
from wotui.tui import batch_rows, keys, payroll_ways, present
from wotui.tui.payroll_page import key_of
from wotui.tui.time_rows import cells, finding_lines, heading
from wotui.tui.widgets.hours import Shown
from wotui.tui.widgets.pages import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wotui.exchange.payroll import Row
    from wotui.tui.payroll_page import PayrollPage
    from wotui.tui.themes import Token
    from wotui.tui.widgets.lines import Piece


def lines(page: PayrollPage, written: str, width: int, *, as_file: bool) -> list[Shown]:
    """The whole screen.

    Args:
        page: the period.
        written: what was said when the file was written just now; empty before.
        width: of the screen.
        as_file: show the file line by line instead of its rows.
    """
    steps = [Shown(_steps(page, width)), Shown()] if not page.empty else [Shown()]
    made = [*steps, *_now(page, written, width)]
    if page.blocking:
        made += [Shown(), heading(f"To put right ({len(page.blocking)})")]
        made += [line for one in page.blocking for line in _problem(page, one, width)]
    if page.warnings:
        left = f", {len(page.unticked)} to tick" if page.unticked else ""
        made += [Shown(), heading(f"Worth a look ({len(page.warnings)}{left})")]
        made += [line for one in page.warnings for line in _warning(page, one, width)]
    if not page.empty:
        made += [Shown(), *(_as_file(page, width) if as_file else _rows(page, width))]
    return made


# where it stands


def _steps(page: PayrollPage, width: int) -> list[Piece]:
    """The five steps on one line; what is done, where we are, what comes."""
    batch, pieces = page.batch, list["Piece"]()
    done = (
        not page.blocking and not page.empty,
        not page.blocking and not page.unticked and not page.empty,
        batch is not None and page.ready.rewrites and not page.failed,
        batch is not None and batch.closed,
    )
    words = ("put right", "tick", "write", "paid") if width < 70 else (
        "Put right", "Tick the warnings", "Write the file", "Confirm that it is paid",
    )  # fmt: skip
    here = done.index(False) if False in done else len(done)
    for number, (word, is_done) in enumerate(zip(words, done, strict=True)):
        look: Token = "strong" if number == here else "good" if is_done and number < here else "muted"
        glyph = {"strong": "▸", "good": "✓"}.get(look, "○")
        pieces.append((f" {glyph} {word} ", look))
    return pieces


def _now(page: PayrollPage, written: str, width: int) -> Iterator[Shown]:
    """What is true now, and what to press next."""
    for number, (words, look) in enumerate(_sentences(page, written)):
        for first, line in enumerate(wrapped(words, width - 4, look)):
            glyph = ("✓" if look == "good" else "→") if first == 0 and number == 0 else " "
            yield Shown([(f" {glyph} ", look), *line])


def _sentences(page: PayrollPage, written: str) -> list[tuple[str, Token]]:
    key, batch, ready = keys.shown_key, page.batch, page.ready
    if page.failed:
        kept = f"{batch.label} is kept, its file is not: " if batch is not None and ready.rewrites else ""
        return [(page.failed, "bad"), (f"{kept}{key('payroll.write')} writes it again.", "warn")]
    if batch is not None and ready.rewrites:
        at = present.moment(batch.created_at, page.zone, page.today)
        told = written or f"Exported {at} as {batch.label}: {_sum(batch.totals)}."
        if batch.closed:
            return [
                (told, "good"),
                (f"It is paid. {key('payroll.write')} writes the same bytes again.", "muted"),
            ]
        after = (
            f"{key('payroll.write')} writes the same bytes again · {key('payroll.close')} confirms that it is paid · "
            f"{key('payroll.void')} takes it back, where the file was not imported."
        )
        return [(told, "good"), (after, "muted")]
    if page.blocking:
        many = counted(len(page.blocking), "thing")
        return [(f"{many} to put right first. {key('list.open')} on a line goes there.", "bad")]
    if page.empty:
        earlier = f"{key('payroll.earlier')} shows the one before."
        return [(f"There are no hours in this period, so there is nothing to write. {earlier}", "text")]
    revision = f" It replaces {batch.label}." if batch is not None else ""
    if page.unticked:
        many = counted(len(page.unticked), "warning")
        words = f"{many} to tick: {key('payroll.tick')} ticks the one under the cursor, {key('payroll.tick_all')} all."
        return [(words + revision, "warn")]
    rows = counted(len(ready.rows), "row")
    words = (
        f"Ready: {key('payroll.write')} writes {ready.file_name} ({rows}) into a folder you choose.{revision}"
    )
    return [(words, "good")]


def _sum(totals: Mapping[str, str]) -> str:
    return ", ".join(f"{code} {hours}" for code, hours in totals.items()) or "nothing"


def _problem(page: PayrollPage, one: Finding, width: int) -> list[Shown]:
    told = Finding(one.code, one.what, payroll_ways.words(one, page))
    return _standing(finding_lines(told, width, "bad"), key_of(one))


def _warning(page: PayrollPage, one: Finding, width: int) -> list[Shown]:
    told = Finding(one.code, one.what, payroll_ways.words(one, page))
    made = finding_lines(told, width - 4, "warn")
    ticked = page.ready.rewrites or key_of(one) in page.ticked
    box = "    " if page.empty else "  ✓ " if ticked else " [ ]"
    tick: Piece = (box, "good" if ticked else "warn")
    made = [
        Shown([tick if number == 0 else ("    ", "text"), *line.pieces]) for number, line in enumerate(made)
    ]
    return _standing(made, key_of(one))


def _standing(made: list[Shown], value: str) -> list[Shown]:
    """The cursor stops on the first line of a finding."""
    return [Shown(line.pieces, value if number == 0 else "") for number, line in enumerate(made)]


# the rows


def _rows(page: PayrollPage, width: int) -> list[Shown]:
    ready = page.ready
    if page.stored is not None:
        return batch_rows.contained(page.stored, width)
    narrow, daily = width < 52, ready.profile.per == "day"
    name = max(min(width - (32 if narrow else 44), 30), 8)

    def line(number: str, who: str, week: str, code: str, hours: str) -> str:
        weeks = "" if narrow else f" {cells(week, 11)}"
        return f"  {cells(number, 9)} {cells(who, name)}{weeks} {cells(code, 8)}{cells(hours, 8, right=True)}"

    def of(row: Row) -> str:
        day = (row.day if daily and row.day else row.line.week).isoformat()
        return line(row.employee.number, row.employee.name, day, row.code, str(row.printed))

    lines = [heading(f"{counted(len(ready.rows), 'row')} of {ready.file_name}"),
             Shown([(line("Number", "Name", "Day" if daily else "Week from", "Code", "Hours"), "label")])]  # fmt: skip
    for row in ready.rows:
        about = (
            f"  {row.adjusts} {row.reason}"
            if row.adjusts and width >= 100
            else f" ({row.adjusts})"
            if row.adjusts
            else ""
        )
        lines.append(Shown([(of(row), "text"), (about, "muted")]))
    for code, total in ready.totals.items():
        lines.append(Shown([(line("", "Control total", "", code, total), "strong")]))
    return lines


def _as_file(page: PayrollPage, width: int) -> list[Shown]:
    """The file line by line, as it is or will be written."""
    ready, stored = page.ready, page.stored
    if stored is not None and stored.text is not None:
        return [heading(stored.batch.file_name), *batch_rows.file_lines(stored.text, width)]
    if page.blocking:
        return [Shown([("  The file itself can be seen when nothing is left to put right.", "muted")])]
    text = payroll.rendered(ready).decode(ready.profile.dialect.encoding, "replace")
    return [heading(ready.file_name), *batch_rows.file_lines(text, width)]
