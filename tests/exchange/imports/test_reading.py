"""Files as other systems write them, read without asking."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest

from wotui.errors import FileTrouble, Refused
from wotui.exchange.imports.reading import open_sheet, rows, unguarded

if TYPE_CHECKING:
    from pathlib import Path


def cells(path: Path) -> list[list[str]]:
    return [row.cells for row in rows(open_sheet(path))]


def written(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_encoding_reads_the_same(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path / "a.csv", "title,place\nKälte prüfen,Küche\n", encoding)
    sheet = open_sheet(path)
    assert sheet.headers == ("title", "place")
    assert cells(path) == [["Kälte prüfen", "Küche"]]


def test_a_western_european_file_is_read_and_says_so(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "title\nKälte\n", "cp1252")
    assert cells(path) == [["Kälte"]]
    assert "Windows-1252" in open_sheet(path).notes[0]


def test_a_byte_that_windows_does_not_know_falls_back_to_mac(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"title\nm\x8dre\n")
    assert cells(path) == [["mçre"]]
    assert "Mac Roman" in open_sheet(path).notes[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    path = written(tmp_path / "a.csv", f'title{delimiter}cost\n"a, b; c"{delimiter}1,50\n')
    assert open_sheet(path).delimiter == delimiter
    assert cells(path)[0][0] == "a, b; c"


def test_excels_sep_line_is_obeyed_and_line_numbers_count_it(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "sep=;\r\na;b\r\n1;2\r\n")
    sheet = open_sheet(path)
    assert sheet.headers == ("a", "b")
    assert [row.line for row in rows(sheet)] == [3]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_and_a_last_line_without_one(tmp_path: Path, ending: str) -> None:
    path = written(tmp_path / "a.csv", ending.join(["a,b", "1,2", "3,4"]))
    assert cells(path) == [["1", "2"], ["3", "4"]]


def test_a_quoted_line_break_keeps_the_line_numbers_right(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", 'a,b\n"one\ntwo",x\n3,4\n')
    assert [(row.line, row.cells[0]) for row in rows(open_sheet(path))] == [(2, "one\ntwo"), (4, "3")]


def test_empty_and_repeated_headings_get_names(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", ",Name,Name,\n1,2,3,4\n")
    sheet = open_sheet(path)
    assert sheet.headers == ("column 1", "Name", "Name (2)", "column 4")
    assert "more than once" in sheet.notes[0]


def test_a_row_of_the_wrong_length_is_told_not_guessed(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "a,b\n1\n1,2,3\n1,2,\n\n,\n")
    assert [(row.line, row.problem) for row in rows(open_sheet(path))] == [
        (2, "The row has 1 cells, the heading 2."),
        (3, "The row has 3 cells, the heading 2."),
        (4, ""),
    ]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x1f\x8brest", "gzip"),
        (b"SQLite format 3\x00rest", "database"),
        (b"x" * 257 + b"ustar" + b"x" * 300, "tar"),
        (b",,\n1,2,3\n", "headings"),
    ],
)
def test_what_is_no_table_is_refused_by_name(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(Refused, match=word):
        open_sheet(path)


def test_sql_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="SQL"):
        open_sheet(written(tmp_path / "dump.sql", "CREATE TABLE x (y);"))


def test_a_missing_file_is_file_trouble(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="No such file"):
        open_sheet(tmp_path / "none.csv")


def test_a_quote_that_never_ends_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", 'a,b\n1,"' + "x,\n" * 100_000)
    with pytest.raises(Refused, match="never closes"):
        list(rows(open_sheet(path)))


@pytest.mark.parametrize(
    ("guarded", "plain"),
    [
        ("'=1+1", "=1+1"),
        ("'@x", "@x"),
        ("''-x", "'-x"),
        ("'hello", "'hello"),
        ("O'Neil", "O'Neil"),
        ("'＝x", "＝x"),
    ],
)
def test_the_spreadsheet_guard_comes_off(guarded: str, plain: str) -> None:
    assert unguarded(guarded) == plain


def test_many_rows_take_no_more_memory_than_few(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "a,b\n" + "pump,1\n" * 100_000)
    tracemalloc.start()
    assert sum(1 for _ in rows(open_sheet(path))) == 100_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000
