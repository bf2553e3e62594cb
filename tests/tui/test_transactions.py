"""Nobody waits inside a transaction: whenever the screen handles a message, it holds no lock on the file."""

# pyright: reportPrivateUsage=false
# Textual keeps to itself where every message passes.

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message_pump import MessagePump

from tests.kit.clock import FrozenClock
from tests.kit.demo import THURSDAY_AFTERNOON, open_demo
from tests.kit.hand import Hand, on_screen
from tests.kit.main_job import MainJob

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from textual.message import Message


def test_f033_no_message_of_the_whole_main_job_is_handled_inside_a_transaction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dispatch = MessagePump._dispatch_message
    handled = 0
    with FrozenClock(THURSDAY_AFTERNOON) as clock, open_demo(tmp_path) as shop:

        async def watched(pump: MessagePump, message: Message) -> None:
            nonlocal handled
            handled += 1
            assert not shop.in_transaction(), f"{message} came inside a transaction"
            await dispatch(pump, message)
            assert not shop.in_transaction(), f"{message} left a transaction open"

        async def story(hand: Hand) -> None:
            folder = tmp_path / "payroll"
            folder.mkdir()
            await MainJob(hand, clock, lambda _name: None).whole(folder)

        monkeypatch.setattr(MessagePump, "_dispatch_message", watched)
        on_screen(shop, story)
    assert handled > 500
