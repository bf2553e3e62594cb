"""What is mended in the pinned Textual (8.2.8), each with the reason and with the test that shows when it can go."""

from __future__ import annotations

from functools import lru_cache

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.style import Style


def forget_gone_widgets() -> None:
    """Let the drawn lines of closed screens go. Safe to call again.

    `StylesCache.get_inner_outer` is cached by its instance too, so that the last thousand widgets are kept with all
    their lines: some 40 MB after a few hundred orders. What it gives depends on the two colours alone.
    """

    def get_inner_outer(
        _cache: StylesCache, base_background: Color, background: Color
    ) -> tuple[Style, Style]:
        return _inner_outer(base_background, background)

    StylesCache.get_inner_outer = get_inner_outer  # pyright: ignore[reportAttributeAccessIssue]


@lru_cache(1024)
def _inner_outer(base_background: Color, background: Color) -> tuple[Style, Style]:
    return Style(background=base_background + background), Style(background=base_background)
