"""What a filter that is being typed may go on with, shown in grey behind the cursor; → takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.suggester import Suggester

from wotui.domain.filters.completion import complete

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class FilterSuggester(Suggester):
    """Completes the last word of a filter.

    Args:
        own: the shop's own fields by key, with their choices.
    """

    def __init__(self, own: Mapping[str, Sequence[str]]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._own = own

    async def get_suggestion(self, value: str) -> str | None:
        """The filter gone on with, or None."""
        return complete(value, self._own)
