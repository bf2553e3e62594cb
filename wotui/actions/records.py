"""Adding and changing master data: places, assets, people, contractors, parts and customers.

Every function checks the fields and the rules of `domain.records`, writes one transaction, and gives back the sentence.
Nothing is deleted: a record that is no longer used is retired, and stays readable where it was used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.actions.checklists.signing import give_pin
from wotui.actions.sets import write_set
from wotui.domain import records as rules
from wotui.domain.contractors.names import alike
from wotui.domain.identity import new_id, same_id
from wotui.domain.initials import initials_for
from wotui.domain.record_kinds import KINDS, kind_named
from wotui.errors import Refused
from wotui.store.reads import records as reads
from wotui.text import counted, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wotui.domain.records import Field, Kind, Value
    from wotui.store.file import Shop
    from wotui.store.reading import Reads
    from wotui.store.transaction import Done, Transaction

_CONTACT = ("contact", "phone", "email")


def add(shop: Shop, kind_name: str, name: str, fields: Mapping[str, str]) -> Done:
    """Add one record.

    Args:
        shop: the open shop.
        kind_name: place, asset, person, contractor, part or customer.
        name: its name.
        fields: what was typed, by field name or alias; see `domain.record_kinds`.

    Raises:
        UsageProblem: an unknown kind or field, or a value that is none.
        NotFound: a field refers to a record that is not there.
        Refused: a field is missing or taken, or the fields contradict each other.
    """
    kind = kind_named(kind_name)
    typed = {**fields, "name": name}
    with shop.transaction() as tx:
        values = _resolved(tx, kind, rules.read_all(kind, typed, shop.setting("shop.currency")))
        _fill_in(tx, kind, values, shop)
        record = {field.name: values.get(field.name, field.default) for field in kind.fields}
        identity = new_id()
        label = f"{kind.name.capitalize()} {record['name'] or ''}".strip()
        rules.check(kind, record, label)
        _expect_unique(tx, kind, record, "")
        notices = _look_alikes(tx, kind, str(record["name"]))
        tx.insert(
            kind.name,
            id=identity,
            **{field.column: record[field.name] for field in kind.fields if field.column},
        )
        _write_sets(tx, kind, identity, record)
        _write_contact(tx, kind, identity, {name: record[name] for name in _CONTACT if name in record})
        return tx.done(_sentence(f"Added {_named(kind, record)}"), identity, notices=notices)


def edit(shop: Shop, kind_name: str, handles: Sequence[str], fields: Mapping[str, str]) -> Done:
    """Change fields of one or many records of a kind; empty text clears a field.

    Raises:
        UsageProblem: an unknown kind or field, or a value that is none.
        NotFound: no such record, here or behind a reference.
        Refused: the change breaks a rule; no record was changed.
    """
    kind = kind_named(kind_name)
    typed = dict(fields)
    pin = typed.pop("pin", None) if kind.name == "person" else None  # kept as a hash only, never listed
    with shop.transaction() as tx:
        changes = _resolved(tx, kind, rules.read_all(kind, typed, shop.setting("shop.currency")))
        found = [
            reads.one(tx, kind, identity)
            for identity in dict.fromkeys(reads.find(tx, kind, h) for h in handles)
        ]
        notices: list[str] = []
        for record in found:
            after = {**record.values, **changes}
            _check_change(tx, kind, record, after, changes)
            _write_changes(tx, kind, record.id, changes)
            if pin is not None:
                give_pin(tx, record.id, pin)
            notices += _left_open(tx, kind, record, after)
            notices += _plans_ended(tx, kind, record, after)
            notices += _state_set(tx, kind, record, after)
        what = (
            _named(kind, found[0].values) if len(found) == 1 else counted(len(found), kind.name, kind.plural)
        )
        names = [*changes, "PIN"] if pin is not None else list(changes)
        return tx.done(
            f"Changed {listed(names)} of {what}.", *(record.id for record in found), notices=notices
        )


def retire(shop: Shop, kind_name: str, handles: Sequence[str]) -> Done:
    """Take records out of use; they stay readable, and `edit … active=yes` brings them back.

    Raises:
        NotFound: no such record.
        Refused: a person's timer is running, or a place still holds active places or assets.
    """
    return edit(shop, kind_name, handles, {"active": "no"})


def _sentence(words: str) -> str:
    return words if words.endswith(".") else f"{words}."


def _named(kind: Kind, values: Mapping[str, Value]) -> str:
    handle, name = str(values[kind.handle] or ""), str(values["name"] or "")
    return f"{kind.name} {name}" if handle == name else f"{kind.name} {handle} ({name})"


def _resolved(tx: Reads, kind: Kind, values: dict[str, Value]) -> dict[str, Value]:
    """The values with references as ids, and words of sets as the shop spells them already."""
    for name, value in values.items():
        field = kind.field(name)
        if field.type == "reference" and isinstance(value, str):
            values[name] = reads.find(tx, KINDS[field.refers_to], value)
        elif field.type == "set" and isinstance(value, tuple):
            values[name] = _elements(tx, field, value)
    return values


def _elements(tx: Reads, field: Field, words: tuple[str, ...]) -> tuple[str, ...]:
    if field.refers_to:
        return tuple(dict.fromkeys(reads.find(tx, KINDS[field.refers_to], word) for word in words))
    spelled = {} if field.choices else reads.spellings(tx, field.members)
    return tuple(dict.fromkeys(spelled.get(word.casefold(), word) for word in words))


def _fill_in(tx: Reads, kind: Kind, values: dict[str, Value], shop: Shop) -> None:
    """What follows from what was typed: initials and the parts of a name, a contractor's currency."""
    if kind.name == "person":
        name = str(values.get("name") or "")
        first, _, last = name.rpartition(" ")
        values.setdefault("first_name", first or None)
        values.setdefault("last_name", last or None)
        if not values.get("initials"):
            taken = [str(value) for value in reads.handles(tx, kind).values()]
            values["initials"] = initials_for(name, taken)
    if kind.name == "contractor":
        values.setdefault("currency", shop.setting("shop.currency"))


def _expect_unique(tx: Reads, kind: Kind, record: Mapping[str, Value], identity: str) -> None:
    for field in kind.fields:
        value = record.get(field.name)
        if not field.unique or value is None:
            continue
        holder = reads.holder(tx, kind, field.name, value)
        if holder is not None and holder[0] != identity:
            name = f" by {holder[1]}" if field.name != "name" else ""
            raise Refused(
                f"The {kind.name} {field.words} {value} is taken{name}.",
                f"Choose another {field.name}, or change that one with `wotui edit`.",
            )


def _look_alikes(tx: Reads, kind: Kind, name: str) -> list[str]:
    """A word of warning when a name can be mistaken for one that is there."""
    if kind.name not in ("contractor", "customer", "person"):
        return []
    others = tx.rows(f'SELECT name FROM "{kind.name}" WHERE deleted_at IS NULL AND name IS NOT NULL')
    other = alike(name, [other for (other,) in others])
    return [f"It looks like {other}, who is there already; undo takes this one back."] if other else []


def _check_change(
    tx: Reads,
    kind: Kind,
    record: reads.MasterRecord,
    after: Mapping[str, Value],
    changes: Mapping[str, Value],
) -> None:
    label = f"{kind.name.capitalize()} {record.handle}"
    rules.check(kind, after, label)
    _expect_unique(tx, kind, {name: after[name] for name in changes}, record.id)
    parent = changes.get("parent")
    if isinstance(parent, str) and rules.makes_a_ring(record.id, parent, reads.parents(tx, kind)):
        raise Refused(
            f"{label} cannot be put under itself or under what lies in it.", "Choose another parent."
        )
    if record.active and after["active"] == 0:
        _expect_free(tx, kind, record, label)


def _expect_free(tx: Reads, kind: Kind, record: reads.MasterRecord, label: str) -> None:
    """Refuse to retire what is in use this minute."""
    if kind.name == "person" and tx.one(
        "SELECT 1 FROM time_span WHERE person_id = ? AND end_minute IS NULL AND deleted_at IS NULL",
        (record.id,),
    ):
        raise Refused(f"{label}'s timer is running.", f"Stop it first (wotui pause, as {record.handle}).")
    if kind.name == "place":
        inside = tx.rows(
            "SELECT code FROM place WHERE parent_id = ?1 AND deleted_at IS NULL AND ifnull(active, 1) "
            "UNION ALL SELECT tag FROM asset WHERE place_id = ?1 AND deleted_at IS NULL AND ifnull(active, 1) LIMIT 6",
            (record.id,),
        )
        if inside:
            raise Refused(
                f"{label} still holds {listed([str(handle) for (handle,) in inside[:5]])}"
                f"{' and more' if len(inside) > 5 else ''}.",
                "Move or retire them first.",
            )


def _left_open(tx: Reads, kind: Kind, record: reads.MasterRecord, after: Mapping[str, Value]) -> list[str]:
    """Open orders that somebody must decide about, when a record goes out of use."""
    goes = (record.active and after["active"] == 0) or (
        after.get("state") == "disposed" and record.values.get("state") != "disposed"
    )
    numbers = reads.open_orders(tx, kind, record.id) if goes else []
    if not numbers:
        return []
    shown = numbers if len(numbers) <= 8 else [*numbers[:8], f"{len(numbers) - 8} more"]
    return [f"Still open on {record.handle}: {listed(shown)}. Finish, cancel or move them."]


def _plans_ended(
    tx: Transaction, kind: Kind, record: reads.MasterRecord, after: Mapping[str, Value]
) -> list[str]:
    """Maintenance plans that were only for an asset end when it is disposed of or goes out of use."""
    goes = (record.active and after["active"] == 0) or (
        after.get("state") == "disposed" and record.values.get("state") != "disposed"
    )
    if kind.name != "asset" or not goes:
        return []
    from wotui.actions.plans.changing import for_disposed

    return for_disposed(tx, record.id)


def _state_set(
    tx: Transaction, kind: Kind, record: reads.MasterRecord, after: Mapping[str, Value]
) -> list[str]:
    """An asset that is set to down begins its standstill; one that is set to anything else ends it."""
    before, state = record.values.get("state"), after.get("state")
    if kind.name != "asset" or before == state:
        return []
    from wotui.actions.downtime import state_was_set  # requests and their orders come with it

    return state_was_set(tx, record.id, str(before), str(state))


def _write_changes(tx: Transaction, kind: Kind, identity: str, changes: Mapping[str, Value]) -> None:
    columns = {kind.field(name).column: value for name, value in changes.items() if kind.field(name).column}
    if columns:
        tx.update(kind.name, identity, **columns)
    _write_sets(tx, kind, identity, changes)
    _write_contact(tx, kind, identity, {name: value for name, value in changes.items() if name in _CONTACT})


def _write_sets(tx: Transaction, kind: Kind, identity: str, values: Mapping[str, Value]) -> None:
    for field in kind.fields:
        value = values.get(field.name)
        if field.type == "set" and isinstance(value, tuple):
            write_set(tx, identity, field.members, value)


def _write_contact(tx: Transaction, kind: Kind, identity: str, values: Mapping[str, Value]) -> None:
    """A contractor's first contact, made when it has none yet."""
    if kind.name != "contractor" or not any(value is not None for value in values.values()):
        return
    contact = tx.value(
        "SELECT id FROM contractor_contact WHERE contractor_id = ? AND deleted_at IS NULL ORDER BY id LIMIT 1",
        (identity,),
    )
    columns = {("name" if name == "contact" else name): value for name, value in values.items()}
    tx.put(
        "contractor_contact",
        contact or same_id("contractor_contact", identity),
        contractor_id=identity,
        **columns,
    )
