"""The kiosk's screen: what is wrong, where, who asks; and what became of a request, by its number. Large and plain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Input

from wotui import text
from wotui.actions import kiosk
from wotui.domain.request_words import for_the_requester
from wotui.errors import Problem
from wotui.store.reads import requests as reads
from wotui.tui import keys
from wotui.tui.kiosk_asking import MOST, AskPin, Where, add_to, fitting, same_there, send
from wotui.tui.ties import WithShop
from wotui.tui.widgets.dialogs import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from wotui.store.reads.same_things import Same
    from wotui.store.transaction import Done

_PAGES = ("begin", "form", "thanks", "lookup")


class KioskScreen(WithShop, Screen[None]):
    """Four pages, one of which is seen: where to begin, the form, thanks with the number, and the question."""

    AUTO_FOCUS = ""  # each page says where the hand goes
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings("kiosk")
    DEFAULT_CSS = """
    KioskScreen { align: center middle; }
    KioskScreen > Vertical { width: 72; max-width: 100%; height: 100%; padding: 1 2 0 2; }
    KioskScreen .page { height: 1fr; }
    KioskScreen .name { text-style: bold; color: $primary; margin-bottom: 1; text-align: center; }
    KioskScreen .label { text-style: bold; margin-top: 1; }
    KioskScreen .big { text-style: bold; text-align: center; padding: 1; border: heavy $primary; margin: 1 0; }
    KioskScreen .quiet { color: $wotui-muted; }
    KioskScreen .wrong { color: $error; text-style: bold; }
    KioskScreen Input { height: 3; padding: 1 1; }
    KioskScreen Button { width: 1fr; margin: 1 1 0 0; }
    KioskScreen #begin Button { height: 5; margin: 1 0; }
    KioskScreen Horizontal { height: auto; }
    KioskScreen #offered Button { margin: 0; height: 3; }
    KioskScreen #offered, KioskScreen #same { height: auto; }
    KioskScreen #foot { height: 1; color: $wotui-muted; text-align: center; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._place: Where | None = None
        self._offered: list[Where] = []
        self._same: list[Same] = []

    # pages

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Words("", classes="name", id="name")
            with VerticalScroll(id="begin", classes="page", can_focus=False):
                yield Button(Content("Something is broken, or needs doing"), id="to-form", variant="primary")
                yield Button(Content("What became of my request?"), id="to-lookup")
            with VerticalScroll(id="form", classes="page", can_focus=False):
                yield from self._form()
            with VerticalScroll(id="thanks", classes="page", can_focus=False):
                yield Words("Thank you. We have it.", classes="label")
                yield Words("Your number is", classes="quiet")
                yield Words("", id="number", classes="big")
                yield Words("Please write it down: with it you can ask here what became of it.")
                yield Button(Content("Done"), id="over-thanks", variant="primary")
            with VerticalScroll(id="lookup", classes="page", can_focus=False):
                yield Words("The number of your request", classes="label")
                yield Input(placeholder="R-A0012", id="wanted", max_length=40)
                yield Words("", id="became", classes="big")
                with Horizontal():
                    yield Button(Content("Look"), id="look", variant="primary")
                    yield Button(Content("Back"), id="over-lookup")
            yield Words("tab next · enter take · esc start over", id="foot")

    def _form(self) -> Iterable[Any]:
        yield Words("What is wrong?", classes="label")
        yield Input(placeholder="The kitchen tap drips", id="what", max_length=text.LINE_LIMIT)
        yield Words("Where is it?", classes="label")
        yield Input(placeholder="Type a room, a flat, a machine", id="where", max_length=text.LINE_LIMIT)
        yield Vertical(*(Button("", id=f"place-{at}") for at in range(MOST)), id="offered")
        yield Vertical(
            Words("", id="same-words", classes="label"),
            *(Button("", id=f"same-{at}") for at in range(MOST)),
            id="same",
        )
        yield Words("Who are you, and how do we reach you? (if you like)", classes="label")
        yield Input(placeholder="Your name", id="who", max_length=text.LINE_LIMIT)
        yield Input(placeholder="A phone number or an e-mail", id="contact", max_length=text.LINE_LIMIT)
        yield Words("", id="wrong", classes="wrong")
        yield Horizontal(
            Button(Content("Send"), id="send", variant="primary"),
            Button(Content("Start over"), id="over-form"),
        )

    def on_mount(self) -> None:
        for button in self.query(Button):
            button.active_effect_duration = 0  # while it lights up, a second press is not taken
        name = self.shop.setting("shop.name") or "Maintenance"
        self.query_one("#name", Words).tell(text.visible(name))
        self.action_start_over()

    def _turn_to(self, page: str, focus: str) -> None:
        for each in _PAGES:
            self.query_one(f"#{each}").display = each == page
        target = self.query_one(f"#{focus}")
        self.set_focus(target)  # at once: the next letter is typed there
        target.focus()  # and again when the page that was hidden has let go of it

    def action_start_over(self) -> None:
        """Forget what was typed and begin again."""
        for entry in self.query(Input):
            entry.value = ""
        for words in ("#wrong", "#number", "#became", "#same-words"):
            self.query_one(words, Words).tell("")
        self.query_one("#became").display = False
        self._place, self._offered, self._same = None, [], []
        self._show_offered()
        self._show_same([])
        self._turn_to("begin", "to-form")

    # typing

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.input.id == "where":
            if self._place is not None and event.value != self._place.words:
                self._place = None
                self._show_same([])
            self._offer(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on: it takes the first place that fits, and on the last line it sends."""
        event.stop()
        if event.input.id == "where" and self._offered and self._place is None:
            self._take_place(0)
        elif event.input.id == "contact":
            self._send()
        elif event.input.id == "wanted":
            self._look_up()
        else:
            self.focus_next(Input)

    def _offer(self, typed: str) -> None:
        wanted = typed.strip()
        if self._place is not None or not wanted:
            self._offered = []
            self._show_offered()
            return

        self.ask.read("kiosk place", lambda shop: fitting(shop, wanted), self._found_places)

    def _found_places(self, found: list[Where]) -> None:
        if self._place is None and self.query_one("#where", Input).value.strip():
            self._offered = found
            self._show_offered()

    def _show_offered(self) -> None:
        for at in range(MOST):
            button = self.query_one(f"#place-{at}", Button)
            button.display = at < len(self._offered)
            if button.display:
                button.label = Content(text.visible(self._offered[at].words))

    def _take_place(self, at: int) -> None:
        self._place, self._offered = self._offered[at], []
        self.query_one("#where", Input).value = self._place.words
        self._show_offered()
        self.query_one("#who").focus()
        chosen = self._place
        self.ask.read("kiosk same", lambda shop: same_there(shop, chosen), self._show_same)

    def _show_same(self, found: list[Same]) -> None:
        """Number, title and status only: whose they are is nobody's business here."""
        self._same = found
        words = "Is it one of these? Then press it, and you need not send yours." if found else ""
        self.query_one("#same-words", Words).tell(words)
        self.query_one("#same").display = bool(found)
        for at in range(MOST):
            button = self.query_one(f"#same-{at}", Button)
            button.display = at < len(self._same)
            if button.display:
                same = self._same[at]
                shown = f"{same.number}  {same.title}  ({same.status.replace('_', ' ')})"
                button.label = Content(text.visible(shown))

    # pressing

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        name = event.button.id or ""
        if name.startswith("over"):
            self.action_start_over()
        elif name == "to-form":
            self._turn_to("form", "what")
        elif name == "to-lookup":
            self._turn_to("lookup", "wanted")
        elif name == "send":
            self._send()
        elif name == "look":
            self._look_up()
        elif name.startswith("place-"):
            self._take_place(int(name.removeprefix("place-")))
        elif name.startswith("same-"):
            self._add_me(self._same[int(name.removeprefix("same-"))])

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    def _send(self) -> None:
        what, where = self._typed("what"), self._typed("where")
        if not what or not where:
            missing = "what" if not what else "where"
            words = "Please say what is wrong." if not what else "Please say where it is, as well as you can."
            self.query_one("#wrong", Words).tell(words)
            self.query_one(f"#{missing}").focus()
            return
        name, contact, place = self._typed("who"), self._typed("contact"), self._place
        self.ask.act(lambda shop: send(shop, what, where, place, name, contact), self._sent, self._refused)

    def _sent(self, done: Done) -> None:
        known = reads.request(self.shop, done.records[0])
        self.query_one("#number", Words).tell(known.number if known is not None else "")
        self._turn_to("thanks", "over-thanks")

    def _add_me(self, same: Same) -> None:
        name, contact, what = (self._typed(each) for each in ("who", "contact", "what"))

        def told(_done: Done) -> None:
            self.query_one("#number", Words).tell(same.number)
            self._turn_to("thanks", "over-thanks")

        self.ask.act(lambda shop: add_to(shop, same, name, contact, what), told, self._refused)

    def _refused(self, problem: Problem) -> None:
        self.query_one("#wrong", Words).tell(str(problem))

    def _look_up(self) -> None:
        """Number, title, status and reason: no names, no places."""
        wanted = self._typed("wanted")
        if not wanted:
            return
        shown = self.query_one("#became", Words)
        shown.display = True
        try:
            known = reads.find(self.shop, wanted)
        except Problem:
            shown.tell(f"There is no request {text.clean_line(wanted, 40)}.\nThe number looks like R-A0012.")
            return
        ending = reads.ending(known, reads.orders(self.shop, known.id))
        if known.status == "duplicate":
            ending = known.original or ""
        words = for_the_requester(known.status, known.reason or "", ending)
        shown.tell(f"{known.number}  {known.title}\n\n{words}")

    # leaving

    def action_leave(self) -> None:
        """Quit, with a supervisor's PIN where one has a PIN."""
        if not kiosk.is_guarded(self.shop):
            self.wotui.exit(0)
            return

        def answered(right: bool | None) -> None:
            if right:
                self.wotui.exit(0)

        self.wotui.push_screen(AskPin(self.shop), answered)
