"""The journal writes down every change, whoever makes it, and nobody can rewrite it."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit import builders
from wotui.store import schema

if TYPE_CHECKING:
    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop


def changes(shop: Shop, row: str) -> list[tuple[str | None, dict[str, Any]]]:
    return [
        (actor, json.loads(patch))
        for actor, patch in shop.rows("SELECT actor, patch FROM change WHERE row = ? ORDER BY seq", (row,))
    ]


def test_a_new_record_is_journaled_with_all_its_values(shop: Shop) -> None:
    made = builders.asset(shop, "PUMP-01", "Feed pump", criticality="A")
    assert shop.acting is not None
    [(actor, patch)] = changes(shop, made)
    assert actor == shop.acting.id
    assert patch == {
        "tag": "PUMP-01",
        "name": "Feed pump",
        "criticality": "A",
        "state": "in_service",
        "active": 1,
    }


def test_an_edit_is_journaled_with_only_what_changed(shop: Shop) -> None:
    made = builders.asset(shop)
    with shop.transaction() as tx:
        tx.update("asset", made, state="down", name=None, criticality="B")
    assert changes(shop, made)[-1][1] == {"state": "down", "name": None}


def test_writing_what_is_there_already_changes_nothing(shop: Shop) -> None:
    made = builders.asset(shop)
    with shop.transaction() as tx:
        tx.update("asset", made, state="in_service")
        done = tx.done("Nothing.")
    assert done.act is None
    assert len(changes(shop, made)) == 1


HARD_TEXTS = [
    '"quoted"',
    "back\\slash",
    "two\nlines",
    "tab\there",
    "\\n is not a newline",
    "ж漢👩‍🔧",
    "a\r\nb",
    "'); DROP TABLE x",
]


@pytest.mark.parametrize("text", HARD_TEXTS)
def test_any_text_comes_back_out_of_the_journal_as_it_went_in(shop: Shop, text: str) -> None:
    made = builders.order(shop, text)
    assert changes(shop, made)[0][1]["title"] == text


@pytest.mark.parametrize("number", [0, -1, 2**53 + 1, 2**63 - 1, -(2**63)])
def test_whole_numbers_keep_all_their_digits(shop: Shop, number: int) -> None:
    made = builders.order(shop, fixed_price=number)
    assert changes(shop, made)[0][1]["fixed_price"] == number


def test_a_bulk_update_from_a_shell_is_journaled_row_by_row(shop: Shop) -> None:
    made = [builders.asset(shop, f"PUMP-{number}") for number in range(5)]
    with sqlite3.connect(shop.path) as shell:
        shell.execute("UPDATE asset SET state = 'standby'")
    shell.close()
    assert [changes(shop, row)[-1] for row in made] == [(None, {"state": "standby"})] * 5


def test_the_sequence_of_a_file_has_no_gap(shop: Shop) -> None:
    for number in range(20):
        builders.order(shop, f"Order {number}")
    numbers = [seq for (seq,) in shop.rows("SELECT seq FROM change ORDER BY seq")]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("table", sorted(schema.synced_columns()))
def test_every_shared_table_journals_refuses_deletion_and_keeps_ids(shop: Shop, table: str) -> None:
    columns = schema.synced_columns()[table]
    values = {
        column: 7 if kind == "INTEGER" else "x" for column, kind in columns.items() if column != "deleted_at"
    }
    with shop.transaction() as tx:
        made = tx.insert(table, **values)
    assert changes(shop, made)[0][1] == values
    for forbidden, reason in (
        (f"DELETE FROM {table} WHERE id = '{made}'", "never removed"),
        (f"UPDATE {table} SET id = 'other' WHERE id = '{made}'", "ids never change"),
        (f"INSERT OR REPLACE INTO {table} (id) VALUES ('{made}')", "with this id exists"),
    ):
        with pytest.raises(sqlite3.IntegrityError, match=reason), shop.transaction() as tx:
            tx.rows(forbidden)
    assert len(changes(shop, made)) == 1


@pytest.mark.parametrize("statement", ["DELETE FROM change", "UPDATE change SET patch = '{}'"])
def test_nobody_rewrites_or_shortens_the_journal(shop: Shop, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="journal is never"), shop.transaction() as tx:
        tx.rows(statement)


def test_a_clock_that_was_ahead_wins_only_until_the_next_edit(shop: Shop, frozen_clock: FrozenClock) -> None:
    made = builders.asset(shop)
    for moment, state in (("2035-01-01T00:00:00Z", "down"), ("2026-06-10T18:00:00Z", "standby")):
        frozen_clock.set(moment)
        with shop.transaction() as tx:
            tx.update("asset", made, state=state)
    rows = shop.rows(
        "SELECT t, at, json_extract(patch, '$.state') FROM change WHERE row = ? ORDER BY t", (made,)
    )
    assert [state for _, _, state in rows] == ["in_service", "down", "standby"]
    assert rows[2][0] == rows[1][0] + 1
    assert rows[2][1] is None, "the clock lay behind the record's newest change, so its time is unsure"


def test_many_edits_of_one_moment_keep_their_time(shop: Shop) -> None:
    made = builders.asset(shop)
    for number in range(10):
        with shop.transaction() as tx:
            tx.update("asset", made, name=f"Pump {number}")
    assert not shop.rows("SELECT 1 FROM change WHERE row = ? AND at IS NULL", (made,))


def test_derived_columns_are_never_journaled(shop: Shop) -> None:
    made = builders.order(shop, status="ready")
    names = {name for _, patch in changes(shop, made) for name in patch}
    assert not names & {"status", "status_at", "started_at", "done_at", "queue_weight"}
    assert shop.value("SELECT status FROM work_order WHERE id = ?", (made,)) == "ready"
