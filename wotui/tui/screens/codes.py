"""The code lists of the shop: the words that forms offer, list by list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.actions import codes as actions
from wotui.domain.codes import LISTS, PER_CLASS, Code
from wotui.errors import NotFound
from wotui.store.reads import codes as reads
from wotui.tui import keys
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.dialogs import Ask, Choose, Words
from wotui.tui.widgets.fields import FieldList, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.widget import Widget


class CodesScreen(ShopScreen[None]):
    """Every code list."""

    ROOM = "codes"
    BINDINGS = keys.bindings("codes")
    DEFAULT_CSS = """
    CodesScreen FieldList { margin-top: 1; }
    CodesScreen #hint { dock: bottom; height: 1; padding: 0 1; color: $wotui-muted; margin-bottom: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._codes: list[Code] = []

    def body(self) -> Iterator[Widget]:
        yield FieldList(id="list")
        yield Words("", id="hint")

    @property
    def _list(self) -> FieldList:
        return self.query_one("#list", FieldList)

    def mounted(self) -> None:
        super().mounted()
        self._list.opened = lambda _row, _begun: self.action_open()
        self._list.focus()

    def refresh_from_shop(self) -> None:
        self._codes = reads.codes(self.shop, retired_too=True)
        self.title_line("Code lists", f"{len(self._codes)} words that forms offer")
        self._list.show(_rows(self._codes))
        add = keys.shown_key("codes.new")
        words = "Forms offer these words; anything else can be typed all the same."
        self.query_one("#hint", Words).tell(words if self._codes else f"No words yet. {add} adds one.")

    def _in_hand(self) -> Code:
        row = self._list.current
        found = next((each for each in self._codes if row is not None and each.id == row.name), None)
        if found is None:
            raise NotFound("There is no word under the cursor.", "Move to one, or add one with n.")
        return found

    def action_open(self) -> None:
        code = self._in_hand()

        def answered(label: str | None) -> None:
            if label is not None:
                self.ask.act(
                    lambda shop: actions.edit(shop, code.list, code.code, label=label, scope=code.scope)
                )

        words = "A word more about it, shown beside it; empty for none."
        self.wotui.push_screen(Ask(code.code, code.label, words=words), answered)

    def action_retire(self) -> None:
        code = self._in_hand()
        if code.active:
            self.ask.act(lambda shop: actions.retire(shop, code.list, code.code, scope=code.scope))
        else:
            self.ask.act(
                lambda shop: actions.add(shop, code.list, code.code, label=code.label, scope=code.scope)
            )

    def action_move(self, step: int) -> None:
        code = self._in_hand()
        peers = [
            each for each in self._codes if (each.list, each.scope) == (code.list, code.scope) and each.active
        ]
        if code in peers:
            place = peers.index(code) + 1 + step
            self.ask.act(
                lambda shop: actions.edit(shop, code.list, code.code, scope=code.scope, position=place)
            )

    def action_new(self) -> None:
        options = [("", words.capitalize(), "", name) for name, words in LISTS.items()]
        row = self._list.current
        here = next((each.list for each in self._codes if row is not None and each.id == row.name), "trade")

        def chosen(name: str | None) -> None:
            if name in PER_CLASS:
                self._ask_class(name)
            elif name is not None:
                self._ask_word(name, "")

        self.wotui.push_screen(Choose("Add to which list?", options, at=[*LISTS].index(here)), chosen)

    def _ask_class(self, name: str) -> None:
        known = reads.failure_classes(self.shop)
        options = [("", "every asset", "", ""), *(("", each, "", each) for each in known)]
        options.append(("", "another failure class …", "", "…"))

        def chosen(scope: str | None) -> None:
            if scope == "…":
                box = Ask("Failure class", words="As it stands on the assets, such as pump.", limit=40)
                self.wotui.push_screen(box, lambda typed: self._ask_word(name, typed) if typed else None)
            elif scope is not None:
                self._ask_word(name, scope)

        self.wotui.push_screen(Choose(f"{LISTS[name].capitalize()} of which assets?", options), chosen)

    def _ask_word(self, name: str, scope: str) -> None:
        def answered(word: str | None) -> None:
            if word:
                self.ask.act(lambda shop: actions.add(shop, name, word, scope=scope))

        of = f" of {scope}" if scope else ""
        self.wotui.push_screen(Ask(f"A new word for the {LISTS[name]}{of}", limit=60), answered)


def _rows(codes: Sequence[Code]) -> list[Row]:
    made: list[Row] = []
    heading = ""
    for name, words in LISTS.items():
        for code in (each for each in codes if each.list == name):
            title = f"{words.capitalize()}{f': {code.scope}' if code.scope else ''}"
            if title != heading:
                made.append(Row("", title))
                heading = title
            shown = f"{code.code}{f'  {code.label}' if code.label else ''}"
            made.append(
                Row(
                    code.id,
                    "" if code.active else "retired",
                    kind="code",
                    shown=shown,
                    look="text" if code.active else "muted",
                )
            )
    return made
