"""Packs: what an industry starts with, put into a shop. Adding one twice changes nothing, and what is there stays.

Every id follows from the pack's name and the record's, so that two laptops that add the same pack bring one when their
files meet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from wotui.actions import codes
from wotui.actions.checklists.lists import add_template as add_checklist
from wotui.actions.checklists.lists import load_shipped
from wotui.actions.routing.rules import add_from as add_rule
from wotui.actions.templates.files import parse
from wotui.actions.templates.storing import store_template, write_parts
from wotui.domain.checklists.templates import template_from as checklist_from
from wotui.domain.identity import same_id
from wotui.domain.packs import Pack, pack_from
from wotui.domain.templates.documents import from_document
from wotui.errors import NotFound, Problem, UsageProblem
from wotui.settings import data_file
from wotui.store.reads import templates as reads
from wotui.text import clean_line, counted, listed, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import Any

    from wotui.domain.checklists.templates import Template
    from wotui.domain.templates import OrderTemplate
    from wotui.store.file import Shop
    from wotui.store.transaction import Done, Transaction

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Contents:
    """A shipped pack, read: its head, its templates and the checklists that they share."""

    pack: Pack
    templates: tuple[OrderTemplate, ...]
    checklists: tuple[Template, ...]


def names() -> tuple[str, ...]:
    """The packs that ship with wotui."""
    return tuple(sorted(path.parent.name for path in data_file("packs").glob("*/pack.toml")))


@cache
def contents(name: str, currency: str = "USD") -> Contents:
    """A shipped pack with everything in it.

    Raises:
        NotFound: there is no such pack; names the nearest.
        UsageProblem: a file of it is wrong; the sentence names the file.
    """
    wanted = name.strip().casefold()
    if wanted not in names():
        near = nearest(wanted, names())
        way_out = f"Did you mean {near}?" if near else f"There are {listed(names())}."
        raise NotFound(f"There is no pack {clean_line(name, 40)!r}.", way_out)
    folder = data_file("packs", wanted)
    head = pack_from(wanted, _document(folder / "pack.toml"))
    lists = [
        _named(path, lambda path=path: checklist_from(_document(path)))
        for path in _files(folder, "checklists")
    ]
    templates = [
        replace(_named(path, lambda path=path: from_document(_document(path), currency)), origin=wanted)
        for path in _files(folder, "templates")
    ]
    return Contents(head, tuple(templates), tuple(lists))


def _files(folder: Path, kind: str) -> list[Path]:
    return sorted((folder / kind).glob("*.toml"))


def _document(path: Path) -> dict[str, object]:
    return parse(path.name, path.read_bytes())


def _named(path: Path, make: Callable[[], Read]) -> Read:
    try:
        return make()
    except Problem as problem:
        raise UsageProblem(f"{path.name}: {problem.what}", problem.way_out) from None


def add(shop: Shop, name: str) -> Done:
    """Put a shipped pack into the shop: its templates, checklists, code lists and sample routing rules.

    Raises:
        NotFound: there is no such pack.
        Refused: the acting person may not.
    """
    shop.require("add packs", "supervisor", "office")
    with shop.transaction() as tx:
        return put(tx, name)


def put(tx: Transaction, name: str) -> Done:
    """Put a shipped pack into the shop inside a larger action; see `add`."""
    currency = tx.value("SELECT value FROM setting WHERE name = 'shop.currency'") or "USD"
    held = contents(name, currency)
    notices: list[str] = []
    words = sum(_put_code(tx, code) for code in held.pack.codes)
    lists = load_shipped(tx) + sum(add_checklist(tx, template) for template in held.checklists)
    fresh = [template for template in held.templates if _is_new(tx, template, notices)]
    for template in fresh:
        store_template(tx, identity_of(template), template)
    for template in fresh:
        write_parts(tx, identity_of(template), template)
    rules = sum(_put_rule(tx, held.pack.name, rule) for rule in held.pack.routing)
    parts = [
        counted(count, noun)
        for count, noun in (
            (len(fresh), "template"),
            (lists, "shared checklist"),
            (words, "code"),
            (rules, "routing rule"),
        )
        if count
    ]
    if not parts:
        return tx.done(
            f"The pack {held.pack.title} is in this shop already; nothing changed.", notices=notices
        )
    return tx.done(
        f"Added the pack {held.pack.title}: {listed(parts)}.",
        *(identity_of(template) for template in fresh),
        notices=notices,
    )


def identity_of(template: OrderTemplate) -> str:
    """The id of a pack's template, the same in every shop."""
    return same_id("order template", template.origin, template.name)


def _is_new(tx: Transaction, template: OrderTemplate, notices: list[str]) -> bool:
    """Whether the shop lacks it; one that it changed, retired or made itself stays as it is."""
    if tx.one("SELECT 1 FROM order_template WHERE id = ?", (identity_of(template),)):
        return False
    known = {row.name.casefold() for row in reads.templates(tx, retired_too=True)}
    if template.name.casefold() in known:
        notices.append(f"The shop has a template “{template.name}” of its own; it stays as it is.")
        return False
    return True


def _put_code(tx: Transaction, code: codes.Code) -> bool:
    if tx.one("SELECT 1 FROM code WHERE id = ?", (codes.identity_of(code),)):
        return False
    codes.put(tx, code)
    return True


def _put_rule(tx: Transaction, pack: str, rule: Mapping[str, Any]) -> bool:
    identity = same_id("routing rule", pack, str(rule.get("name")))
    if tx.one("SELECT 1 FROM routing_rule WHERE id = ?", (identity,)):
        return False
    return add_rule(tx, rule, identity=identity) == identity
