"""`wotui contractors` and `wotui hire`: who fits an order and why, and hiring one of them."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from wotui.cli import output
from wotui.cli.options import FilterCommand, json_option, output_option
from wotui.cli.session import Session, pass_session
from wotui.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from wotui.domain.contractors.ranking import Fit
    from wotui.domain.contractors.terms import Terms
    from wotui.store.file import Shop

_VERDICTS: dict[str, tuple[str, output.Style]] = {
    "fits": ("+ fits", "green"),
    "override": ("! documents", "red"),
    "poor": ("- does not fit", "yellow"),
    "blocked": ("x blocked", "red"),
}


@click.command("contractors", cls=FilterCommand)
@click.argument("words", nargs=-1, metavar="[FILTER…]")
@click.option("--order", metavar="NUMBER", help="Rank them for this order, with the reasons.")
@click.option(
    "--on", metavar="DATE", default="", help="With --order: the day of the work, else its planned day."
)
@click.option("--offsite", "mode", flag_value="offsite", help="With --order: the item is to be sent away.")
@click.option("--onsite", "mode", flag_value="onsite", help="With --order: they are to come here.")
@json_option
@output_option
@pass_session
def contractors(
    session: Session,
    words: tuple[str, ...],
    order: str | None,
    *,
    on: str,
    mode: str | None,
    as_json: bool,
    output_file: str | None,
) -> None:
    """List contractors, or rank them for an order.

    A filter is words that must all be found, and FIELD:VALUE with the fields name, trade, area, mode, documents
    (valid, expiring, expired, missing) and fit (fits, override, poor, blocked); a leading - turns a word round.
    """
    from wotui.domain.contractors import filters
    from wotui.domain.days import read_day
    from wotui.store.reads import contractors as reads
    from wotui.store.reads import work_orders

    wanted = filters.parse(" ".join(words))
    with session.shop(read_only=True) as shop:
        if order:
            identity = work_orders.find(shop, order).id
            found = reads.ranked(shop, identity, on=read_day(on, shop.today()), mode=mode or "")
        else:
            if on or mode:
                raise UsageProblem("--on, --offsite and --onsite go with --order.", "Name an order.")
            found = reads.overview(shop)
        currency = shop.setting("shop.currency")
    chosen = [(place, fit) for place, fit in enumerate(found, 1) if filters.matches(fit, wanted)]
    if as_json:
        output.document([_document(place, fit, currency) for place, fit in chosen], output_file)
    elif not chosen:
        output.emit("", output_file)
        output.say(
            "No contractor is like that."
            if found
            else "There are no contractors yet: wotui add contractor NAME."
        )
    elif order:
        _print_ranked(chosen, output_file)
    else:
        _print_list(chosen, output_file)


def price_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--fixed`, `--hourly`, `--not-to-exceed` and `--free-warranty`; `read_price` makes terms of them."""
    for option in (
        click.option("--free-warranty", is_flag=True, help="It costs nothing: a warranty job."),
        click.option("--not-to-exceed", metavar="AMOUNT", help="At most this; with --hourly, a cap."),
        click.option("--hourly", metavar="RATE", help="So much an hour."),
        click.option("--fixed", metavar="AMOUNT", help="A fixed price."),
    ):
        command = option(command)
    return command


def read_price(
    currency: str, *, fixed: str | None, hourly: str | None, not_to_exceed: str | None, free_warranty: bool
) -> Terms:
    """The price of a call, as terms on site.

    Raises:
        UsageProblem: no price, two that contradict each other, or no amount.
    """
    from wotui.domain import money
    from wotui.domain.contractors.terms import Terms

    kinds = [
        kind
        for kind, given in (
            ("fixed", fixed is not None),
            ("hourly", hourly is not None or not_to_exceed is not None),
            ("free_warranty", free_warranty),
        )
        if given
    ]
    if len(kinds) != 1:
        raise UsageProblem(
            "Two prices are given." if kinds else "No price is given.",
            "Give one: --fixed AMOUNT, --hourly RATE, --not-to-exceed AMOUNT or --free-warranty.",
        )
    kind = "not_to_exceed" if kinds == ["hourly"] and hourly is None else kinds[0]
    return Terms(
        kind,
        currency,
        agreed_price=None if fixed is None else money.parse(fixed, currency),
        rate=None if hourly is None else money.parse(hourly, currency),
        nte_limit=None if not_to_exceed is None else money.parse(not_to_exceed, currency),
    )


@click.command("hire")
@click.argument("number", metavar="NUMBER")
@click.option(
    "--contractor", metavar="NAME", required=True, help="Whom; wotui contractors --order shows who fits."
)
@price_options
@click.option("--offsite", is_flag=True, help="The item is sent away.")
@click.option("--ship-out", metavar="DATE", default="", help="With --offsite: the day it leaves, else --on.")
@click.option("--due-back", metavar="DATE", default="", help="With --offsite: the day it is due back.")
@click.option(
    "--on", metavar="DATE", default="", help="The day of the work; becomes the order's planned day."
)
@click.option(
    "--override", metavar="REASON", default="", help="Why although a required document is not valid."
)
@click.option("--po", metavar="NUMBER", default="", help="Our purchase order.")
@json_option
@pass_session
def hire(session: Session, number: str, contractor: str, **given: Any) -> None:
    """Hire a contractor for an order.

    Documents are looked at as of the day of the work. Somebody without a required one is hired only with --override
    and a reason, by a supervisor; the reason stays visible on the order.
    """
    from wotui.actions import contractors as actions
    from wotui.cli.order_shapes import job_document
    from wotui.domain.days import read_day
    from wotui.domain.record_kinds import KINDS
    from wotui.store.reads import contractor_jobs, records, work_orders

    with session.shop() as shop:
        currency = shop.setting("shop.currency")
        on = read_day(given["on"], shop.today())
        terms = _terms(shop, given, on)
        done = actions.hire(
            shop, number, contractor, terms, on=on, override=given["override"], po_number=given["po"]
        )
        if given["as_json"]:
            order = work_orders.find(shop, number)
            firm = records.find(shop, KINDS["contractor"], contractor)
            job = contractor_jobs.find_job(shop, currency, order.id, firm)
            output.document({"number": order.number, **job_document(job, currency)})
    output.say(done.sentence, *done.notices)


def _terms(shop: Shop, given: dict[str, Any], on: date | None) -> Terms:
    from dataclasses import replace

    from wotui.domain.days import read_day

    terms = read_price(
        shop.setting("shop.currency"),
        fixed=given["fixed"],
        hourly=given["hourly"],
        not_to_exceed=given["not_to_exceed"],
        free_warranty=given["free_warranty"],
    )
    sent = read_day(given["ship_out"], shop.today())
    back = read_day(given["due_back"], shop.today())
    if not given["offsite"]:
        if sent or back:
            raise UsageProblem("--ship-out and --due-back go with --offsite.", "Add --offsite.")
        return terms
    return replace(terms, mode="offsite", sent_out_on=sent or on, due_back_on=back)


def _print_ranked(chosen: list[tuple[int, Fit]], output_file: str | None) -> None:
    """A line per contractor with verdict and reasons; on a terminal the reasons go on below, in their column."""
    names = max(output.width(fit.candidate.name) for _, fit in chosen)
    words = max(len(_VERDICTS[fit.verdict][0]) for _, fit in chosen)
    room = max(output.page_width() - 4 - names - words - 4, 24)
    rows: list[list[str]] = []
    styles: dict[tuple[int, int], output.Style] = {}
    for place, fit in chosen:
        verdict, style = _VERDICTS[fit.verdict]
        styles[len(rows), 2] = style
        first, *more = wrap(fit.words, room) if output.is_terminal() and output_file is None else [fit.words]
        rows.append([str(place), fit.candidate.name, verdict, first])
        rows += [["", "", "", line] for line in more]
    headings = ["", "contractor", "fit", "why"]
    output.table(headings, rows, output=output_file, flexible=3, right=(0,), styles=styles)


def _print_list(chosen: list[tuple[int, Fit]], output_file: str | None) -> None:
    """A line per contractor as they stand today."""
    rows = [
        [
            fit.candidate.name,
            ", ".join(fit.candidate.trades),
            fit.candidate.service_mode,
            _standing(fit),
            fit.score.words if fit.score else "-",
            str(fit.candidate.open_jobs or "-"),
        ]
        for _, fit in chosen
    ]
    styles: dict[tuple[int, int], output.Style] = {
        (row, 3): _VERDICTS[fit.verdict][1] for row, (_, fit) in enumerate(chosen)
    }
    headings = ["contractor", "trades", "works", "documents", "score", "open"]
    output.table(headings, rows, output=output_file, flexible=0, right=(5,), styles=styles)


def _standing(fit: Fit) -> str:
    """Blocked, or what there is of the documents asked for."""
    return next(reason.words for reason in fit.reasons if reason.about in {"blocked", "documents"})


def _document(place: int, fit: Fit, currency: str) -> dict[str, Any]:
    """One contractor for a program."""
    from wotui.cli.contractor_page import score_shape
    from wotui.cli.order_shapes import amount

    candidate = fit.candidate
    rates = candidate.rates
    return {
        "place": place,
        "name": candidate.name,
        "id": candidate.id,
        "fit": fit.verdict,
        "reasons": [{"about": why.about, "weight": why.weight, "words": why.words} for why in fit.reasons],
        "trades": list(candidate.trades),
        "areas": [area.code or area.name for area in candidate.areas],
        "service_mode": candidate.service_mode,
        "documents": [
            {
                "kind": check.required.kind,
                "trade": check.required.trade or None,
                "state": check.state,
                "until": check.until.isoformat() if check.until else None,
            }
            for check in fit.checks
        ],
        "preferred_rank": candidate.preferred_rank,
        **score_shape(fit),
        "currency": currency,
        "rate_hour": amount(rates.hour, currency),
        "rate_hour_after": amount(rates.hour_after, currency),
        "callout_fee": amount(rates.callout, currency),
        "travel_rate": amount(rates.travel, currency),
        "min_minutes": rates.minimum_minutes,
        "blocked": candidate.blocked,
        "blocked_reason": candidate.blocked_reason or None,
    }
