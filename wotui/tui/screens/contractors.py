"""The contractors: who there is and how their papers stand; beside it one of them: documents, contacts, jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input

from wotui import text
from wotui.actions import contractors as actions
from wotui.domain.contractors import filters
from wotui.domain.contractors.jobs import DONE
from wotui.errors import NotFound, Problem, Refused
from wotui.store.reads import contractor_jobs, contractors, records
from wotui.tui import contractor_rows, keys
from wotui.tui.contractor_rows import Detail
from wotui.tui.contractor_verbs import CONTRACTOR, ContractorVerbs
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.fields import FieldList, Row
from wotui.tui.widgets.fits import FitLines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget

    from wotui.domain.contractors.ranking import Fit
    from wotui.store.file import Shop
    from wotui.store.reads.contractor_jobs import JobRow
    from wotui.store.transaction import Done
    from wotui.tui.widgets.lines import Piece

_FILTER_HINT = "a name, a trade, documents:expired, mode:offsite, -fit:blocked"
WIDE = 100
"""Columns from which the details stand beside the list; below, enter opens them over it."""


class ContractorsScreen(ContractorVerbs, ShopScreen[None]):
    """All contractors and everything about one of them."""

    ROOM = "contractors"
    BINDINGS: ClassVar[list[Any]] = [
        *keys.bindings("contractors"),
        Binding("j", "rows(1)", show=False),
        Binding("k", "rows(-1)", show=False),
        Binding("g", "rows(-1000000)", show=False),
        Binding("G", "rows(1000000)", show=False),
    ]
    DEFAULT_CSS = """
    ContractorsScreen #filter { display: none; }
    ContractorsScreen.-filtering #filter { display: block; }
    ContractorsScreen #fits { width: 1fr; }
    ContractorsScreen #detail { width: 1fr; border-left: solid $panel; display: none; }
    ContractorsScreen.-wide #detail { display: block; }
    ContractorsScreen.-open #detail { display: block; border-left: none; }
    ContractorsScreen.-open #fits { display: none; }
    ContractorsScreen.-wide #fits { display: block; }
    ContractorsScreen.-wide #detail { border-left: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._fits: list[Fit] = []
        self._detail: Detail | None = None
        self._keep = ""

    def body(self) -> Iterator[Widget]:
        yield Input("", _FILTER_HINT, max_length=text.LINE_LIMIT, id="filter")
        yield Horizontal(FitLines(self._draw, id="fits"), FieldList(id="detail"))

    def mounted(self) -> None:
        super().mounted()
        self._list.focus()

    def on_resize(self, event: Any) -> None:
        super().on_resize(event)
        self.set_class(event.size.width >= WIDE, "-wide")
        self.set_class(event.size.width < WIDE and self._rows.has_focus, "-open")

    def refresh_from_shop(self) -> None:
        self.ask.read("contractors", contractors.overview, self._show)

    # showing

    @property
    def _list(self) -> FitLines:
        return self.query_one("#fits", FitLines)

    @property
    def _rows(self) -> FieldList:
        return self.query_one("#detail", FieldList)

    def _show(self, fits: list[Fit]) -> None:
        self._fits = sorted(fits, key=lambda fit: fit.candidate.name.casefold())
        self._filter()

    def _filter(self) -> None:
        typed = text.clean_line(self.query_one("#filter", Input).value)
        try:
            words = filters.parse(typed)
        except Problem as problem:
            self.title_line("Contractors", str(problem))
            return
        found = [fit for fit in self._fits if filters.matches(fit, words)]
        count = f"{len(found)} of {len(self._fits)}" if typed else str(len(self._fits))
        self.title_line("Contractors", f"{count} · {typed}" if typed else count)
        new = keys.shown_key("contractors.new")
        nothing = (
            "No contractor is like that." if self._fits else f"No contractors yet. {new} adds the first."
        )
        current = self._list.current
        keep = self._keep or (current.candidate.id if current is not None else "")
        if any(fit.candidate.id == self._keep for fit in found):
            self._keep = ""
        self._list.show(found, nothing=nothing, keep=keep)

    def _draw(self, fit: Fit, width: int, here: bool, focused: bool) -> list[Piece]:
        return contractor_rows.standing_line(fit, width, here=here, focused=focused)

    def on_fit_lines_moved(self, event: FitLines.Moved) -> None:
        event.stop()
        fit = event.fit
        if fit is None:
            self._detail = None
            self._rows.show([])
            return
        self.ask.read("contractor", lambda shop: _load(shop, fit), self._show_detail)

    def _show_detail(self, detail: Detail) -> None:
        self._detail = detail
        title = [Row("", detail.fit.candidate.name)]
        self._rows.show([*title, *contractor_rows.detail_rows(detail, self.shop.today())])

    # moving

    def on_fit_lines_taken(self, event: FitLines.Taken) -> None:
        event.stop()
        self._into_detail()

    def _into_detail(self) -> None:
        if self._list.current is None:
            return
        self.set_class(self.size.width < WIDE, "-open")
        self._rows.focus()

    def action_pane(self) -> None:
        if self._rows.has_focus:
            self._back_to_list()
        else:
            self._into_detail()

    def action_rows(self, step: int) -> None:
        """Move in the details; the list has these keys itself."""
        if self._rows.has_focus:
            self._rows.step(step)

    def _back_to_list(self) -> None:
        self.remove_class("-open")
        self._list.focus()

    def key_escape(self) -> None:
        """One step back: from the filter, then from the details, to the list."""
        entry = self.query_one("#filter", Input)
        if self.has_class("-filtering"):
            entry.value = ""
            self.remove_class("-filtering")
            self._list.focus()
        elif self._rows.has_focus:
            self._back_to_list()

    def action_filter(self) -> None:
        self.add_class("-filtering")
        self.query_one("#filter", Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._filter()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if not event.value.strip():
            self.remove_class("-filtering")
        self._list.focus()

    # verbs

    def action_open(self) -> None:
        row = self._rows.current
        if self._rows.has_focus and row is not None:
            self._rows.post_message(FieldList.Wanted(row))
        elif not self._rows.has_focus:
            self._into_detail()

    def on_field_list_wanted(self, event: FieldList.Wanted) -> None:
        """Open what stands under the cursor of the details."""
        event.stop()
        detail, row = self._detail, event.row
        if detail is None:
            return
        identity = detail.fit.candidate.id
        if row.kind == "document":
            self.document_form(identity, next(held for held in detail.documents if held.id == row.typed))
        elif row.kind == "missing":
            self.document_form(identity, kind=row.name.partition(":")[2])
        elif row.kind == "contact":
            self.contact_form(identity, next(held for held in detail.contacts if held.id == row.typed))
        elif row.kind == "job":
            self.open_job(next(job for job in detail.jobs if job.id == row.typed))
        elif row.kind == "field":
            self.edit_contractor(identity)

    def action_new(self) -> None:
        self.new_contractor("", then=self._added)

    def _added(self, done: Done | None) -> None:
        if done is not None:
            self._keep = done.records[0]
            self.refresh_from_shop()

    def action_edit(self) -> None:
        if fit := self._in_hand():
            self.edit_contractor(fit.candidate.id)

    def action_document(self) -> None:
        if fit := self._in_hand():
            missing = next((check.required.kind for check in fit.checks if check.state == "missing"), "")
            self.document_form(fit.candidate.id, kind=missing)

    def action_contact(self) -> None:
        if fit := self._in_hand():
            self.contact_form(fit.candidate.id)

    def action_block(self) -> None:
        if fit := self._in_hand():
            candidate = fit.candidate
            self.block_or_unblock(candidate.id, candidate.name, blocked=candidate.blocked)

    def action_rate(self) -> None:
        """Rate the job under the cursor, else the newest finished one that was not rated yet."""
        job = self._job_in_hand()
        if job is not None:
            self.rate_job(job)
        elif self._detail is not None:
            name = self._detail.fit.candidate.name
            self.wotui.refuse(Refused(f"{name} has no finished job to rate.", "Finish one first."))

    def action_remove(self) -> None:
        """Take the document or contact under the cursor away; undo brings it back."""
        row = self._rows.current if self._rows.has_focus else None
        if row is not None and row.kind == "document":
            self.ask.act(lambda shop: actions.remove_document(shop, row.typed))
        elif row is not None and row.kind == "contact":
            self.ask.act(lambda shop: actions.remove_contact(shop, row.typed))
        else:
            self.wotui.refuse(
                Refused(
                    "There is no document or contact under the cursor.", "Go to one first (tab, then arrows)."
                )
            )

    def _in_hand(self) -> Fit | None:
        """The contractor under the cursor; says so when there is none."""
        fit = self._list.current
        if fit is None:
            new = keys.shown_key("contractors.new")
            self.wotui.refuse(NotFound("There is no contractor under the cursor.", f"{new} adds one."))
        return fit

    def _job_in_hand(self) -> JobRow | None:
        detail = self._detail
        if detail is None:
            return None
        row = self._rows.current if self._rows.has_focus else None
        if row is not None and row.kind == "job":
            return next(job for job in detail.jobs if job.id == row.typed)
        finished = [job for job in detail.jobs if job.state in DONE]
        unrated = [job for job in finished if not any(job.ratings)]
        return next(iter(unrated or finished), None)


def _load(shop: Shop, fit: Fit) -> Detail:
    """Everything about one contractor."""
    identity, currency = fit.candidate.id, fit.candidate.rates.currency
    values = records.one(shop, CONTRACTOR, identity).values
    return Detail(
        fit=fit,
        typed={name: value for name, value in values.items() if isinstance(value, str)},
        documents=tuple(contractors.documents(shop, identity)),
        contacts=tuple(contractors.contacts(shop, identity)),
        jobs=tuple(contractor_jobs.jobs(shop, currency, contractor_id=identity)),
    )
