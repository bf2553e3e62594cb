"""Letting the rules decide on a request or an order, in the transaction that made it, and saying so in its log."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from wotui import clock
from wotui.domain.contractors.documents import SETTING as DOCUMENTS
from wotui.domain.contractors.ranking import Need, Place, rank
from wotui.domain.due_dates import default_due
from wotui.domain.identity import new_id, same_id
from wotui.domain.routing import words
from wotui.domain.routing.people import whoever
from wotui.domain.work_orders import PRIORITIES
from wotui.errors import Refused
from wotui.store.reads import contractors, settings
from wotui.store.reads import requests as request_reads
from wotui.store.reads import routing as reads
from wotui.text import counted, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from wotui.domain.routing.rules import Decision, Rule
    from wotui.store.file import Shop
    from wotui.store.reading import Reads
    from wotui.store.reads.routing import Arrival, World
    from wotui.store.transaction import Done, Transaction

_LOOK_AHEAD = 14
"""Days within which somebody is looked for, where nobody said on which day it is wanted."""
_PROPOSED = 5
_SET = ("asked_priority", "template_id", "assigned_id")


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads, and why, as a clause."""

    person_id: str | None
    words: str


def route_request(tx: Transaction, request_id: str, world: World | None = None) -> list[str]:
    """Let the rules decide on a new request; returns the sentences a person should see.

    The first rule that fits sets what nobody typed (priority, template, who leads), and may accept the request. The
    request remembers the rule, and its log says which rule fired and why.
    """
    world = world or reads.World(tx)
    arrival = world.request(request_id) if world.rules.all else None
    return _route(tx, world, arrival) if arrival is not None else []


def route_requests(tx: Transaction, request_ids: Iterable[str]) -> int:
    """Let the rules decide on many new requests, reading rules, places and people once; how many a rule decided on."""
    world = reads.World(tx)
    if not world.rules.all:
        return 0
    return sum(bool(_route(tx, world, arrival)) for arrival in world.requests(request_ids))


def route_order(
    tx: Transaction, order_id: str, typed: Collection[str], world: World | None = None
) -> list[str]:
    """Let the rules decide on a new order that no request led to; returns the sentences a person should see.

    Args:
        tx: the open transaction.
        order_id: the order.
        typed: what a person said, of priority, type, template, lead and due: no rule changes it.
        world: what the rules look at, where it was read already.
    """
    world = world or reads.World(tx)
    arrival = world.order(order_id) if world.rules.all else None
    if arrival is None:
        return []
    decision = world.rules.decide(arrival.incoming, frozenset({*typed, "template"}))
    if decision is None:
        return []
    lead = lead_of(tx, world, arrival, decision)
    columns: dict[str, Any] = {}
    if decision.priority:
        columns["priority"] = decision.priority
        if "due" not in typed:
            columns["due_on"] = default_due(decision.priority, _today(world)).isoformat()
    if decision.type:
        columns["type"] = decision.type
    if decision.lead_mode == "team":
        columns["team"] = decision.rule.lead_team
    if lead.person_id:
        columns["lead_id"] = lead.person_id
        assigned = same_id("assignment", order_id, lead.person_id)
        tx.put("assignment", assigned, work_order_id=order_id, person_id=lead.person_id)
        world.planned_again()
    if columns:
        tx.update("work_order", order_id, **columns)
    _log(tx, "work_order", order_id, _sentence(world, arrival, decision, lead))
    if decision.lead_mode == "contractors":
        propose_contractors(tx, order_id, decision.rule, world)
    return [f"{arrival.number} was routed by the rule {decision.rule.name}: {what_it_does(decision, lead)}."]


def route_again(shop: Shop, numbers: Sequence[str]) -> Done:
    """Let the rules decide once more on requests that nobody has decided on; what a person typed stays.

    Raises:
        NotFound: no such request.
        Refused: the acting person may not, or a request was decided on already.
    """
    shop.require("route requests", "supervisor")
    with shop.transaction() as tx:
        found = [request_reads.find(tx, number) for number in numbers]
        for known in found:
            if known.status not in ("new", "needs_info"):
                raise Refused(
                    f"{known.number} is {known.status} already.", "Only undecided requests are routed again."
                )
            columns: dict[str, Any] = dict.fromkeys(columns_set_by_rule(tx, known.id))
            tx.update("request", known.id, rule_id=None, **columns)
        world = reads.World(tx)
        arrivals = world.requests([known.id for known in found])
        said = [sentence for arrival in arrivals for sentence in _route(tx, world, arrival, again=True)]
        sentence = f"Routed {counted(len(found), 'request')} again; {counted(len(said), 'rule')} fired."
        return tx.done(sentence, *(known.id for known in found), notices=said)


def order_columns(tx: Transaction, request_id: str) -> dict[str, Any]:
    """What the rule that routed a request sets on the order it leads to: the type and the team."""
    row = tx.one(
        """SELECT r.set_type, CASE r.lead_mode WHEN 'team' THEN r.lead_team END FROM request q
        JOIN routing_rule r ON r.id = q.rule_id WHERE q.id = ?""",
        (request_id,),
    )
    names = ("type", "team")
    return {name: value for name, value in zip(names, row or (), strict=False) if value}


def propose_contractors(
    tx: Transaction, order_id: str, rule: Rule | None = None, world: World | None = None
) -> None:
    """Write into an order's log which contractors fit, best first, where a rule asks for it.

    They fit by trade and area and with valid documents; the preferred rank counts first, then the score.

    Args:
        tx: the open transaction.
        order_id: the order.
        rule: the rule; without it, the one that routed the order's request.
        world: what the rules look at, where it was read already.
    """
    if rule is None:
        ids = [
            identity
            for (identity,) in tx.rows(
                """SELECT q.rule_id FROM request_order o JOIN request q ON q.id = o.request_id
                JOIN routing_rule r ON r.id = q.rule_id
                WHERE o.work_order_id = ? AND o.deleted_at IS NULL AND r.lead_mode = 'contractors'""",
                (order_id,),
            )
        ]
        rule = next((each for each in reads.rules(tx, also_off=True) if each.id in ids), None)
    if rule is None:
        return
    world = world or reads.World(tx)
    arrival = world.order(order_id)
    if arrival is not None:
        _log(tx, "work_order", order_id, _fitting(tx, world, arrival, rule))


def _route(tx: Transaction, world: World, arrival: Arrival, *, again: bool = False) -> list[str]:
    typed = {
        name
        for name, value in (
            ("priority", arrival.incoming.priority),
            ("template", arrival.template_id),
            ("lead", arrival.lead_id),
        )
        if value
    }
    decision = world.rules.decide(arrival.incoming, frozenset(typed))
    if decision is None:
        return []
    lead = lead_of(tx, world, arrival, decision)
    decided = zip(_SET, (decision.priority, decision.template_id, lead.person_id), strict=True)
    columns: dict[str, Any] = {name: value for name, value in decided if value}
    tx.update("request", arrival.id, rule_id=decision.rule.id, **columns)
    said_once = None if again else same_id("routed", arrival.id, decision.rule.id)
    _log(tx, "request", arrival.id, _sentence(world, arrival, decision, lead), said_once)
    said = f"{arrival.number} was routed by the rule {decision.rule.name}: {what_it_does(decision, lead)}."
    if not decision.accept:
        return [said]
    from wotui.actions.accepting import make_order  # it lets us look at what was asked, so it comes after us

    order_id = make_order(tx, arrival.id, _today(world))
    number = tx.value("SELECT number FROM work_order WHERE id = ?", (order_id,))
    return [said, f"Accepted as {number}."]


def lead_of(source: Reads, world: World, arrival: Arrival, decision: Decision) -> Lead:
    """Who leads by a rule; nobody where nobody can, and why."""
    rule = decision.rule
    if decision.lead_mode == "person":
        active = source.value(
            "SELECT ifnull(active, 1) FROM person WHERE id = ? AND deleted_at IS NULL", (rule.lead_person_id,)
        )
        name = world.names.get(rule.lead_person_id or "", "the person")
        return (
            Lead(rule.lead_person_id, f"{name} leads")
            if active
            else Lead(None, f"{name} is not here any more")
        )
    if decision.lead_mode != "available":
        return Lead(None, words.lead(rule, world.names) if decision.lead_mode else "")
    trade = rule.lead_trade or arrival.incoming.trade
    today = _today(world)
    days = [arrival.day] if arrival.day else [today + timedelta(days=step) for step in range(_LOOK_AHEAD)]
    for day in days:
        chosen = whoever(world.workers(day), trade, arrival.incoming.places)
        if chosen is not None:
            return Lead(chosen.id, f"{chosen.name} leads (least planned on {day}: {chosen.planned} min)")
    when = f"on {days[0]}" if arrival.day else f"within {_LOOK_AHEAD} days"
    return Lead(None, f"nobody{f' with {trade}' if trade else ''} is available there {when}")


def _sentence(world: World, arrival: Arrival, decision: Decision, lead: Lead) -> str:
    why = words.trial(decision.rule, arrival.incoming, world.names).why
    said = f"Routed by the rule {decision.rule.name}: {why}. It does: {what_it_does(decision, lead)}."
    left = words.kept(decision)
    return f"{said} {left}" if left else said


def what_it_does(decision: Decision, lead: Lead) -> str:
    """What a rule does to what came in, in words."""
    parts = [PRIORITIES.get(decision.priority, "") if decision.priority else "", decision.type or ""]
    parts += ["its template" if decision.template_id else "", lead.words]
    parts.append("accepted at once" if decision.accept else "")
    return listed([part for part in parts if part]) or "nothing that nobody had said already"


def _fitting(tx: Transaction, world: World, arrival: Arrival, rule: Rule) -> str:
    trade = rule.lead_trade or arrival.incoming.trade
    today = _today(world)
    names = reads.named(tx, arrival.incoming.places)
    need = Need(
        on=arrival.day or today,
        today=today,
        trades=(trade,) if trade else (),
        places=tuple(Place(place, names.get(place, "")) for place in arrival.incoming.places),
        movable=arrival.incoming.asset_id is not None,
        required_documents=settings.setting(tx, DOCUMENTS),
    )
    fits = rank(contractors.candidates(tx, settings.setting(tx, "shop.currency")), need)
    good = [fit for fit in fits if fit.verdict == "fits"]
    if not good:
        return (
            f"The rule {rule.name} looks for a contractor{f' for {trade}' if trade else ''}, but none fits."
        )
    lines = [f"{place}. {fit.candidate.name}: {fit.words}" for place, fit in enumerate(good[:_PROPOSED], 1)]
    return "\n".join((f"Contractors that fit, by the rule {rule.name}:", *lines))


def columns_set_by_rule(source: Reads, request_id: str) -> list[str]:
    """The columns whose newest value a rule wrote: the journal's patch that has them has the rule, too."""
    found: list[str] = []
    open_ones = set(_SET)
    for (patch,) in source.rows(
        "SELECT patch FROM change WHERE entity = 'request' AND row = ? ORDER BY t DESC, origin DESC, seq DESC",
        (request_id,),
    ):
        written = json.loads(patch, strict=False)
        found += [column for column in open_ones & written.keys() if written.get("rule_id")]
        open_ones -= written.keys()
    return sorted(found)


def _log(tx: Transaction, kind: str, record_id: str, text: str, identity: str | None = None) -> None:
    """Say it in a record's log; with an identity, two computers that decide the same say it once."""
    tx.put(
        "log_entry",
        identity or new_id(),
        parent_kind=kind,
        parent_id=record_id,
        kind="system",
        text=text,
        by_id=tx.acting and tx.acting.id,
        at=tx.at,
    )


def _today(world: World) -> date:
    return clock.today(world.zone)
