"""Asking for work: a short form, with what may be the same shown below while it is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wotui.actions import requests
from wotui.domain.record_kinds import KINDS
from wotui.domain.request_fields import REQUEST
from wotui.errors import Problem, Refused
from wotui.store.reads import records, templates, work_orders
from wotui.store.reads import requests as reads
from wotui.store.reads.same_things import Same, same_things
from wotui.tui import keys, own_rows, present, record_rows, request_rows
from wotui.tui.record_rows import Spelling
from wotui.tui.screens.form_screen import FormScreen
from wotui.tui.widgets.dialogs import Choose, Words
from wotui.tui.widgets.fields import Row
from wotui.tui.widgets.form import Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from textual.binding import BindingType
    from textual.widget import Widget

    from wotui.domain.templates import OwnField
    from wotui.store.file import Shop
    from wotui.store.reading import Reads
    from wotui.store.transaction import Done

_NEW = (
    ("", ("title", "asset", "place", "place_unknown", "description")),
    ("Who asks", ("requester_name", "requester_contact", "permission_to_enter")),
    ("More", ("asked_priority", "work_kind", "wanted_on", "customer")),
)
_HINTS = {
    "title": "what is wrong, in a few words",
    "place_unknown": "yes, where nobody can say where it is",
    "requester_name": "who wants it done; empty for yourself",
    "requester_contact": "a phone number or an e-mail",
    "permission_to_enter": "whether somebody may go in while nobody is there",
}
_WHERE = ("asset", "place", "work_kind")


class RequestForm(FormScreen):
    """The fields of one request that exists; each is saved when it is left."""

    _own: Sequence[OwnField] = ()

    def form_rows(self) -> Sequence[Row]:
        known = reads.request(self.shop, self.record_id)
        if known is None or known.deleted_at is not None:
            return [Row("fact:gone", "", kind="fact", shown="This request is not there any more.")]
        self.title_line(f"Edit {known.number}", "each field is saved at once")
        self._own = templates.own_fields(self.shop, None)
        values = work_orders.custom_values(self.shop, known.id)
        own = own_rows.of_record(self._own, values, self.shop.today(), "request")
        rows = request_rows.fields(known, Spelling.of(self.shop))
        return [*rows, Row("", "More"), *own] if own else rows

    def check(self, row: Row, typed: str) -> str:
        if row.name.startswith(own_rows.CUSTOM):
            return own_rows.check(self._own, row.name, typed, self.shop.today())
        return record_rows.check(REQUEST, Spelling.of(self.shop), row, typed)

    def offers(self, command_id: str) -> bool:
        """Nothing waits to be saved here."""
        return command_id not in ("form.save", "form.discard")

    def refresh_from_shop(self) -> None:
        if not self.form.is_editing:
            self.form.fields.show(self.form_rows())

    def on_form_committed(self, event: Form.Committed) -> None:
        event.stop()
        number, name, typed = self.record_id, event.row.name, event.typed
        self.ask.act(lambda shop: requests.edit(shop, [number], {name: typed}), refused=self._put_back)

    def _put_back(self, problem: Problem) -> None:
        self.wotui.refuse(problem)
        self.refresh_from_shop()


class NewRequest(FormScreen):
    """A new request; ctrl+s makes it, ctrl+n adds whoever asks to one that is there."""

    _own: Sequence[OwnField] = ()

    ROOM = "asking"
    draft_name = "new-request"
    BINDINGS: ClassVar[list[BindingType]] = [
        known for known in keys.bindings("asking") if getattr(known, "id", "") == "request.add_me"
    ]
    DEFAULT_CSS = """
    NewRequest > #same { dock: bottom; height: auto; margin-bottom: 1; padding: 0 1; color: $warning; display: none; }
    NewRequest > #same.-found { display: block; }
    """

    def __init__(self, preset: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._preset = dict(preset or {})
        self._same: list[Same] = []

    def body(self) -> Iterator[Widget]:
        yield from super().body()
        yield Words("", id="same")

    def form_rows(self) -> Sequence[Row]:
        known = {row.name: row for row in record_rows.rows(REQUEST, self._preset, Spelling.of(self.shop))}
        made: list[Row] = []
        for heading, names in _NEW:
            if heading:
                made.append(Row("", heading))
            for name in names:
                hint = _HINTS.get(name)
                made.append(record_rows.replace_hint(known[name], hint) if hint else known[name])
        self._own = [field for field in templates.own_fields(self.shop, None) if "request" in field.show_on]
        own = own_rows.of_record(self._own, {}, self.shop.today(), "request")
        return [*made, *own]

    def check(self, row: Row, typed: str) -> str:
        if row.name.startswith(own_rows.CUSTOM):
            return own_rows.check(self._own, row.name, typed, self.shop.today())
        return record_rows.check(REQUEST, Spelling.of(self.shop), row, typed)

    def refresh_from_shop(self) -> None:
        self.title_line("Ask for work", f"{keys.shown_key('form.save')} sends it")

    def mounted(self) -> None:
        super().mounted()
        if not self.form.typed()["title"]:
            self.form.edit("title")
        self._look_for_same()

    def offers(self, command_id: str) -> bool:
        return bool(self._same) if command_id == "request.add_me" else super().offers(command_id)

    # what may be the same

    def on_form_committed(self, event: Form.Committed) -> None:
        event.stop()
        if event.row.name in _WHERE:
            self._look_for_same()

    def _look_for_same(self) -> None:
        typed = self.form.typed()
        where = {name: typed.get(name, "") for name in _WHERE}
        self.ask.read("same", lambda shop: _same(shop, where), self._show_same)

    def _show_same(self, found: list[Same]) -> None:
        self._same = found
        line = self.query_one("#same", Words)
        line.set_class(bool(found), "-found")
        told = [
            f"! {each.number} {each.title} ({present.words(each.status)}, {each.why})" for each in found[:3]
        ]
        key = keys.shown_key("request.add_me")
        line.tell(
            "\n".join(("Is it one of these?", *told, f"{key} adds you to it instead.")) if found else ""
        )
        self.footer_changed()

    def action_add_me(self) -> None:
        if not self._same:
            self.wotui.tell("Nothing that is open is about the same asset or place.")
        elif len(self._same) == 1:
            self.form.settle(lambda: self._add_me(self._same[0]))
        else:
            options = [("", f"{each.number} {each.title}", each.why, each) for each in self._same]

            def chosen(same: Same | None) -> None:
                if same is not None:
                    self.form.settle(lambda: self._add_me(same))

            self.wotui.push_screen(Choose("Which one is it?", options), chosen)

    def _add_me(self, same: Same) -> None:
        typed = self.form.typed()
        words = "\n".join(part for part in (typed["title"], typed["description"]) if part)

        def follow(shop: Shop) -> Done:
            done = requests.follow(
                shop,
                same.kind,
                same.id,
                name=typed["requester_name"],
                contact=typed["requester_contact"],
                words=words,
            )
            self.forget_draft(shop)
            return done

        self.ask.act(follow, self._sent)

    # sending

    def save(self) -> None:
        typed = {name: words for name, words in self.form.typed().items() if words}
        title = typed.pop("title", "")
        if not title:
            self.form.complain(
                "title", Refused("A request needs a title.", "Say in a few words what is wrong.")
            )
            return
        if not any(typed.get(name) for name in ("asset", "place")) and typed.get("place_unknown") != "yes":
            problem = Refused("Where is it?", "Pick an asset or a place, or say yes at “place not known”.")
            self.form.complain("place", problem)
            return

        def make(shop: Shop) -> Done:
            done = requests.new(shop, title, typed)
            self.forget_draft(shop)
            return done

        self.ask.act(make, self._sent)

    def _sent(self, _done: Done) -> None:
        self.stop_keeping()
        self.dismiss(None)


def _same(shop: Shop, where: Mapping[str, str]) -> list[Same]:
    return same_things(
        shop,
        asset_id=_identity(shop, "asset", where["asset"]),
        place_id=_identity(shop, "place", where["place"]),
        work_kind=where["work_kind"] or None,
    )


def _identity(source: Reads, kind: str, handle: str) -> str | None:
    """The id of a picked record; None while it is not there yet."""
    try:
        return records.find(source, KINDS[kind], handle) if handle else None
    except Problem:
        return None
