"""Full-text search over work orders, and the trade's many ways to write one word.

Two FTS5 tables: `search` holds every order, `search_open` the open ones only, so that a keystroke over a
million orders asks the few per cent that matter. A row is the order's number, its title and its body:
description, completion note, log, custom fields, notes at checklist items, asset, place and customer. Its
rowid is the order's key.

Triggers only write the order's key into `search_stale`, and `refresh` folds these into the index before the
transaction commits. So an order with ten custom fields is indexed once and not eleven times, a tick on a
checklist costs nothing, and a change made with the sqlite3 shell is folded in by the next transaction.

A word finds whatever begins with it, and what `data/search/synonyms.toml` says is the same. Everything that
a person types is quoted: no character of it is an operator of FTS5.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from wotui.store.indexes import OPEN

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

Tokens = tuple[str, ...]

_TOKEN = re.compile(r"[^\W_]+")
_LONGEST_MEMBER = 3
_SHORTEST_PREFIX = 2
_SHORTEST_PREFIX_OF_SYNONYM = 4

_BODY = """
    ifnull(w.description, '') || char(10) || ifnull(w.completion_note, '') || char(10) || ifnull(w.external_id, '')
    || ifnull((SELECT char(10) || ifnull(a.tag, '') || ' ' || ifnull(a.name, '') FROM asset AS a
        WHERE a.id = w.asset_id AND a.deleted_at IS NULL), '')
    || ifnull((SELECT char(10) || ifnull(p.code, '') || ' ' || ifnull(p.name, '') FROM place AS p
        WHERE p.id = w.place_id AND p.deleted_at IS NULL), '')
    || ifnull((SELECT char(10) || ifnull(c.name, '') FROM customer AS c
        WHERE c.id = w.customer_id AND c.deleted_at IS NULL), '')
    || ifnull((SELECT char(10) || group_concat(l.text, char(10)) FROM log_entry AS l
        WHERE l.parent_id = w.id AND l.deleted_at IS NULL), '')
    || ifnull((SELECT char(10) || group_concat(v.value, char(10)) FROM custom_value AS v
        WHERE v.record_id = w.id AND v.deleted_at IS NULL), '')
    || ifnull((SELECT char(10) || group_concat(r.note, char(10)) FROM checklist AS k
        JOIN checklist_item AS i ON i.checklist_id = k.id JOIN item_result AS r ON r.item_id = i.id
        WHERE k.work_order_id = w.id AND r.deleted_at IS NULL), '')"""

_REFRESH = (
    "DELETE FROM search WHERE rowid IN (SELECT key FROM search_stale)",
    "DELETE FROM search_open WHERE rowid IN (SELECT key FROM search_stale)",
    f"""INSERT INTO search (rowid, number, title, body)
        SELECT w.key, ifnull(w.number, ''), ifnull(w.title, ''), {_BODY}
        FROM search_stale AS s CROSS JOIN work_order AS w ON w.key = s.key WHERE w.deleted_at IS NULL""",
    f"""INSERT INTO search_open (rowid, number, title, body)
        SELECT d.rowid, d.number, d.title, d.body
        FROM search_stale AS s CROSS JOIN work_order AS w ON w.key = s.key CROSS JOIN search AS d ON d.rowid = s.key
        WHERE w.{OPEN}""",
    "DELETE FROM search_stale",
)


def statements() -> list[str]:
    """The CREATE statements of the index, of its list of stale orders and of the triggers that fill it."""
    tables = [
        # columnsize=0: nothing ranks by length, and a change writes one table less.
        f"""CREATE VIRTUAL TABLE {name} USING fts5(number, title, body, prefix='2 3', columnsize=0,
        tokenize="unicode61 remove_diacritics 2")"""
        for name in ("search", "search_open")
    ]
    order, parent, record = "new.key", "WHERE id = new.parent_id", "WHERE id = new.record_id"
    of_asset, of_place, of_customer = (f"WHERE {name}_id = new.id" for name in ("asset", "place", "customer"))
    of_item = """WHERE id = (SELECT k.work_order_id FROM checklist_item AS i
        JOIN checklist AS k ON k.id = i.checklist_id WHERE i.id = new.item_id)"""
    crossed = f"(old.{OPEN}) IS NOT (new.{OPEN})"
    own = "number, title, description, completion_note, external_id, asset_id, place_id, customer_id, deleted_at"
    return [
        *tables,
        "CREATE TABLE search_stale (key INTEGER PRIMARY KEY) STRICT",
        _trigger("work_order", "INSERT", "", "", order),
        _trigger("work_order", f"UPDATE OF {own}", "", "", order),
        _trigger("work_order", "UPDATE OF status", crossed, "", order),
        _trigger("log_entry", "INSERT", "", parent),
        _trigger("log_entry", "UPDATE OF text, deleted_at", "", parent),
        _trigger("custom_value", "INSERT", "", record),
        _trigger("custom_value", "UPDATE OF value, deleted_at", "", record),
        _trigger("asset", "UPDATE OF tag, name, deleted_at", "", of_asset),
        _trigger("place", "UPDATE OF code, name, deleted_at", "", of_place),
        _trigger("customer", "UPDATE OF name, deleted_at", "", of_customer),
        _trigger("item_result", "INSERT", "new.note <> ''", of_item),
        _trigger("item_result", "UPDATE OF note, deleted_at", "new.note <> '' OR old.note <> ''", of_item),
    ]


def _trigger(table: str, event: str, when: str, orders: str, key: str = "") -> str:
    """A trigger that notes which orders must be indexed anew.

    Args:
        table: where it listens.
        event: `INSERT`, or `UPDATE OF` the columns that the index shows.
        when: a condition, or nothing.
        orders: the WHERE that finds the orders concerned.
        key: instead of `orders`, the key itself.
    """
    # Not INSERT OR IGNORE: a trigger's conflict clause gives way to that of the statement that fired it.
    source = f"SELECT {key} AS key" if key else f"SELECT key FROM work_order {orders}"
    event_name = re.sub(r"\W+", "_", event.split(",", maxsplit=1)[0].lower())
    condition = f"WHEN {when}" if when else ""
    return f"""CREATE TRIGGER {table}_stales_search_{event_name} AFTER {event} ON {table} {condition}
        BEGIN INSERT INTO search_stale (key) SELECT key FROM ({source}) AS found
            WHERE key NOT IN (SELECT key FROM search_stale); END"""


def refresh(connection: sqlite3.Connection) -> None:
    """Index the orders that changed since the last time; part of every transaction, just before it commits.

    Costs a few microseconds when nothing that the index shows has changed.
    """
    if connection.execute("SELECT 1 FROM search_stale LIMIT 1").fetchone():
        for statement in _REFRESH:
            connection.execute(statement)


def rebuild(connection: sqlite3.Connection) -> None:
    """Index every order anew, inside the caller's transaction: after a repair, or when the body's recipe
    changes.
    """
    connection.execute("DELETE FROM search")
    connection.execute("DELETE FROM search_open")
    connection.execute("INSERT OR IGNORE INTO search_stale (key) SELECT key FROM work_order")
    refresh(connection)


def faults(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the index, in sentences; an empty list when it can be trusted.

    A fault loses nothing: `rebuild` makes the index from the records.
    """
    found: list[str] = []
    for name, orders in (("search", "deleted_at IS NULL"), ("search_open", f"deleted_at IS NULL AND {OPEN}")):
        kept = f"SELECT key FROM work_order WHERE {orders}"
        missing, extra = connection.execute(
            f"""SELECT (SELECT count(*) FROM ({kept}) WHERE key NOT IN (SELECT rowid FROM {name}))
                - (SELECT count(*) FROM search_stale),
                (SELECT count(*) FROM {name} WHERE rowid NOT IN ({kept}))"""
        ).fetchone()
        if missing > 0:
            found.append(f"{missing} orders are missing from the index {name}.")
        if extra > 0:
            found.append(f"{extra} orders are in the index {name} that should not be.")
        old = connection.execute(
            f"""SELECT count(*) FROM work_order AS w JOIN {name} AS d ON d.rowid = w.key
                WHERE w.key NOT IN (SELECT key FROM search_stale)
                AND (d.number <> ifnull(w.number, '') OR d.title <> ifnull(w.title, '') OR d.body <> {_BODY})"""
        ).fetchone()[0]
        if old:
            found.append(f"{old} orders are in the index {name} with an old text.")
    return found


def tokens(text: str) -> Tokens:
    """The words that the index sees in a text, folded as it folds them: `L/H Cyl.` is `l`, `h`, `cyl`."""
    apart = unicodedata.normalize("NFD", text)
    plain = unicodedata.normalize("NFC", "".join(sign for sign in apart if not unicodedata.combining(sign)))
    return tuple(_TOKEN.findall(plain.lower()))


@cache
def synonyms() -> dict[Tokens, tuple[Tokens, ...]]:
    """Each way of writing → all ways of writing the same thing, its own included, from
    `data/search/synonyms.toml`.
    """
    import tomllib  # only a search pays for these

    from wotui import settings

    text = settings.data_file("search", "synonyms.toml").read_text(encoding="utf-8")
    return _grouped(tomllib.loads(text)["groups"])


def _grouped(groups: Iterable[Sequence[str]]) -> dict[Tokens, tuple[Tokens, ...]]:
    found: dict[Tokens, dict[Tokens, None]] = {}
    for group in groups:
        members = [tokens(word) for word in group]
        for member in members:
            found.setdefault(member, {}).update(dict.fromkeys(members))
    return {member: tuple(same) for member, same in found.items()}


def match_words(words: Sequence[str], column: str = "") -> str:
    """The FTS5 expression that finds orders with all of these words.

    Args:
        words: as typed; each finds what begins with it, and its synonyms. Neighbours such as `left hand`
        that stand for
            one thing together are taken together. Words without a letter or digit are left out.
        column: `title` or `number`, to look there only.

    Returns:
        The expression, or an empty text when no word has a letter or digit.
    """
    typed = [word for word in words if tokens(word)]
    parts: list[str] = []
    start = 0
    while start < len(typed):
        taken, same = _longest(typed, start)
        parts.append(_alternatives(" ".join(typed[start : start + taken]), same))
        start += taken
    expression = " AND ".join(parts)
    return f"{{{column}}} : ({expression})" if column and expression else expression


def match_phrase(phrase: str, column: str = "") -> str:
    """The FTS5 expression for exactly these words in this order; empty when there is no letter or digit in
    it.
    """
    if not tokens(phrase):
        return ""
    return (f"{column} : " if column else "") + _quoted(phrase, prefix=False)


def _longest(typed: Sequence[str], start: int) -> tuple[int, tuple[Tokens, ...]]:
    """How many of the words from `start` mean one thing together, and all ways to write it."""
    for count in range(min(_LONGEST_MEMBER, len(typed) - start), 0, -1):
        if same := synonyms().get(tokens(" ".join(typed[start : start + count]))):
            return count, same
    return 1, ()


def _alternatives(typed: str, same: Sequence[Tokens]) -> str:
    own = tokens(typed)
    choices = [_quoted(typed, prefix=len(own[-1]) >= _SHORTEST_PREFIX)]
    others = [other for other in same if other != own]
    found_anyway = [
        other for other in (*others, own) if len(other) == 1 and len(other[0]) >= _SHORTEST_PREFIX_OF_SYNONYM
    ]
    choices += [
        _quoted(" ".join(other), prefix=len(other[-1]) >= _SHORTEST_PREFIX_OF_SYNONYM)
        for other in others
        # `repl` finds `replace` and `replaced` too; asking for each of them again only costs time.
        if not any(other != short and other[0].startswith(short[0]) for short in found_anyway)
    ]
    return choices[0] if len(choices) == 1 else f"({' OR '.join(choices)})"


def _quoted(phrase: str, *, prefix: bool) -> str:
    """A text as one string of FTS5, in which nothing is an operator."""
    inner = phrase.replace("\0", " ").replace('"', '""')
    return f'"{inner}"{" *" if prefix else ""}'
