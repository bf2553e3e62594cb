"""What the Inbox says of sharing: the questions beside the lanes, and on the header what is not shared yet."""

from __future__ import annotations

from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.filter_bar import LanesLine


class Questions(ShopScreen[None]):
    """Mixed into the Inbox: a lane that holds no orders, and is there only while somebody should answer something."""

    def tell_title(self) -> None:
        """The shop's name, and what is not shared yet."""
        name = self.wotui.own_title or self.shop.setting("shop.name") or "wotui"
        self.title_line(name, self.wotui.sharing.note)
        self.query_one("#lanes", LanesLine).tell_questions(self.wotui.sharing.questions)

    def sharing_changed(self) -> None:
        """Something was shared, or is asked now."""
        self.tell_title()

    def on_lanes_line_asked(self, event: LanesLine.Asked) -> None:
        event.stop()
        self.action_questions()

    def action_questions(self) -> None:
        """What two people changed at the same time."""
        self.wotui.open_screen(("wotui.tui.screens.questions", "QuestionsScreen"))
