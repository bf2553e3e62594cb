"""`wotui plans` and `wotui plan`: maintenance plans, their coming dates, and the orders that they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wotui.cli import output
from wotui.cli.options import assignments, json_option, output_option
from wotui.cli.session import Session, pass_session

if TYPE_CHECKING:
    from wotui.store.transaction import Done

_name = click.argument("name", metavar="NAME")
_fields = click.argument("fields", nargs=-1, metavar="FIELD=VALUE…")
_reason = click.option("--reason", default="", metavar="TEXT", help="Why.")


@click.command("plans")
@click.option("--all", "retired_too", is_flag=True, help="Those that have ended as well.")
@json_option
@output_option
@pass_session
def plans(session: Session, *, retired_too: bool, as_json: bool, output_file: str | None) -> None:
    """List the maintenance plans: how often, for what, when next, and the orders that are open."""
    from wotui.cli import plan_page
    from wotui.store.reads import plan_list

    with session.shop(read_only=True) as shop:
        found = plan_list.listed(shop, shop.today(), retired=retired_too)
        if as_json:
            output.document([plan_page.listed_document(shop, one) for one in found], output_file)
            return
    if not found:
        output.emit("", output_file)
        output.say(
            "There is no plan yet. wotui plan add NAME assets=TAG every=3 unit=month first=DATE makes one."
        )
        return
    rows = [
        [
            one.plan.name,
            one.interval,
            one.about,
            str(one.next_on or "-"),
            ", ".join(one.open_numbers[:2]) + (" …" if len(one.open_numbers) > 2 else ""),
            one.standing,
        ]
        for one in found
    ]
    styles: dict[tuple[int, int], output.Style] = {(at, 4): "red" for at, one in enumerate(found) if one.late}
    headings = ["plan", "how often", "for", "next due", "open", "state"]
    output.table(headings, rows, output=output_file, flexible=0, styles=styles)


@click.group("plan")
def plan() -> None:
    """Maintenance plans: work that comes due by the calendar or a meter.

    NAME is a plan's name. Fields, the most useful first: assets, category, place, every, unit (day, week, month,
    year), first (the first date) or last_done, ahead (days), basis (fixed, floating, meter, fixed_or_meter,
    floating_or_meter), weekdays, month_rule, season, nonworking, open_policy, catch_up, meter, every_units,
    checklists, lead, minutes, priority, covers. `wotui show NAME` shows them all.
    """


@plan.command("preview")
@_name
@_fields
@click.option("--count", type=click.IntRange(1, 500), default=12, show_default=True, help="How many dates.")
@json_option
@output_option
@pass_session
def preview(
    session: Session,
    name: str,
    fields: tuple[str, ...],
    count: int,
    *,
    as_json: bool,
    output_file: str | None,
) -> None:
    """Show the coming dates of a plan; with FIELD=VALUE before and after that edit, which is not made."""
    from wotui.actions.plans import previewing
    from wotui.cli import plan_page
    from wotui.store.reads import plans as reads

    with session.shop(read_only=True) as shop:
        found = reads.find(shop, name)
        shown = previewing.preview(shop, found.id, assignments(fields), count=count)
    if as_json:
        output.document(plan_page.preview_document(found.name, shown, edited=bool(fields)), output_file)
    else:
        plan_page.preview_table(found.name, shown, edited=bool(fields), target=output_file)


@plan.command("run")
@click.option("--sure", is_flag=True, help="The clock is right, although the file holds newer records.")
@json_option
@pass_session
def run(session: Session, *, sure: bool, as_json: bool) -> None:
    """Make the orders that are due by plan today. Running it again makes nothing twice."""
    from wotui.actions import plans as actions
    from wotui.cli import order_shapes
    from wotui.store.reads import work_orders

    with session.shop() as shop:
        done = actions.run(shop, sure=sure)
        if as_json:
            made = [order_shapes.whole(shop, work_orders.find(shop, one)) for one in done.records]
            keys = ("number", "id", "title", "asset", "due_on")
            shown = [{key: one.get(key) for key in keys} for one in made]
            output.document({"created": shown, "sentence": done.sentence, "notices": list(done.notices)})
    _say(done)


@plan.command("add")
@_name
@_fields
@pass_session
def add(session: Session, name: str, fields: tuple[str, ...]) -> None:
    """Make a plan, such as: wotui plan add "Grease" assets=PU-101 every=1 unit=month first=2026-07-01 ahead=7."""
    from wotui.actions import plans as actions

    with session.shop() as shop:
        _say(actions.add(shop, name, assignments(fields)))


@plan.command("edit")
@_name
@_fields
@pass_session
def edit(session: Session, name: str, fields: tuple[str, ...]) -> None:
    """Change fields of a plan; open orders stay as they are. `wotui plan preview` shows the dates first."""
    from wotui.actions import plans as actions

    with session.shop() as shop:
        _say(actions.edit(shop, name, assignments(fields)))


@plan.command("pause")
@_name
@_reason
@click.option("--from", "start", default="", metavar="DATE", help="The first day; today without it.")
@click.option("--until", default="", metavar="DATE", help="The last day; without it until you resume it.")
@pass_session
def pause(session: Session, name: str, reason: str, start: str, until: str) -> None:
    """Let a plan rest; the dates in the pause are skipped and never caught up. --reason is required."""
    from wotui.actions import plans as actions

    with session.shop() as shop:
        _say(actions.pause(shop, name, reason, start=start, until=until))


@plan.command("resume")
@_name
@pass_session
def resume(session: Session, name: str) -> None:
    """End a plan's pause today."""
    from wotui.actions import plans as actions

    with session.shop() as shop:
        _say(actions.resume(shop, name))


@plan.command("skip")
@_name
@_reason
@click.option("--asset", default="", metavar="TAG", help="Only for this asset.")
@pass_session
def skip(session: Session, name: str, reason: str, asset: str) -> None:
    """Leave the next date of a plan out, once; --reason is required."""
    from wotui.actions import plans as actions

    with session.shop() as shop:
        _say(actions.skip(shop, name, reason, asset=asset))


@plan.command("override")
@_name
@click.argument("day", metavar="DATE")
@_reason
@pass_session
def override(session: Session, name: str, day: str, reason: str) -> None:
    """Give the next order another due date, once; --reason is required. DATE "" takes it back."""
    from wotui.actions import plans as actions

    with session.shop() as shop:
        _say(actions.override(shop, name, day, reason))


@plan.command("count")
@click.argument("number", metavar="NUMBER")
@_name
@click.option("--anyway", is_flag=True, help="Also when the date lies further away than the days of grace.")
@pass_session
def count(session: Session, number: str, name: str, *, anyway: bool) -> None:
    """Let a finished order count as the plan's next date: it was done ahead of time."""
    from wotui.actions import plans as actions

    with session.shop() as shop:
        _say(actions.count_as(shop, number, name, anyway=anyway))


@plan.command("retire")
@_name
@_reason
@pass_session
def retire(session: Session, name: str, reason: str) -> None:
    """End a plan; its orders and its ledger stay."""
    from wotui.actions import plans as actions

    with session.shop() as shop:
        _say(actions.retire(shop, name, reason))


def _say(done: Done) -> None:
    output.say(done.sentence, *done.notices)
