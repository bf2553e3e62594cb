"""Who fits this order: all contractors, best first, each with the reasons; choose one and hire.

Letters type into the filter; arrows move; enter hires, or opens the job of somebody who is hired already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Input

from wotui import text
from wotui.domain.contractors import filters, jobs
from wotui.domain.contractors.ranking import rank
from wotui.domain.contractors.terms import SERVICE_MODES
from wotui.errors import Problem
from wotui.store.reads import contractor_jobs, contractors, work_orders
from wotui.tui import contractor_rows, keys, present
from wotui.tui.contractor_verbs import ContractorVerbs
from wotui.tui.screens.hire import HireForm, Wish
from wotui.tui.widgets.dialogs import Box, Words
from wotui.tui.widgets.fits import FitLines
from wotui.tui.widgets.lines import Line
from wotui.tui.widgets.pages import Reader

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from wotui.domain.contractors.ranking import Fit, Need
    from wotui.store.file import Shop
    from wotui.store.reads.contractor_jobs import JobRow
    from wotui.store.reads.contractors import ContactRow
    from wotui.store.reads.work_orders import Order
    from wotui.store.transaction import Done
    from wotui.tui.widgets.lines import Piece

WIDE = 104
"""Columns from which the reasons stand beside the list; below, under it."""
_FILTER_HINT = "type to filter: a name, a trade, documents:expired, -area:hall"
_WHERE = ("", "onsite", "offsite")

Found = tuple["Order", "Need", list["Fit"], dict[str, "JobRow"]]


class NeedLine(Line):
    """What the order asks for, on one line."""

    FILL = "text"

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._need: Need | None = None

    def tell(self, need: Need) -> None:
        """Say what another order, day or place asks for."""
        self._need = need
        self.refresh()

    def pieces(self, width: int) -> list[Piece]:
        need = self._need
        if need is None:
            return []
        where = SERVICE_MODES.get(need.mode, "on or off site")
        where = f" {SERVICE_MODES.get(need.mode, 'on or off site')}"
        key = f" ({keys.shown_key('hire.where')} changes)"
        said = [
            "today" if need.on == need.today else present.day(need.on, need.today),
            ", ".join(need.trades) or "any trade",
            need.places[0].name if need.places else "no place",
        ]
        rest = present.fit(f" · {' · '.join(said)}", max(width - len(where) - len(key), 0)).rstrip()
        return [(where, "text"), (key, "muted"), (rest, "text")]

    def clicked(self, cell: int) -> None:  # noqa: ARG002
        self.wotui.simulate_key(keys.command("hire.where").keys.split(",")[0])


class ContractorPicker(ContractorVerbs, Box["Done"]):
    """Choose a contractor for an order and hire; gives what was done, or None.

    Args:
        order_id: the order.
    """

    DEFAULT_CSS = """
    ContractorPicker > Vertical { width: 96%; max-width: 150; height: 92%; padding: 0 1; }
    ContractorPicker #entry { margin-bottom: 1; }
    ContractorPicker #both { height: 1fr; layout: vertical; }
    ContractorPicker.-wide #both { layout: horizontal; }
    ContractorPicker #fits { height: 3fr; }
    ContractorPicker #why { height: 2fr; border-top: solid $panel; }
    ContractorPicker.-wide #fits { width: 3fr; height: 1fr; }
    ContractorPicker.-wide #why { width: 2fr; height: 1fr; border-top: none; border-left: solid $panel; }
    ContractorPicker.-small #why { display: none; }
    ContractorPicker .hint { margin-top: 0; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        *keys.bindings("hire"),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("pageup", "move(-10)", show=False),
    ]

    def __init__(self, order_id: str) -> None:
        super().__init__("Contractor")
        self._order_id = order_id
        self._mode = 0
        self._order: Order | None = None
        self._need: Need | None = None
        self._fits: list[Fit] = []
        self._jobs: dict[str, JobRow] = {}
        self._keep = ""

    @property
    def hints(self) -> str:
        new = keys.shown_key("hire.new")
        return f"↑↓ · enter hire · {new} new contractor · esc back"

    def inside(self) -> ComposeResult:
        yield NeedLine(id="need")
        yield Input("", _FILTER_HINT, max_length=text.LINE_LIMIT, id="entry")
        with Container(id="both"):
            yield FitLines(self._draw, focusable=False, id="fits")
            yield Reader(id="why")

    def mounted(self) -> None:
        super().mounted()
        self.query_one("#why", Reader).can_focus = False
        self.refresh_from_shop()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width >= WIDE, "-wide")
        self.set_class(event.size.height < 18, "-small")

    # reading

    def refresh_from_shop(self) -> None:
        """Rank again: for this order, for another place, or after a change."""
        order_id, mode = self._order_id, _WHERE[self._mode]
        self.ask.read("hire", lambda shop: _load(shop, order_id, mode), self._show, self._lost)

    def _lost(self, problem: Problem) -> None:
        self.wotui.refuse(problem)
        self.dismiss(None)

    def _show(self, found: Found) -> None:
        self._order, self._need, fits, self._jobs = found
        self._fits = sorted(fits, key=lambda fit: fit.candidate.id not in self._jobs)
        self.query_one("#need", NeedLine).tell(self._need)
        frame = self.query_one("#frame", Vertical)
        title = text.visible(f"Contractor for {self._order.number}  {self._order.title}")
        frame.border_title = Content(title)  # pyright: ignore[reportAttributeAccessIssue]
        self._filter()

    def _filter(self) -> None:
        typed = text.clean_line(self.query_one("#entry", Input).value)
        hint = self.query_one(".hint", Words)
        try:
            words = filters.parse(typed)
        except Problem as problem:
            hint.tell(str(problem))
            return
        hint.tell(self.hints)
        found = [fit for fit in self._fits if filters.matches(fit, words)]
        nothing = "No contractor is like that." if self._fits else "There are no contractors yet."
        last = f"+ New contractor “{typed}”" if typed else "+ New contractor"
        lines = self.query_one("#fits", FitLines)
        keep = self._keep or (lines.current.candidate.id if lines.current is not None and not typed else "")
        if any(fit.candidate.id == self._keep for fit in found):
            self._keep = ""
        lines.show(found, nothing=nothing, last=last, keep=keep)

    def _draw(self, fit: Fit, width: int, here: bool, focused: bool) -> list[Piece]:
        job = self._jobs.get(fit.candidate.id)
        return contractor_rows.fit_line(fit, width, here=here, focused=focused, job=job)

    # moving

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._filter()

    def on_fit_lines_moved(self, event: FitLines.Moved) -> None:
        event.stop()
        fit = event.fit
        if fit is None:
            words = "Add a firm that is not in the list. You can hire it at once."
            self.query_one("#why", Reader).show(
                lambda width: contractor_rows.wrapped(words, width, "muted", " ")
            )
            return
        called = contractors.contacts(self.shop, fit.candidate.id)
        job = self._jobs.get(fit.candidate.id)
        self.query_one("#why", Reader).show(lambda width: _why(fit, called, job, width, self.shop.today()))

    def action_move(self, step: int) -> None:
        self.query_one("#fits", FitLines).action_move(step)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.action_move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.action_move(-1)

    def action_where(self) -> None:
        self._mode = (self._mode + 1) % len(_WHERE)
        self.refresh_from_shop()

    # taking

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if not self.deaf:
            self.query_one("#fits", FitLines).action_take()

    def on_fit_lines_taken(self, event: FitLines.Taken) -> None:
        event.stop()
        fit = event.fit
        if fit is None:
            self.action_new_contractor()
            return
        job = self._jobs.get(fit.candidate.id)
        if job is not None and job.state in {*jobs.BINDING, *jobs.DONE}:
            self.open_job(job)
        else:
            self._hire(fit)

    def action_new_contractor(self) -> None:
        typed = text.clean_line(self.query_one("#entry", Input).value)
        name = typed if ":" not in typed else ""
        trades = self._need.trades if self._need is not None else ()
        self.new_contractor(name, trades=trades, then=self._added)

    def _added(self, done: Done | None) -> None:
        if done is not None:
            self._keep = done.records[0]
            entry = self.query_one("#entry", Input)
            with entry.prevent(Input.Changed):
                entry.value = ""
            self.refresh_from_shop()

    def _hire(self, fit: Fit) -> None:
        order, need = self._order, self._need
        if order is None or need is None:
            return
        quote = self._jobs.get(fit.candidate.id)
        asked = quote if quote is not None and quote.state in {"considering", "asked", "quoted"} else None
        wish = Wish(order, fit, need, asked)
        self.wotui.as_somebody(lambda: self._ask_terms(wish))

    def _ask_terms(self, wish: Wish) -> None:
        self.wotui.push_screen(HireForm(wish), self._hired)

    def _hired(self, done: Done | None) -> None:
        if done is not None:
            self.dismiss(done)


def _load(shop: Shop, order_id: str, mode: str) -> Found:
    """The order, what it needs, who fits, and the job that each contractor has on it already."""
    order = work_orders.find(shop, order_id)
    currency = shop.setting("shop.currency")
    need = contractors.need(shop, order_id, mode=mode)
    fits = rank(contractors.candidates(shop, currency), need)
    found: dict[str, JobRow] = {}
    for job in contractor_jobs.jobs(shop, currency, order_id=order_id):
        if job.state in jobs.CHAIN:
            found.setdefault(job.contractor_id, job)
    return order, need, fits, found


def _why(fit: Fit, called: list[ContactRow], job: JobRow | None, width: int, today: Any) -> list[list[Piece]]:
    """The inspect pane: the job so far, the reasons, and whom to call."""
    lines = contractor_rows.why_lines(fit, width)
    if job is not None:
        words, token = contractor_rows.job_words(job, today)
        lines[1:1] = contractor_rows.wrapped(words, width, token, " ")
    for each in called:
        parts = [each.name, each.phone, each.email, "24 h" if each.always_reachable else ""]
        lines.append([(" ☎ ", "muted"), (" · ".join(part for part in parts if part), "text")])
    return lines
