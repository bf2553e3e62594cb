"""Two programs on one file: they take turns, nothing is lost, and nobody waits inside a transaction."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.kit import builders
from wotui.errors import FileTrouble
from wotui.store import connection as connections
from wotui.store.file import Shop
from wotui.store.lock import InstanceLock

ADD_ONE = """
import sys
from pathlib import Path
from wotui.store.file import Shop
with Shop.open(Path(sys.argv[1])) as shop:
    for _ in range(int(sys.argv[2])):
        with shop.transaction() as tx:
            now = int(tx.value("SELECT value FROM custom_value WHERE id = 'tally'"))
            tx.update("custom_value", "tally", value=str(now + 1))
            tx.done("Counted.")
"""

HOLD = """
import sys, time
from pathlib import Path
from wotui.store.lock import InstanceLock
with InstanceLock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def holder(path: Path) -> subprocess.Popen[str]:
    """Another process that holds the instance lock."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


@pytest.mark.parametrize(
    ("writers", "each"), [(3, 30), pytest.param(4, 150, marks=[pytest.mark.slow, pytest.mark.timeout(300)])]
)
def test_f030_read_modify_write_from_several_processes_loses_nothing(
    shop: Shop, writers: int, each: int
) -> None:
    with shop.transaction() as tx:
        tx.insert("custom_value", id="tally", record_id="x", name="tally", value="0")
        tx.done("Made a tally.")
    command = [sys.executable, "-c", ADD_ONE, str(shop.path), str(each)]
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(writers)]
    for process in processes:
        _, trouble = process.communicate(timeout=240)
        assert process.returncode == 0, trouble
    assert shop.value("SELECT value FROM custom_value WHERE id = 'tally'") == str(writers * each)


def test_f027_a_second_screen_is_told_who_has_the_file_and_since_when(shop: Shop) -> None:
    process = holder(shop.path)
    try:
        with (
            pytest.raises(
                FileTrouble, match=rf"already open.*{process.pid}.*since \w{{3}} \d\d:\d\d"
            ) as refusal,
            InstanceLock(shop.path),
        ):
            pass
        assert "--read-only" in refusal.value.way_out
    finally:
        process.kill()
        process.communicate()


def test_f028_the_lock_of_a_killed_screen_died_with_it(shop: Shop) -> None:
    process = holder(shop.path)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with InstanceLock(shop.path):
        pass


@pytest.mark.skipif(os.name == "nt", reason="no zombies on Windows")
def test_f029_a_zombie_holds_no_lock(shop: Shop) -> None:
    process = holder(shop.path)
    os.kill(process.pid, signal.SIGKILL)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # dead, and not yet reaped
    with InstanceLock(shop.path):
        pass
    process.communicate()


def test_a_lock_can_be_taken_again_by_the_next_one(shop: Shop) -> None:
    for _ in range(2):
        with InstanceLock(shop.path):
            pass


def test_commands_work_while_a_screen_has_the_file(shop: Shop) -> None:
    process = holder(shop.path)
    try:
        builders.order(shop, "From the command line")
    finally:
        process.kill()
        process.communicate()
    assert shop.value("SELECT title FROM work_order") == "From the command line"


def test_f031_a_file_that_another_tool_holds_is_busy_and_nothing_changes(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "BUSY_MILLISECONDS", 100)
    with (
        Shop.open(shop.path) as impatient,
        closing(sqlite3.connect(shop.path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(FileTrouble, match="busy, nothing was changed"):
            builders.order(impatient, "Not now")
        other.execute("ROLLBACK")
        builders.order(impatient, "Now")
    assert shop.rows("SELECT title FROM work_order") == [("Now",)]


def test_f032_a_change_by_another_program_is_noticed(shop: Shop) -> None:
    before = shop.data_version()
    with Shop.open(shop.path) as other:
        builders.order(other, "From elsewhere")
    assert shop.data_version() != before


def test_a_failed_action_leaves_nothing_open_and_nothing_behind(shop: Shop) -> None:
    def refuse_halfway() -> None:
        with shop.transaction() as tx:
            tx.insert("customer", name="Acme")
            raise RuntimeError("the rule said no")

    with pytest.raises(RuntimeError):
        refuse_halfway()
    assert not shop.in_transaction()
    assert shop.value("SELECT count(*) FROM customer") == 0
    assert shop.value("SELECT count(*) FROM change WHERE entity = 'customer'") == 0
