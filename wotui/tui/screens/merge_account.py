"""The account of one merge, record by record and field by field; or the preview of one that was not done yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.tui import keys, merge_rows
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.pages import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from textual.widget import Widget

    from wotui.store.file import Shop
    from wotui.tui.widgets.lines import Piece


class AccountScreen(ShopScreen[None]):
    """Accounts to read.

    Args:
        documents: as `Account.document` gives them.
        paths: of a preview, the places that its merge is with; empty for one that is over.
    """

    ROOM = "account"
    BINDINGS = keys.bindings("account")

    def __init__(self, documents: Sequence[Mapping[str, Any]], paths: Sequence[Path] = ()) -> None:
        super().__init__()
        self._documents = list(documents)
        self._paths = list(paths)

    def body(self) -> Iterator[Widget]:
        yield Reader(id="account")

    def mounted(self) -> None:
        super().mounted()
        preview = bool(self._paths)
        self.title_line(
            "Preview of a merge" if preview else "Merge", "nothing was changed yet" if preview else ""
        )
        self.query_one(Reader).focus()
        documents = self._documents
        self.ask.read("account", lambda shop: _in_words(shop, documents), self._show)

    def offers(self, command_id: str) -> bool:
        """Only a preview can be merged."""
        return bool(self._paths) or command_id != "account.merge"

    def action_merge(self) -> None:
        """Merge what was looked at."""
        if not self._paths:
            self.wotui.tell("This merge is done already.")
            return
        paths, sharing = self._paths, self.wotui.sharing
        self.dismiss()
        sharing.merge(paths, agreed=True)

    def _show(self, documents: list[dict[str, Any]]) -> None:
        zone, today = self.shop.zone, self.shop.today()

        def lines(width: int) -> list[list[Piece]]:
            made: list[list[Piece]] = []
            for document in documents:
                made += merge_rows.account(document, zone, today, width)
                made.append([])
            return made

        self.query_one(Reader).show(lines)


def _in_words(shop: Shop, documents: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The accounts with names where the journal has ids."""
    from wotui.store.reads.history import Names, in_words

    names = Names(shop)

    def fields(record: Mapping[str, Any]) -> list[dict[str, Any]]:
        listed = record.get("fields", ())
        after = {str(one.get("field", "")): one.get("new") for one in listed}
        before = {} if record.get("new") else {str(one.get("field", "")): one.get("old") for one in listed}
        words = in_words(names, str(record.get("kind", "")), before, after)
        return [{"field": name, "old": old, "new": new} for name, old, new in words]

    return [
        {
            **document,
            "records": [{**record, "fields": fields(record)} for record in document.get("records", ())],
        }
        for document in documents
    ]
