"""However it ends, the terminal is as it was, nothing confirmed is lost, and nothing keeps running."""

from __future__ import annotations

import os
import signal
import stat
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.kit.pty import Gone, Terminal, wotui
from tests.real_terminal.conftest import READY, WHO
from wotui.merge.check import check

if TYPE_CHECKING:
    from collections.abc import Callable

    Start = Callable[..., Terminal]

pytestmark = pytest.mark.terminal


def has_ended(pid: int, seconds: float) -> bool:
    """Whether a process that is nobody's child here goes away in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(("keys", "code"), [(("q",), 0), (("ctrl+q",), 0)])
def test_f095_leaving_by_key_ends_with_0(start: Start, keys: tuple[str, ...], code: int) -> None:
    terminal = start()
    terminal.press(*keys)
    assert terminal.wait_exit() == code
    assert terminal.is_restored()


def test_f095_ctrl_c_does_not_kill_it_in_the_middle(start: Start, demo_shop: Path) -> None:
    terminal = start()
    terminal.press("ctrl+c")
    try:
        code = terminal.wait_exit(1)
    except Gone:
        terminal.press("q")
        code = terminal.wait_exit()
    assert code in {0, 130}
    assert terminal.is_restored()
    assert check(demo_shop) == []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_f092_asked_to_end_from_outside_it_ends_in_time_and_puts_the_terminal_right(
    start: Start, demo_shop: Path, number: signal.Signals, code: int
) -> None:
    terminal = start()
    terminal.signal(number)
    assert terminal.wait_exit(2.5) == code
    assert terminal.is_restored()
    assert check(demo_shop) == []


@pytest.mark.parametrize("ignoring", [False, True])
def test_f093_a_terminal_that_went_away_leaves_no_process_behind(
    start: Start, demo_shop: Path, ignoring: bool
) -> None:
    command = wotui("--db", str(demo_shop), "--as", WHO)
    if ignoring:
        command = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh", *command]
    terminal = start(command=command)
    pid = terminal.process.pid
    terminal.hang_up()
    assert has_ended(pid, 3.5)
    assert check(demo_shop) == []


def test_f028_after_kill_9_the_next_start_is_silent_and_what_was_confirmed_is_there(
    start: Start, demo_shop: Path
) -> None:
    terminal = start()
    terminal.press("/")
    terminal.type("elevator")
    terminal.signal(signal.SIGKILL)
    assert terminal.wait_exit() == -signal.SIGKILL
    again = start()
    assert "already open" not in again.screen
    assert check(demo_shop) == []


def test_f034_suspended_and_brought_back_under_a_shell_it_goes_on(start: Start, demo_shop: Path) -> None:
    terminal = start(
        command=["bash", "--norc", "--noprofile", "-i"], ready="bash", environment={"PS1": "bash> "}
    )
    terminal.type(f"{' '.join(wotui('--db', str(demo_shop), '--as', WHO))}\n")
    terminal.wait_for(READY)
    terminal.signal_foreground(signal.SIGTSTP)
    terminal.wait_for("Stopped")
    terminal.type("fg\n")
    terminal.wait_until_quiet()
    terminal.press("?")
    terminal.wait_for("Keys")
    terminal.press("escape", "q")
    terminal.wait_until_quiet()
    terminal.type("echo it ended with $?\n")
    terminal.wait_for("it ended with 0")
    terminal.type("exit\n")
    assert terminal.wait_exit() == 0


def test_f035_a_stray_continue_signal_changes_nothing(start: Start) -> None:
    terminal = start()
    terminal.signal(signal.SIGCONT)
    terminal.wait_until_quiet()
    terminal.press("q")
    assert terminal.wait_exit() == 0
    assert terminal.is_restored()


CRASHING = """
import sys
from wotui.tui.app import WotuiApp
def crash(*_):
    secret = "TENANT-" + "PHONE-5551234"
    raise ValueError(secret)
{how}
from wotui.__main__ import main
sys.exit(main())
"""
IN_A_HANDLER = "WotuiApp.action_help = crash"
IN_A_WORKER = "WotuiApp.action_help = lambda self: self.ask.read('probe', crash, print)"


@pytest.mark.parametrize("how", [IN_A_HANDLER, IN_A_WORKER], ids=["handler", "worker"])
def test_f104_a_bug_ends_with_one_sentence_and_a_log_without_anybodys_data(
    start: Start, demo_shop: Path, tmp_path: Path, how: str
) -> None:
    command = [sys.executable, "-c", CRASHING.format(how=how), "--db", str(demo_shop), "--as", WHO]
    terminal = start(command=command)
    terminal.press("?")
    assert terminal.wait_exit() == 1
    assert terminal.is_restored()
    assert "fault in wotui" in terminal.screen
    assert b"PHONE-5551234" not in terminal.raw
    assert b"Traceback" not in terminal.raw
    (log,) = (tmp_path / "state").rglob("crash-*.log")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "PHONE" not in log.read_text()
    assert "ValueError" in log.read_text()
    assert check(demo_shop) == []


def test_it_does_nothing_while_nobody_does(start: Start) -> None:
    terminal = start()
    terminal.wait_until_quiet(quiet=1.5)
    before = os.times()
    used = cpu_seconds(terminal.process.pid)
    written = len(terminal.raw)
    terminal.pump(3.0)
    assert len(terminal.raw) == written
    assert cpu_seconds(terminal.process.pid) - used < 0.15 * (os.times().elapsed - before.elapsed)


def cpu_seconds(pid: int) -> float:
    """CPU time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
