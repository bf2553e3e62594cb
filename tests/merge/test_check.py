"""The check: whatever somebody did to the file behind wotui's back is said in a sentence."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.merge.check import check

if TYPE_CHECKING:
    from wotui.store.file import Shop


def tamper(shop: Shop, *statements: str) -> None:
    """Change the file as somebody with the sqlite3 shell would, triggers and all."""
    with closing(sqlite3.connect(shop.path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def sentences(shop: Shop) -> str:
    """Everything the check says, as one text."""
    return "\n".join(finding.sentence for finding in check(shop.path))


def silently(shop: Shop, *statements: str) -> None:
    """Change rows without the journal noticing, as a merge folds, or as somebody who knows `me.applying`."""
    tamper(shop, "UPDATE me SET applying = 1", *statements, "UPDATE me SET applying = 0")


@pytest.fixture
def busy_shop(shop: Shop) -> Shop:
    """A shop with a place, an asset, two orders and a person on one."""
    place = builders.place(shop)
    asset = builders.asset(shop, place_id=place)
    worker = builders.person(shop, "AB", "Ana Bell")
    builders.order(shop, "Grease the pump", asset_id=asset, assign=(worker,))
    builders.order(shop, "Fix the door", place_id=place, status="done")
    return shop


def test_a_shop_that_was_only_worked_in_is_sound(busy_shop: Shop) -> None:
    assert check(busy_shop.path) == []


def test_checking_changes_nothing(busy_shop: Shop) -> None:
    busy_shop.close()
    before = busy_shop.path.read_bytes()
    check(busy_shop.path)
    assert busy_shop.path.read_bytes() == before


def test_a_change_with_another_tool_is_history_like_any_other(busy_shop: Shop) -> None:
    tamper(busy_shop, "UPDATE work_order SET title = 'Grease the big pump' WHERE number = 'W-A0001'")
    assert "record" not in {finding.kind for finding in check(busy_shop.path)}


def test_a_record_changed_behind_its_history_is_named(busy_shop: Shop) -> None:
    silently(busy_shop, "UPDATE work_order SET priority = 1 WHERE number = 'W-A0001'")
    assert "W-A0001: priority is not what its history says." in sentences(busy_shop)


def test_a_record_without_a_history_is_named(busy_shop: Shop) -> None:
    silently(busy_shop, "INSERT INTO customer (id, name) VALUES ('c1', 'Acme')")
    assert "The customer Acme has no history" in sentences(busy_shop)


def test_a_history_without_its_record_is_named(busy_shop: Shop) -> None:
    (trigger,) = busy_shop.rows("SELECT sql FROM sqlite_schema WHERE name = 'assignment_keeps_rows'")
    tamper(busy_shop, "DROP TRIGGER assignment_keeps_rows", "DELETE FROM assignment", str(trigger[0]))
    assert "The assignment" in sentences(busy_shop)


def test_a_rewritten_history_is_named(busy_shop: Shop) -> None:
    (trigger,) = busy_shop.rows("SELECT sql FROM sqlite_schema WHERE name = 'change_is_final'")
    rewrite = "UPDATE change SET patch = json_set(patch, '$.title', 'Nothing') WHERE entity = 'work_order'"
    tamper(busy_shop, "DROP TRIGGER change_is_final", rewrite, str(trigger[0]))
    assert "W-A0001: title is not what its history says." in sentences(busy_shop)


def test_a_history_that_cannot_be_read_is_named(busy_shop: Shop) -> None:
    tamper(busy_shop, "UPDATE work_order SET title = 'a' || char(0) || 'b' WHERE number = 'W-A0001'")
    assert "W-A0001 has a history that cannot be read." in sentences(busy_shop)


def test_control_characters_from_another_tool_do_not_break_a_history(busy_shop: Shop) -> None:
    tamper(busy_shop, "UPDATE work_order SET title = 'a' || char(27, 7, 155) || 'b' WHERE number = 'W-A0001'")
    assert "W-A0001" not in sentences(busy_shop)


def test_a_gap_in_the_history_is_named(busy_shop: Shop) -> None:
    (trigger,) = busy_shop.rows("SELECT sql FROM sqlite_schema WHERE name = 'change_is_kept'")
    tamper(busy_shop, "DROP TRIGGER change_is_kept", "DELETE FROM change WHERE seq = 3", str(trigger[0]))
    assert "1 change is missing from the history of" in sentences(busy_shop)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("CREATE TABLE diary (text TEXT)", "The file holds a table diary that is not wotui's."),
        (
            "CREATE TRIGGER spy AFTER INSERT ON work_order BEGIN SELECT 1; END",
            "a trigger spy that is not wotui's",
        ),
        ("DROP TRIGGER work_order_journals_update", "The trigger work_order_journals_update is missing"),
        ("DROP INDEX work_order_open", "The index work_order_open is missing"),
        ("ALTER TABLE work_order ADD COLUMN mood TEXT", "The table work_order is not as wotui declares it."),
    ],
)
def test_a_schema_that_is_not_ours_is_named(busy_shop: Shop, statement: str, sentence: str) -> None:
    tamper(busy_shop, statement)
    assert sentence in sentences(busy_shop)


def test_a_search_index_that_lost_an_order_is_named(busy_shop: Shop) -> None:
    tamper(
        busy_shop, "DELETE FROM search WHERE rowid = (SELECT key FROM work_order WHERE number = 'W-A0001')"
    )
    assert "search" in {finding.kind for finding in check(busy_shop.path)}


def test_a_search_index_with_an_old_text_is_named(busy_shop: Shop) -> None:
    tamper(busy_shop, "UPDATE search SET title = 'Something else' WHERE rowid = 1")
    assert "search" in {finding.kind for finding in check(busy_shop.path)}


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "UPDATE work_order SET asset_id = 'gone' WHERE number = 'W-A0001'",
            "W-A0001 is about an asset that is not there.",
        ),
        ("UPDATE work_order SET number = 'W-A0001'", "2 orders share the number W-A0001."),
        (
            "UPDATE work_order SET priority = 9 WHERE number = 'W-A0001'",
            "W-A0001 has a priority outside 1 to 4.",
        ),
        ("UPDATE work_order SET title = '' WHERE number = 'W-A0002'", "W-A0002 has no title."),
        ("UPDATE person SET initials = 'AB'", "2 people share the initials AB."),
        (
            "INSERT INTO time_span (id, person_id, start_minute) SELECT 's' || v, (SELECT id FROM person LIMIT 1), v "
            "FROM (SELECT 1 AS v UNION SELECT 2)",
            "has 2 timers running at once.",
        ),
        (
            "INSERT INTO time_span (id, person_id, start_minute, end_minute) SELECT 's1', id, 9, 8 FROM person LIMIT 1",
            "The hours s1 end before they start.",
        ),
        (
            "INSERT INTO status_change (id, work_order_id, to_status, at) "
            "SELECT 'x', id, 'exploded', '2027-01-01T00:00:00Z' FROM work_order WHERE number = 'W-A0001'",
            "W-A0001 is in a state that this wotui does not know.",
        ),
    ],
)
def test_a_record_that_breaks_a_rule_is_named(busy_shop: Shop, statement: str, sentence: str) -> None:
    tamper(busy_shop, statement)
    assert sentence in sentences(busy_shop)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_f018_a_file_that_was_cut_is_named_as_damaged(busy_shop: Shop, share: float) -> None:
    busy_shop.close()
    content = busy_shop.path.read_bytes()
    busy_shop.path.write_bytes(content[: int(len(content) * share) // 4096 * 4096])
    assert "damaged" in sentences(busy_shop)


def test_many_findings_of_one_kind_are_counted_after_the_first_twenty(shop: Shop) -> None:
    for _ in range(30):
        builders.order(shop, "Lost", asset_id="gone")
    assert "… and 10 more of this kind." in sentences(shop)
