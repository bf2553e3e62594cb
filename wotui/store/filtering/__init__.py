"""From what a filter says to the SQL that answers it."""

from __future__ import annotations

from wotui.store.filtering.query import Query, query

__all__ = ["Query", "query"]
