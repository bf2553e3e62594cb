"""One screen per file, and a lock that dies with its holder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from wotui.errors import FileTrouble
from wotui.store.lock import InstanceLock

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import sys, time, pathlib
from wotui.store.lock import InstanceLock
with InstanceLock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_second_screen_is_told_who_holds_the_file(tmp_path: Path) -> None:
    path = tmp_path / "shop.wotui"
    with InstanceLock(path):
        with pytest.raises(FileTrouble) as caught, InstanceLock(path):
            pass
        assert f"process {os.getpid()} on " in str(caught.value)
        assert "--read-only" in str(caught.value)
    with InstanceLock(path):
        pass


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_lock_dies_with_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "shop.wotui"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(FileTrouble, match=f"process {holder.pid} "), InstanceLock(path):
            pass
        holder.kill()
        holder.wait()
    with InstanceLock(path):
        pass
