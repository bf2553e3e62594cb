"""Master data as it is read: one record or all of a kind, with its small sets and the handles of what it
refers to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain.record_kinds import KINDS
from wotui.errors import NotFound, Refused, UsageProblem
from wotui.text import clean_line, listed, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wotui.domain.records import Kind, Value
    from wotui.store.reading import Reads


@dataclass(frozen=True, slots=True)
class MasterRecord:
    """One place, asset, person, contractor, part or customer.

    Attributes:
        kind: the name of its kind.
        id: its id.
        values: every field of the kind by name; references and elements of area sets as ids.
    """

    kind: str
    id: str
    values: Mapping[str, Value]

    @property
    def handle(self) -> str:
        """What people call it by: code, tag, initials, number or name."""
        return str(self.values[KINDS[self.kind].handle] or "")

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.values["name"] or "")

    @property
    def active(self) -> bool:
        """Whether it is still in use."""
        return self.values["active"] != 0


def page(reads: Reads, kind: Kind, ids: Sequence[str] | None = None) -> list[MasterRecord]:
    """All records of a kind by their handle, or those with the ids."""
    columns = [field for field in kind.fields if field.column]
    chosen = "" if ids is None else f" AND id IN ({', '.join('?' * len(ids))})"
    rows = reads.rows(
        f'SELECT id, {", ".join(field.column for field in columns)} FROM "{kind.name}" '
        f"WHERE deleted_at IS NULL{chosen} ORDER BY {kind.field(kind.handle).column} COLLATE NOCASE, id",
        ids or (),
    )
    found = {row[0]: dict(zip((field.name for field in columns), row[1:], strict=True)) for row in rows}
    for values in found.values():
        values.update(
            {field.name: () if field.type == "set" else None for field in kind.fields if not field.column}
        )
    _add_sets(reads, kind, found)
    if kind.name == "contractor":
        _add_contacts(reads, found)
    order = [field.name for field in kind.fields]
    return [
        MasterRecord(kind.name, identity, {name: values[name] for name in order})
        for identity, values in found.items()
    ]


def one(reads: Reads, kind: Kind, identity: str) -> MasterRecord:
    """The record with this id.

    Raises:
        NotFound: there is none.
    """
    found = page(reads, kind, [identity])
    if not found:
        raise NotFound(f"{kind.article.capitalize()} with the id {identity} is not there.")
    return found[0]


def find(reads: Reads, kind: Kind, word: str) -> str:
    """The id of the record that a word names: its handle, its name where only one has it, or its id.

    Raises:
        NotFound: none; names the nearest.
        Refused: several have this name.
    """
    wanted = clean_line(word)
    handle = kind.field(kind.handle).column
    for column in dict.fromkeys((handle, "name", *(("payroll_id",) if kind.name == "person" else ()), "id")):
        rows = reads.rows(
            f'SELECT id, {handle} FROM "{kind.name}" WHERE {column} = ? COLLATE NOCASE AND deleted_at IS NULL '
            "ORDER BY ifnull(active, 1) DESC LIMIT 10",
            (wanted,),
        )
        if len(rows) > 1:
            raise Refused(
                f"There is more than one {kind.name} {wanted}.",
                f"Name one by its {kind.handle}: {listed([str(row[1]) for row in rows], 'or')}."
                if column != handle
                else f"Name one by its id: {listed([row[0] for row in rows], 'or')}.",
            )
        if rows:
            return rows[0][0]
    raise NotFound(f"There is no {kind.name} {wanted}.", _way_to(reads, kind, wanted))


def _way_to(reads: Reads, kind: Kind, wanted: str) -> str:
    column = kind.field(kind.handle).column
    rows = reads.rows(
        f'SELECT {column} FROM "{kind.name}" WHERE deleted_at IS NULL AND {column} IS NOT NULL LIMIT 5000'
    )
    by_folded = {str(handle).casefold(): str(handle) for (handle,) in rows}
    near = nearest(wanted, list(by_folded))
    return f"Did you mean {by_folded[near]}?" if near else f"`wotui list-of {kind.name}` shows them all."


def find_any(reads: Reads, word: str) -> tuple[Kind, str]:
    """The kind and id of the record with this handle, whatever its kind; `asset:PUMP-01` says the kind.

    Raises:
        NotFound: none has it.
        Refused: records of several kinds have it.
    """
    prefix, colon, rest = word.partition(":")
    if colon and prefix.casefold() in KINDS:
        kind = KINDS[prefix.casefold()]
        return kind, find(reads, kind, rest)
    wanted = clean_line(word)
    found: list[tuple[Kind, str]] = []
    for kind in KINDS.values():
        column = kind.field(kind.handle).column
        rows = reads.rows(
            f'SELECT id FROM "{kind.name}" WHERE deleted_at IS NULL AND ({column} = ? COLLATE NOCASE OR id = ?)',
            (wanted, wanted),
        )
        found += [(kind, row[0]) for row in rows]
    if len(found) > 1:
        kinds = list(dict.fromkeys(kind.name for kind, _ in found))
        raise Refused(f"{wanted} names a {listed(kinds)}.", f"Say which, such as {kinds[0]}:{wanted}.")
    if not found:
        raise NotFound(
            f"Nothing is called {wanted}.",
            "Name an order by its number, an asset by its tag, a place by its code, a person by initials.",
        )
    return found[0]


def handles(reads: Reads, kind: Kind) -> dict[str, str]:
    """The handle of every record of a kind by its id."""
    column = kind.field(kind.handle).column
    return dict(reads.rows(f'SELECT id, ifnull({column}, id) FROM "{kind.name}"'))


def parents(reads: Reads, kind: Kind) -> dict[str, str | None]:
    """The parent's id of every record of a tree by its id."""
    return dict(reads.rows(f'SELECT id, parent_id FROM "{kind.name}" WHERE deleted_at IS NULL'))


def holder(reads: Reads, kind: Kind, field_name: str, value: Value) -> tuple[str, str] | None:
    """Id and name of the record that holds a value of a unique field already (case does not matter), or
    None.
    """
    column = kind.field(field_name).column
    if not column:
        raise UsageProblem(f"{field_name} is not a field that can be unique.")
    return reads.one(
        f'SELECT id, name FROM "{kind.name}" WHERE {column} = ? COLLATE NOCASE AND deleted_at IS NULL ORDER BY id',
        (value,),
    )


def spellings(reads: Reads, members: str) -> dict[str, str]:
    """Every value in use of one kind of small set, by its folded spelling (`hvac` → `HVAC`)."""
    rows = reads.rows(
        "SELECT value FROM membership WHERE kind IN (?, 'required_' || ?) AND deleted_at IS NULL GROUP BY value "
        "ORDER BY count(*)",
        (members, members),
    )
    return {str(value).casefold(): str(value) for (value,) in rows}


def open_orders(reads: Reads, kind: Kind, identity: str) -> list[str]:
    """Numbers of the open orders that concern a record."""
    concerns = {
        "asset": "asset_id = ?1",
        "place": "place_id = ?1",
        "customer": "customer_id = ?1",
        "person": "id IN (SELECT work_order_id FROM assignment WHERE person_id = ?1 AND deleted_at IS NULL)",
        "contractor": "id IN (SELECT work_order_id FROM contractor_job WHERE contractor_id = ?1 "
        "AND deleted_at IS NULL)",
    }
    if kind.name not in concerns:
        return []
    rows = reads.rows(
        f"SELECT number FROM work_order WHERE {concerns[kind.name]} AND deleted_at IS NULL "
        "AND status IN ('draft', 'ready', 'scheduled', 'in_progress', 'on_hold') ORDER BY number",
        (identity,),
    )
    return [number for (number,) in rows]


def _add_sets(reads: Reads, kind: Kind, found: dict[str, dict[str, Value]]) -> None:
    names = {field.members: field.name for field in kind.fields if field.type == "set"}
    if not names or not found:
        return
    rows = reads.rows(
        f'SELECT m.record_id, m.kind, m.value FROM membership m JOIN "{kind.name}" r ON r.id = m.record_id '
        "WHERE m.deleted_at IS NULL ORDER BY m.value"
    )
    for record, members, value in rows:
        if record in found and members in names:
            before = found[record][names[members]]
            found[record][names[members]] = (*(before if isinstance(before, tuple) else ()), value)


def _add_contacts(reads: Reads, found: dict[str, dict[str, Value]]) -> None:
    rows = reads.rows(
        "SELECT contractor_id, name, phone, email FROM contractor_contact WHERE deleted_at IS NULL ORDER BY id DESC"
    )
    for record, name, phone, email in rows:
        if record in found:
            found[record].update(contact=name, phone=phone, email=email)
