"""The README's pictures, drawn: `python -m tests.kit.pictures` works through the main job in the demo shop.

The clock stands at one Thursday afternoon, so the pictures change only when the screens do. Their fonts are those of
the reader: the addresses that Rich writes into an SVG are taken out, as nothing here reaches for a network.
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# Textual leaves the types of its screenshots open.

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.kit.clock import FrozenClock
from tests.kit.demo import THURSDAY_AFTERNOON, open_demo
from tests.kit.hand import Hand, on_screen
from tests.kit.main_job import MainJob
from wotui.tui.widgets import dialogs

if TYPE_CHECKING:
    from wotui.tui.app import WotuiApp

FOLDER = Path(__file__).parents[2] / "data" / "pictures"
SIZE = (110, 30)

_FONT = re.compile(r"\s*@font-face \{.*?\n    \}", re.DOTALL)


def draw(folder: Path) -> list[Path]:
    """Work through the main job and write one SVG for each of its pictures; gives the files in order."""
    folder.mkdir(parents=True, exist_ok=True)
    dialogs.DEAF = 0.0  # a dialog ignores keys for its first moments; nobody types ahead here
    written: list[Path] = []
    with (
        tempfile.TemporaryDirectory() as place,
        FrozenClock(THURSDAY_AFTERNOON) as clock,
        open_demo(Path(place)) as shop,
    ):

        async def story(hand: Hand) -> None:
            def picture(name: str) -> None:
                path = folder / f"{name}.svg"
                path.write_text(svg(hand.app), encoding="utf-8")
                written.append(path)

            await MainJob(hand, clock, picture).whole(Path(place))

        on_screen(shop, story, size=SIZE)
    return written


def svg(app: WotuiApp) -> str:
    """What an app shows, as an SVG that asks for no address."""
    return _FONT.sub("", app.export_screenshot(title="wotui", simplify=True))


if __name__ == "__main__":
    for path in draw(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        sys.stdout.write(f"{path}\n")
