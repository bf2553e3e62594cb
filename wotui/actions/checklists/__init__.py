"""Running checklists: answer, note, leave out, sign, follow up; put lists on orders.

Items are named by their id (`store.reads.checklists.sheet` gives it), orders by number or id. Every function is one
transaction and one undo step; nothing is overwritten: each answer is a row of its own and the latest counts.
"""

from __future__ import annotations

from wotui.actions.checklists.answering import Surprising, accept_as_is, answer, clear, leave_out, note, press
from wotui.actions.checklists.files import attach_file
from wotui.actions.checklists.following_up import accept_follow_up, proposed_order
from wotui.actions.checklists.lists import (
    add_item,
    attach,
    learn,
    load_shipped,
    put_on_order,
    remove_list,
    start_list,
)
from wotui.actions.checklists.signing import set_pin, sign

__all__ = [
    "Surprising",
    "accept_as_is",
    "accept_follow_up",
    "add_item",
    "answer",
    "attach",
    "attach_file",
    "clear",
    "learn",
    "leave_out",
    "load_shipped",
    "note",
    "press",
    "proposed_order",
    "put_on_order",
    "remove_list",
    "set_pin",
    "sign",
    "start_list",
]
