"""The filter language: `parse` reads it, `describe` says it back in words, `LANES` are the Inbox's standing filters."""

from __future__ import annotations

from wotui.domain.filters.lanes import LANES, Lane
from wotui.domain.filters.mistakes import FilterMistake
from wotui.domain.filters.parser import parse
from wotui.domain.filters.scope import names_status, only_statuses
from wotui.domain.filters.tree import Filter
from wotui.domain.filters.words import describe

__all__ = ["LANES", "Filter", "FilterMistake", "Lane", "describe", "names_status", "only_statuses", "parse"]
