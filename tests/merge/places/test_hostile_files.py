"""Any bytes may lie where the shared file is expected: they are refused with a sentence, and never believed."""

from __future__ import annotations

import os
import random
import sqlite3
import struct
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.kit.journals import Notebook, notebook
from wotui.errors import FileTrouble
from wotui.merge.places import COLUMNS, shape
from wotui.merge.places.file import FilePlace
from wotui.merge.places.reading import ForeignJournal

if TYPE_CHECKING:
    from collections.abc import Callable

    from wotui.store.file import Shop


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A good shared file, to be spoilt."""
    path = tmp_path / "shop-shared.wotui"
    FilePlace(path).publish(notebook(changes=120))
    return path


def expect_refused(path: Path, match: str = "nothing of it was believed") -> None:
    """It is refused within a second, by reading and by publishing, and stays as it was."""
    started = time.process_time()
    with pytest.raises(FileTrouble, match=match):
        FilePlace(path).card()
    assert time.process_time() - started < 1
    with pytest.raises(FileTrouble, match=match):
        FilePlace(path, wait=None).publish(notebook("bob22222"))


def change(path: Path, *statements: str, refresh: bool = True) -> None:
    """Change a shared file with SQLite itself; its digest is made to fit unless it shall not."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
        if refresh:
            connection.text_factory = bytes
            digest = shape.digest_of(connection, strict=False)
            connection.execute("UPDATE meta SET digest = ?", (digest,))


@pytest.mark.parametrize(
    "content", [b"", b"Dear all,\n" * 200, b"\x89PNG\r\n\x1a\n" + bytes(3000), b"SQLite format 3\0"]
)
def test_f059_what_is_no_sqlite_file_is_not_believed(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    expect_refused(path)
    assert path.read_bytes() == content


def test_f059_a_zip_is_not_believed(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("shop.txt", "no shop")
    expect_refused(path)


def test_f060_another_programs_database_is_not_believed(path: Path) -> None:
    change(path, "PRAGMA application_id = 12345")
    expect_refused(path, "not a wotui file")


BOMB = (
    "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT 'a' AS origin, x AS seq FROM n"
)


@pytest.mark.parametrize(
    "statements",
    [
        ["ALTER TABLE change RENAME TO other", f"CREATE VIEW change AS {BOMB}"],
        [f"CREATE VIEW more AS {BOMB}"],
        ["CREATE TRIGGER t AFTER INSERT ON change BEGIN UPDATE meta SET shop = 'x'; END"],
        ["CREATE TABLE more (a)"],
        ["CREATE INDEX more ON change (patch)"],
        ["CREATE INDEX more ON change (length(patch))"],
        ["CREATE VIRTUAL TABLE more USING fts5 (a)"],
        ["ALTER TABLE change ADD COLUMN more TEXT"],
        ["ALTER TABLE change ADD COLUMN more TEXT GENERATED ALWAYS AS (upper(patch)) VIRTUAL"],
        ["ALTER TABLE blob ADD COLUMN more TEXT DEFAULT 'x'"],
        ["ALTER TABLE blob ADD COLUMN more INTEGER CHECK (more > random())"],
    ],
    ids=lambda statements: statements[-1][:40],
)
def test_f061_to_f063_one_thing_more_than_wotui_makes_is_refused(path: Path, statements: list[str]) -> None:
    change(path, *statements, refresh=False)
    expect_refused(path)


def test_f064_the_right_words_over_the_wrong_types_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "forged.wotui"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in shape.SCHEMA:
            connection.execute(
                statement.replace(" STRICT, WITHOUT ROWID", " WITHOUT ROWID").replace(" STRICT", "")
            )
        connection.execute("INSERT INTO meta VALUES ('s', 1, 'x', 'x')")
        connection.execute(
            "INSERT INTO change VALUES ('ann22222', 1, 'not a number', 1.5, 1, 1, 'a', 'b', '{}')"
        )
        connection.execute("PRAGMA writable_schema = ON")
        for statement in shape.SCHEMA:
            connection.execute(
                "UPDATE sqlite_schema SET sql = ? WHERE name = ?", (statement, statement.split()[2])
            )
        connection.execute(f"PRAGMA application_id = {shape.APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
    expect_refused(path)


def test_f064_a_newer_file_without_a_name_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE meta SET written_by = ''")
        connection.execute("PRAGMA user_version = 9")
    content = bytearray(path.read_bytes())
    at = content.find(notebook().shop.encode())
    assert content[at - 5 : at] == bytes((85, 9, 13, 0x81, 13))  # a text, the number 1, an empty text, a text
    content[at - 3] = 0  # now it has no `written_by` at all, which the schema forbids
    path.write_bytes(content)
    expect_refused(path)


def test_f065_values_larger_than_any_change_are_refused(path: Path) -> None:
    change(path, "UPDATE change SET patch = '{' || hex(zeroblob(1500000)) WHERE seq = 3", refresh=False)
    expect_refused(path)


def test_f065_a_huge_attachment_is_refused_before_it_is_read(path: Path) -> None:
    change(path, "INSERT INTO blob VALUES ('x', zeroblob(70000000))", refresh=False)
    expect_refused(path)


@pytest.mark.parametrize("column", ["patch", "entity", "row", "actor"])
@pytest.mark.parametrize("text", ["x'7bff7d'", "x'7beda0807d'"], ids=["not UTF-8", "lone surrogate"])
def test_f066_text_that_is_not_utf8_is_refused(path: Path, column: str, text: str) -> None:
    change(path, f"UPDATE change SET {column} = CAST({text} AS TEXT) WHERE seq = 3")
    expect_refused(path)


@pytest.mark.parametrize("column", ["origin", "entity", "row", "actor"])
def test_f066_an_embedded_nul_is_refused_in_names(path: Path, column: str) -> None:
    change(path, f"UPDATE change SET {column} = 'a' || char(0) || 'bcdefg' WHERE seq = 120")
    expect_refused(path)


@pytest.mark.parametrize("number", [0, -1, -(2**63), 2**63 - 1])
def test_f067_numbers_out_of_range_are_refused(path: Path, number: int) -> None:
    change(path, f"UPDATE change SET seq = {number} WHERE seq = 120")
    expect_refused(path)


def test_f067_a_gap_is_refused(path: Path) -> None:
    change(path, "DELETE FROM change WHERE seq = 7")
    expect_refused(path)


@pytest.mark.parametrize(
    "pragmas", [["page_size = 512"], ["page_size = 65536"], ["auto_vacuum = FULL"], ["encoding = 'UTF-16'"]]
)
def test_f068_other_page_sizes_are_read_and_other_formats_refused(tmp_path: Path, pragmas: list[str]) -> None:
    path, book = tmp_path / "other.wotui", notebook(changes=50)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        for statement in shape.SCHEMA:
            connection.execute(statement)
        connection.execute("INSERT INTO meta VALUES (?, 1, '0.1.0', '')", (book.shop,))
        for row in book.everything():
            values = [getattr(row, name) for name in COLUMNS]
            connection.execute(f"INSERT INTO change VALUES ({', '.join('?' * 9)})", values)
        connection.execute(f"PRAGMA application_id = {shape.APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
    change(path)
    if pragmas[0].startswith("page_size"):
        journal = ForeignJournal.read(path)
        assert journal is not None
        assert list(journal.changes({})) == book.everything()
        journal.close()
    else:
        expect_refused(path)


def test_f069_a_wal_flag_is_refused(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[18:20] = b"\2\2"
    path.write_bytes(content)
    expect_refused(path)


def test_f069_free_pages_with_anything_in_them_are_refused(path: Path) -> None:
    change(path, "CREATE TABLE more (a)", "INSERT INTO more VALUES (zeroblob(9000))", "DROP TABLE more")
    expect_refused(path)


def test_f069_pages_at_the_end_that_nobody_counts_are_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes() + bytes(4096))
    expect_refused(path)


@pytest.mark.parametrize("aim", ["/etc/passwd", "itself"])
def test_f071_a_link_is_not_followed(path: Path, tmp_path: Path, aim: str) -> None:
    link = tmp_path / "link.wotui"
    link.symlink_to(path if aim == "itself" else aim)
    expect_refused(link, "is a link")


def test_f072_a_pipe_or_a_folder_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.wotui"
    os.mkfifo(pipe)
    expect_refused(pipe, "not a regular file")
    folder = tmp_path / "folder.wotui"
    folder.mkdir()
    expect_refused(folder, "not a regular file")


def test_f073_fifty_gigabytes_of_nothing_are_refused_before_they_are_read(path: Path) -> None:
    os.truncate(path, 50 << 30)
    expect_refused(path, "too big")


def test_f074_what_is_swapped_after_it_was_taken_is_not_seen(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shape.kind_by_header
    good = notebook(changes=120)

    def swap(where: Path, head: bytes, size: int) -> str:
        path.write_bytes(b"something else entirely")
        return real(where, head, size)

    monkeypatch.setattr(shape, "kind_by_header", swap)
    journal = ForeignJournal.read(path)
    assert journal is not None
    assert list(journal.changes({})) == good.everything()
    journal.close()


@pytest.mark.parametrize(
    "name", ["what?.wotui", "50%20.wotui", "#1 shop.wotui", "a b.wotui", b"caf\xe9.wotui"]
)
def test_f075_odd_names_work(tmp_path: Path, name: str | bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wotui.merge.places.reading.KEPT_IN_MEMORY", 100)
    path = tmp_path / (name if isinstance(name, str) else os.fsdecode(name))
    assert FilePlace(path).publish(notebook()) == 12
    fresh, place = Notebook("fresh222"), FilePlace(path)
    assert fresh.take_in(place) == 12
    place.close()


# Mutations. A mutant may be accepted only where it says exactly what the original said.


def _flip(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _integer(content: bytearray, chance: random.Random) -> None:
    width, at = chance.choice([1, 2, 4, 8]), chance.randrange(len(content) - 8)
    content[at : at + width] = chance.choice([b"\0", b"\xff", b"\x7f"]) * width


def _b_tree_header(content: bytearray, chance: random.Random) -> None:
    page = chance.randrange(len(content) // 4096) * 4096 + (100 if chance.random() < 0.1 else 0)
    content[page + chance.randrange(12)] = chance.randrange(256)


def _sector(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content) // 512) * 512
    content[at : at + 512] = bytes(512) if chance.random() < 0.5 else chance.randbytes(512)


def _swap_pages(content: bytearray, chance: random.Random) -> None:
    one, other = (chance.randrange(len(content) // 4096) * 4096 for _ in range(2))
    content[one : one + 4096], content[other : other + 4096] = (
        content[other : other + 4096],
        content[one : one + 4096],
    )


def _schema_text(content: bytearray, chance: random.Random) -> None:
    at = content.find(b"CREATE TABLE")
    content[at + chance.randrange(300)] = chance.randrange(256)


def _truncate(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


def _tail(content: bytearray, chance: random.Random) -> None:
    content += chance.randbytes(chance.randrange(1, 5000))


def _header(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(100)] = chance.randrange(256)


def _pages_in_header(content: bytearray, chance: random.Random) -> None:
    struct.pack_into(">I", content, chance.choice([24, 28, 32, 36, 52, 60, 92]), chance.randrange(2**32))


MUTATIONS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip, _integer, _b_tree_header, _sector, _swap_pages, _schema_text, _truncate, _tail, _header, _pages_in_header,
)  # fmt: skip


def try_mutants(folder: Path, count: int, seed: int, own: Path) -> int:
    """Offer so many mutants; gives how many were refused. Only what says the same may be taken."""
    good, path = notebook(changes=120), folder / "mutant.wotui"
    FilePlace(path).publish(good)
    original, before = path.read_bytes(), own.read_bytes()
    chance, refused = random.Random(seed), 0
    for number in range(count):
        content = bytearray(original)
        for _ in range(chance.choice([1, 1, 1, 3])):
            if len(content) > 8192:
                chance.choice(MUTATIONS)(content, chance)
        path.write_bytes(content)
        started = time.process_time()
        try:
            journal = ForeignJournal.read(path)
            assert journal is not None
            try:
                assert list(journal.changes({})) == good.everything(), f"mutant {number} of seed {seed}"
                assert dict(journal.blobs(journal.blob_names())) == good.files, (
                    f"mutant {number} of seed {seed}"
                )
                assert journal.card() == good.card(), f"mutant {number} of seed {seed}"
            finally:
                journal.close()
        except FileTrouble:
            refused += 1
            assert own.read_bytes() == before
        assert time.process_time() - started < 1, f"mutant {number} of seed {seed} took too long"
    return refused


def test_f070_five_hundred_mutants_are_refused_or_say_the_same(tmp_path: Path, empty_shop_file: Path) -> None:
    assert try_mutants(tmp_path, 500, 20260610, empty_shop_file) > 400


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_f070_twenty_thousand_mutants(tmp_path: Path, empty_shop_file: Path) -> None:
    seed = time.time_ns()
    print(f"seed {seed}", file=sys.stderr)
    assert try_mutants(tmp_path, 20_000, seed, empty_shop_file) > 16_000


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc here to ask")
def test_f070_reading_what_is_hostile_takes_little_memory(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[content.find(b"Grease")] ^= 1
    path.write_bytes(content)
    program = (
        "import re, sys; from pathlib import Path\n"
        "from wotui.merge.places.reading import ForeignJournal\n"
        "try: ForeignJournal.read(Path(sys.argv[1]))\n"
        "except Exception as error: print(type(error).__name__)\n"
        # Not getrusage: what it calls the most is inherited from whoever started the process.
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    name, megabytes = done.stdout.split()
    assert name == "FileTrouble"
    assert int(megabytes) < 200


def test_somebodys_own_file_is_read_for_its_journal_alone(shop: Shop) -> None:
    held = dict(shop.rows("SELECT origin, max(seq) FROM change GROUP BY origin"))
    place = FilePlace(shop.path)
    card = place.card()
    assert card is not None
    assert card.shop == shop.value("SELECT shop FROM me")
    assert place.held() == held
    assert sum(1 for _ in place.changes({})) == sum(held.values())
    before = shop.path.read_bytes()
    assert place.publish(notebook(shop=card.shop)) == 0
    place.close()
    assert shop.path.read_bytes() == before


def test_somebodys_own_file_with_one_trigger_more_is_refused(a_shop_on_disk: Path) -> None:
    with closing(sqlite3.connect(a_shop_on_disk)) as connection:
        connection.execute("CREATE TRIGGER more AFTER INSERT ON setting BEGIN SELECT 1; END")
        connection.commit()
    expect_refused(a_shop_on_disk)


def test_somebodys_own_file_in_the_middle_of_a_write_is_refused(a_shop_on_disk: Path) -> None:
    a_shop_on_disk.with_name(f"{a_shop_on_disk.name}-journal").write_bytes(b"hot")
    expect_refused(a_shop_on_disk, "being written")
