"""Finding orders by words: what is indexed, when, and the trade's many spellings."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit import builders
from wotui.store import search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wotui.store.file import Shop


def found(shop: Shop, *words: str, table: str = "search") -> list[str]:
    """Titles of the orders that a search finds."""
    return [
        title
        for (title,) in shop.rows(
            f"SELECT w.title FROM {table} AS s JOIN work_order AS w ON w.key = s.rowid WHERE {table} MATCH ?",
            (search.match_words(words),),
        )
    ]


def test_a_new_order_is_found_by_number_title_and_description(shop: Shop) -> None:
    order = builders.order(shop, "Grease the fan", description="Squeals on cold mornings")
    for word in ("grease", "GREA", "squeal", builders.number_of(shop, order)):
        assert found(shop, word) == ["Grease the fan"]
        assert found(shop, word, table="search_open") == ["Grease the fan"]
    assert found(shop, "pump") == []


def test_all_words_must_be_there(shop: Shop) -> None:
    builders.order(shop, "Pump leaks oil")
    builders.order(shop, "Pump makes noise")
    assert found(shop, "pump", "oil") == ["Pump leaks oil"]


def test_asset_place_and_customer_are_found_and_renaming_them_is_noticed(shop: Shop) -> None:
    asset = builders.asset(shop, "PUMP-01", "Feed pump")
    place = builders.place(shop, "BOILER-2", "Boiler house")
    with shop.transaction() as tx:
        customer = tx.insert("customer", name="Harbour Homes", active=1)
    builders.order(shop, "Seal gone", asset_id=asset, place_id=place, customer_id=customer)
    for word in ("feed", "boiler", "harbour", "pump-01"):
        assert found(shop, word) == ["Seal gone"]
    with shop.transaction() as tx:
        tx.update("asset", asset, name="Sump lifter")
        tx.update("place", place, name="Turbine hall")
        tx.update("customer", customer, name="Mill Lane Trust")
    for word in ("sump", "turbine", "mill"):
        assert found(shop, word) == ["Seal gone"]
    for word in ("feed", "harbour"):
        assert found(shop, word) == []


def test_log_custom_fields_and_checklist_notes_are_found(shop: Shop) -> None:
    order = builders.order(shop, "Round")
    with shop.transaction() as tx:
        entry = tx.insert(
            "log_entry", parent_kind="work_order", parent_id=order, kind="note", text="Found cavitation"
        )
        value = tx.insert("custom_value", record_id=order, name="FuncLoc", value="CYLINDER BOOM")
        checklist = tx.insert("checklist", work_order_id=order, name="Round", position=1)
        item = tx.insert("checklist_item", checklist_id=checklist, position=1, type="tick", label="Oil level")
        tx.insert("item_result", item_id=item, value="done", outcome="pass", note="foamy")
    for word in ("cavitation", "boom", "foamy"):
        assert found(shop, word) == ["Round"]
    with shop.transaction() as tx:
        tx.update("custom_value", value, value="STICK")
        tx.remove("log_entry", entry)
    assert found(shop, "boom") == found(shop, "cavitation") == []
    assert found(shop, "stick") == ["Round"]


def test_a_tick_without_a_note_leaves_the_index_alone(shop: Shop) -> None:
    order = builders.order(shop, "Round")
    with shop.transaction() as tx:
        checklist = tx.insert("checklist", work_order_id=order, name="Round", position=1)
        item = tx.insert("checklist_item", checklist_id=checklist, position=1, type="tick", label="Oil level")
        tx.insert("item_result", item_id=item, value="done", outcome="pass")
        assert tx.value("SELECT count(*) FROM search_stale") == 0


def test_a_step_within_the_open_half_leaves_the_index_alone_and_finishing_takes_it_out(shop: Shop) -> None:
    order = builders.order(shop, "Round", status="ready")
    with shop.transaction() as tx:
        tx.insert("status_change", work_order_id=order, to_status="in_progress", at="2026-06-10T18:00:00Z")
        assert tx.value("SELECT count(*) FROM search_stale") == 0
    assert found(shop, "round", table="search_open") == ["Round"]
    with shop.transaction() as tx:
        tx.insert("status_change", work_order_id=order, to_status="done", at="2026-06-10T19:00:00Z")
    assert found(shop, "round", table="search_open") == []
    assert found(shop, "round") == ["Round"]


def test_an_order_in_the_trash_is_not_found_until_it_comes_back(shop: Shop) -> None:
    order = builders.order(shop, "Round")
    with shop.transaction() as tx:
        tx.remove("work_order", order)
    assert found(shop, "round") == found(shop, "round", table="search_open") == []
    with shop.transaction() as tx:
        tx.update("work_order", order, deleted_at=None)
    assert found(shop, "round") == ["Round"]


def test_a_change_made_with_the_sqlite_shell_is_indexed_by_the_next_act(shop: Shop) -> None:
    order = builders.order(shop, "Round")
    shell = sqlite3.connect(shop.path)
    with shell:
        shell.execute("UPDATE work_order SET title = 'Walk' WHERE id = ?", (order,))
    shell.close()
    builders.order(shop, "Another")
    assert found(shop, "walk") == ["Walk"]
    assert found(shop, "round") == []


def test_a_rolled_back_change_leaves_no_trace(shop: Shop) -> None:
    order = builders.order(shop, "Round")
    with pytest.raises(RuntimeError), shop.transaction() as tx:  # noqa: PT012
        tx.update("work_order", order, title="Walk")
        raise RuntimeError
    assert found(shop, "walk") == []
    assert found(shop, "round") == ["Round"]


@pytest.fixture
def index(shop: Shop) -> Iterator[sqlite3.Connection]:
    """A connection that may write, as repair has it."""
    connection = sqlite3.connect(shop.path)
    yield connection
    connection.rollback()
    connection.close()


def test_a_damaged_index_is_named_and_rebuilt(shop: Shop, index: sqlite3.Connection) -> None:
    builders.order(shop, "Round")
    builders.order(shop, "Walk", status="closed")
    assert search.faults(index) == []
    index.execute("DELETE FROM search WHERE title = 'Round'")
    index.execute("INSERT INTO search_open (rowid, title) VALUES (999, 'ghost')")
    assert len(search.faults(index)) == 2
    search.rebuild(index)
    assert search.faults(index) == []
    assert index.execute("SELECT count(*) FROM search").fetchone() == (2,)
    assert index.execute("SELECT count(*) FROM search_open").fetchone() == (1,)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("L/H bucket cyl leaking", "left hand bucket cylinder leak"),
        ("Left hand bucket cylinder leaks", "l/h cyl leaking"),
        ("LHS light u/s", "left unserviceable"),
        ("Pump not working", "pump u/s"),
        ("REPL fan belt", "replace belt"),
        ("Change out fan belt", "c/o belt"),
        ("C/O fan belt", "replace belt"),
        ("Idler assy", "assembly"),
        ("Idler assembly", "assy"),
        ("Brg noisy", "bearing noise"),
        ("Eng oil", "engine"),
        ("Hyd hose burst", "hydraulic"),
        ("A/C u/s in cab", "air conditioner"),
        ("Aircon dead", "a/c"),
        ("Tyre pos 4", "tire position"),
        ("Temp high", "temperature"),
        ("Rebuild boom ram", "cylinder"),
        ("E-stop broken", "emergency stop"),
        ("Lubricate bearings", "lube brg"),
    ],
)
def test_the_trades_spellings_find_each_other(shop: Shop, written: str, typed: str) -> None:
    builders.order(shop, written)
    builders.order(shop, "Something else entirely")
    assert found(shop, *typed.split()) == [written]


def test_left_does_not_find_right(shop: Shop) -> None:
    builders.order(shop, "R/H mirror")
    assert found(shop, "l/h") == found(shop, "left", "hand") == []
    assert found(shop, "rh", "mirror") == ["R/H mirror"]


def test_accents_and_case_do_not_matter(shop: Shop) -> None:
    builders.order(shop, "Öl nachfüllen")
    assert found(shop, "OL", "nachfullen") == found(shop, "öl") == ["Öl nachfüllen"]


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        '""',
        'pump"',
        "a AND",
        "NEAR(",
        "title:x",
        "{title}",
        "pump*",
        "^pump",
        "-",
        "+",
        "()",
        "a\x00b",
        "'; DROP",
        "%",
        "_",
    ],
)
def test_signs_of_the_search_language_are_only_letters(shop: Shop, typed: str) -> None:
    builders.order(shop, "Grease the fan")
    if search.match_words([typed]):
        assert found(shop, typed) == []
    if phrase := search.match_phrase(typed, "title"):
        assert shop.rows("SELECT rowid FROM search WHERE search MATCH ?", (phrase,)) == []


@given(st.lists(st.text(max_size=12), max_size=5), st.sampled_from(["", "title", "number"]))
def test_no_words_ever_make_a_query_that_fails(words: list[str], column: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(number, title, body)")
    for expression in (search.match_words(words, column), search.match_phrase(" ".join(words), column)):
        if expression:
            connection.execute("SELECT rowid FROM t WHERE t MATCH ?", (expression,)).fetchall()
    connection.close()


def test_every_line_of_the_synonyms_says_at_least_two_things() -> None:
    assert len(search.synonyms()) > 300
    for member, same in search.synonyms().items():
        assert member
        assert member in same
        assert len(same) > 1
        assert len(member) <= 3
