"""Signing with a typed name and a PIN: a signature item here, the sign-off of an order in `finishing`.

The PIN says who signed on a shared computer; it is not a lock. Wrong tries make the next one wait, per person, as
long as wotui runs.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

from wotui.actions.checklists.at_hand import store, take
from wotui.domain import pins
from wotui.domain.checklists.answers import Answer
from wotui.domain.checklists.items import PASS, SIGNATURE
from wotui.errors import NotFound, Refused
from wotui.text import clean_line

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.reading import Reads
    from wotui.store.transaction import Done, Transaction

CUSTOMER = "customer"

_tries: dict[str, tuple[int, float]] = {}
_tries_lock = threading.Lock()


def sign(shop: Shop, item_id: str, name: str, pin: str = "") -> Done:
    """Sign a signature item.

    Args:
        shop: the open shop.
        item_id: the item.
        name: initials or full name of a person of the shop; for the role customer, any name.
        pin: the person's PIN; a customer has none. Somebody who acts and has no PIN yet takes this one as theirs.

    Raises:
        NotFound: nobody active has this name.
        Refused: the item takes no signature, the role or the PIN is wrong, or the order is finished.
    """
    with shop.transaction() as tx:
        sheet, line = take(shop, tx, item_id)
        if line.item.type != SIGNATURE:
            raise Refused(f"“{line.item.label}” takes no signature.", "Answer it instead.")
        signed, notices = signed_by(tx, name, pin, line.item.role or "technician")
        store(tx, line, Answer(signed, PASS), None)
        return tx.done(
            f"{sheet.number} {line.number}. {line.item.label}: signed by {signed}.",
            sheet.order_id,
            line.item.id,
            notices=notices,
        )


def set_pin(shop: Shop, initials: str, pin: str, old: str = "") -> Done:
    """Give a person a PIN. Changing one takes the old PIN, or a supervisor.

    Raises:
        NotFound: nobody active has these initials.
        Refused: not 4 to 12 digits, or the old PIN is missing or wrong.
    """
    with shop.transaction() as tx:
        person_id, name, _ = _person(tx, initials)
        give_pin(tx, person_id, pin, old)
        return tx.done(f"{name} has a new PIN.", person_id)


def give_pin(tx: Transaction, person_id: str, pin: str, old: str = "") -> None:
    """Give a person a PIN inside a larger action; an empty one takes it away.

    Raises:
        Refused: not 4 to 12 digits; or there is one already, the old one is not given, and no supervisor acts.
    """
    name, stored = tx.one("SELECT name, pin_hash FROM person WHERE id = ?", (person_id,)) or ("", None)
    supervisor = tx.acting is None or "supervisor" in tx.acting.roles
    if stored and not supervisor:
        _expect_pin(person_id, name, stored, old)
    tx.update("person", person_id, pin_hash=pins.hash_pin(pin) if pin else None)


def forget_wrong_tries() -> None:
    """Nobody waits any more; a restart does the same."""
    with _tries_lock:
        _tries.clear()


def signed_by(tx: Transaction, name: str, pin: str, role: str) -> tuple[str, list[str]]:
    """Check a signature inside a larger action: the name to keep, and what else to say.

    Raises:
        NotFound: nobody active has this name.
        Refused: no name, a person without the role, a wrong or missing PIN.
    """
    typed = clean_line(name)
    if not typed:
        raise Refused("A signature needs a name.", "Type your name or initials.")
    if role == CUSTOMER:
        return typed, []
    person_id, full_name, stored = _person(tx, typed)
    roles = tx.rows(
        "SELECT value FROM membership WHERE record_id = ? AND kind = 'role' AND deleted_at IS NULL",
        (person_id,),
    )
    if (role,) not in roles and not (role == "technician" and ("supervisor",) in roles):
        raise Refused(
            f"{full_name} may not sign here: it takes the role {role}.", "Let somebody with that role sign."
        )
    if stored:
        _expect_pin(person_id, full_name, stored, pin)
        return full_name, []
    if tx.acting is None or tx.acting.id != person_id:
        raise Refused(
            f"{full_name} has no PIN yet.", f"{full_name} sets one by signing while acting as themselves."
        )
    if not pin:
        raise Refused(f"{full_name} has no PIN yet.", "Choose one now: 4 to 12 digits.")
    tx.update("person", person_id, pin_hash=pins.hash_pin(pin))
    return full_name, [f"This PIN is {full_name}'s from now on."]


def _person(reader: Reads, typed: str) -> tuple[str, str, str | None]:
    rows: list[tuple[Any, ...]] = reader.rows(
        "SELECT id, name, pin_hash FROM person WHERE (initials = ?1 COLLATE NOCASE OR name = ?1 COLLATE NOCASE)"
        " AND deleted_at IS NULL AND ifnull(active, 1) ORDER BY id",
        (typed,),
    )
    if len(rows) != 1:
        what = f"Nobody active is called “{typed}”." if not rows else f"“{typed}” is {len(rows)} people."
        raise NotFound(what, "Type the initials; `wotui list-of person` shows who there is.")
    return rows[0][0], rows[0][1] or typed, rows[0][2]


def _expect_pin(person_id: str, name: str, stored: str, pin: str) -> None:
    with _tries_lock:
        wrong, since = _tries.get(person_id, (0, 0.0))
        wait = since + pins.pause(wrong) - time.monotonic()
        if wait > 0:
            raise Refused(f"Too many wrong PINs for {name}.", f"Wait {int(wait) + 1} s, then try again.")
        if pins.matches(pin, stored):
            _tries.pop(person_id, None)
            return
        _tries[person_id] = (wrong + 1, time.monotonic())
    raise Refused(
        f"That is not {name}'s PIN.",
        "Try again, or let a supervisor set a new one (wotui edit INITIALS pin=…).",
    )
