"""The rules of a merge, one by one; `test_engine_model` plays them together.

Each of these weakenings of the engine was tried, and a test here or the model failed: folding in the order of origins;
a row clock without "one more than the newest"; no `_seen`, `_seen` as an answer to `_seen`, or one that counts for
earlier changes too; a new origin that does not say what it has seen; nobody, or everybody, having known the others;
"knew" off by one; a copied or brought-back file that keeps its origin; no look for gaps, for forks, or at whether a
place holds what it says; touched records left out of the fold; the journal's triggers not silent meanwhile; a failed
merge committed as far as it came; a dry run that is kept; unknown entities dropped; no question before a large change;
the newest status winning; steps at the wall clock; an answer that is not journaled because the value was there; letters
that stay the same; two timers that run on.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from tests.merge.model import MemoryPlace
from wotui.actions import conflicts as answers
from wotui.actions import orders as order_verbs
from wotui.actions import undo
from wotui.errors import FileTrouble, Refused
from wotui.merge import engine, identity
from wotui.merge.check import check
from wotui.merge.own import Own
from wotui.merge.places import FORMAT, Card, Change
from wotui.store import fold
from wotui.store.file import Shop
from wotui.store.reads import conflicts, work_orders

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.kit.clock import FrozenClock

STRANGER = "strangea"


@pytest.fixture
def order(shop: Shop) -> str:
    """An order that both files know."""
    return builders.order(shop, "Grease the pump")


@pytest.fixture
def laptop(shop: Shop, order: str, tmp_path: Path) -> Iterator[Shop]:
    """A second file of the shop, which went on as a device of its own."""
    identity.settle(shop)
    shutil.copy(shop.path, tmp_path / "laptop.wotui")
    with Shop.open(tmp_path / "laptop.wotui") as opened:
        assert identity.settle(opened)
        yield opened


@pytest.fixture
def place(shop: Shop) -> MemoryPlace:
    """Where they meet."""
    return MemoryPlace(str(shop.value("SELECT shop FROM me")))


def edit(shop: Shop, order: str, **values: object) -> None:
    with shop.transaction() as tx:
        tx.update("work_order", order, **values)
        tx.done("Edited.")


def written(entity: str, row: str, patch: object, seq: int = 1, t: int = 1) -> Change:
    """A change by a wotui that nobody here knows."""
    return Change(STRANGER, seq, t, t, None, None, entity, row, json.dumps(patch))


def journal(shop: Shop) -> list[tuple[object, ...]]:
    return shop.rows("SELECT * FROM change ORDER BY origin, seq")


def give(place: MemoryPlace, *changes: Change) -> None:
    place.rows.update({(change.origin, change.seq): change for change in changes})


def test_different_fields_of_one_order_both_survive_without_a_question(
    shop: Shop, laptop: Shop, order: str, place: MemoryPlace
) -> None:
    edit(shop, order, title="Grease both")
    edit(laptop, order, description="Red grease")
    for one in (shop, laptop, shop):
        engine.merge(one, place)
    for one in (shop, laptop):
        assert one.one("SELECT title, description FROM work_order") == ("Grease both", "Red grease")
        assert conflicts.derive(one) == []


def test_merging_again_brings_and_sends_nothing_however_often(
    shop: Shop, laptop: Shop, order: str, place: MemoryPlace
) -> None:
    edit(shop, order, title="Grease both")
    for _ in range(3):
        for one in (shop, laptop):
            engine.merge(one, place)
    before = journal(shop)
    for _ in range(3):
        for one in (shop, laptop):
            account = engine.merge(one, place)
            assert (account.changes_in, account.changes_out) == (0, 0)
    assert journal(shop) == journal(laptop) == before


def test_a_gap_is_refused_and_nothing_is_taken_in(shop: Shop, place: MemoryPlace, order: str) -> None:
    engine.merge(shop, place)
    give(place, written("work_order", order, {"title": "a"}), written("work_order", order, {"title": "c"}, 3))
    before = journal(shop)
    with pytest.raises(FileTrouble, match="lacks changes of strangea"):
        engine.merge(shop, place)
    assert journal(shop) == before


def test_a_place_that_holds_less_than_it_says_is_refused(shop: Shop, place: MemoryPlace, order: str) -> None:
    class Boasting(MemoryPlace):
        def held(self) -> dict[str, int]:
            return {**super().held(), STRANGER: 2}

    boasting = Boasting(place.shop)
    engine.merge(shop, boasting)
    give(boasting, written("work_order", order, {"title": "a"}))
    with pytest.raises(FileTrouble, match="does not hold what it says"):
        engine.take_in(shop, boasting, "It")
    assert shop.value("SELECT title FROM work_order") == "Grease the pump"


def test_a_fork_is_found_and_names_the_computer(shop: Shop, place: MemoryPlace, order: str) -> None:
    edit(shop, order, title="One")
    engine.merge(shop, place)
    key = max(place.rows)
    place.rows[key] = place.rows[key]._replace(patch='{"title":"Another"}')
    with pytest.raises(Refused, match="two copies of one file"):
        engine.merge(shop, place)
    edit(shop, order, title="Three")
    give(place, place.rows[key]._replace(seq=key[1] + 1))
    with pytest.raises(Refused, match="two copies of one file"):
        engine.merge(shop, place)


def test_a_newer_format_and_another_shop_are_refused(shop: Shop, place: MemoryPlace) -> None:
    class Newer(MemoryPlace):
        def card(self) -> Card:
            return Card(self.shop, FORMAT + 1, "9.0")

    with pytest.raises(FileTrouble, match=r"wotui 9\.0"):
        engine.merge(shop, Newer(place.shop))
    other = MemoryPlace("another shop")
    give(other, written("work_order", "x", {}))
    with pytest.raises(Refused, match="another shop"):
        engine.merge(shop, other)
    assert list(other.rows) == [(STRANGER, 1)]


@pytest.mark.parametrize(
    "wrong",
    [
        written("work_order", "x", {}, t=2**62),
        written("work_order", "x", {}, t=-1),
        written("work_order", "x", [1]),
        written("Work Order", "x", {}),
        written("work_order", "", {}),
        written("work_order", "x", {})._replace(patch="{"),
        written("work_order", "x", {})._replace(patch="[" * 100_000),
        written("work_order", "x", {})._replace(origin="../../etc"),
    ],
)
def test_what_no_wotui_wrote_is_refused(shop: Shop, place: MemoryPlace, wrong: Change) -> None:
    engine.merge(shop, place)
    give(place, wrong)
    before = journal(shop)
    with pytest.raises(FileTrouble):
        engine.merge(shop, place)
    assert journal(shop) == before


def test_values_that_do_not_fit_their_column_never_make_a_merge_fail(
    shop: Shop, place: MemoryPlace, order: str
) -> None:
    engine.merge(shop, place)
    patch = {"priority": "high", "title": 12, "description": "\ud800", "due_on": {"day": 1}, "team": True}
    give(place, written("work_order", order, patch, t=2**42))
    engine.merge(shop, place)
    assert shop.one("SELECT priority, title, description, due_on, team FROM work_order") == (
        None,
        None,
        "\ufffd",
        None,
        None,
    )
    assert [finding for finding in check(shop.path) if finding.kind == "record"] == []


def test_what_a_newer_wotui_wrote_is_carried_and_folded_after_the_upgrade(
    shop: Shop, place: MemoryPlace, order: str, tmp_path: Path
) -> None:
    engine.merge(shop, place)
    give(place, written("work_order", order, {"colour": "red"}), written("hologram", "h1", {"depth": 3}, 2))
    engine.merge(shop, place)
    assert check(shop.path) == []
    held = {(change.entity, change.patch) for change in Own(shop).changes({})}
    assert {("work_order", '{"colour": "red"}'), ("hologram", '{"depth": 3}')} <= held
    with shop.exchange() as connection:
        connection.execute("ALTER TABLE work_order ADD COLUMN colour TEXT")
        fold.everything(connection)
    assert shop.value("SELECT colour FROM work_order") == "red"


def test_a_dry_run_keeps_nothing_and_tells_field_by_field(
    shop: Shop, laptop: Shop, order: str, place: MemoryPlace
) -> None:
    edit(laptop, order, title="Grease both")
    engine.merge(laptop, place)
    before = (journal(shop), list(place.rows))
    account = engine.merge(shop, place, dry_run=True)
    (line,) = [line for line in account.lines if line.entity == "work_order"]
    assert (line.name, dict(line.fields)) == ("W-A0001", {"title": ("Grease the pump", "Grease both")})
    assert (journal(shop), list(place.rows)) == before
    assert shop.value("SELECT applying FROM me") == 0


def test_the_account_is_kept_for_later(shop: Shop, laptop: Shop, order: str, place: MemoryPlace) -> None:
    edit(laptop, order, title="Grease both")
    engine.merge(laptop, place)
    engine.merge(shop, place)
    kept = engine.accounts(shop)[0]
    assert kept["place"] == "the place"
    assert {"field": "title", "old": "Grease the pump", "new": "Grease both"} in [
        field for record in kept["records"] for field in record["fields"]
    ]


def test_a_merge_that_takes_much_away_asks(shop: Shop, laptop: Shop, place: MemoryPlace) -> None:
    made = [builders.asset(shop, f"PUMP-{number}") for number in range(11)]
    for one in (shop, laptop):
        engine.merge(one, place)
    with laptop.transaction() as tx:
        for asset in made:
            tx.remove("asset", asset)
    engine.merge(laptop, place)
    with pytest.raises(Refused, match="take away 11 records"):
        engine.merge(shop, place)
    assert shop.value("SELECT count(*) FROM asset WHERE deleted_at IS NULL") == 11
    engine.merge(shop, place, agreed=True)
    assert shop.value("SELECT count(*) FROM asset WHERE deleted_at IS NULL") == 0


def test_a_clock_ten_years_ahead_is_overruled_by_the_next_who_saw_it(
    shop: Shop, laptop: Shop, order: str, place: MemoryPlace, frozen_clock: FrozenClock
) -> None:
    here = frozen_clock.now
    frozen_clock.set("2036-01-01T00:00:00Z")
    edit(laptop, order, title="From the future")
    engine.merge(laptop, place)
    frozen_clock.set(here)
    engine.merge(shop, place)
    edit(shop, order, title="From today")
    for one in (shop, laptop):
        engine.merge(one, place)
        assert one.value("SELECT title FROM work_order") == "From today"
        assert conflicts.derive(one) == []


def test_of_two_timers_the_earlier_stops_where_the_later_started(
    shop: Shop, laptop: Shop, order: str, place: MemoryPlace
) -> None:
    jo = shop.value("SELECT id FROM person")
    for one, start in ((shop, 29_684_160), (laptop, 29_684_190)):
        with one.transaction() as tx:
            tx.insert(
                "time_span", person_id=jo, work_order_id=order, start_minute=start, zone="America/Chicago"
            )
    notices = [notice for one in (shop, laptop, shop, laptop) for notice in engine.merge(one, place).notices]
    assert any("two timers running" in notice for notice in notices)
    for one in (shop, laptop):
        assert one.rows("SELECT end_minute FROM time_span ORDER BY start_minute") == [(29_684_190,), (None,)]
        assert check(one.path) == []


def test_two_devices_with_one_letter_part_at_the_first_merge(
    shop: Shop, laptop: Shop, place: MemoryPlace
) -> None:
    with laptop.exchange() as connection:
        connection.execute("UPDATE me SET letter = 'A'")
        connection.execute("UPDATE device SET letter = 'A'")
    builders.order(laptop, "One")
    builders.order(shop, "Other")
    for one in (laptop, shop, laptop):
        engine.merge(one, place)
    assert shop.value("SELECT letter FROM me") != laptop.value("SELECT letter FROM me")
    builders.order(shop, "Next")
    newest = shop.value("SELECT number FROM work_order WHERE title = 'Next'")
    assert not str(newest).startswith("W-A")


def test_undo_refuses_what_another_computer_has_changed_since(
    shop: Shop, laptop: Shop, order: str, place: MemoryPlace, frozen_clock: FrozenClock
) -> None:
    edit(shop, order, title="Mine")
    for one in (shop, laptop):
        engine.merge(one, place)
    edit(laptop, order, title="Theirs")
    for one in (laptop, shop):
        engine.merge(one, place)
    with pytest.raises(Refused, match="has changed title"):
        undo.undo(shop)


def test_the_higher_rank_holds_against_a_later_step_of_somebody_who_did_not_know(
    shop: Shop, laptop: Shop, order: str, place: MemoryPlace, frozen_clock: FrozenClock
) -> None:
    for one, to in ((shop, "done"), (laptop, "on_hold")):
        with one.transaction() as tx:
            order_verbs.step(tx, work_orders.find(tx, order), to)
        frozen_clock.move(minutes=5)
    for one in (shop, laptop, shop):
        engine.merge(one, place)
    for one in (shop, laptop):
        assert one.value("SELECT status FROM work_order") == "done"
        (question,) = conflicts.derive(one)
        assert (question.kind, {head.value for head in question.values}) == ("status", {"done", "on_hold"})


def test_both_moved_the_same_way_is_no_question(
    shop: Shop, laptop: Shop, order: str, place: MemoryPlace
) -> None:
    for one, to in ((shop, "in_progress"), (laptop, "on_hold")):
        with one.transaction() as tx:
            order_verbs.step(tx, work_orders.find(tx, order), to)
    for one in (shop, laptop, shop):
        engine.merge(one, place)
    assert {one.value("SELECT status FROM work_order") for one in (shop, laptop)} == {"in_progress"}
    assert conflicts.derive(shop) == []


@pytest.mark.parametrize("take", ["mine", "theirs", "Something else"])
def test_an_answer_ends_the_question_everywhere_also_when_the_value_is_there_already(
    shop: Shop, laptop: Shop, order: str, place: MemoryPlace, take: str
) -> None:
    edit(shop, order, title="Here")
    edit(laptop, order, title="There")
    for one in (shop, laptop, shop):
        engine.merge(one, place)
    (question,) = conflicts.derive(shop)
    answers.resolve(shop, question.id, take)
    for one in (shop, laptop):
        engine.merge(one, place)
        assert conflicts.derive(one) == []
        assert one.value("SELECT title FROM work_order") == {"mine": "Here", "theirs": "There"}.get(
            take, take
        )


def test_hours_and_log_are_never_a_question(shop: Shop, laptop: Shop, order: str, place: MemoryPlace) -> None:
    for one in (shop, laptop):
        with one.transaction() as tx:
            tx.insert("log_entry", parent_kind="work_order", parent_id=order, text="Noted", kind="note")
    for one in (shop, laptop, shop):
        engine.merge(one, place)
    for one in (shop, laptop):
        assert one.value("SELECT count(*) FROM log_entry") == 2
        assert conflicts.derive(one) == []


def test_two_answers_to_one_item_are_asked_when_they_differ(
    shop: Shop, order: str, tmp_path: Path, place: MemoryPlace
) -> None:
    with shop.transaction() as tx:
        checklist = tx.insert("checklist", work_order_id=order, name="Monthly", position=1)
        item = tx.insert("checklist_item", checklist_id=checklist, position=1, type="pass_fail", label="Dry")
    identity.settle(shop)
    shutil.copy(shop.path, tmp_path / "laptop.wotui")
    with Shop.open(tmp_path / "laptop.wotui") as laptop:
        identity.settle(laptop)
        for one, outcome in ((shop, "pass"), (laptop, "fail")):
            with one.transaction() as tx:
                tx.insert("item_result", item_id=item, outcome=outcome, value=outcome)
        for one in (shop, laptop, shop):
            engine.merge(one, place)
        (question,) = conflicts.derive(laptop)
        assert (question.kind, {head.value for head in question.values}) == ("answer", {"pass", "fail"})


def test_the_search_finds_what_a_merge_brought(shop: Shop, laptop: Shop, place: MemoryPlace) -> None:
    builders.order(laptop, "Unusual wobbling", asset_id=builders.asset(laptop, "WOBBLER-1"))
    for one in (laptop, shop):
        engine.merge(one, place)
    assert shop.value("SELECT count(*) FROM search WHERE search MATCH 'wobbling'") == 1
    assert shop.value("SELECT count(*) FROM search WHERE search MATCH 'wobbler'") == 1
    assert check(shop.path) == []


def test_a_file_that_was_moved_aside_and_back_takes_a_new_name(
    shop: Shop, order: str, tmp_path: Path
) -> None:
    identity.settle(shop)
    origin, letter = shop.one("SELECT origin, letter FROM me") or ("", "")
    assert identity.settle(shop) == ""
    edit(shop, order, title="Before")
    shop.close()
    kept = tmp_path / "kept.wotui"
    shutil.copy(shop.path, kept)
    kept.replace(shop.path)
    with Shop.open(shop.path) as back:
        assert "goes on as device" in identity.settle(back)
        assert back.one("SELECT origin, letter FROM me") != (origin, letter)
        with pytest.raises(Refused, match="nothing to undo"):
            undo.undo(back)
        assert check(back.path) == []


def test_without_a_state_folder_a_file_keeps_its_name(
    shop: Shop, order: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    before = shop.one("SELECT origin, letter, token FROM me")
    for _ in range(2):
        assert identity.settle(shop) == ""
    assert shop.one("SELECT origin, letter, token FROM me") == before
