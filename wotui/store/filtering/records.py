"""Sub-queries for what a filter points to by name: people, assets, places, contractors, sets.

Every one of them gives ids. A name answers exactly (initials, tag, code) where some record has it, and by a part of the
name otherwise; case does not matter. What a person typed is always bound, and `%` and `_` in it are letters.
"""

from __future__ import annotations

from dataclasses import dataclass

Bound = tuple[str, tuple[object, ...]]
"""A piece of SQL and the values of its question marks, in order."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A table whose records are found by a short name of their own, or by a part of their name."""

    table: str
    short: str


PERSON = _Kind("person", "initials")
ASSET = _Kind("asset", "tag")
PLACE = _Kind("place", "code")
CUSTOMER = _Kind("customer", "name")
CONTRACTOR = _Kind("contractor", "name")

_HIRED = """SELECT j.work_order_id FROM contractor_job AS j WHERE j.deleted_at IS NULL
    AND j.state NOT IN ('declined', 'rejected', 'expired', 'withdrawn')"""


def like(text: str) -> str:
    r"""A pattern for LIKE … ESCAPE '\\' that finds `text` anywhere."""
    escaped = text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escaped}%"


def answering(kind: _Kind, text: str) -> Bound:
    """Ids of the records that answer to a name."""
    exact = f"{kind.short} = ? COLLATE NOCASE AND deleted_at IS NULL"
    return (
        f"""SELECT id FROM {kind.table} WHERE {exact}
        OR deleted_at IS NULL AND (name LIKE ? ESCAPE '\\' OR {kind.short} LIKE ? ESCAPE '\\')
            AND NOT EXISTS (SELECT 1 FROM {kind.table} WHERE {exact})""",
        (text, like(text), like(text), text),
    )


def below(kind: _Kind, text: str) -> Bound:
    """Ids of the assets or places that answer to a name, and of everything that is part of them."""
    found, values = answering(kind, text)
    return (
        f"""WITH RECURSIVE below (id) AS ({found} UNION SELECT c.id FROM below
            JOIN {kind.table} AS c ON c.parent_id = below.id WHERE c.deleted_at IS NULL) SELECT id FROM below""",
        values,
    )


def people(text: str, me: str | None) -> Bound:
    """Ids of the people that answer to a name; `me` is whoever acts, nobody when nobody does."""
    if text.casefold() == "me":
        return "SELECT ?", (me,)
    return answering(PERSON, text)


def hired(text: str) -> Bound:
    """Ids of the orders that a contractor is asked or hired for."""
    found, values = answering(CONTRACTOR, text)
    return f"{_HIRED} AND j.contractor_id IN ({found})", values


def member(kind: str, text: str) -> Bound:
    """Ids of the records with a value in one of their small sets, such as a required trade."""
    return (
        "SELECT record_id FROM membership WHERE deleted_at IS NULL AND kind = ? AND value LIKE ? ESCAPE '\\'",
        (kind, like(text)),
    )


ANY_CONTRACTOR = _HIRED
"""Ids of the orders that have a contractor."""


def any_member(kind: str) -> Bound:
    """Ids of the records that have anything in one of their small sets."""
    return "SELECT record_id FROM membership WHERE deleted_at IS NULL AND kind = ?", (kind,)
