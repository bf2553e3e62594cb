"""Delimited files: quoted only where needed, harmless in a spreadsheet, and there whole or not at all."""

from __future__ import annotations

import csv
import io
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.errors import FileTrouble
from wotui.exchange import delimited
from wotui.exchange.delimited import Dialect, guarded, not_allowed, rendered, write_verified
from wotui.exchange.imports.reading import unguarded

CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


@pytest.mark.parametrize(
    "text", ["-Smith", "+1 Bob", "@dmin", '=HYPERLINK("x","y")', "＝x", "＋1", "－1", "＠a", "\tx", "'=1"]
)
def test_what_a_spreadsheet_would_run_gets_one_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["O'Neil", "Added gasket", "", "'quoted'", "a=b", "Żółć"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


@given(st.text(st.sampled_from("='-+@a 1＝\t"), max_size=6))
def test_taking_one_apostrophe_away_gives_back_every_text(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6), st.sampled_from([",", ";", "\t"]))
def test_what_was_written_reads_back_the_same(rows: list[tuple[str, str, str]], delimiter: str) -> None:
    content = rendered(("a", "b", "c"), rows, Dialect(delimiter=delimiter))
    text = content.decode("utf-8-sig")
    assert text.endswith("\r\n")
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)) == [
        ["a", "b", "c"],
        *([*row] for row in rows),
    ]


def test_a_row_of_another_width_is_a_bug() -> None:
    with pytest.raises(ValueError, match="1"):
        rendered(("a", "b"), [("1",)], Dialect())


@pytest.mark.parametrize(
    ("text", "encoding", "bad"),
    [
        ("Łukasz", "cp1252", "Ł"),
        ("Łukasz", "utf-8-sig", ""),
        ("a\tb", "utf-8", "\t"),
        ("é", "ascii", "é"),
        ("\x9b", "utf-8", "\x9b"),
    ],
)
def test_a_character_the_file_cannot_hold_is_named(text: str, encoding: str, bad: str) -> None:
    assert not_allowed(text, Dialect(encoding=encoding)) == bad


def test_a_file_is_written_private_and_whole(tmp_path: Path) -> None:
    written = write_verified(tmp_path / "payroll", "a.csv", b"x,y\r\n")
    assert written.path.read_bytes() == b"x,y\r\n"
    assert stat.S_IMODE(written.path.stat().st_mode) == 0o600
    assert written.how == delimited.NEW
    assert [one.name for one in written.path.parent.iterdir()] == ["a.csv"]


def test_the_same_content_again_is_said_to_be_there_and_another_one_to_be_replaced(tmp_path: Path) -> None:
    write_verified(tmp_path, "a.csv", b"1")
    assert write_verified(tmp_path, "a.csv", b"1").how == delimited.IDENTICAL
    assert write_verified(tmp_path, "a.csv", b"2").how == delimited.REPLACED
    assert (tmp_path / "a.csv").read_bytes() == b"2"


def test_a_stick_that_is_not_plugged_in_is_an_error_and_not_a_new_folder(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match=r"E13 .*No such file or directory \(errno 2\)"):
        write_verified(tmp_path / "stick" / "payroll", "a.csv", b"1")
    assert not (tmp_path / "stick").exists()


def test_a_file_where_the_folder_should_be_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "payroll").write_text("not a folder")
    with pytest.raises(FileTrouble, match="E13"):
        write_verified(tmp_path / "payroll", "a.csv", b"1")


def test_a_full_disk_leaves_the_old_file_and_no_half_one(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    write_verified(tmp_path, "a.csv", b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    import signal

    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(FileTrouble, match="E13"):
            write_verified(tmp_path, "a.csv", b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.csv", b"old")]
