"""Putting lists and items on an order while running it, and getting attached files out again."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from wotui.actions import checklists as actions
from wotui.domain.checklists import items as kinds
from wotui.exchange import attachments
from wotui.store.reads import attachments as attachments_of
from wotui.store.reads import checklist_templates
from wotui.tui.widgets.dialogs import Choose
from wotui.tui.widgets.options import Option
from wotui.tui.widgets.picker import New, Picker

if TYPE_CHECKING:
    from collections.abc import Callable

    from wotui.store.file import Shop
    from wotui.store.reads.checklists import Line
    from wotui.store.transaction import Done
    from wotui.tui.screens.checklist import ChecklistScreen
    from wotui.tui.screens.checklist_asking import Asking

_ONE_ITEM, _TAKE_OFF = "one item", "take off"
_KINDS = (
    (kinds.TICK, "Tick", "done or not"),
    (kinds.PASS_FAIL, "Pass or fail", "or to watch"),
    (kinds.YES_NO, "Yes or no", "yes is good"),
    (kinds.NUMBER, "Number", "without limits"),
    (kinds.TEXT, "Text", ""),
    (kinds.PHOTO, "Picture or file", ""),
)


class Adding:
    """The questions about lists, items and files of one runner.

    Args:
        screen: the runner.
        asking: asks for words and opens dialogs.
    """

    def __init__(self, screen: ChecklistScreen, asking: Asking) -> None:
        self._screen = screen
        self._asking = asking

    def ask(self) -> None:
        """Put one of the shop's lists on the order, add one item, start a new list, or take one off."""
        sheet = self._screen.sheet
        options: list[Option] = []
        if sheet is not None and sheet.lists:
            options.append(Option(_ONE_ITEM, "One more item", f"on “{sheet.lists[-1][1]}”", look="accent"))
        known = checklist_templates.templates(self._screen.shop)
        options += [Option(row.id, row.name, row.description, row.trade) for row in known]
        for list_id, name in sheet.lists if sheet is not None else ():
            options.append(
                Option(
                    (_TAKE_OFF, list_id),
                    f"Take “{name}” off",
                    "while nothing on it is answered",
                    look="muted",
                )
            )
        self._asking.show(Picker("Checklist", options, new="checklist"), self._added)

    def _added(self, chosen: Any) -> None:
        order_id = self._screen.order_id
        if isinstance(chosen, New):
            self._asking.ask_words("The first item of this list", "", partial(self._start, chosen.name))
        elif chosen == _ONE_ITEM:
            self._asking.ask_words("What is to be checked?", "", self._kind_of_item)
        elif isinstance(chosen, tuple):
            _, list_id = cast("tuple[str, str]", chosen)
            self._act(lambda shop: actions.remove_list(shop, list_id))
        elif chosen is not None:
            self._act(lambda shop: actions.attach(shop, order_id, str(chosen)))

    def _kind_of_item(self, label: str) -> None:
        order_id = self._screen.order_id
        options: list[tuple[str, str, str, Any]] = [
            (str(number), words, note, kind) for number, (kind, words, note) in enumerate(_KINDS, 1)
        ]

        def chosen(kind: str | None) -> None:
            if kind is not None:
                self._screen.ask.act(
                    lambda shop: actions.add_item(shop, order_id, {"label": label, "type": kind})
                )

        self._asking.show(Choose(label, options), chosen)

    def _start(self, name: str, label: str) -> None:
        order_id = self._screen.order_id
        self._act(lambda shop: actions.start_list(shop, order_id, name, [label]))

    def save_copy(self, line: Line) -> None:
        """Write copies of the item's files into a folder."""

        def named(folder: str) -> None:
            screen = self._screen
            found = attachments_of.of_record(screen.shop, line.item.id)

            def written(paths: list[Path]) -> None:
                screen.wotui.tell(
                    f"Wrote {paths[0]}." if len(paths) == 1 else f"Wrote {len(paths)} files to {folder}."
                )

            screen.ask.read("files", lambda shop: attachments.save(shop, found, folder), written)

        self._asking.ask_words("Write a copy into which folder?", str(Path.home()), named)

    def _act(self, change: Callable[[Shop], Done]) -> None:
        """Change the order's lists, then stand on what is open now."""

        def then(_: Done) -> None:
            self._screen.answering.go_on(None)

        self._screen.ask.act(change, then)
