"""Routing: letting the rules decide on what comes in, and changing the rules.

`route_request` and `route_order` belong into the transaction that makes what they route. Every function of `rules` is
one transaction and one undo step.
"""

from __future__ import annotations

from wotui.actions.routing.deciding import (
    order_columns,
    propose_contractors,
    route_again,
    route_order,
    route_request,
    route_requests,
)
from wotui.actions.routing.rules import RULES, add, add_from, edit, move, remove, switch
from wotui.actions.routing.trying import LAST, Tried, dry_run, dry_run_of

__all__ = [
    "LAST",
    "RULES",
    "Tried",
    "add",
    "add_from",
    "dry_run",
    "dry_run_of",
    "edit",
    "move",
    "order_columns",
    "propose_contractors",
    "remove",
    "route_again",
    "route_order",
    "route_request",
    "route_requests",
    "switch",
]
