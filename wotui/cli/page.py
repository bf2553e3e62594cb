"""A page of text: a title, fields under each other, sections; wrapped to the terminal, foreign text made harmless."""

from __future__ import annotations

import textwrap

from wotui.cli import output
from wotui.text import visible, visible_lines

_LABEL = 17
_INDENT = "  "


class Page:
    """Collects lines; `text` gives the page.

    Args:
        plain: no colours, whatever stdout is (the page goes to a file).
    """

    def __init__(self, *, plain: bool) -> None:
        self._plain = plain
        self._lines: list[str] = []
        self._width = 100 if plain else output.page_width()

    @property
    def text(self) -> str:
        """The page."""
        return "\n".join(self._lines) + "\n"

    def title(self, handle: str, name: str) -> None:
        """The first line: what it is called, and its name where that is another."""
        words = visible(handle if handle == name else f"{handle}  {name}")
        self._lines += [self._styled(line, "bold") for line in textwrap.wrap(words, self._width) or [""]]

    def line(self, words: str, style: output.Style | None = None) -> None:
        """One line of words, wrapped."""
        self._lines += [self._styled(line, style) for line in textwrap.wrap(visible(words), self._width)]

    def rule(self) -> None:
        """A line across."""
        self._lines.append(self._styled("─" * self._width, "dim"))

    def field(self, label: str, value: str, style: output.Style | None = None) -> None:
        """A label and its value; nothing where the value is empty."""
        if not value:
            return
        first, *rest = textwrap.wrap(visible(value), max(20, self._width - _LABEL)) or [""]
        self._lines.append(
            f"{self._styled(output.fit(visible(label), _LABEL - 1) + ' ', 'dim')}{self._styled(first, style)}"
        )
        self._lines += [f"{'':<{_LABEL}}{self._styled(line, style)}" for line in rest]

    def section(self, heading: str, beside: str = "") -> None:
        """An empty line and a heading."""
        self._lines.append("")
        self._lines.append(self._styled(heading, "bold") + (f"  {visible(beside)}" if beside else ""))

    def prose(self, text: str) -> None:
        """Text of several lines, as it was written, indented."""
        for paragraph in visible_lines(text).split("\n"):
            wrapped = textwrap.wrap(paragraph, max(20, self._width - len(_INDENT))) or [""]
            self._lines += [f"{_INDENT}{line}".rstrip() for line in wrapped]

    def entry(self, lead: str, words: str, style: output.Style | None = None) -> None:
        """One entry of a section: its lead (when, who), then its words, wrapped under themselves."""
        start = f"{_INDENT}{visible(lead)}{_INDENT if lead else ''}"
        room = max(20, self._width - output.width(start))
        parts = [
            line for paragraph in visible_lines(words).split("\n") for line in textwrap.wrap(paragraph, room)
        ] or [""]
        self._lines.append(f"{start}{self._styled(parts[0], style)}".rstrip())
        self._lines += [f"{' ' * output.width(start)}{self._styled(line, style)}" for line in parts[1:]]

    def _styled(self, text: str, style: output.Style | None) -> str:
        return text if self._plain else output.styled(text, style)
