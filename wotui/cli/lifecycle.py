"""Orders through their lifecycle: `wotui schedule`, `ready`, `permit`, `start`, `pause`, `done`, `close`, `reopen`,
`cancel`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wotui.cli import output
from wotui.cli.session import Session, pass_session
from wotui.errors import UsageProblem

if TYPE_CHECKING:
    from wotui.store.transaction import Done

_numbers = click.argument("numbers", nargs=-1, required=True, metavar="NUMBER…")
_note = click.option("--note", default="", metavar="TEXT", help="A note for the log.")
_reason = click.option("--reason", default="", metavar="TEXT", help="Why.")


@click.command("schedule")
@_numbers
@click.option("--on", "day", required=True, metavar="DATE", help="2026-06-30, fri, +3d.")
@click.option("--at", "time", default="", metavar="TIME", help="07:30, in the shop's zone.")
@pass_session
def schedule(session: Session, numbers: tuple[str, ...], day: str, time: str) -> None:
    """Plan orders for a day (supervisors); somebody must be assigned, or a contractor must have accepted."""
    from wotui.actions import lifecycle as actions

    with session.shop() as shop:
        done = actions.plan(shop, numbers, day, time)
    _say(done)


@click.command("ready")
@_numbers
@pass_session
def ready(session: Session, numbers: tuple[str, ...]) -> None:
    """Release drafts; take orders off hold or off the plan."""
    from wotui.actions import lifecycle as actions

    with session.shop() as shop:
        done = actions.make_ready(shop, numbers)
    _say(done)


@click.command("permit")
@click.argument("number", metavar="NUMBER")
@click.argument("name", metavar="PERMIT")
@pass_session
def permit(session: Session, number: str, name: str) -> None:
    """Confirm by name that a permit of an order is in place; work cannot start before."""
    from wotui.actions import lifecycle as actions

    with session.shop() as shop:
        done = actions.tick_permit(shop, number, name)
    _say(done)


@click.command("start")
@_numbers
@_note
@click.option("--no-timer", is_flag=True, help="Only say that work has begun; run no timer.")
@pass_session
def start(session: Session, numbers: tuple[str, ...], note: str, *, no_timer: bool) -> None:
    """Start or resume work, and run your timer on it (one timer a person: another one is stopped)."""
    from wotui.actions import lifecycle as actions

    with session.shop() as shop:
        done = actions.start(shop, numbers, timer=not no_timer, note=note)
    _say(done)


@click.command("pause")
@_numbers
@click.option(
    "--reason",
    default="",
    metavar="TEXT",
    help="Put it on hold: parts, access, contractor, customer approval, information, weather, crew, or words.",
)
@click.option("--until", default="", metavar="DATE", help="With --reason: the day that brings it back.")
@_note
@pass_session
def pause(session: Session, numbers: tuple[str, ...], reason: str, until: str, note: str) -> None:
    """Stop your timer; with --reason, put the order on hold."""
    from wotui.actions import lifecycle as actions

    if until and not reason:
        raise UsageProblem("--until goes with --reason.", "Say why it waits: --reason parts.")
    with session.shop() as shop:
        if reason:
            done = actions.hold(shop, numbers, reason, note=note, until=until)
        else:
            done = actions.pause(shop, numbers, note=note)
    _say(done)


@click.command("done")
@_numbers
@click.option(
    "--note", default="", metavar="TEXT", help="What was found and done; corrective orders need it."
)
@click.option(
    "--minutes",
    type=click.IntRange(0, 100_000),
    metavar="N",
    help="Minutes it took, logged for you (0 if none).",
)
@click.option(
    "--outcome",
    default="fixed",
    metavar="O",
    help="fixed (default), temporary_fix (makes a follow-up order), no_fault_found, partly or not_done.",
)
@click.option("--stop-timers", is_flag=True, help="Stop other people's timers on it too; yours always stops.")
@pass_session
def done(
    session: Session,
    numbers: tuple[str, ...],
    note: str,
    minutes: int | None,
    outcome: str,
    *,
    stop_timers: bool,
) -> None:
    """Finish orders.

    An order that was never started asks once for the minutes it took: --minutes. What else is missing is named in the
    refusal.
    """
    from wotui.actions import finishing as actions

    chosen = outcome.strip().casefold().replace(" ", "_").replace("-", "_")
    with session.shop() as shop:
        finished = actions.finish(
            shop, numbers, outcome=chosen, note=note, minutes=minutes, stop_timers=stop_timers
        )
    _say(finished)


@click.command("close")
@_numbers
@_note
@pass_session
def close(session: Session, numbers: tuple[str, ...], note: str) -> None:
    """Close finished orders after review (supervisors)."""
    from wotui.actions import lifecycle as actions

    with session.shop() as shop:
        closed = actions.close(shop, numbers, note=note)
    _say(closed)


@click.command("reopen")
@_numbers
@_reason
@_note
@pass_session
def reopen(session: Session, numbers: tuple[str, ...], reason: str, note: str) -> None:
    """Bring finished, closed or cancelled orders back; --reason is required, closed ones take a supervisor.

    A request that was resolved and is not fixed (R-A0012) leads to a follow-up order, or after 14 days to a new
    request.
    """
    from wotui.actions import accepting
    from wotui.actions import lifecycle as actions
    from wotui.store.reads.requests import looks_like_a_number

    with session.shop() as shop:
        if len(numbers) == 1 and looks_like_a_number(numbers[0]):
            reopened = accepting.not_fixed(shop, numbers[0], reason or note)
        else:
            reopened = actions.reopen(shop, numbers, reason, note=note)
    _say(reopened)


@click.command("cancel")
@_numbers
@_reason
@_note
@click.option(
    "--plan",
    type=click.Choice(["skip", "again"]),
    default=None,
    help="Of a maintenance plan's order: leave this date out, or make another order for it.",
)
@pass_session
def cancel(session: Session, numbers: tuple[str, ...], reason: str, note: str, plan: str | None) -> None:
    """Cancel orders on which nothing was done yet; --reason is required."""
    from wotui.actions import lifecycle as actions

    with session.shop() as shop:
        cancelled = actions.cancel(shop, numbers, reason, note=note, plan=plan or "")
    _say(cancelled)


def _say(said: Done) -> None:
    output.say(said.sentence, *said.notices)
