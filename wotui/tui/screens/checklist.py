"""Running an order's checklists: one item a line, one key an answer, every answer saved at once.

Made for gloves: space takes the marked answer and goes on, arrows move and choose, digits type a reading or press the
button with that number. A run can be left at any item and goes on there.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.actions import parse

from wotui import clock
from wotui.actions import checklists as actions
from wotui.domain.checklists import items as kinds
from wotui.errors import Problem
from wotui.store.reads import checklists
from wotui.tui import checklist_panel, keys, present
from wotui.tui.checklist_panel import AtHand
from wotui.tui.checklist_rows import rows
from wotui.tui.screens.base import ShopScreen
from wotui.tui.screens.checklist_answering import Answering
from wotui.tui.screens.checklist_asking import Asking
from wotui.tui.widgets.checklist_view import TYPED, ChecklistLines, ItemPanel, ProgressLine
from wotui.tui.widgets.lines import Empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.widget import Widget

    from wotui.store.reads.checklists import Line, Sheet
    from wotui.store.reads.last_values import LastValue


_OF_AN_ITEM = ("checklist.fail", "checklist.leave_out", "checklist.note", "checklist.follow_up")


class ChecklistScreen(ShopScreen[None]):
    """Runs all checklists of one order.

    Args:
        order_id: the order.

    Attributes:
        sheet: the lists as they stand; None before they were read.
    """

    ROOM = "checklist"
    BINDINGS = keys.bindings("checklist")

    def __init__(self, order_id: str) -> None:
        super().__init__()
        self.order_id = order_id
        self.sheet: Sheet | None = None
        self.asking = Asking(self)
        self.answering = Answering(self)
        self._lasts: dict[str, LastValue] | None = None
        self._path: list[str] = []
        self._since = clock.now()
        self._timer_since: int | None = None
        self._offered: tuple[str, ...] = ()

    def body(self) -> Iterator[Widget]:
        yield ProgressLine(id="progress")
        yield ChecklistLines(id="items")
        yield ItemPanel(id="panel")
        yield Empty("", id="empty")

    def mounted(self) -> None:
        super().mounted()
        if self.sheet is not None and self.sheet.lines:
            left = self.sheet.where_left()
            self.stand_on(left.item.id if left else None)
        self.lines.focus()
        self.set_interval(1.0, self._show_progress)

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.query_one("#panel").styles.height = checklist_panel.panel_height(event.size.height)

    # what is shown

    @property
    def lines(self) -> ChecklistLines:
        """The list."""
        return self.query_one("#items", ChecklistLines)

    @property
    def current(self) -> Line | None:
        """The item at hand; None at the end of the list."""
        row = self.lines.row
        return row.line if row is not None else None

    @property
    def at_hand(self) -> AtHand | None:
        """What the panel shows; None while there is no list."""
        if self.sheet is None or not self.sheet.lines:
            return None
        answering = self.answering
        return AtHand(
            self.sheet,
            self.current,
            self.shop.zone,
            self.shop.today(),
            answering.typed,
            answering.at,
            answering.marked,
        )

    def refresh_from_shop(self) -> None:
        try:
            sheet = self._read()
        except Problem as problem:
            self.wotui.refuse(problem)
            self.dismiss(None)
            return
        self.sheet = sheet
        acting = self.shop.acting
        self._timer_since = acting and checklists.timer_since(self.shop, self.order_id, acting.id)
        self.title_line(f"{sheet.number} {sheet.title}", sheet.asset or sheet.place)
        self._show_or_hide(sheet)
        self.lines.show(rows(sheet), self.shop.zone, self.shop.today())
        self._show_progress()
        self.show_panel()

    def _read(self) -> Sheet:
        """The sheet; last values are read again only when other items are on it, for they lie in other orders."""
        sheet = checklists.sheet(self.shop, self.order_id, self._lasts)
        known = self.sheet.items if self.sheet is not None else []
        if self._lasts is None or [item.id for item in sheet.items] != [item.id for item in known]:
            sheet = checklists.sheet(self.shop, self.order_id)
            self._lasts = {line.item.id: line.last for line in sheet.lines if line.last is not None}
        return sheet

    def _show_or_hide(self, sheet: Sheet) -> None:
        empty = self.query_one("#empty", Empty)
        if bool(sheet.lines) is self.query_one("#items").display and empty.display is not bool(sheet.lines):
            return  # setting them again would lay the screen out again, at every tick
        for name in ("#progress", "#items", "#panel"):
            self.query_one(name).display = bool(sheet.lines)
        empty.display = not sheet.lines
        empty.tell(
            f"{sheet.number} has no checklist yet.\n\n"
            f"{keys.shown_key('checklist.add')} puts one of the shop's lists on it, or starts a new one.\n"
            f"{keys.shown_key('checklist.pause')} goes back."
        )

    def _show_progress(self) -> None:
        if self.sheet is not None and self.sheet.lines:
            self.query_one("#progress", ProgressLine).tell(self.sheet, self._elapsed(), self.answering.saved)

    def _elapsed(self) -> str:
        """The person's timer on this order, or how long this run has lasted: minutes and seconds."""
        if self._timer_since is not None:
            minutes = int(clock.now().timestamp()) // 60 - self._timer_since
            return f"▶ {present.duration(max(minutes, 0))}"
        seconds = max(int((clock.now() - self._since).total_seconds()), 0)
        return f"{seconds // 60}:{seconds % 60:02d}"

    def show_panel(self) -> None:
        """Draw the item at hand again."""
        at_hand = self.at_hand
        if at_hand is not None:
            self.query_one("#panel", ItemPanel).tell(at_hand)

    def stand_on(self, item_id: str | None) -> None:
        """Put the cursor on an item (None: the end), with nothing typed, on the answer it has."""
        self.lines.go_to(item_id)
        self._arrive()

    def left(self, item_id: str | None) -> None:
        """Remember the way, for the key that goes back to the last item."""
        if item_id is not None:
            self._path.append(item_id)

    def _arrive(self) -> None:
        self.answering.arrive(self.at_hand)
        self._show_progress()
        self.show_panel()
        offered = tuple(known.id for known in keys.in_room(self.ROOM) if self.offers(known.id))
        if offered != self._offered:
            self._offered = offered
            self.footer_changed()

    def offers(self, command_id: str) -> bool:
        """What the footer shows: only keys that can act on the item at hand, and at the end what comes next."""
        line, sheet = self.current, self.sheet
        if sheet is None or not sheet.lines:
            return command_id in ("checklist.add", "checklist.pause")
        if line is None:
            unsigned = sheet.signoff_required and not sheet.signed_by
            return command_id not in _OF_AN_ITEM and (command_id != "checklist.sign_off" or unsigned)
        can = {
            "checklist.fail": line.item.type in (kinds.TICK, kinds.PASS_FAIL, kinds.YES_NO, kinds.CHOICE),
            "checklist.leave_out": line.item.na_allowed,
            "checklist.follow_up": line.failed,
            "checklist.sign_off": False,
            "checklist.done": sheet.progress.finished,
        }
        return can.get(command_id, True)

    # mouse

    def on_checklist_lines_moved(self) -> None:
        self._arrive()

    def on_checklist_lines_pressed(self) -> None:
        self.action_press()

    def on_item_panel_pressed(self, message: ItemPanel.Pressed) -> None:
        self.answering.at = message.index
        self.action_press()

    # keys

    def early(self, event: events.Key) -> bool:
        """Take the runner's own keys in the order in which they were pressed.

        A binding runs only after its key has wandered up to the app; by then the next digit would have been typed
        into the wrong item.
        """
        if event.character is not None and event.character in TYPED:
            self.answering.type_character(event.character)
            return True
        for room, target in (("checklist", self), ("list", self.lines)):
            for known in keys.in_room(room):
                if event.key in known.keys.split(","):
                    _, name, arguments = parse(known.action)
                    self.answering.when_settled(partial(getattr(target, f"action_{name}"), *arguments))
                    return True
        return False

    def action_press(self) -> None:
        self.answering.when_settled(self.answering.press)

    def action_choose(self, step: int) -> None:
        self.answering.choose(step)

    def action_erase(self) -> None:
        self.answering.erase()

    def action_fail(self) -> None:
        def fail() -> None:
            line = self.current
            if line is not None:
                self.answering.change(lambda shop: actions.press(shop, line.item.id, "fail"), line)

        self.answering.when_settled(fail)

    def action_clear(self) -> None:
        line = self.current
        if line is not None:
            self.answering.change(lambda shop: actions.clear(shop, line.item.id), line, stay=True)

    def action_leave_out(self) -> None:
        self._ask("leave_out")

    def action_note(self) -> None:
        self._ask("note")

    def action_follow_up(self) -> None:
        self._ask("follow_up")

    def _ask(self, verb: str) -> None:
        def asked() -> None:
            if self.current is not None:
                self.asking.button(verb, self.current)

        self.answering.when_settled(asked)

    def action_last_item(self) -> None:
        here = self.current.item.id if self.current is not None else None
        while self._path:
            item_id = self._path.pop()
            if item_id != here and self.sheet is not None and self.sheet.line(item_id) is not None:
                self.stand_on(item_id)
                return
        self.lines.action_cursor_up()

    def action_add(self) -> None:
        self.asking.add()

    def action_sign_off(self) -> None:
        self.asking.sign_off()

    def action_done(self) -> None:
        """Finish the order: its form asks for outcome, note and minutes."""
        self.wotui.open_screen(("wotui.tui.screens.completion", "CompletionScreen"), (self.order_id,))

    def action_pause(self) -> None:
        """Leave; the next run goes on where this one stopped."""
        sheet = self.sheet
        if sheet is not None and sheet.progress.answered and not sheet.progress.finished:
            left = sheet.where_left()
            if left is not None:
                self.wotui.tell(f"Paused, all is saved. It goes on at {left.number}. {left.item.label}.")
        self.dismiss(None)
