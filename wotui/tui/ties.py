"""What screens and widgets need of the app, typed in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from wotui.errors import Problem
from wotui.tui import themes

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.tui.app import WotuiApp
    from wotui.tui.ask import Ask


class WithShop:
    """Mixed into screens and widgets: the app, its shop, and where work is asked for."""

    @property
    def wotui(self) -> WotuiApp:
        """The app, as what it is."""
        holder: Any = self
        return cast("WotuiApp", holder.app)

    @property
    def on_top(self) -> bool:
        """Whether nothing lies above this screen."""
        holder: Any = self
        return holder.app.screen is self

    @property
    def colours(self) -> str:
        """The name under which `themes.styles` has the styles for here: dialogs lie on another background."""
        holder: Any = self
        name = self.wotui.theme
        return f"{name}{themes.ON_SURFACE}" if holder.screen.is_modal else name

    @property
    def shop(self) -> Shop:
        """The open shop; reads on the screen's own thread must be short."""
        return self.wotui.shop

    def refresh_from_shop(self) -> None:
        """Read again what is shown, and show it."""

    def look(self) -> None:
        """Read again what is shown; a file that cannot be read just now is a toast, and what was shown stays."""
        try:
            self.refresh_from_shop()
        except Problem as problem:
            self.wotui.could_not_look(problem)

    @property
    def ask(self) -> Ask:
        """Where changes and slow reads are asked for."""
        return self.wotui.ask
