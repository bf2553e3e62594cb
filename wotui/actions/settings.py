"""Changing the settings that live in the shop's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain import shop_settings
from wotui.domain.identity import same_id

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.transaction import Done


def change(shop: Shop, name: str, typed: str) -> Done:
    """Set one setting of the shop; it travels with the file and can be undone.

    Raises:
        UsageProblem: no such setting, or not a value of it.
        Refused: the workweek or the schedule is changed by somebody who is neither supervisor nor office.
    """
    value = shop_settings.read(name, typed)
    if name.startswith("payroll."):
        shop.require("change how payroll is reckoned", "supervisor", "office")
    with shop.transaction() as tx:
        tx.put("setting", same_id("setting", name), name=name, value=value)
        return tx.done(f"{name} is now {value or 'empty'}, for everybody who shares this shop.")
