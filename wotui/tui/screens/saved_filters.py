"""Saved filters: take one, keep the present one under a name, forget one. They are kept on this computer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wotui import settings
from wotui.errors import Problem, Refused
from wotui.text import clean_line
from wotui.tui.widgets.dialogs import Ask, Choose

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wotui.tui.app import WotuiApp

_KEEP, _FORGET = object(), object()
_NAME = 40


def choose(app: WotuiApp, now: str, use: Callable[[str], None]) -> None:
    """Offer the saved filters.

    Args:
        app: shows the dialogs and holds the settings.
        now: the filter that stands in the bar; where there is one, it can be kept.
        use: called with the filter that was taken.
    """
    saved = _saved(app)
    options: list[tuple[str, str, str, Any]] = [
        (str(place) if place < 10 else "", name, words, words)
        for place, (name, words) in enumerate(saved.items(), 1)
    ]
    if now:
        options.append(("s", "Save the present filter …", now, _KEEP))
    if saved:
        options.append(("x", "Forget one …", "", _FORGET))
    if not options:
        app.tell("No saved filters yet. Type a filter, then save it here.")
        return

    def chosen(value: Any) -> None:
        if value is _KEEP:
            app.push_screen(Ask("Save the filter as", words=now, check=_named, limit=_NAME), keep)
        elif value is _FORGET:
            _forget(app)
        elif value is not None:
            use(value)

    def keep(name: str | None) -> None:
        if name:
            _write(app, {**saved, name: now}, f"Saved the filter {name}.")

    app.push_screen(Choose("Saved filters", options), chosen)


def _forget(app: WotuiApp) -> None:
    saved = _saved(app)

    def chosen(name: str | None) -> None:
        if name is not None:
            _write(
                app,
                {each: words for each, words in saved.items() if each != name},
                f"Forgot the filter {name}.",
            )

    app.push_screen(
        Choose("Forget which?", [("", name, words, name) for name, words in saved.items()]), chosen
    )


def _saved(app: WotuiApp) -> Mapping[str, str]:
    return app.computer.filters if app.computer is not None else {}


def _write(app: WotuiApp, filters: Mapping[str, str], said: str) -> None:
    try:
        settings.save("filters", filters)
    except Problem as problem:
        app.refuse(problem)
        return
    if app.computer is not None:
        app.computer = replace(app.computer, filters=filters)
    app.tell(said)


def _named(typed: str) -> str:
    name = clean_line(typed, _NAME)
    if not name:
        raise Refused("It needs a name.", "A word or two.")
    return name
