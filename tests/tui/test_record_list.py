"""The list of any length: what it reads, where the cursor stands, what is marked."""

from __future__ import annotations

import asyncio
from array import array
from typing import TYPE_CHECKING, Any

import pytest
from textual.app import App, ComposeResult

from tests.kit.hand import as_text
from wotui.tui.widgets.columns import Column
from wotui.tui.widgets.record_list import RecordList
from wotui.tui.widgets.record_window import CHUNK

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from textual.pilot import Pilot

    from wotui.tui.widgets.lines import Piece

MILLION = 1_000_000


class Numbered:
    """A million records that are made when somebody looks: record 7 is `record 7`."""

    def __init__(self) -> None:
        self.read_keys: list[int] = []
        self.gone: set[int] = set()
        self.prefix = "record"

    def read(self, wanted: Sequence[int]) -> Mapping[int, str]:
        self.read_keys += wanted
        return {key: f"{self.prefix} {key}" for key in wanted if key not in self.gone}

    def columns(self, width: int) -> Sequence[Column]:
        number = Column("number", "no", 9, right=True)
        return (number, Column("title", "title", 0)) if width >= 30 else (Column("title", "title", 0),)

    def cells(self, record: str, columns: Sequence[Column]) -> list[Piece]:
        number = record.split()[-1]
        return [(number, "muted"), (record, "text")] if len(columns) == 2 else [(record, "text")]


class ListApp(App[None]):
    """One list on a screen, and what it told."""

    def __init__(self, rows: Numbered, keys: array[int]) -> None:
        super().__init__()
        self.rows = rows
        self.first = keys
        self.told: list[str] = []

    def compose(self) -> ComposeResult:
        yield RecordList(self.rows, id="list")

    def on_mount(self) -> None:
        self.list.show(self.first)
        self.list.focus()

    @property
    def list(self) -> RecordList:
        return self.query_one("#list", RecordList)

    def on_record_list_moved(self) -> None:
        self.told.append("moved")

    def on_record_list_opened(self) -> None:
        self.told.append("opened")

    def on_record_list_marked(self) -> None:
        self.told.append("marked")

    def on_record_list_sort_asked(self, event: RecordList.SortAsked) -> None:
        self.told.append(f"sort {event.field}")


def run(
    story: Callable[[ListApp, Pilot[None]], Awaitable[Any]],
    keys: array[int] | None = None,
    size: tuple[int, int] = (60, 20),
) -> ListApp:
    app = ListApp(Numbered(), array("q", range(100)) if keys is None else keys)

    async def main() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await story(app, pilot)

    asyncio.run(main())
    return app


def line(app: ListApp, number: int) -> str:
    return as_text(app).split("\n")[number]


def test_only_what_is_on_the_screen_is_read() -> None:
    async def story(app: ListApp, pilot: Pilot[None]) -> None:
        assert len(app.rows.read_keys) <= 2 * CHUNK
        await pilot.press("end")
        assert app.list.current == MILLION - 1
        assert f"record {MILLION - 1}" in as_text(app)
        assert len(app.rows.read_keys) <= 4 * CHUNK

    run(story, array("q", range(MILLION)))


def test_the_cursor_moves_and_stops_at_both_ends() -> None:
    async def story(app: ListApp, pilot: Pilot[None]) -> None:
        await pilot.press("up", "k")
        assert app.list.at == 0
        await pilot.press("down", "j", "j", "up")
        assert app.list.at == 2
        await pilot.press("pagedown")
        assert app.list.at == 2 + 19
        await pilot.press("pageup")
        assert app.list.at == 2
        await pilot.press("G")
        assert app.list.at == 99
        await pilot.press("down", "pagedown")
        assert app.list.at == 99
        await pilot.press("g")
        assert app.list.at == 0

    run(story)


def test_the_line_of_the_cursor_can_always_be_seen() -> None:
    async def story(app: ListApp, pilot: Pilot[None]) -> None:
        for key in ("end", "home", "pagedown", "pagedown", "up", "pageup", "down", "end", "up", "up"):
            await pilot.press(key)
            await pilot.pause()
            assert (
                f"record {app.list.current} "
                in next(each for each in as_text(app).split("\n") if "▸" in each) + " "
            )

    run(story)


def test_the_titles_stay_on_top_and_show_the_sorting() -> None:
    async def story(app: ListApp, pilot: Pilot[None]) -> None:
        app.list.sorted_by = ("title", True)
        await pilot.press("end")
        await pilot.pause()
        assert line(app, 0).split() == ["no", "title↓"]

    run(story)


def test_the_cursor_stays_on_its_record_when_the_list_changes() -> None:
    async def story(app: ListApp, pilot: Pilot[None]) -> None:
        app.list.go(50)
        app.list.show(array("q", [999, *range(40, 80)]), keep=app.list.current)
        assert (app.list.current, app.list.at) == (50, 11)
        app.list.show(array("q", range(0, 100, 2)), keep=app.list.current)
        assert (app.list.current, app.list.at) == (50, 25)

    run(story)


def test_when_its_record_is_gone_the_cursor_stays_on_its_line() -> None:
    async def story(app: ListApp, pilot: Pilot[None]) -> None:
        app.list.go(50)
        app.list.show(array("q", [key for key in range(100) if key != 50]), keep=50)
        assert (app.list.current, app.list.at) == (51, 50)
        app.list.show(array("q", range(10)), keep=51)
        assert (app.list.current, app.list.at) == (9, 9)
        app.list.show(array("q"), keep=9)
        assert app.list.current is None

    run(story)


def test_the_end_of_a_list_that_is_still_coming_is_its_end_when_it_is_there() -> None:
    async def story(app: ListApp, pilot: Pilot[None]) -> None:
        app.list.show(array("q", range(50)), complete=False)
        await pilot.press("end")
        assert app.list.at == 49
        app.list.show(array("q", range(1000)), keep=app.list.current)
        assert app.list.at == 999

    run(story)


def test_an_empty_list_says_what_to_do() -> None:
    async def story(app: ListApp, pilot: Pilot[None]) -> None:
        app.list.nothing = "Nothing here. Press n."
        app.list.show(array("q"))
        await pilot.press("down", "up", "end", "home", "pagedown")
        app.list.mark()
        app.list.mark_range()
        await pilot.pause()
        assert "Nothing here. Press n." in as_text(app)

    run(story)


def test_a_record_that_is_gone_leaves_its_line_empty() -> None:
    async def story(app: ListApp, pilot: Pilot[None]) -> None:
        app.rows.gone.add(3)
        app.list.refresh_records()
        await pilot.pause()
        assert line(app, 4).strip() == "…"
        assert app.list.record(3) is None

    run(story)


def test_marking_goes_on_to_the_next_and_a_second_time_unmarks() -> None:
    async def story(app: ListApp, pilot: Pilot[None]) -> None:
        app.list.mark()
        app.list.mark()
        assert app.list.marks == {0, 1}
        app.list.go(0)
        app.list.mark()
        assert app.list.marks == {1}
        await pilot.pause()
        assert "●" not in line(app, 1)
        assert "●" in line(app, 2)

    assert "marked" in run(story).told


@pytest.mark.parametrize(("start", "end"), [(2, 6), (6, 2)])
def test_a_range_is_marked_from_the_last_mark_to_the_cursor(start: int, end: int) -> None:
    async def story(app: ListApp, pilot: Pilot[None]) -> None:
        app.list.go(start)
        app.list.mark()
        app.list.go(end)
        app.list.mark_range()
        assert app.list.marks == {2, 3, 4, 5, 6}

    run(story)


def test_marks_stay_on_their_records_and_go_with_them() -> None:
    async def story(app: ListApp, pilot: Pilot[None]) -> None:
        app.list.mark_keys({3, 4, 5})
        app.list.show(array("q", [9, 5, 4, 7]), keep=None)
        assert app.list.marks == {4, 5}

    run(story)


def test_the_mouse_moves_marks_opens_scrolls_and_sorts() -> None:
    async def story(app: ListApp, pilot: Pilot[None]) -> None:
        await pilot.click(offset=(20, 5))
        assert app.list.at == 4
        await pilot.click(offset=(20, 5), times=2)
        assert app.told[-1] == "opened"
        await pilot.click(offset=(0, 7))
        assert app.list.marks == {6}
        await pilot.click(offset=(4, 0))
        assert app.told[-1] == "sort number"
        await pilot.click(offset=(30, 0))
        assert app.told[-1] == "sort title"
        app.list._scroll(30)  # pyright: ignore[reportPrivateUsage] - the wheel, which pilots do not have
        await pilot.pause()
        assert app.list.at == 7
        assert "record 30" in line(app, 1)
        await pilot.press("down")
        assert "record 8" in as_text(app)

    run(story)


def test_another_width_has_other_columns() -> None:
    async def story(app: ListApp, pilot: Pilot[None]) -> None:
        assert line(app, 0).split() == ["no", "title"]
        await pilot.resize_terminal(28, 10)
        await pilot.pause()
        assert line(app, 0).split() == ["title"]

    run(story)


def test_hostile_text_is_shown_as_it_stands() -> None:
    async def story(app: ListApp, pilot: Pilot[None]) -> None:
        app.rows.prefix = "\x1b]0;owned\x07[@click=app.quit]x[/]\u202e界"
        app.list.refresh_records()
        await pilot.pause()
        assert "[@click=app.quit]x[/]" in line(app, 1)
        assert "\x1b]0;" not in as_text(app)

    run(story)
