"""The palette (ctrl+p): every command of this screen with its key, saved filters, and "go to order …"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.tui import keys, present
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.options import Option, matching
from wotui.tui.widgets.picker import Picker

if TYPE_CHECKING:
    from collections.abc import Callable

    from wotui.store.file import Shop
    from wotui.tui.app import WotuiApp

_ORDERS = 12


def open_palette(app: WotuiApp) -> None:
    """Show what can be done here, and do what is taken."""
    room = app.screen.ROOM if isinstance(app.screen, ShopScreen) else "app"
    filters = dict(app.computer.filters) if app.computer is not None else {}

    def taken(value: Any) -> None:
        if value is not None:
            kind, what = value
            {"command": _run, "order": _go, "filter": _filter}[kind](app, what)

    app.push_screen(Picker("Commands", _source(room, filters)), taken)


def commands(room: str) -> list[Option]:
    """The commands of a room and those of everywhere, each with its key."""
    seen: set[str] = set()
    options: list[Option] = []
    for known in (*keys.in_room(room), *(keys.in_room("app") if room != "app" else ())):
        if known.id not in seen:
            seen.add(known.id)
            options.append(Option(("command", known.id), known.words, known.tooltip, known.key))
    return options


def _source(room: str, filters: dict[str, str]) -> Callable[[Shop, str], list[Option]]:
    known = commands(room)
    known += [
        Option(("filter", words), f"Filter: {name}", words, "", "accent") for name, words in filters.items()
    ]

    def source(shop: Shop, typed: str) -> list[Option]:
        from wotui.store.reads import choices

        found = matching(known, typed)
        if typed.strip():
            for each in choices.orders(shop, typed, _ORDERS):
                look = present.status(each.note)
                found.append(Option(("order", each.id), f"{look.glyph} {each.name}", look.words, each.handle))
        return found

    return source


def _run(app: WotuiApp, command_id: str) -> None:
    known = keys.command(command_id)
    app.call_later(app.run_action, known.action, _namespace(app, known.action))


def _namespace(app: WotuiApp, action: str) -> Any:
    """Who has the action: the focused widget or one around it, else the screen."""
    name = f"action_{action.split('(')[0]}"
    node: Any = app.focused
    while node is not None and node is not app.screen:
        if hasattr(node, name):
            return node
        node = node.parent
    return app.screen


def _go(app: WotuiApp, order_id: str) -> None:
    app.open_order(order_id)


def _filter(app: WotuiApp, words: str) -> None:
    show = getattr(app.screen, "use_filter", None)
    if show is not None:
        show(words)
        return

    async def there() -> None:
        await app.action_mode("inbox")
        show_in_inbox = getattr(app.screen, "use_filter", None)
        if show_in_inbox is not None:
            show_in_inbox(words)

    app.call_later(there)
