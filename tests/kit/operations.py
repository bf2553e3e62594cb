"""What a shop does all day, each as one call on an open shop: the work that faults are injected into."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.kit import builders
from wotui.actions import undo, work_orders
from wotui.actions.checklists import answering
from wotui.exchange import events, payroll
from wotui.merge import backup, engine, restore
from wotui.merge.own import Own
from wotui.merge.places.file import FilePlace
from wotui.merge.places.folder import FolderPlace
from wotui.store.file import Shop
from wotui.store.new_file import create

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wotui.merge.places import Place


def prepare(path: Path) -> None:
    """The shop that every operation starts from: one order with a checklist of one item, and one edit to undo."""
    with builders.new_shop(path) as shop:
        order = builders.order(shop, "Grease the pump", status="in_progress")
        with shop.transaction() as tx:
            checklist = tx.insert("checklist", work_order_id=order, name="Monthly", position=1)
            tx.insert(
                "checklist_item",
                id="item-1",
                checklist_id=checklist,
                position=1,
                type="pass_fail",
                label="Pump is dry",
                required=1,
            )
            tx.done("Put a checklist on it.")
        work_orders.edit(shop, ["W-A0001"], {"title": "Grease the big pump"})


def create_order(shop: Shop) -> None:
    """A new order, assigned."""
    work_orders.new(shop, "Door squeaks", {"priority": "2"}, people=["JD"])


def tick(shop: Shop) -> None:
    """Answer a checklist item."""
    answering.answer(shop, "item-1", "pass")


def log_hours(shop: Shop) -> None:
    """Two hours on the order."""
    with shop.transaction() as tx:
        worker = tx.value("SELECT id FROM person WHERE initials = 'JD'")
        order = tx.value("SELECT id FROM work_order WHERE number = 'W-A0001'")
        tx.insert(
            "time_span", person_id=worker, work_order_id=order, start_minute=29_000_000, end_minute=29_000_120
        )
        tx.done("Logged 2 h on W-A0001.")


def edit(shop: Shop) -> None:
    """Change two fields."""
    work_orders.edit(shop, ["W-A0001"], {"priority": "1", "due_on": "2026-06-30"})


def take_back(shop: Shop) -> None:
    """Undo the last edit."""
    undo.undo(shop)


def back_up(shop: Shop) -> None:
    """A proven backup."""
    backup.make(shop.path)


def export_payroll(shop: Shop) -> None:
    """The payroll CSV of the week, beside the shop's file."""
    payroll.export(shop, date(2026, 6, 10), shop.path.parent)


def make_shop(shop: Shop) -> None:
    """Another shop's file, beside this one."""
    create(
        shop.path.with_name("other.wotui"), name="Other", zone="UTC", currency="USD", workweek_start="monday"
    ).close()


def publish_to_file(shop: Shop) -> None:
    """Complete the shared file that lies beside the shop's."""
    _publish(shop, FilePlace(shop.path.with_name("shop-shared.wotui")))


def publish_to_folder(shop: Shop) -> None:
    """Complete the shared folder that lies beside the shop's file."""
    _publish(shop, FolderPlace(shop.path.with_name("shared")))


def merge_with_a_file(shop: Shop) -> None:
    """Meet the shared file that lies beside the shop's, which holds what Bob wrote."""
    _merge(shop, FilePlace(shop.path.with_name("shop-shared.wotui")))


def merge_with_a_folder(shop: Shop) -> None:
    """Meet the shared folder that lies beside the shop's file."""
    _merge(shop, FolderPlace(shop.path.with_name("shared")))


def bring_back(shop: Shop) -> None:
    """Restore the newest backup."""
    shop.close()
    restore.restore(shop.path, backup.listing(shop.path)[-1].path)


def migrate(shop: Shop) -> None:
    """Open the file of an older wotui that lies beside the shop's, which brings it up to date."""
    with Shop.open(shop.path.with_name("old.wotui")):
        pass


def take_in_events(shop: Shop) -> None:
    """Take in the drop folder that lies beside the shop's file."""
    events.sweep(shop, shop.path.with_name("events"))


def _merge(shop: Shop, place: Place) -> None:
    try:
        engine.merge(shop, place, agreed=True)
    finally:
        place.close()


def _publish(shop: Shop, place: Place) -> None:
    try:
        place.publish(Own(shop))
    finally:
        place.close()


OPERATIONS: dict[str, Callable[[Shop], None]] = {
    "create order": create_order,
    "tick": tick,
    "log hours": log_hours,
    "edit": edit,
    "undo": take_back,
    "backup": back_up,
    "make a shop": make_shop,
    "export payroll": export_payroll,
    "publish to a file": publish_to_file,
    "publish to a folder": publish_to_folder,
    "merge with a file": merge_with_a_file,
    "merge with a folder": merge_with_a_folder,
    "restore": bring_back,
    "migrate": migrate,
    "take in events": take_in_events,
}
