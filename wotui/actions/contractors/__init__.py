"""Contractors: hiring, the steps of a job, ratings, documents, contacts, blocking.

Orders are named by number or id, contractors by name or id, jobs, documents and contacts by id. Every function is one
transaction and one undo step. A contractor's own fields are changed by `actions.records`.
"""

from __future__ import annotations

from wotui.actions.contractors.documents import (
    add_contact,
    add_document,
    block,
    change_contact,
    change_document,
    remove_contact,
    remove_document,
    unblock,
)
from wotui.actions.contractors.hiring import ask, hire, quote
from wotui.actions.contractors.jobs import came_back, change_days, finish, invoice, move, rate, sent_out

__all__ = [
    "add_contact",
    "add_document",
    "ask",
    "block",
    "came_back",
    "change_contact",
    "change_days",
    "change_document",
    "finish",
    "hire",
    "invoice",
    "move",
    "quote",
    "rate",
    "remove_contact",
    "remove_document",
    "sent_out",
    "unblock",
]
