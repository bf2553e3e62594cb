"""The shop's order templates: make, copy, retire, bring in and write out, add a pack; enter opens one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from wotui.actions import packs
from wotui.actions.templates import editing, files
from wotui.errors import FileTrouble, NotFound
from wotui.store.reads import templates as reads
from wotui.tui import keys, new_order, template_rows
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.dialogs import Ask, Choose, Words
from wotui.tui.widgets.fields import FieldList
from wotui.tui.widgets.picker import Picker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget

    from wotui.store.transaction import Done

_ONE = ("wotui.tui.screens.template", "TemplateScreen")


class TemplatesScreen(ShopScreen[None]):
    """The list of templates."""

    ROOM = "templates"
    BINDINGS = keys.bindings("templates")
    DEFAULT_CSS = """
    TemplatesScreen FieldList { margin-top: 1; }
    TemplatesScreen #hint { dock: bottom; height: 1; padding: 0 1; color: $wotui-muted; margin-bottom: 1; }
    """

    def body(self) -> Iterator[Widget]:
        yield FieldList(id="list")
        yield Words("", id="hint")

    @property
    def list(self) -> FieldList:
        """The lines."""
        return self.query_one("#list", FieldList)

    def mounted(self) -> None:
        super().mounted()
        self.list.opened = lambda _row, _begun: self.action_open()
        self.list.focus()

    def refresh_from_shop(self) -> None:
        known = reads.templates(self.shop, retired_too=True)
        self.list.show(template_rows.list_rows(known, len(reads.own_fields(self.shop, None))))
        self.title_line("Templates", f"{len([row for row in known if row.active])} in use")
        if not known:
            new, pack = keys.shown_key("templates.new"), keys.shown_key("templates.pack")
            self._hint(f"No template yet. {pack} adds those of an industry, {new} makes one.")
        elif self.list.current is not None:
            self._hint(self.list.current.hint)

    def on_field_list_moved(self, event: FieldList.Moved) -> None:
        event.stop()
        self._hint(event.row.hint if event.row is not None else "")

    def _hint(self, words: str) -> None:
        self.query_one("#hint", Words).tell(words)

    # one of them

    def action_open(self) -> None:
        row = self.list.current
        if row is not None:
            self._open("" if row.name == template_rows.EVERY else row.name)

    def _open(self, template_id: str) -> None:
        self.wotui.open_screen(_ONE, template_id)

    def action_find(self) -> None:
        def taken(template_id: str | None) -> None:
            if template_id is not None:
                self._open(template_id)

        self.wotui.push_screen(Picker("Templates", new_order.known), taken)

    def action_copy(self) -> None:
        template_id = self._in_hand()
        self.ask.act(lambda shop: editing.copy(shop, template_id), self._made)

    def action_retire(self) -> None:
        template_id = self._in_hand()
        back = not reads.find(self.shop, template_id, retired_too=True).active
        self.ask.act(lambda shop: editing.retire(shop, template_id, back=back))

    def action_write_file(self) -> None:
        template_id = self._in_hand()
        name = reads.find(self.shop, template_id, retired_too=True).name
        proposed = str(Path.home() / f"{''.join(c if c.isalnum() else '-' for c in name.casefold())}.toml")

        def answered(path: Path | None) -> None:
            if path is not None:
                self._write(template_id, path)

        words = "Another shop learns it with wotui template import."
        box = Ask("Write the template to", proposed, words=words, check=_new_path, limit=1000)
        self.wotui.push_screen(box, answered)

    def _write(self, template_id: str, path: Path) -> None:
        words = files.written(self.shop, template_id)
        try:
            path.write_text(words, encoding="utf-8")
        except OSError as error:
            raise FileTrouble(f"{path} was not written: {error.strerror}.", "Name another place.") from None
        self.wotui.tell(f"Wrote {path}.")

    def _in_hand(self) -> str:
        row = self.list.current
        if row is None or row.name == template_rows.EVERY:
            raise NotFound("There is no template under the cursor.", "Move to one, or make one with n.")
        return row.name

    # more of them

    def action_new(self) -> None:
        def named(name: str | None) -> None:
            if name:
                self.ask.act(lambda shop: editing.add(shop, name), self._made)

        words = "What its orders are about, such as “Boiler service, yearly”."
        self.wotui.push_screen(Ask("New template: name", words=words), named)

    def _made(self, done: Done) -> None:
        self._open(done.records[0])

    def action_learn(self) -> None:
        def answered(path: Any) -> None:
            if path:
                self.ask.act(lambda shop: files.learn(shop, path), self._made)

        words = "The path of a template's TOML file."
        self.wotui.push_screen(Ask("Bring a template in", words=words, limit=1000), answered)

    def action_pack(self) -> None:
        held = [packs.contents(name) for name in packs.names()]
        options = [("", each.pack.title, f"{len(each.templates)} templates", each.pack.name) for each in held]

        def chosen(name: str | None) -> None:
            if name is not None:
                self.ask.act(lambda shop: packs.add(shop, name))

        words = "Templates, checklists, code lists and sample routing. What is there already stays as it is."
        self.wotui.push_screen(Choose("Add a pack", options, words=words), chosen)

    def action_codes(self) -> None:
        self.wotui.open_screen(("wotui.tui.screens.codes", "CodesScreen"))


def _new_path(typed: str) -> Path:
    path = Path(typed).expanduser()
    if path.exists():
        raise FileTrouble(f"{path} exists already.", "Name another file.")
    return path
