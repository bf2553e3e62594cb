"""Every payroll batch, and one of them: what it contained and why it differs from the one before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from wotui.errors import NotFound, Problem, Refused
from wotui.exchange import payroll
from wotui.store.reads import pay_batches
from wotui.tui import batch_rows, keys, payroll_page
from wotui.tui.payroll_verbs import BatchVerbs
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.hours import HoursList, Shown
from wotui.tui.widgets.lines import Empty
from wotui.tui.widgets.pages import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from textual.widget import Widget

    from wotui.store.file import Shop
    from wotui.store.reads.pay_batches import Batch
    from wotui.tui.payroll_page import BatchPage


class PayrollBatches(ShopScreen[None]):
    """The list of batches, the newest first."""

    ROOM = "batches"
    BINDINGS = keys.bindings("batches")

    def body(self) -> Iterator[Widget]:
        yield HoursList(id="batches")
        yield Empty("", id="nothing")

    def mounted(self) -> None:
        self.query_one("#nothing").display = False
        super().mounted()
        self.query_one("#batches").focus()

    def refresh_from_shop(self) -> None:
        self.ask.read("batches", pay_batches.batches, self._show)

    def _show(self, found: Sequence[Batch]) -> None:
        self.title_line("Payroll", "batches")
        nothing = self.query_one("#nothing", Empty)
        write = keys.shown_key("payroll.write")
        nothing.tell(
            f"No payroll has been exported yet.\n\n{write} on the Payroll screen writes the first one."
        )
        nothing.display = not found
        lines = self.query_one("#batches", HoursList)
        lines.display = bool(found)
        lines.show(partial(batch_rows.listed, found, self.shop.today()))

    def action_open(self) -> None:
        batch_id = self.query_one("#batches", HoursList).value
        if batch_id:
            self.wotui.show(PayrollBatch(batch_id))

    def on_hours_list_taken(self, event: HoursList.Taken) -> None:
        event.stop()
        self.action_open()


class PayrollBatch(BatchVerbs):
    """One batch.

    Args:
        batch_id: its id.
    """

    ROOM = "batch"
    BINDINGS = keys.bindings("batch")

    def __init__(self, batch_id: str) -> None:
        super().__init__()
        self._batch_id = batch_id
        self.page: BatchPage | None = None
        self._as_file = False

    def body(self) -> Iterator[Widget]:
        yield HoursList(id="batch")

    def mounted(self) -> None:
        super().mounted()
        self.query_one("#batch").focus()

    def refresh_from_shop(self) -> None:
        batch_id = self._batch_id
        self.ask.read("batch", lambda shop: payroll_page.load_batch(shop, batch_id), self._loaded, self._gone)

    def _loaded(self, page: BatchPage) -> None:
        self.page = page
        batch = page.batch
        self.title_line(f"Payroll {batch.label}", f"{batch.period} · {batch.profile}")
        self.query_one("#batch", HoursList).show(self._lines)

    def _gone(self, problem: Problem) -> None:
        self.wotui.refuse(problem)
        self.dismiss()

    def _lines(self, width: int) -> list[Shown]:
        if self.page is None:
            return []
        steps = wrapped(batch_rows.next_steps(self.page.batch), width - 2, "muted")
        made = batch_rows.lines(self.page, width, as_file=self._as_file)
        return [*made, Shown(), *(Shown([(" ", "text"), *line]) for line in steps)]

    def batch_in_hand(self) -> Batch | None:
        return self.page.batch if self.page is not None else None

    def action_open(self) -> None:
        self.action_view()

    def action_view(self) -> None:
        self._as_file = not self._as_file
        self.query_one("#batch", HoursList).show(self._lines)

    def action_write(self) -> None:
        batch = self.batch_in_hand()
        if batch is None:
            self.wotui.refuse(NotFound("There is no batch here.", "Go back to the list."))
        elif batch.status != pay_batches.ACTIVE:
            way_out = f"{keys.shown_key('payroll.view')} shows what it held."
            self.wotui.refuse(Refused(f"{batch.label} is {batch.status} and does not count.", way_out))
        else:
            self.write_into_a_folder(f"Write {batch.label} into which folder?", partial(_again, batch))

    def was_written(self, sentence: str) -> None:  # noqa: ARG002 - the toast has said it, and nothing here changes
        self.look()


def _again(batch: Batch, shop: Shop, folder: Path) -> tuple[str, Path]:
    path = payroll.write_batch(shop, batch, folder).path
    return f"Wrote {batch.label} again, the same bytes: {path}.", path
