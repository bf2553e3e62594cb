"""What can be done with a batch from either Payroll screen: write its bytes, confirm that it is paid, take it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wotui import settings
from wotui.actions import payroll as batches
from wotui.errors import Problem, Refused
from wotui.tui import keys
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.dialogs import Ask, Confirm
from wotui.tui.widgets.folder_picker import FolderPicker

if TYPE_CHECKING:
    from collections.abc import Callable

    from wotui.store.file import Shop
    from wotui.store.reads.pay_batches import Batch


class BatchVerbs(ShopScreen[None]):
    """The acts on one batch; a screen says which (`batch_in_hand`) and what follows a written file (`was_written`)."""

    _folder = ""

    def batch_in_hand(self) -> Batch | None:
        """The batch that a verb is meant for."""
        raise NotImplementedError

    def was_written(self, sentence: str) -> None:
        """Show that a file was written."""
        raise NotImplementedError

    def write_into_a_folder(self, title: str, write: Callable[[Shop, Path], tuple[str, Path]]) -> None:
        """Ask for a folder and write there; the folder is offered again next time. `write` says what it did, and gives
        the file.
        """

        def chosen(folder: Path | None) -> None:
            if folder is not None:
                self._folder = str(folder)
                self.ask.read(
                    "payroll-write", lambda shop: write(shop, folder), self._written, self._not_written
                )

        folder = self._last_folder() or str(Path.home())
        self.wotui.push_screen(FolderPicker(title, folder), chosen)

    def _written(self, done: tuple[str, Path]) -> None:
        sentence, _ = done
        self.wotui.tell(sentence)
        self._remember(self._folder)
        self.was_written(sentence)
        self.wotui.shop_changed()

    def _not_written(self, problem: Problem) -> None:
        self.wotui.refuse(problem)
        self.was_not_written(problem)
        self.look()

    def was_not_written(self, problem: Problem) -> None:
        """Remember that a file could not be written."""

    def action_close(self) -> None:
        batch = self.batch_in_hand()
        if batch is None:
            way_out = f"Write the file first ({keys.shown_key('payroll.write')})."
            self.wotui.refuse(Refused("This period has not been exported.", way_out))
            return
        if batch.closed:
            self.wotui.refuse(
                Refused(f"{batch.label} is paid already.", "Corrections go into the next payroll.")
            )
            return
        day = batch.period.start

        def answered(yes: bool | None) -> None:
            if yes:
                self.ask.act(lambda shop: batches.close(shop, day))

        question = (
            f"Was {batch.label} of {batch.period} imported and paid? After this it cannot be taken back; "
            "what is corrected is paid with the next payroll."
        )
        self.wotui.push_screen(Confirm(question, title="Paid?", yes="It is paid", no="Not yet"), answered)

    def action_void(self) -> None:
        batch = self.batch_in_hand()
        if batch is None:
            self.wotui.refuse(Refused("There is no batch to take back.", "Nothing was exported here."))
            return
        label = batch.label

        def check(typed: str) -> str:
            if not typed:
                raise Refused("Taking a batch back needs a reason.", "Such as: the file was not imported.")
            return typed

        def answered(reason: str | None) -> None:
            if reason:
                self.ask.act(lambda shop: batches.void(shop, label, reason))

        words = "Only where the provider does not have the file, or it was deleted there. Its hours are open again."
        self.wotui.push_screen(Ask(f"Take {label} back: why?", words=words, check=check), answered)

    def _last_folder(self) -> str:
        computer = self.wotui.computer
        return computer.payroll_folder if computer is not None else ""

    def _remember(self, folder: str) -> None:
        """Offer the same folder next time; a settings file that cannot be written is no reason to complain here."""
        if self.wotui.computer is None or folder == self._last_folder():
            return
        try:
            settings.save("payroll_folder", folder)
            self.wotui.computer = settings.load()
        except Problem:
            return
