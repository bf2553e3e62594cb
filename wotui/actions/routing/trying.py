"""A dry run: which rule would fire on requests that came in, and why; nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wotui.actions.routing.deciding import columns_set_by_rule, lead_of, what_it_does
from wotui.domain.routing import words
from wotui.store.reads import requests as request_reads
from wotui.store.reads import routing as reads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.domain.routing.rules import Decision
    from wotui.domain.routing.words import Trial
    from wotui.store.reading import Reads
    from wotui.store.reads.routing import Arrival, World

LAST = 50
"""So many of the newest requests are tried."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What the rules would do with one request.

    Attributes:
        rule: the name of the rule that fires; empty where none does.
        why: why it fires, or why the last rule does not.
        does: what it would do.
        kept: what a person said and it would leave alone, as a sentence.
        before: the name of the rule that routed it when it came in; empty for none.
        trials: how each rule fared, in their order, up to the one that fires.
    """

    id: str
    number: str
    title: str
    rule: str
    why: str
    does: str
    kept: str
    before: str
    trials: tuple[Trial, ...]


def dry_run(source: Reads, count: int = LAST) -> list[Tried]:
    """Try the rules on the newest requests, the newest first."""
    world = reads.World(source)
    arrivals = world.last_requests(count)
    names = world.names_for(arrivals)
    return [_tried(source, world, arrival, names) for arrival in arrivals]


def dry_run_of(source: Reads, number: str) -> Tried:
    """Try the rules on one request.

    Raises:
        NotFound: no such request.
    """
    known = request_reads.find(source, number)
    world = reads.World(source)
    arrival = world.request(known.id)
    assert arrival is not None
    return _tried(source, world, arrival, world.names_for([arrival]))


def _tried(source: Reads, world: World, arrival: Arrival, names: Mapping[str, str]) -> Tried:
    by_rule = columns_set_by_rule(source, arrival.id)
    incoming = arrival.incoming
    if "asked_priority" in by_rule:
        incoming = replace(incoming, priority=None)
    typed = {
        name
        for name, value, column in (
            ("priority", incoming.priority, "asked_priority"),
            ("template", arrival.template_id, "template_id"),
            ("lead", arrival.lead_id, "assigned_id"),
        )
        if value and column not in by_rule
    }
    decision: Decision | None = world.rules.decide(incoming, frozenset(typed))
    trials: list[Trial] = []
    for rule in world.rules.all:
        trials.append(words.trial(rule, incoming, names))
        if decision is not None and rule.id == decision.rule.id:
            break
    why = trials[-1].why if trials else "there are no rules"
    if decision is None and len(trials) > 1:
        why = "no rule fits"
    lead = lead_of(source, world, replace(arrival, incoming=incoming), decision) if decision else None
    return Tried(
        arrival.id,
        arrival.number,
        arrival.title,
        decision.rule.name if decision else "",
        why,
        what_it_does(decision, lead) if decision and lead else "",
        words.kept(decision) if decision else "",
        source.value(
            "SELECT r.name FROM request q JOIN routing_rule r ON r.id = q.rule_id WHERE q.id = ?",
            (arrival.id,),
        )
        or "",
        tuple(trials),
    )
