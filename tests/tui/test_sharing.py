"""Sharing as two people use it: set up, merge, be asked, answer, take it back; join; and what runs by itself."""

from __future__ import annotations

import asyncio
import shutil
import threading
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit import builders
from tests.kit.hand import Hand, on_screen, run_app
from wotui import settings
from wotui.actions import finishing, labor_entries, lifecycle
from wotui.errors import FileTrouble
from wotui.merge import engine, identity, sharing
from wotui.merge.beforehand import Watch
from wotui.merge.places.folder import FolderPlace
from wotui.store.file import Shop
from wotui.store.reads import conflicts
from wotui.tui import sharing as app_sharing
from wotui.tui.first_start import FirstStart
from wotui.tui.question_rows import Question

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.kit.clock import FrozenClock

QUIET = settings.Computer(merge={"on_start": "no", "on_quit": "no", "every_minutes": "0"})


def by_key(folder: Path) -> settings.Computer:
    """A computer that shares through this folder, and merges only when somebody says so."""
    return settings.Computer(shared_file=str(folder), merge=QUIET.merge)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "drive"


@pytest.fixture
def order(shop: Shop) -> str:
    return builders.order(shop, "Grease the pump", place_id=builders.place(shop))


@pytest.fixture
def laptop(shop: Shop, order: str, tmp_path: Path, folder: Path, frozen_clock: FrozenClock) -> Iterator[Shop]:
    """Ana's file, apart from the shop's since both knew the order; both share through the folder."""
    builders.person(shop, "AB", "Ana Bell", roles=("technician", "supervisor"))
    identity.settle(shop)
    (tmp_path / "bag").mkdir()
    shutil.copy(shop.path, tmp_path / "bag" / "laptop.wotui")
    with Shop.open(tmp_path / "bag" / "laptop.wotui") as opened:
        assert identity.settle(opened)
        opened.act_as("AB")
        folder.mkdir()
        for one in (shop, opened, shop):
            sharing.run(one, [folder], Watch())
        frozen_clock.move(minutes=5)
        yield opened


def edit(shop: Shop, order: str, **values: object) -> None:
    with shop.transaction() as tx:
        tx.update("work_order", order, **values)
        tx.done("Edited.")


def send(shop: Shop, folder: Path) -> list[str]:
    """Merge outside the screen; gives what people are told."""
    return [notice for account in sharing.run(shop, [folder], Watch()) for notice in account.notices]


def test_a_folder_is_set_up_merged_with_a_question_answered_and_the_answer_taken_back(
    shop: Shop, order: str, tmp_path: Path, folder: Path
) -> None:
    identity.settle(shop)
    shutil.copy(shop.path, tmp_path / "laptop.wotui")

    async def story(hand: Hand) -> None:
        await hand.do("app.merge")
        await hand.see("no shared place yet: press e")
        await hand.do("merge.set_up")
        await hand.see("A folder is the better choice on a network drive")
        await hand.press("f")
        await hand.type(str(folder))
        await hand.press("enter")
        await hand.see(str(folder), "everything is shared")
        assert settings.load().shared_file == str(folder)
        with Shop.open(tmp_path / "laptop.wotui") as laptop:
            identity.settle(laptop)
            edit(laptop, order, title="Grease the fan")
            send(laptop, folder)
        edit(shop, order, title="Grease both")
        await hand.do("merge.now")
        await hand.see("1 question to answer")
        await hand.do("merge.questions")
        await hand.see("W-A0001 title", "was Grease the pump", "mine Grease both", "theirs Grease the fan")
        await hand.do("question.theirs")
        await hand.see("Nothing to answer")
        assert shop.value("SELECT title FROM work_order") == "Grease the fan"
        await hand.do("app.undo")
        await hand.see("mine Grease both", "theirs Grease the fan")
        assert len(conflicts.derive(shop)) == 1
        await hand.do("app.redo")
        await hand.see("Nothing to answer")

    on_screen(shop, story, computer=QUIET)


def test_joining_on_the_first_start_is_one_step_and_the_computer_knows_who_it_is(
    shop: Shop, laptop: Shop, folder: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new computer" / "shop.wotui"

    async def story(hand: Hand) -> None:
        await hand.see("Join a shop")
        await hand.press("j")
        await hand.type(str(folder / "nowhere"))
        await hand.press("enter")
        for _ in range(100):
            if "no shop" in hand.toast or "cannot" in hand.toast:
                break
            await hand.settle()
        assert "no shop" in hand.toast or "cannot" in hand.toast
        assert not new.exists()
        await hand.press("j")
        await hand.type(str(folder))
        await hand.press("enter")
        await hand.see("Who are you?", "Ana Bell")
        assert any("This computer is device C: its new orders are W-C0001" in said for said in hand.said)
        await hand.type("ana")
        await hand.press("enter")
        await hand.see("Grease the pump", "AB")
        assert hand.app.sharing.place == folder

    app = run_app(FirstStart(settings.Computer(merge=QUIET.merge), path=new), story)
    assert settings.load().shared_file == str(folder)
    app.shop.close()
    app.open_things.close()
    with Shop.open(new) as joined:
        assert joined.value("SELECT letter FROM me") == "C"


def test_a_status_changed_offline_and_a_description_edited_meanwhile_both_survive(
    shop: Shop, laptop: Shop, order: str, folder: Path
) -> None:
    lifecycle.start(laptop, ["W-A0001"])
    send(laptop, folder)

    edit(shop, order, description="Use the red grease")

    async def story(hand: Hand) -> None:
        await hand.do("app.merge")
        await hand.see("not yet shared")
        await hand.do("merge.now")
        await hand.see("everything is shared")
        hand.app.open_order(order)
        await hand.see("in progress", "Use the red grease")
        assert hand.app.sharing.questions == 0

    on_screen(shop, story, computer=by_key(folder))
    send(laptop, folder)
    for one in (shop, laptop):
        assert one.one("SELECT status, description FROM work_order") == ("in_progress", "Use the red grease")


def test_hours_logged_offline_land_on_an_order_that_another_completed_and_both_are_told(
    shop: Shop, laptop: Shop, order: str, folder: Path
) -> None:
    told = "1h of Ana Bell landed on W-A0001, which Jo Doe had finished meanwhile."
    labor_entries.add_minutes(laptop, date(2026, 6, 10), 60, person="AB", order="W-A0001")

    async def story(hand: Hand) -> None:
        finishing.finish(shop, ["W-A0001"], note="All greased", minutes=5)
        await hand.do("app.merge")
        await hand.do("merge.now")
        await hand.see("everything is shared")
        assert told not in hand.said, "Ana's hours are on her laptop still"
        assert told in send(laptop, folder), "Ana is told when she merges"
        await hand.do("merge.now")
        await hand.see("! 1")
        assert told in hand.said, "and so is Jo"
        await hand.do("merge.open")
        await hand.see("landed on W-A0001")

    on_screen(shop, story, computer=by_key(folder))
    for one in (shop, laptop):
        assert one.value("SELECT status FROM work_order") == "done"
        assert one.value("SELECT count(*) FROM time_amount WHERE minutes = 60") == 1


def test_a_preview_shows_every_field_and_changes_nothing_until_it_is_merged(
    shop: Shop, laptop: Shop, order: str, folder: Path
) -> None:
    edit(laptop, order, title="Grease the fan", priority=1)
    send(laptop, folder)

    async def story(hand: Hand) -> None:
        await hand.do("app.merge")
        await hand.do("merge.preview")
        await hand.see(
            "nothing was changed", "~ W-A0001", "title: Grease the pump → Grease the fan", "0 new records"
        )
        assert shop.value("SELECT title FROM work_order") == "Grease the pump"
        assert len(engine.accounts(shop)) == before
        await hand.do("account.merge")
        await hand.see("everything is shared")
        assert shop.value("SELECT title FROM work_order") == "Grease the fan"
        await hand.do("merge.open")
        await hand.see("title: Grease the pump → Grease the fan")

    before = len(engine.accounts(shop))
    on_screen(shop, story, computer=by_key(folder))


def test_any_other_file_is_merged_by_its_path_also_with_the_mouse(
    shop: Shop, laptop: Shop, order: str, folder: Path
) -> None:
    edit(laptop, order, title="Grease the fan")

    async def story(hand: Hand) -> None:
        await hand.do("app.merge")
        await hand.click("o Other file")
        await hand.type(str(laptop.path))
        await hand.press("enter")
        await hand.see("laptop.wotui", "1 changed")
        assert shop.value("SELECT title FROM work_order") == "Grease the fan"

    on_screen(shop, story, computer=by_key(folder), size=(100, 30))


def test_a_shared_place_that_is_gone_is_one_sentence_and_work_goes_on(
    shop: Shop, laptop: Shop, order: str, folder: Path, tmp_path: Path
) -> None:
    edit(shop, order, title="Grease both")
    folder.rename(tmp_path / "unplugged")

    async def story(hand: Hand) -> None:
        await hand.do("app.merge")
        await hand.see("changes not yet shared")
        await hand.do("merge.now")
        await hand.see("cannot be reached", "changes kept here will be shared when it is back")
        (tmp_path / "unplugged").rename(folder)
        await hand.do("merge.now")
        await hand.see("everything is shared")
        assert "cannot be reached" not in "\n".join(hand.screen.split("\n")[:8])

    on_screen(shop, story, computer=by_key(folder / "shop-shared.wotui"))
    assert (folder / "shop-shared.wotui").is_file()


def test_a_merge_that_hangs_in_a_drive_is_given_up_and_the_screen_stays_alive(
    shop: Shop, laptop: Shop, order: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on = threading.Event()
    look = FolderPlace.card

    def hangs(self: FolderPlace) -> Any:
        assert may_go_on.wait(20)
        return look(self)

    monkeypatch.setattr(FolderPlace, "card", hangs)
    monkeypatch.setattr(app_sharing, "HANGS", 0.0)

    async def story(hand: Hand) -> None:
        hand.send("6")
        await hand.see("everything is shared")
        hand.send("m")
        await hand.see("looking at", "x gives it up")
        hand.send("m")
        await hand.see("A merge is running already")
        hand.send("x")
        await hand.see("Nothing is lost; merge again later")
        monkeypatch.setattr(FolderPlace, "card", look)
        hand.send("m")
        await hand.see("Merged:")
        may_go_on.set()

    on_screen(shop, story, computer=by_key(folder))


def test_what_is_not_shared_is_sent_before_leaving_but_leaving_never_waits_long(
    shop: Shop, laptop: Shop, order: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(shop, order, title="Grease both")

    async def leave(hand: Hand) -> None:
        await hand.see("not yet shared")
        hand.send("ctrl+q")
        for _ in range(200):
            if not hand.app.is_running:
                return
            await asyncio.sleep(0.05)
        raise AssertionError("it does not leave")

    computer = settings.Computer(shared_file=str(folder), merge={"on_start": "no", "every_minutes": "0"})
    assert on_screen(shop, leave, computer=computer, size=(120, 30)).return_code == 0
    assert sharing.unshared(shop, folder) == 0

    edit(shop, order, title="Grease all")
    may_go_on = threading.Event()

    def hangs(_self: FolderPlace) -> None:
        may_go_on.wait(20)

    monkeypatch.setattr(FolderPlace, "card", hangs)
    monkeypatch.setattr(app_sharing, "QUIT_SECONDS", 0.2)
    assert on_screen(shop, leave, computer=computer, size=(120, 30)).return_code == 0
    may_go_on.set()


def test_a_merge_runs_at_the_start_and_every_so_many_minutes(
    shop: Shop, laptop: Shop, order: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(laptop, order, title="Grease the fan")
    send(laptop, folder)

    async def story(hand: Hand) -> None:
        await hand.see("Grease the fan")
        edit(laptop, order, title="Grease nothing")
        send(laptop, folder)
        monkeypatch.setattr(app_sharing, "monotonic", lambda: 1e9)
        hand.app.sharing.minute_passed()
        await hand.see("Grease nothing")

    computer = settings.Computer(shared_file=str(folder), merge={"on_quit": "no"})
    on_screen(shop, story, computer=computer)


def test_a_merge_that_changes_much_shows_its_preview_instead(
    shop: Shop, laptop: Shop, order: str, folder: Path
) -> None:
    orders = [builders.order(shop, f"Job {number}") for number in range(12)]
    for one in (shop, laptop):
        send(one, folder)
    for one in orders:
        edit(laptop, one, priority=1)
    send(laptop, folder)

    async def story(hand: Hand) -> None:
        await hand.do("app.merge")
        await hand.do("merge.now")
        await hand.see("Preview of a merge", "12 changed")
        assert any("would change 12 open orders" in said for said in hand.said)
        await hand.do("account.merge")
        await hand.see("everything is shared")
        assert shop.value("SELECT count(*) FROM work_order WHERE priority = 1") == 12

    on_screen(shop, story, computer=by_key(folder))


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
def test_questions_of_every_kind_name_their_keys_and_are_answered(
    shop: Shop, laptop: Shop, order: str, folder: Path, size: tuple[int, int]
) -> None:
    for one in (shop, laptop):
        builders.asset(one, "PUMP-09")
    edit(shop, order, description="Red grease")
    edit(laptop, order, description="Blue grease")
    other = builders.order(laptop, "Weld the rail")
    edit(laptop, other, number=work_orders_number(shop))
    send(laptop, folder)
    send(shop, folder)

    async def story(hand: Hand) -> None:
        await hand.see("?3") if size[0] < 80 else await hand.see("Questions 3")
        await hand.do("merge.questions")
        await hand.see("W-A0001 description", "same thing?", "two orders share this number")
        await hand.do("question.same")
        await hand.settle()
        assert "is not answered so" in hand.toast
        await hand.do("question.both")
        await hand.settle()
        assert shop.value("SELECT text FROM log_entry WHERE kind = 'note'").startswith(
            "The other description"
        )
        await hand.do("question.same")
        await hand.settle()
        assert shop.value("SELECT count(*) FROM asset WHERE deleted_at IS NULL") == 1
        await hand.do("question.different")
        await hand.see("Nothing to answer")

    on_screen(shop, story, size=size, computer=by_key(folder))


def work_orders_number(shop: Shop) -> str:
    """The number of a further order of this file."""
    return builders.number_of(shop, builders.order(shop, "Fix the door"))


def test_overlapping_hours_lead_to_the_entries(shop: Shop, laptop: Shop, order: str, folder: Path) -> None:
    ana = shop.value("SELECT id FROM person WHERE initials = 'AB'")
    for one, start in ((shop, 29_684_160), (laptop, 29_684_190)):
        with one.transaction() as tx:
            tx.insert(
                "time_span", person_id=ana, start_minute=start, end_minute=start + 60, zone="America/Chicago",
                start_offset=-300, end_offset=-300, time_type="WORK", state="draft",
            )  # fmt: skip
            tx.done("Logged.")
    send(laptop, folder)
    send(shop, folder)

    async def story(hand: Hand) -> None:
        await hand.see("Questions 1")
        await hand.click("Questions 1")
        await hand.see("Ana Bell", "hours that overlap", "payroll waits for it")
        await hand.do("question.open")
        await hand.see("Time · Ana Bell")

    on_screen(shop, story, computer=by_key(folder), size=(100, 30))


def test_all_questions_about_a_field_are_answered_alike(
    shop: Shop, laptop: Shop, order: str, folder: Path
) -> None:
    other = builders.order(shop, "Fix the door")
    for one in (shop, laptop):
        send(one, folder)
    for one, word in ((shop, "mine"), (laptop, "theirs")):
        edit(one, order, title=f"Grease {word}")
        edit(one, other, title=f"Fix {word}")
    send(laptop, folder)
    send(shop, folder)

    async def story(hand: Hand) -> None:
        await hand.do("merge.questions")
        await hand.see("Grease mine", "Fix theirs")
        await hand.do("question.all")
        await hand.press("t")
        await hand.see("Nothing to answer")

    on_screen(shop, story, computer=by_key(folder))
    assert {title for (title,) in shop.rows("SELECT title FROM work_order")} == {
        "Grease theirs",
        "Fix theirs",
    }
    assert Question.__doc__


def test_when_to_merge_is_chosen_on_the_screen_and_kept(shop: Shop, tmp_path: Path) -> None:
    async def story(hand: Hand) -> None:
        await hand.do("app.merge")
        await hand.do("merge.when")
        await hand.see("At start no", "At quit no", "never")
        await hand.press("s")
        await hand.see("At start yes")
        await hand.press("m")
        await hand.press("ctrl+u")
        await hand.type("soon")
        await hand.press("enter")
        await hand.see("takes minutes")
        await hand.press("ctrl+u")
        await hand.type("5")
        await hand.press("enter")
        await hand.do("merge.set_up")
        await hand.press("i")
        await hand.type("stick")
        await hand.press("enter")
        await hand.see("no whole path")
        await hand.press("ctrl+u")
        await hand.type(str(tmp_path))
        await hand.press("enter")
        await hand.see("shop-shared.wotui", "at start, every 5 minutes")

    on_screen(shop, story, computer=QUIET)
    loaded = settings.load()
    assert (loaded.merges("on_start"), loaded.merges("on_quit"), loaded.every_minutes) == (True, False, 5)


def test_no_merge_runs_by_itself_in_a_shop_that_only_is_looked_at(
    shop: Shop, laptop: Shop, order: str, folder: Path
) -> None:
    edit(laptop, order, title="Grease the fan")
    send(laptop, folder)
    shop.close()

    async def story(hand: Hand) -> None:
        await hand.do("app.merge")
        await hand.see("merges by key only")
        await hand.do("merge.now")
        await hand.settle()
        assert "reading only" in hand.toast

    with Shop.open(shop.path, read_only=True) as looked_at:
        on_screen(looked_at, story, computer=settings.Computer(shared_file=str(folder)))
    with pytest.raises(FileTrouble):
        sharing.run(shop, [folder / "nowhere" / "x"], Watch())
