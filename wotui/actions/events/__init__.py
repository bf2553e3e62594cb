"""What machines report: taking it in, the rules for it, and what is looked for once a day."""

from __future__ import annotations

from wotui.actions.events.occasions import after_failed_item, after_reading, look_around
from wotui.actions.events.rules import RULES
from wotui.actions.events.taking_in import Batch, Taken, take_in, write

__all__ = [
    "RULES",
    "Batch",
    "Taken",
    "after_failed_item",
    "after_reading",
    "look_around",
    "take_in",
    "write",
]
