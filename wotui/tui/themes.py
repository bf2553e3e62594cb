"""The four looks: dark, light, high contrast (at least 7:1), colour-blind safe; and one without any colour.

A screen never names a colour. It names a token (`bad`, `muted`, `cursor`), and the theme in use says what that is.
Tokens carry a text attribute beside their colour, so that NO_COLOR and monochrome terminals lose nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rich.style import Style
    from textual.theme import Theme

Token = Literal[
    "text", "muted", "strong", "title", "label", "good", "warn", "bad", "info", "accent",
    "cursor", "cursor_away", "mark", "key", "bar", "bar_muted", "bar_strong", "mark_bar", "here", "match",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, as hex; `words` is its name in the settings dialog."""

    name: str
    words: str
    dark: bool
    background: str
    surface: str
    panel: str
    text: str
    muted: str
    accent: str
    good: str
    warn: str
    bad: str
    info: str
    cursor_text: str
    cursor: str
    cursor_away: str
    without_colour: bool = field(default=False)


PALETTES = (
    Palette(
        "dark", "Dark", True,
        background="#14171c", surface="#1b1f26", panel="#252b34", text="#e4e7ec", muted="#98a2b0",
        accent="#6cb6ff", good="#7ccf8f", warn="#f0b95a", bad="#ff8a80", info="#b7a6ff",
        cursor_text="#0b1016", cursor="#8cc4ff", cursor_away="#2f3947",
    ),
    Palette(
        "light", "Light", False,
        background="#fbfaf7", surface="#f2f0eb", panel="#e6e3db", text="#20242a", muted="#59616c",
        accent="#0b5cad", good="#1b6b33", warn="#8a5200", bad="#b3261e", info="#5b3fa8",
        cursor_text="#ffffff", cursor="#0b5cad", cursor_away="#d3dbe6",
    ),
    Palette(
        "contrast", "High contrast", True,
        background="#000000", surface="#000000", panel="#1a1a1a", text="#ffffff", muted="#d0d0d0",
        accent="#7fd4ff", good="#7dff9b", warn="#ffd75f", bad="#ffa8a0", info="#d7c3ff",
        cursor_text="#000000", cursor="#ffff5f", cursor_away="#3a3a3a",
    ),
    Palette(
        "colour-blind", "Colour-blind safe", True,
        background="#12151a", surface="#191d24", panel="#242a33", text="#eceff3", muted="#a3adba",
        accent="#56b4e9", good="#62c7f0", warn="#f0e442", bad="#ff9a56", info="#e6a6cd",
        cursor_text="#101010", cursor="#f0e442", cursor_away="#343c49",
    ),
)  # fmt: skip
PLAIN = Palette(
    "plain", "Without colour", True,
    background="#000000", surface="#000000", panel="#000000", text="#ffffff", muted="#ffffff",
    accent="#ffffff", good="#ffffff", warn="#ffffff", bad="#ffffff", info="#ffffff",
    cursor_text="#ffffff", cursor="#000000", cursor_away="#000000", without_colour=True,
)  # fmt: skip
DEFAULT = "dark"
ON_SURFACE = "/surface"
_BY_NAME = {palette.name: palette for palette in (*PALETTES, PLAIN)}


def palette(name: str) -> Palette:
    """The palette of that name; the default one for a name that does not exist (settings may hold anything)."""
    return _BY_NAME.get(name, _BY_NAME[DEFAULT])


@lru_cache(maxsize=16)
def styles(name: str) -> dict[Token, Style]:
    """Every token as a Rich style of the theme `name`, on its background; `dark/surface` is for dialogs."""
    colours = palette(name.removesuffix(ON_SURFACE))
    ground = colours.surface if name.endswith(ON_SURFACE) else colours.background
    if colours.without_colour:
        return {token: _style(token, None, None, reverse=token in _REVERSED) for token in _TOKENS}
    made: dict[Token, Style] = {}
    for token in _TOKENS:
        front, back = _pair(colours, token)
        # Always with a background: what a line leaves out is the terminal's own, and light text on white is no text.
        made[token] = _style(token, front, back or ground)
    return made


def theme(colours: Palette) -> Theme:
    """The palette as a Textual theme, with its variables for the stylesheets (`$muted`, `$cursor`, …)."""
    from textual.theme import Theme

    plain = colours.without_colour
    return Theme(
        name=colours.name,
        primary=colours.accent,
        secondary=colours.info,
        accent=colours.accent,
        warning=colours.warn,
        error=colours.bad,
        success=colours.good,
        foreground=None if plain else colours.text,
        background=None if plain else colours.background,
        surface=None if plain else colours.surface,
        panel=None if plain else colours.panel,
        boost=None if plain else colours.panel,
        dark=colours.dark,
        variables=_variables(colours),
        ansi=plain,
    )


def _variables(colours: Palette) -> dict[str, str]:
    plain = colours.without_colour
    return {
        "ansi-background": colours.background,  # Textual's own styles ask for these two where `ansi` is set
        "ansi-foreground": colours.text,
        "wotui-muted": colours.muted,
        "wotui-cursor": colours.cursor,
        "wotui-cursor-text": colours.cursor_text,
        "wotui-cursor-away": colours.cursor_away,
        "wotui-cursor-style": "bold reverse" if plain else "none",
        "wotui-input": colours.surface if plain else colours.panel,
        "text-muted": colours.muted,
        "text-error": colours.bad,
        "text-warning": colours.warn,
        "text-success": colours.good,
        "border": colours.accent,
        "border-blurred": colours.muted,
        "scrollbar": colours.muted,
        "scrollbar-hover": colours.accent,
        "scrollbar-active": colours.accent,
        "scrollbar-background": colours.surface,
        "scrollbar-background-hover": colours.surface,
        "scrollbar-background-active": colours.surface,
        "scrollbar-corner-color": colours.surface,
        "block-cursor-foreground": colours.cursor_text,
        "block-cursor-background": colours.cursor,
        "block-cursor-text-style": "bold reverse" if plain else "none",
        "block-cursor-blurred-foreground": colours.text,
        "block-cursor-blurred-background": colours.cursor_away,
        "input-cursor-background": colours.text,
        "input-cursor-foreground": colours.background,
        "input-cursor-text-style": "reverse" if plain else "none",
        "input-selection-background": colours.cursor_away,
    }


_TOKENS: tuple[Token, ...] = (
    "text", "muted", "strong", "title", "label", "good", "warn", "bad", "info", "accent",
    "cursor", "cursor_away", "mark", "key", "bar", "bar_muted", "bar_strong", "mark_bar", "here", "match",
)  # fmt: skip
_REVERSED: frozenset[Token] = frozenset({"cursor", "mark_bar", "here"})
_BOLD: frozenset[Token] = frozenset(
    {"strong", "title", "bad", "mark", "key", "bar_strong", "mark_bar", "here"}
)


def _style(token: Token, front: str | None, back: str | None, *, reverse: bool = False) -> Style:
    from rich.style import Style

    return Style(
        color=front,
        bgcolor=back,
        bold=token in _BOLD or None,
        underline=token in ("match", "cursor_away") or None,
        reverse=reverse or None,
    )


def _pair(colours: Palette, token: Token) -> tuple[str, str | None]:
    """The token's foreground and background; None is the background of the theme."""
    pairs: dict[Token, tuple[str, str | None]] = {
        "strong": (colours.text, None),
        "title": (colours.accent, None),
        "label": (colours.muted, None),
        "cursor": (colours.cursor_text, colours.cursor),
        "cursor_away": (colours.text, colours.cursor_away),
        "mark": (colours.accent, None),
        "key": (colours.accent, colours.panel),
        "bar": (colours.text, colours.panel),
        "bar_muted": (colours.muted, colours.panel),
        "bar_strong": (colours.accent, colours.panel),
        "here": (colours.text, colours.cursor_away),
        "mark_bar": (colours.background, colours.warn),
        "match": (colours.accent, None),
    }
    if token in pairs:
        return pairs[token]
    return (str(getattr(colours, token)), None)
