"""The colours: readable in every theme, never the only thing that tells."""

from __future__ import annotations

import pytest
from textual.color import Color

from wotui import settings
from wotui.errors import UsageProblem
from wotui.tui import present, themes

TOKENS = ("text", "muted", "strong", "title", "label", "good", "warn", "bad", "info", "accent")


def ratio(one: str, two: str) -> float:
    """The contrast of two colours by WCAG 2.2 (1 to 21)."""
    lights = sorted((_light(Color.parse(one)), _light(Color.parse(two))), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _light(color: Color) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)


@pytest.mark.parametrize("palette", themes.PALETTES, ids=lambda palette: palette.name)
@pytest.mark.parametrize("token", TOKENS)
def test_every_style_is_readable_on_every_background(palette: themes.Palette, token: themes.Token) -> None:
    least = 7.0 if palette.name == "contrast" else 4.5
    color = themes.styles(palette.name)[token].color
    assert color is not None
    for behind in (palette.background, palette.surface):
        assert ratio(color.name, behind) >= least, f"{token} on {behind}"


@pytest.mark.parametrize("palette", themes.PALETTES, ids=lambda palette: palette.name)
@pytest.mark.parametrize(
    "token", ["cursor", "cursor_away", "key", "bar", "bar_muted", "bar_strong", "mark_bar", "here"]
)
def test_every_bar_and_the_cursor_are_readable(palette: themes.Palette, token: themes.Token) -> None:
    style = themes.styles(palette.name)[token]
    assert style.color is not None
    assert style.bgcolor is not None
    assert ratio(style.color.name, style.bgcolor.name) >= (7.0 if palette.name == "contrast" else 4.5)


def test_without_colour_the_cursor_is_still_seen() -> None:
    styles = themes.styles("plain")
    assert all(style.color is None and style.bgcolor is None for style in styles.values())
    assert styles["cursor"].reverse
    assert styles["bad"].bold


def test_a_theme_that_does_not_exist_is_the_default_one() -> None:
    assert themes.palette("mauve").name == themes.DEFAULT


def test_no_status_and_no_priority_is_told_by_colour_alone() -> None:
    for table in (present.STATUS, present.PRIORITY, present.OUTCOME):
        assert len({look.glyph for look in table.values()}) == len(table)
        assert len({look.words for look in table.values()}) == len(table)


def test_the_setting_knows_just_the_themes_there_are() -> None:
    assert tuple(palette.name for palette in themes.PALETTES) == settings.THEMES
    with pytest.raises(UsageProblem, match="There are dark, light"):
        settings.save("theme", "blue")
