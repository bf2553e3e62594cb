"""Making, changing, copying and retiring order templates; their parts are in `parts`.

Nothing is destroyed: a template that is out of use stays readable on the orders that were made from it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wotui.actions.templates.storing import store_template, write_parts
from wotui.domain.identity import new_id
from wotui.domain.templates.template import OrderTemplate, check_template
from wotui.errors import NotFound, Refused, UsageProblem
from wotui.store.reads import templates as reads
from wotui.text import clean, clean_line, listed, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.store.file import Shop
    from wotui.store.transaction import Done, Transaction

HEAD = {"name": 120, "title": 120, "description": 20_000, "trade": 40, "work_kind": 40}
"""What the head of a template consists of, and how long each may be."""


def add(shop: Shop, name: str, fields: Mapping[str, str] | None = None) -> Done:
    """Add a template with nothing in it yet; its id is the first of the `Done`'s records.

    Raises:
        UsageProblem: a field that a template's head does not have.
        Refused: no name, or another template has it, or the acting person may not.
    """
    shop.require("change templates", "supervisor", "office")
    head = _head({**(fields or {}), "name": name})
    with shop.transaction() as tx:
        template = OrderTemplate(
            head["name"],
            head.get("title", ""),
            head.get("description", ""),
            head.get("trade", ""),
            head.get("work_kind", ""),
        )
        check_template(template)
        _expect_free(tx, template.name, "")
        identity = store_template(tx, new_id(), template)
        return tx.done(f"Added the template “{template.name}”.", identity)


def edit(shop: Shop, wanted: str, fields: Mapping[str, str]) -> Done:
    """Change the head of a template: name, title, description, trade, work_kind; empty text clears one.

    Raises:
        NotFound: no such template.
        UsageProblem: a field that a template's head does not have.
        Refused: no name is left, or another template has it, or the acting person may not.
    """
    shop.require("change templates", "supervisor", "office")
    head = _head(fields)
    if not head:
        raise UsageProblem(
            "Nothing to change is named.", f"Write FIELD=VALUE; the fields are {listed([*HEAD])}."
        )
    with shop.transaction() as tx:
        row = reads.find(tx, wanted, retired_too=True)
        if "name" in head:
            check_template(OrderTemplate(head["name"]))
            _expect_free(tx, head["name"], row.id)
        tx.update("order_template", row.id, **{name: value or None for name, value in head.items()})
        words = [name.replace("_", " ") for name in head]
        return tx.done(f"Changed {listed(words)} of the template “{row.name}”.", row.id)


def copy(shop: Shop, wanted: str, name: str = "") -> Done:
    """Add a template like another one, to adapt it; a copy of a pack's template is the shop's own.

    Raises:
        NotFound: no such template.
        Refused: another template has the name, or the acting person may not.
    """
    shop.require("change templates", "supervisor", "office")
    with shop.transaction() as tx:
        row = reads.find(tx, wanted, retired_too=True)
        title = clean_line(name) or _copy_name(tx, row.name)
        _expect_free(tx, title, "")
        template = replace(reads.whole(tx, row.id), name=title, origin="", active=True)
        identity = new_id()
        store_template(tx, identity, template)
        write_parts(tx, identity, template, fresh=True)
        return tx.done(f"Copied “{row.name}” as “{title}”.", identity)


def retire(shop: Shop, wanted: str, *, back: bool = False) -> Done:
    """Take a template out of use, or with `back` into use again.

    Raises:
        NotFound: no such template.
        Refused: it is so already, or the acting person may not.
    """
    shop.require("change templates", "supervisor", "office")
    with shop.transaction() as tx:
        row = reads.find(tx, wanted, retired_too=True)
        if bool(row.active) == back:
            raise Refused(f"The template “{row.name}” is {'in' if back else 'out of'} use already.")
        tx.update("order_template", row.id, active=int(back))
        words = "is in use again" if back else "is out of use; orders made from it keep what they have"
        return tx.done(f"The template “{row.name}” {words}.", row.id)


def _head(fields: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, typed in fields.items():
        if name not in HEAD:
            near = nearest(name, tuple(HEAD))
            way_out = f"Did you mean {near}?" if near else f"It has {listed([*HEAD])}."
            raise UsageProblem(f"A template has no {clean_line(name, 40)!r}.", way_out)
        found[name] = clean(typed, HEAD[name]) if name == "description" else clean_line(typed, HEAD[name])
    return found


def _expect_free(tx: Transaction, name: str, identity: str) -> None:
    try:
        other = reads.find(tx, name, retired_too=True)
    except NotFound:
        return
    if other.id != identity and other.name.casefold() == name.casefold():
        where = "" if other.active else " (it is out of use)"
        raise Refused(f"There is a template “{other.name}” already{where}.", "Choose another name.")


def _copy_name(tx: Transaction, name: str) -> str:
    known = {row.name.casefold() for row in reads.templates(tx, retired_too=True)}
    tries = [f"{name[:100]} (copy)", *(f"{name[:100]} (copy {count})" for count in range(2, 99))]
    return next(each for each in tries if each.casefold() not in known)
