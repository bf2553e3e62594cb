"""What is wrong with a shop's file, in sentences: the file itself, its history, and records that break a rule.

Rules are kept when people act; a merge, an older version or another tool can still bring what breaks one. Then nothing
is refused or repaired: it is a finding, and people decide.
"""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from wotui.errors import FileTrouble
from wotui.store import connection as connections
from wotui.store import indexes, seals, search, soundness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Kind = Literal["file", "schema", "seal", "journal", "record", "derived", "search", "blob", "rule"]

_MOST = 20
"""Findings of one kind that are said one by one; the rest is counted."""

_STATUSES = (*indexes.OPEN_STATUSES, "done", "closed", "cancelled")

_REFERENCES = (
    ("work_order", "asset_id", "asset", "is about an asset that is not there"),
    ("work_order", "place_id", "place", "is at a place that is not there"),
    ("work_order", "customer_id", "customer", "is for a customer who is not there"),
    ("assignment", "work_order_id", "work_order", "assigns somebody to an order that is not there"),
    ("assignment", "person_id", "person", "assigns a person who is not there"),
    ("asset", "place_id", "place", "stands at a place that is not there"),
    ("checklist", "work_order_id", "work_order", "belongs to an order that is not there"),
    ("checklist_item", "checklist_id", "checklist", "belongs to a checklist that is not there"),
    ("item_result", "item_id", "checklist_item", "answers an item that is not there"),
    ("status_change", "work_order_id", "work_order", "moves an order that is not there"),
    ("contractor_job", "work_order_id", "work_order", "is for an order that is not there"),
    ("contractor_job", "contractor_id", "contractor", "names a contractor who is not there"),
    ("time_span", "person_id", "person", "is of a person who is not there"),
    ("time_span", "work_order_id", "work_order", "is on an order that is not there"),
    ("time_break", "span_id", "time_span", "is in hours that are not there"),
    ("time_amount", "person_id", "person", "is of a person who is not there"),
)

_OWN_VALUES = (
    ("work_order", "number", "{count} orders share the number {value}."),
    ("asset", "tag", "{count} assets share the tag {value}."),
    ("place", "code", "{count} places share the code {value}."),
    ("person", "initials", "{count} people share the initials {value}."),
    ("person", "payroll_id", "{count} people share the employee number {value}."),
)

_RULES = (
    (
        "work_order",
        "number",
        f"status IS NULL OR status NOT IN ({', '.join(repr(status) for status in _STATUSES)})",
        "{shown} is in a state that this wotui does not know.",
    ),
    ("work_order", "number", "ifnull(title, '') = ''", "{shown} has no title."),
    ("work_order", "id", "ifnull(number, '') = ''", "The order {shown} has no number."),
    ("work_order", "number", "priority NOT BETWEEN 1 AND 4", "{shown} has a priority outside 1 to 4."),
    ("time_span", "id", "end_minute < start_minute", "The hours {shown} end before they start."),
    (
        "time_break",
        "id",
        "end_minute < start_minute",
        "The break {shown} ends before it starts.",
    ),
    ("time_amount", "id", "minutes < 0", "The hours {shown} are negative."),
    (
        "contractor_job",
        "id",
        "agreed_price < 0 OR rate < 0 OR nte_limit < 0",
        "The contractor job {shown} has a negative price.",
    ),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        kind: where: file (its pages), schema, seal, journal (gaps), record (differs from its history), derived
            (statuses, weights), search, blob (attachments), rule.
        sentence: what, as said to people.
        record: the id or number it is about, or empty.
    """

    kind: Kind
    sentence: str
    record: str = ""


def check(path: Path) -> list[Finding]:
    """Everything that is wrong with a shop's file; an empty list when it is sound. Nothing is changed.

    Damaged pages and a foreign schema end the search there: what lies above them says nothing then.

    Raises:
        FileTrouble: the file is missing, unreadable, or no wotui file at all.
    """
    try:
        with contextlib.closing(connections.connect(path, read_only=True)) as connection:
            pages = [
                Finding(
                    "file", f"{path.name} is damaged: {found}. `wotui backups` lists copies to restore from."
                )
                for found in soundness.broken_pages(connection)
            ]
            if pages:
                return pages
            schema = list(_schema(connection))
            return schema or [finding for part in _PARTS for finding in _limited(part(connection))]
    except sqlite3.DatabaseError as error:
        trouble = connections.trouble(error, path)
        if "damaged" not in trouble.what:
            raise trouble from error
        return [Finding("file", str(trouble))]


def _schema(connection: sqlite3.Connection) -> Iterator[Finding]:
    words = {
        "missing": "The {name} is missing from the file.",
        "foreign": "The file holds a {name} that is not wotui's.",
        "different": "The {name} is not as wotui declares it.",
    }
    for kind, name in soundness.schema_differences(connection):
        yield Finding("schema", words[kind].format(name=name), name)


def _journal(connection: sqlite3.Connection) -> Iterator[Finding]:
    for origin, last, missing in soundness.journal_gaps(connection):
        changes = "1 change is" if missing == 1 else f"{missing} changes are"
        yield Finding(
            "journal", f"{changes} missing from the history of {origin}, which goes to number {last}.", origin
        )


def _seals(connection: sqlite3.Connection) -> Iterator[Finding]:
    for origin, last in seals.broken(connection):
        yield Finding(
            "seal",
            f"The history of {origin} up to number {last} is not what was sealed: it was changed since.",
            origin,
        )


def _derived(connection: sqlite3.Connection) -> Iterator[Finding]:
    for number, column in soundness.derived_differences(connection):
        yield Finding("derived", f"{number}: {column} is not what its steps lead to.", number)


def _blobs(connection: sqlite3.Connection) -> Iterator[Finding]:
    for name in soundness.torn_blobs(connection):
        yield Finding("blob", f"The content of the attachment {name[:12]}… is not what it was.", name)
    for name in soundness.matching(
        connection, "attachment", "name", "sha256 IS NOT NULL AND sha256 NOT IN (SELECT sha256 FROM blob)"
    ):
        yield Finding("blob", f"The file {name} is listed, but its content is not here.", name)


def _records(connection: sqlite3.Connection) -> Iterator[Finding]:
    from wotui.store import schema

    for table, identity, column in soundness.state_differences(connection, schema.synced_columns()):
        name = _name(connection, table, identity)
        if column == soundness.UNREADABLE:
            yield Finding("record", f"{name} has a history that cannot be read.", identity)
        elif column:
            yield Finding("record", f"{name}: {column} is not what its history says.", identity)
        else:
            yield Finding("record", f"{name} has no history, or its history has no record.", identity)


def _search(connection: sqlite3.Connection) -> Iterator[Finding]:
    for sentence in search.faults(connection):
        yield Finding("search", sentence)


def _references(connection: sqlite3.Connection) -> Iterator[Finding]:
    for table, column, target, words in _REFERENCES:
        for identity in soundness.dangling(connection, table, column, target):
            yield Finding("rule", f"{_name(connection, table, identity)} {words}.", identity)


def _own_values(connection: sqlite3.Connection) -> Iterator[Finding]:
    for table, column, words in _OWN_VALUES:
        for value, count in soundness.shared_values(connection, table, column):
            yield Finding("rule", words.format(count=count, value=value), value)
    for identity, count in soundness.shared_values(
        connection, "time_span", "person_id", "end_minute IS NULL"
    ):
        yield Finding(
            "rule", f"{_name(connection, 'person', identity)} has {count} timers running at once.", identity
        )


def _rules(connection: sqlite3.Connection) -> Iterator[Finding]:
    for table, shown, condition, words in _RULES:
        for value in soundness.matching(connection, table, shown, condition):
            yield Finding("rule", words.format(shown=value), value)


_PARTS: tuple[Callable[[sqlite3.Connection], Iterator[Finding]], ...] = (
    _seals,
    _journal,
    _records,
    _derived,
    _search,
    _blobs,
    _references,
    _own_values,
    _rules,
)


def _limited(findings: Iterator[Finding]) -> Iterator[Finding]:
    """The first findings, and how many more there are."""
    kind: Kind | None = None
    more = 0
    for count, finding in enumerate(findings):
        if count < _MOST:
            yield finding
        else:
            kind, more = finding.kind, more + 1
    if kind is not None:
        yield Finding(kind, f"… and {more} more of this kind.")


_SHOWN = {"work_order": "number", "asset": "tag", "place": "code", "person": "initials", "setting": "name"}


def _name(connection: sqlite3.Connection, table: str, identity: str) -> str:
    """How people call a record: `W-A0012`, `PUMP-01`, or its kind and id."""
    words = table.replace("_", " ")
    column = _SHOWN.get(table) or ("name" if table in {"contractor", "customer", "part"} else "")
    if column:
        row = connection.execute(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (identity,)).fetchone()
        if row and row[0]:
            return str(row[0]) if table == "work_order" else f"The {words} {row[0]}"
    return f"The {words} {identity}"


def refuse_damage(path: Path) -> None:
    """Raise what `check` finds about the file itself, for whoever must not go on with a damaged one.

    Raises:
        FileTrouble: the pages or the schema are not sound.
    """
    found = [finding for finding in check(path) if finding.kind in {"file", "schema"}]
    if found:
        raise FileTrouble(found[0].sentence)
