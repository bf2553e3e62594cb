"""Two computers and a shared file, call by call: what was done apart comes together, and both are told what met."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import Call
from tests.kit import builders
from wotui import settings
from wotui.cli.main import main
from wotui.merge.check import check
from wotui.store.file import Shop

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.kit.clock import FrozenClock

    Calls = Callable[..., Call]


class TwoComputers:
    """The shop's desk (Jo, device A) and a laptop (Ana, device B), each with its own file, and what they share."""

    def __init__(self, folder: Path, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.desk, self.laptop = desk, folder / "laptop.wotui"
        self.shared = folder / "shop-shared.wotui"
        self._capsys = capsys

    def at(self, file: Path, *words: str) -> Call:
        """One call on one of the files."""
        self._capsys.readouterr()
        code = main(["--db", str(file), *words])
        captured = self._capsys.readouterr()
        return Call(code, captured.out, captured.err)

    def on_desk(self, *words: str) -> Call:
        """Jo's call."""
        return self.at(self.desk, *words, "--as", "JD")

    def on_laptop(self, *words: str) -> Call:
        """Ana's call."""
        return self.at(self.laptop, *words, "--as", "AB")

    def meet(self) -> tuple[Call, Call, Call]:
        """The laptop merges, then the desk, then the laptop again: now both have everything."""
        calls = [self.at(file, "merge", str(self.shared)) for file in (self.laptop, self.desk, self.laptop)]
        assert [call.code for call in calls] == [0, 0, 0], [call.err for call in calls]
        return calls[0], calls[1], calls[2]


@pytest.fixture
def two(
    shop: Shop, tmp_path: Path, frozen_clock: FrozenClock, capsys: pytest.CaptureFixture[str]
) -> TwoComputers:
    """A shop with Jo and Ana and one order, W-A0001, that both computers know."""
    builders.person(shop, "AB", "Ana Bell", roles=("technician", "supervisor"))
    builders.order(shop, "Grease the pump", place_id=builders.place(shop))
    shop.close()
    both = TwoComputers(tmp_path, shop.path, capsys)
    assert both.on_desk("merge", str(both.shared)).code == 0
    joined = both.at(both.laptop, "join", str(both.shared))
    assert joined.code == 0, joined.err
    assert "device B" in joined.err
    assert both.on_desk("merge", str(both.shared)).code == 0
    frozen_clock.move(minutes=5)
    return both


def test_a_status_changed_offline_and_a_description_changed_meanwhile_both_survive(two: TwoComputers) -> None:
    assert two.on_laptop("start", "W-A0001").code == 0
    assert two.on_desk("edit", "W-A0001", "description=Use the red grease").code == 0
    two.meet()
    for file in (two.desk, two.laptop):
        shown = two.at(file, "show", "W-A0001", "--json").json
        assert (shown["status"], shown["description"]) == ("in_progress", "Use the red grease")
        assert two.at(file, "conflicts", "--json").json == []
        assert check(file) == []


def test_hours_logged_offline_land_on_an_order_that_another_completed_and_both_are_told(
    two: TwoComputers, frozen_clock: FrozenClock
) -> None:
    hours = ("--start", "2026-06-10T08:00", "--end", "2026-06-10T10:00")
    logged = two.on_laptop("time", "add", "--person", "AB", *hours, "--order", "W-A0001")
    assert logged.code == 0, logged.err
    assert two.on_desk("start", "W-A0001").code == 0
    frozen_clock.move(minutes=30)
    done = two.on_desk("done", "W-A0001", "--note", "All greased", "--outcome", "fixed")
    assert done.code == 0, done.err
    _, told_desk, told_laptop = two.meet()
    sentence = "2h of Ana Bell landed on W-A0001, which Jo Doe had finished meanwhile."
    assert sentence in told_desk.err
    assert sentence in told_laptop.err
    for file in (two.desk, two.laptop):
        with Shop.open(file) as shop:
            assert shop.value("SELECT status FROM work_order") == "done"
            assert (
                shop.value(
                    "SELECT sum(end_minute - start_minute) FROM time_span WHERE end_minute - start_minute = 120"
                )
                == 120
            )
        assert check(file) == []


def test_two_titles_are_one_question_with_one_answer_everywhere(two: TwoComputers) -> None:
    two.on_laptop("edit", "W-A0001", "title=Grease both pumps")
    two.on_desk("edit", "W-A0001", "title=Grease the big pump")
    two.meet()
    (on_desk,) = two.at(two.desk, "conflicts", "--json").json
    (on_laptop,) = two.at(two.laptop, "conflicts", "--json").json
    assert on_desk["id"] == on_laptop["id"]
    assert (on_desk["number"], on_desk["field"], on_desk["base"]) == ("W-A0001", "title", "Grease the pump")
    assert {value["value"] for value in on_desk["values"]} == {"Grease both pumps", "Grease the big pump"}
    assert {value["actor"] for value in on_desk["values"]} == {"AB", "JD"}
    answered = two.on_desk("resolve", on_desk["id"], "--take", "theirs")
    assert answered.code == 0, answered.err
    two.meet()
    for file in (two.desk, two.laptop):
        assert two.at(file, "show", "W-A0001", "--json").json["title"] == "Grease both pumps"
        assert two.at(file, "conflicts", "--json").json == []


def test_a_dry_run_says_what_would_change_and_changes_nothing(two: TwoComputers) -> None:
    two.on_laptop("edit", "W-A0001", "title=Grease both pumps", "priority=1")
    two.on_laptop("new", "Door squeaks")
    two.at(two.laptop, "merge", str(two.shared))
    before = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (two.desk, two.shared)]
    preview = two.on_desk("merge", str(two.shared), "--dry-run")
    assert preview.code == 0
    assert "~ W-A0001 (work order)" in preview.out
    assert "title: Grease the pump → Grease both pumps" in preview.out
    assert "+ W-B0001 (work order)" in preview.out
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in (two.desk, two.shared)] == before


def test_merging_again_brings_nothing(two: TwoComputers) -> None:
    two.on_laptop("new", "Door squeaks")
    two.meet()
    two.at(two.desk, "merge", str(two.shared))
    again = two.at(two.laptop, "merge", str(two.shared), "--json").json
    assert (again["changes_in"], again["changes_out"]) == (0, 0)
    once_more = two.at(two.desk, "merge", str(two.shared), "--json").json
    assert (once_more["changes_in"], once_more["changes_out"]) == (0, 0)


def test_pulling_leaves_the_other_side_as_it_is(two: TwoComputers) -> None:
    two.on_desk("new", "Door squeaks")
    before = two.shared.read_bytes()
    assert two.on_desk("merge", str(two.shared), "--pull").code == 0
    assert two.shared.read_bytes() == before


def test_another_copy_of_the_own_file_is_a_place_too(two: TwoComputers) -> None:
    two.on_laptop("new", "Door squeaks")
    two.on_desk("new", "Window leaks")
    merged = two.on_desk("merge", str(two.laptop), "--json")
    assert merged.code == 0, merged.err
    titles = [
        {order["title"] for order in two.at(file, "list", "--json").json} for file in (two.desk, two.laptop)
    ]
    assert titles[0] == titles[1] == {"Grease the pump", "Door squeaks", "Window leaks"}
    two.on_laptop(
        "edit", "W-A0002", "title=Window leaks badly"
    )  # the laptop has seen it, so this is no conflict
    two.on_desk("merge", str(two.laptop))
    assert two.at(two.desk, "conflicts", "--json").json == []


def test_a_shared_folder_is_a_place_like_a_file(two: TwoComputers, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    two.on_desk("new", "Door squeaks")
    two.on_laptop("edit", "W-A0001", "title=Grease both pumps")
    for file in (two.desk, two.laptop, two.desk):
        merged = two.at(file, "merge", str(folder))
        assert merged.code == 0, merged.err
    for file in (two.desk, two.laptop):
        titles = {order["title"] for order in two.at(file, "list", "--json").json}
        assert titles == {"Grease both pumps", "Door squeaks"}
        assert check(file) == []
    third = two.at(tmp_path / "third.wotui", "join", str(folder))
    assert third.code == 0, third.err
    assert "device C" in third.err


def test_several_places_in_one_call_are_counted_together(two: TwoComputers, tmp_path: Path) -> None:
    two.on_laptop("new", "Door squeaks")
    merged = two.on_desk("merge", str(two.laptop), str(tmp_path / "new-place.wotui"), "--json").json
    assert len(merged["places"]) == 2
    assert merged["records_new"] >= 1
    assert (tmp_path / "new-place.wotui").exists()


def test_the_own_file_is_no_place(two: TwoComputers) -> None:
    assert two.on_desk("merge", str(two.desk)).code == 2


def test_another_shops_file_is_refused_and_left_alone(two: TwoComputers, tmp_path: Path) -> None:
    builders.new_shop(tmp_path / "other.wotui").close()
    before = (tmp_path / "other.wotui").read_bytes()
    refused = two.on_desk("merge", str(tmp_path / "other.wotui"))
    assert refused.code == 3
    assert "belongs to another shop" in refused.err
    assert (tmp_path / "other.wotui").read_bytes() == before


def test_joining_never_overwrites_a_file(two: TwoComputers) -> None:
    before = two.laptop.read_bytes()
    refused = two.at(two.laptop, "join", str(two.shared))
    assert refused.code == 5
    assert two.laptop.read_bytes() == before


def test_a_copied_file_goes_on_under_a_name_of_its_own(two: TwoComputers, tmp_path: Path) -> None:
    copied = tmp_path / "copied.wotui"
    copied.write_bytes(two.desk.read_bytes())
    made = two.at(copied, "new", "Made in the copy", "--json")
    assert not made.json["number"].startswith("W-A")
    assert "copied or brought back" in made.err
    two.on_desk("new", "Made at the desk")
    merged = two.on_desk("merge", str(copied))
    assert merged.code == 0, merged.err
    assert {order["title"] for order in two.at(copied, "list", "--json").json} >= {
        "Made in the copy",
        "Made at the desk",
    }


def test_a_merge_that_changes_much_asks_first(two: TwoComputers) -> None:
    for number in range(12):
        two.on_desk("new", f"Order {number}")
    two.meet()
    numbers = [order["number"] for order in two.at(two.laptop, "list", "--json").json]
    two.on_laptop("edit", *numbers, "priority=1")
    two.at(two.laptop, "merge", str(two.shared))
    before = two.desk.read_bytes()
    refused = two.on_desk("merge", str(two.shared))
    assert refused.code == 3
    assert "13 open orders" in refused.err
    with Shop.open(two.desk) as shop:
        assert shop.value("SELECT count(*) FROM work_order WHERE priority = 1") == 0
    assert len(before) <= two.desk.stat().st_size
    assert two.on_desk("merge", str(two.shared), "--yes").code == 0


def test_one_side_cancelled_while_the_other_finished_is_asked(
    two: TwoComputers, frozen_clock: FrozenClock
) -> None:
    assert two.on_laptop("cancel", "W-A0001", "--reason", "Pump was sold").code == 0
    assert two.on_desk("start", "W-A0001").code == 0
    frozen_clock.move(minutes=30)
    assert two.on_desk("done", "W-A0001", "--note", "All greased", "--outcome", "fixed").code == 0
    two.meet()
    for file in (two.desk, two.laptop):
        assert two.at(file, "show", "W-A0001", "--json").json["status"] == "done"
    (question,) = two.at(two.laptop, "conflicts", "--json").json
    assert (question["field"], {value["value"] for value in question["values"]}) == (
        "status",
        {"done", "cancelled"},
    )
    answered = two.on_laptop("resolve", question["id"], "--take", "cancelled")
    assert answered.code == 0, answered.err
    two.meet()
    for file in (two.desk, two.laptop):
        assert two.at(file, "show", "W-A0001", "--json").json["status"] == "cancelled"
        assert two.at(file, "conflicts", "--json").json == []
        assert check(file) == []


def test_two_assets_with_one_tag_can_be_made_one(two: TwoComputers) -> None:
    two.on_laptop("add", "asset", "Big pump", "tag=PUMP-09")
    two.on_desk("add", "asset", "Pump nine", "tag=PUMP-09")
    two.on_laptop("new", "Fix it", "--asset", "PUMP-09")
    two.meet()
    (question,) = two.at(two.desk, "conflicts", "--json").json
    assert question["kind"] == "duplicate"
    assert two.on_desk("resolve", question["id"], "--take", "same").code == 0
    two.meet()
    for file in (two.desk, two.laptop):
        with Shop.open(file) as shop:
            assert shop.value("SELECT count(*) FROM asset WHERE deleted_at IS NULL") == 1
            assert (
                shop.value("SELECT a.deleted_at FROM work_order w JOIN asset a ON a.id = w.asset_id") is None
            )
        assert two.at(file, "conflicts", "--json").json == []


def test_an_unknown_question_is_no_such_record(two: TwoComputers) -> None:
    assert two.on_desk("resolve", "0000000000", "--take", "mine").code == 4


def test_the_merges_done_so_far_are_listed_with_what_each_brought(two: TwoComputers) -> None:
    two.on_laptop("edit", "W-A0001", "title=Grease both")
    two.meet()
    listed = two.on_desk("merges")
    assert "2026-06-10 12:05" in listed.out
    (newest, *_) = two.on_desk("merges", "--json").json
    assert newest["records"][0]["fields"] == [
        {"field": "title", "old": "Grease the pump", "new": "Grease both"}
    ]


def test_without_a_place_the_shared_one_of_the_settings_is_merged_with(two: TwoComputers) -> None:
    settings.computer_file().unlink(missing_ok=True)
    refused = two.on_desk("merge")
    assert refused.code == 2
    assert "wotui settings shared_file PLACE" in refused.err
    assert two.on_desk("settings", "shared_file", str(two.shared)).code == 0
    assert two.on_desk("merge").code == 0
    assert two.on_desk("settings", "merge.every_minutes", "-3").code == 2
    assert two.on_desk("settings", "merge.at_noon", "yes").code == 2
    assert two.on_desk("settings", "merge.every_minutes", "5").code == 0
    assert settings.load().every_minutes == 5


def test_the_joined_computer_merges_with_the_place_it_joined_from_then_on(two: TwoComputers) -> None:
    assert settings.load().shared_file == str(two.shared)


def test_a_text_of_both_is_kept_from_the_command_line_too(two: TwoComputers) -> None:
    two.on_laptop("edit", "W-A0001", "description=Blue grease")
    two.on_desk("edit", "W-A0001", "description=Red grease")
    two.meet()
    (question,) = two.on_desk("conflicts", "--json").json
    assert two.on_desk("resolve", question["id"], "--take", "both").code == 0
    assert "The other description" in two.on_desk("show", "W-A0001").out
    assert two.on_desk("undo").code == 0
    assert len(two.on_desk("conflicts", "--json").json) == 1
