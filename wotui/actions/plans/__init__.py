"""Maintenance plans: making and changing them, running them, and settling their dates as the work is done."""

from __future__ import annotations

from wotui.actions.plans.changing import override, pause, resume, retire, skip
from wotui.actions.plans.running import ClockBehind, run
from wotui.actions.plans.settling import AsksPlan, count_as
from wotui.actions.plans.writing import add, edit

__all__ = [
    "AsksPlan",
    "ClockBehind",
    "add",
    "count_as",
    "edit",
    "override",
    "pause",
    "resume",
    "retire",
    "run",
    "skip",
]
