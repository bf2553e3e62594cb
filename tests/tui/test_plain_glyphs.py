"""A terminal without Unicode: every glyph has a plain look of the same width."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from wotui.tui import present
from wotui.tui.plain_glyphs import translation


def test_a_terminal_with_unicode_gets_text_as_it_is() -> None:
    assert translation("utf-8")("▶ Zähler “検査”") == "▶ Zähler “検査”"
    assert translation(None)("▶") == "▶"


@pytest.mark.parametrize(
    "table", [present.STATUS, present.PRIORITY, present.OUTCOME], ids=["status", "priority", "item"]
)
def test_every_glyph_has_a_plain_look_that_tells_it_from_the_others(
    table: dict[object, present.Look],
) -> None:
    plain = [translation("ascii")(look.glyph) for look in table.values()]
    assert len(set(plain)) == len(plain)
    assert "?" not in plain


@pytest.mark.parametrize("shown", ["▶ in progress", "検査する", "─│╭╮", "café", "plain", "👷‍♀️ crew"])
def test_no_column_moves(shown: str) -> None:
    written = translation("ascii")(shown)
    assert written.isascii()
    assert cell_len(written) >= cell_len(shown)


def test_what_latin_1_has_stays() -> None:
    assert translation("latin-1")("café ▶") == "café >"
