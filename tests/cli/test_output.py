"""The one door for what is printed: harmless, aligned, whole."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from tests.kit.pty import Terminal
from wotui.cli import output
from wotui.errors import FileTrouble

if TYPE_CHECKING:
    from wotui.store.file import Shop


def test_columns_line_up_whatever_the_width_of_the_letters(capsys: pytest.CaptureFixture[str]) -> None:
    output.table(
        ["name", "count", "x"], [["日本語", "7", "a"], ["é", "12", "b"], ["abc", "3", "c"]], right=(1,)
    )
    assert capsys.readouterr().out.splitlines() == [
        "name    count  x",
        "日本語      7  a",
        "é          12  b",
        "abc         3  c",
    ]


def test_nothing_is_cut_where_no_terminal_is(capsys: pytest.CaptureFixture[str]) -> None:
    output.table(["title"], [["x" * 300]], flexible=0)
    assert "x" * 300 in capsys.readouterr().out


@pytest.mark.parametrize("cells", range(1, 9))
def test_a_cell_fits_exactly_or_is_cut_with_a_mark(cells: int) -> None:
    assert output.width(output.fit("日本語 text", cells)) == cells


def test_controls_in_cells_become_visible(capsys: pytest.CaptureFixture[str]) -> None:
    output.table(["title"], [["a\x1b[31mb\nc\x9b\u202e"]])
    assert capsys.readouterr().out == "title\na␛[31mb␊c\ufffd\ufffd\n"


def test_json_keeps_the_text_and_harms_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    value = "Größe \x1b]0;x\x07 \x9b \u202e \x7f 倉庫"
    output.document({"title": value})
    printed = capsys.readouterr().out
    assert json.loads(printed) == {"title": value}
    assert "Größe" in printed
    for poison in "\x1b\x07\x9b\u202e\x7f":
        assert poison not in printed


def test_a_failed_write_keeps_the_old_file_and_leaves_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    target = folder / "out.json"
    output.write_file(target, b"old")
    with pytest.raises(FileTrouble, match=r"missing"):
        output.write_file(tmp_path / "missing" / "out.json", b"x")
    assert target.read_bytes() == b"old"
    output.write_file(target, b"new")
    assert [path.name for path in folder.iterdir()] == ["out.json"]
    assert target.read_bytes() == b"new"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_device_named_as_the_output_is_written_to_and_not_replaced() -> None:
    with pytest.raises(FileTrouble, match="space"):
        output.write_file("/dev/full", b"x" * 100_000)
    output.write_file(os.devnull, b"x")
    assert Path("/dev/full").is_char_device()


@pytest.mark.terminal
@pytest.mark.parametrize(
    ("colours", "expected"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colours_are_for_terminals_that_want_them(
    colours: dict[str, str], expected: bool, a_shop_on_disk: Path
) -> None:
    call = [sys.executable, "-m", "wotui", "--db", str(a_shop_on_disk), "list"]
    with Terminal(call, environment=colours) as terminal:
        assert terminal.wait_exit() == 0
        assert "Grease the pump" in terminal.screen
        assert (b"\x1b[1m" in terminal.raw) is expected


@pytest.mark.terminal
def test_a_terminal_without_unicode_gets_ascii_glyphs(a_shop_on_disk: Path) -> None:
    call = [sys.executable, "-m", "wotui", "--db", str(a_shop_on_disk), "show", "W-A0001"]
    with Terminal(call, environment={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}) as terminal:
        assert terminal.wait_exit() == 0
        assert "----------" in terminal.screen
        assert bytes(terminal.raw).isascii()


@pytest.mark.terminal
def test_a_narrow_terminal_cuts_titles_and_nothing_wraps(shop: Shop) -> None:
    builders.order(shop, "A title that is far too long for a terminal of sixty columns, really")
    shop.close()
    call = [sys.executable, "-m", "wotui", "--db", str(shop.path), "list"]
    with Terminal(call, columns=60) as terminal:
        assert terminal.wait_exit() == 0
        lines = terminal.screen.splitlines()
    assert lines[0].startswith("number")
    assert lines[1].startswith("W-A0001")
    assert "…" in lines[1]
    assert lines[2].startswith("Open orders")
