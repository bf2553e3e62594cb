"""Keys without sense: whatever somebody presses, it goes on, and the shop stays sound."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.kit.pty import KEYS
from wotui.merge.check import check

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.kit.pty import Terminal

pytestmark = pytest.mark.terminal

NEVER = {"ctrl+q", "ctrl+z", "ctrl+c"}
"""They end or suspend it; test_endings has them."""
SPECIAL = [code for name, code in KEYS.items() if name not in NEVER]
LETTERS = [bytes([code]) for code in range(32, 127) if chr(code) != "q"]
CLICK = b"\x1b[<0;%d;%dM\x1b[<0;%d;%dm"


def some_keys(dice: random.Random, count: int) -> list[bytes]:
    """Letters and special keys in equal parts, and clicks anywhere."""
    made: list[bytes] = []
    for _ in range(count):
        what = dice.random()
        if what < 0.1:
            column, line = dice.randrange(1, 81), dice.randrange(1, 25)
            made.append(CLICK % (column, line, column, line))
        else:
            made.append(dice.choice(SPECIAL if what < 0.55 else LETTERS))
    return made


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("seed", "count"),
    [(1, 400), (2, 400), *(pytest.param(seed, 10_000, marks=pytest.mark.slow) for seed in range(10, 20))],
)
def test_f103_no_sequence_of_keys_ends_it_or_harms_the_shop(
    start: Callable[..., Terminal], demo_shop: Path, seed: int, count: int
) -> None:
    terminal = start(environment={"EDITOR": "true", "VISUAL": "true"})
    dice = random.Random(seed)
    for number, key in enumerate(some_keys(dice, count)):
        terminal.send(key)
        terminal.pump(0.01)
        if dice.random() < 0.05:
            terminal.press("escape")
        code = terminal.process.poll()
        assert code in {None, 0}, f"key {number} of seed {seed}, {key!r}:\n{terminal.screen}"
        if code == 0:  # the palette and the mouse can quit, too
            break
    else:
        for _ in range(40):  # out of whatever is open; a dialog is deaf for a moment after it opens
            terminal.press("escape")
            terminal.pump(0.4)
            if (
                dice.random() < 0.5
            ):  # yes, what was typed without sense may go; in a form the letter opens a choice
                terminal.press("y")
            terminal.press("ctrl+q")
            terminal.wait_until_quiet()
            if terminal.process.poll() is not None:
                break
    assert terminal.wait_exit() == 0
    assert terminal.is_restored()
    assert check(demo_shop) == []
