"""A long text in the person's own editor: the app steps aside, a private temporary file holds the text meanwhile."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from wotui.errors import FileTrouble, Refused

if TYPE_CHECKING:
    from wotui.tui.app import WotuiApp


def command(chosen: str = "") -> list[str]:
    """The editor's command: the setting of this computer, else $VISUAL, else $EDITOR, else what is installed.

    Raises:
        Refused: there is none.
    """
    for wish in (chosen, os.environ.get("VISUAL", ""), os.environ.get("EDITOR", "")):
        if wish.strip():
            return shlex.split(wish)
    for usual in ("nano", "vi", "notepad"):
        if shutil.which(usual):
            return [usual]
    raise Refused("No editor is known.", "Name one: wotui settings editor nano, or set EDITOR.")


def write(app: WotuiApp, words: str) -> str:
    """Let the person change the words in the editor and give back what was saved.

    Raises:
        Refused: no editor, or it cannot be started here.
        FileTrouble: the temporary file cannot be written.
    """
    from textual.app import SuspendNotSupported

    start = command(app.computer.editor if app.computer is not None else "")
    try:
        handle, name = tempfile.mkstemp(prefix="wotui-", suffix=".txt")  # 0600
        path = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(words)
        try:
            with app.suspend():
                code = subprocess.run([*start, name], check=False).returncode
            return path.read_text("utf-8", errors="replace") if code == 0 else words
        finally:
            path.unlink(missing_ok=True)
    except SuspendNotSupported:
        raise Refused("No editor can be opened here.", "Write the text in the form.") from None
    except FileNotFoundError:
        raise Refused(
            f"The editor {start[0]} is not there.", "Name another: wotui settings editor nano."
        ) from None
    except OSError as error:
        raise FileTrouble(
            f"The editor could not be used: {error.strerror}.", "Nothing was changed."
        ) from None
