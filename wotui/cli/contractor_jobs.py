"""`wotui job`: a hiring from the first question to the last payment, named by its order."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from wotui.cli import output
from wotui.cli.contractors import price_options, read_price
from wotui.cli.options import json_option, output_option
from wotui.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from wotui.store.file import Shop
    from wotui.store.reads.contractor_jobs import JobRow
    from wotui.store.transaction import Done

_number = click.argument("number", metavar="NUMBER")
_contractor = click.option(
    "--contractor", metavar="NAME", default="", help="Which one, where an order has several."
)
_whom = click.option("--contractor", metavar="NAME", required=True, help="Whom.")
_on = click.option("--on", metavar="DATE", default="", help="The day; today without it.")


@click.group("job")
def job() -> None:
    """A contractor's job on an order: ask, quote, send out, finish, invoice, rate.

    NUMBER is the order's. `wotui hire` makes the job; an order with several contractors needs --contractor NAME.
    """


@job.command("list")
@click.argument("number", metavar="[NUMBER]", required=False)
@_contractor
@click.option("--overridden", is_flag=True, help="Only those hired without valid documents.")
@click.option("--over-limit", is_flag=True, help="Only those invoiced over what was agreed.")
@json_option
@output_option
@pass_session
def list_(session: Session, number: str | None, contractor: str, **given: Any) -> None:
    """List jobs: of an order, of a contractor, or all."""
    from wotui.cli import contractor_page
    from wotui.cli.order_shapes import amount, job_document
    from wotui.domain.record_kinds import KINDS
    from wotui.store.reads import contractor_jobs, records, work_orders

    with session.shop(read_only=True) as shop:
        currency = shop.setting("shop.currency")
        order_id = work_orders.find(shop, number).id if number else ""
        firm = records.find(shop, KINDS["contractor"], contractor) if contractor else ""
        found = contractor_jobs.jobs(shop, currency, order_id=order_id, contractor_id=firm)
    found = [
        row
        for row in found
        if (row.override_reason or not given["overridden"])
        and (row.job.over_limit or not given["over_limit"])
    ]
    if given["as_json"]:
        documents = [
            {
                "number": row.number,
                "title": row.title,
                **job_document(row, currency),
                "over_limit": amount(row.job.over_limit, currency),
            }
            for row in found
        ]
        output.document(documents, given["output_file"])
        return
    if not found:
        output.emit("", given["output_file"])
        output.say("There are no such jobs.")
        return
    rows = [contractor_page.job_cells(row) for row in found]
    styles: dict[tuple[int, int], output.Style] = {
        (place, 5): "red" for place, row in enumerate(found) if row.override_reason or row.job.over_limit
    }
    headings = ["order", "contractor", "state", "price", "days", "notes"]
    output.table(headings, rows, output=given["output_file"], flexible=5, styles=styles)


@job.command("ask")
@_number
@_whom
@pass_session
def ask(session: Session, number: str, contractor: str) -> None:
    """Note that a contractor was asked for a price."""
    from wotui.actions import contractors as actions

    with session.shop() as shop:
        _say(actions.ask(shop, number, contractor))


@job.command("quote")
@_number
@_whom
@price_options
@click.option("--offsite", is_flag=True, help="The item would be sent away.")
@click.option("--valid-until", metavar="DATE", default="", help="The last day the quote is good.")
@pass_session
def quote(session: Session, number: str, contractor: str, **given: Any) -> None:
    """Write down what a contractor quotes; hiring them takes it up."""
    from dataclasses import replace

    from wotui.actions import contractors as actions
    from wotui.domain.days import read_day

    with session.shop() as shop:
        terms = read_price(
            shop.setting("shop.currency"),
            fixed=given["fixed"],
            hourly=given["hourly"],
            not_to_exceed=given["not_to_exceed"],
            free_warranty=given["free_warranty"],
        )
        until = read_day(given["valid_until"], shop.today())
        mode = "offsite" if given["offsite"] else "onsite"
        _say(actions.quote(shop, number, contractor, replace(terms, mode=mode), valid_until=until))


@job.command("begin")
@_number
@_contractor
@pass_session
def begin(session: Session, number: str, contractor: str) -> None:
    """Say that work on site has begun (or goes on, after it was finished too early)."""
    from wotui.actions import contractors as actions

    with _job(session, number, contractor) as (shop, row):
        _say(actions.move(shop, row.id, "in_work"))


@job.command("sent-out")
@_number
@_contractor
@_on
@click.option("--due-back", metavar="DATE", default="", help="The day it is due back.")
@pass_session
def sent_out(session: Session, number: str, contractor: str, on: str, due_back: str) -> None:
    """Say that the item has left for work off site."""
    from wotui.actions import contractors as actions
    from wotui.domain.days import read_day

    with _job(session, number, contractor) as (shop, row):
        today = shop.today()
        day, due = read_day(on, today, past=True), read_day(due_back, today)
        _say(actions.sent_out(shop, row.id, on=day, due_back=due))


@job.command("days")
@_number
@_contractor
@click.option("--on", metavar="DATE", default="", help="The day of the work.")
@click.option("--ship-out", metavar="DATE", default="", help="The day the item is to leave.")
@click.option("--due-back", metavar="DATE", default="", help="The day it is to be back.")
@pass_session
def days(session: Session, number: str, contractor: str, on: str, ship_out: str, due_back: str) -> None:
    """Agree on other days with a hired contractor."""
    from wotui.actions import contractors as actions
    from wotui.domain.days import read_day

    with _job(session, number, contractor) as (shop, row):
        planned, leaves, back = (read_day(typed, shop.today()) for typed in (on, ship_out, due_back))
        _say(actions.change_days(shop, row.id, planned_on=planned, ship_out=leaves, due_back=back))


@job.command("came-back")
@_number
@_contractor
@_on
@pass_session
def came_back(session: Session, number: str, contractor: str, on: str) -> None:
    """Say that the item is back."""
    from wotui.actions import contractors as actions
    from wotui.domain.days import read_day

    with _job(session, number, contractor) as (shop, row):
        _say(actions.came_back(shop, row.id, on=read_day(on, shop.today(), past=True)))


@job.command("finish")
@_number
@_contractor
@_on
@pass_session
def finish(session: Session, number: str, contractor: str, on: str) -> None:
    """Say that the contractor's work is finished."""
    from wotui.actions import contractors as actions
    from wotui.domain.days import read_day

    with _job(session, number, contractor) as (shop, row):
        _say(actions.finish(shop, row.id, on=read_day(on, shop.today(), past=True)))


@job.command("invoice")
@_number
@click.argument("amount", metavar="AMOUNT")
@_contractor
@click.option("--reference", metavar="TEXT", default="", help="The number on their invoice.")
@pass_session
def invoice(session: Session, number: str, amount: str, contractor: str, reference: str) -> None:
    """Note the contractor's invoice; a second one corrects the first."""
    from wotui.actions import contractors as actions
    from wotui.domain import money

    with _job(session, number, contractor) as (shop, row):
        minor = money.parse(amount, shop.setting("shop.currency"))
        _say(actions.invoice(shop, row.id, minor, reference=reference))


@job.command("paid")
@_number
@_contractor
@pass_session
def paid(session: Session, number: str, contractor: str) -> None:
    """Say that the invoice is paid; over the agreed limit only a supervisor may."""
    from wotui.actions import contractors as actions

    with _job(session, number, contractor) as (shop, row):
        _say(actions.move(shop, row.id, "paid"))


@job.command("rate")
@_number
@_contractor
@click.option("--quality", type=int, metavar="1-5", help="How good the work is; 5 is best.")
@click.option("--time", type=int, metavar="1-5", help="How well they kept the days.")
@click.option("--price", type=int, metavar="1-5", help="How fair the price was.")
@click.option("--note", metavar="TEXT", help="A word for the next time.")
@pass_session
def rate(session: Session, number: str, contractor: str, **given: Any) -> None:
    """Rate a finished job; the score counts in the ranking for 24 months."""
    from wotui.actions import contractors as actions

    with _job(session, number, contractor) as (shop, row):
        _say(actions.rate(shop, row.id, **given))


def _exit(name: str, target: str, words: str) -> Callable[..., Any]:
    """A side exit of a job as a command of its own."""

    @job.command(name, help=words)
    @_number
    @_contractor
    @click.option("--reason", metavar="TEXT", default="", help="Why.")
    @pass_session
    def leave(session: Session, number: str, contractor: str, reason: str) -> None:
        from wotui.actions import contractors as actions

        with _job(session, number, contractor) as (shop, row):
            _say(actions.move(shop, row.id, target, reason=reason))

    return leave


withdraw = _exit("withdraw", "withdrawn", "Call a job off, with the reason.")
decline = _exit("decline", "declined", "Note that the contractor says no, with the reason.")
reject = _exit("reject", "rejected", "Turn a quote down, with the reason.")
expire = _exit("expire", "expired", "Note that a quote has run out.")


@contextmanager
def _job(session: Session, number: str, contractor: str) -> Generator[tuple[Shop, JobRow]]:
    """The open shop and the job that the words of a call mean."""
    from wotui.domain.record_kinds import KINDS
    from wotui.store.reads import contractor_jobs, records, work_orders

    with session.shop() as shop:
        order = work_orders.find(shop, number)
        firm = records.find(shop, KINDS["contractor"], contractor) if contractor else ""
        yield shop, contractor_jobs.find_job(shop, shop.setting("shop.currency"), order.id, firm)


def _say(done: Done) -> None:
    output.say(done.sentence, *done.notices)
