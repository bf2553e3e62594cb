"""Long texts in the person's own editor, in a real terminal: the app steps aside and comes back with the text."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.kit.demo import THURSDAY_AFTERNOON, demo_file
from tests.kit.pty import Terminal, wotui
from wotui.errors import Refused
from wotui.tui import editor

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pty is POSIX")


def test_the_setting_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "vi")
    monkeypatch.setenv("VISUAL", "code --wait")
    assert editor.command("nano -w") == ["nano", "-w"]
    assert editor.command() == ["code", "--wait"]


def test_without_any_editor_the_way_to_name_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Refused, match="wotui settings editor"):
        editor.command()


def test_a_text_written_in_the_editor_is_in_the_order_afterwards(tmp_path: Path) -> None:
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\nstat -c %a "$1" > "$0.mode"\nprintf "bearing [/] worn" > "$1"\n')
    script.chmod(0o700)
    environment = {"EDITOR": str(script), "WOTUI_NOW": THURSDAY_AFTERNOON}
    with Terminal(wotui("--db", str(demo_file(tmp_path)), "--as", "RH"), environment=environment) as terminal:
        terminal.wait_for("W-A0058")
        terminal.press("enter")
        terminal.wait_for("next step")
        terminal.press("down", "enter")
        terminal.wait_for("ctrl+e your editor")
        terminal.wait_until_quiet(0.5)  # a dialog listens after 300 ms
        terminal.send(b"\x05")
        terminal.wait_for("bearing [/] worn")
        terminal.send(b"\x13")
        terminal.wait_for("Changed description of W-A0058.")
        terminal.press("q", "q")
        assert terminal.wait_exit() == 0
        assert terminal.is_restored()
    assert (tmp_path / "editor.sh.mode").read_text().strip() == "600"
