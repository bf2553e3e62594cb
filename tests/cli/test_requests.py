"""Work requests from the command line, from asking to "not fixed"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import builders

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Call
    from wotui.store.file import Shop

    Run = Callable[..., Call]


@pytest.fixture
def lobby(shop: Shop) -> Shop:
    """A shop with a lobby."""
    builders.place(shop, "LOBBY", "The lobby")
    return shop


def test_a_request_prints_its_number_and_names_what_may_be_the_same(lobby: Shop, run: Run) -> None:
    first = run("request", "Tap drips", "--place", "LOBBY", "--name", "Ada Bell", "--enter", "call first")
    assert (first.code, first.out) == (0, "R-A0001\n")
    second = run("request", "Drip, drip", "--place", "lobby")
    assert second.err == (
        "Asked for R-A0002 Drip, drip.\nPerhaps it is R-A0001 Tap drips (new, the same place).\n"
    )


def test_a_request_says_where(lobby: Shop, run: Run) -> None:
    refused = run("request", "Tap drips")
    assert refused.code == 3
    assert "It needs an asset or a place" in refused.err
    assert run("request", "Tap drips", "--unknown-place").code == 0
    assert run("request", "Tap drips", "--place", "NOWHERE").code == 4
    assert run("request", "Tap drips", "--unknown-place", "--enter", "perhaps").code == 2


def test_whoever_follows_makes_no_second_request(lobby: Shop, run: Run) -> None:
    run("request", "Tap drips", "--place", "LOBBY")
    followed = run("request", "Ours too", "--name", "Ada", "--contact", "555", "--follow", "R-A0001")
    assert followed.err == "Added to R-A0001: it is on its way already.\n"
    assert run("show", "R-A0001", "--json").json["followers"] == ["Ada, 555"]
    assert len(run("requests", "--json").json) == 1


def test_a_file_goes_with_the_request_and_on_to_its_order(lobby: Shop, run: Run, tmp_path: Path) -> None:
    picture = tmp_path / "tap.jpg"
    picture.write_bytes(b"picture")
    run("request", "Tap drips", "--place", "LOBBY", "--file", str(picture))
    assert run("show", "R-A0001", "--json").json["attachments"] == ["tap.jpg"]
    run("accept", "R-A0001")
    assert "tap.jpg" in run("history", "W-A0001").out
    assert run("request", "x", "--unknown-place", "--file", str(tmp_path / "none")).code == 5


def test_the_list_shows_what_waits_and_its_filter_the_rest(lobby: Shop, run: Run) -> None:
    run("request", "Tap drips", "--place", "LOBBY", "--name", "Ada", "--priority", "urgent")
    run("request", "Bulb out", "--unknown-place")
    run("decline", "R-A0002", "--reason", "not ours")
    listed = run("requests")
    assert "R-A0001" in listed.out
    assert "R-A0002" not in listed.out
    assert listed.err == "Requests to decide on: 1 request.\n"
    numbers = [each["number"] for each in run("requests", "status:any", "--json").json]
    assert numbers == ["R-A0001", "R-A0002"]
    assert [each["number"] for each in run("list-of", "requests", "--all", "--json").json] == numbers
    assert run("requests", "-tap").err.startswith("Requests to decide on; not with “tap”: none.")
    assert [each["number"] for each in run("requests", "!urgent", "@ada", "place:lob", "--json").json] == [
        "R-A0001"
    ]
    mistake = run("requests", "colour:red")
    assert (mistake.code, "colour" in mistake.err) == (2, True)


def test_a_question_an_answer_and_a_yes(lobby: Shop, run: Run) -> None:
    run("request", "Tap drips", "--place", "LOBBY")
    assert run("ask", "R-A0001", "Which tap?").code == 0
    refused = run("accept", "R-A0001")
    assert refused.code == 3
    assert "wotui answer R-A0001" in refused.err
    assert run("answer", "R-A0001", "The left one.").code == 0
    accepted = run("accept", "R-A0001", "--json")
    assert [each["number"] for each in accepted.json] == ["W-A0001"]
    shown = run("show", "R-A0001", "--json").json
    assert (shown["status"], shown["work_orders"]) == ("accepted", ["W-A0001"])
    assert [step["to"] for step in shown["steps"]] == ["accepted", "new", "needs_info"]
    assert run("show", "W-A0001", "--json").json["requests"] == ["R-A0001"]
    assert "R-A0001  Tap drips" in run("show", "W-A0001").out


def test_what_was_done_can_be_said_not_to_help(lobby: Shop, run: Run) -> None:
    run("request", "Tap drips", "--place", "LOBBY")
    run("accept", "R-A0001")
    run("done", "W-A0001", "--note", "New washer.", "--minutes", "5", "--as", "JD")
    assert run("show", "R-A0001", "--json").json["ending"] == "done"
    again = run("reopen", "R-A0001", "--reason", "Drips again.")
    assert again.err == "R-A0001 is open again: W-A0002 follows.\n"
    assert run("show", "W-A0002", "--json").json["source"] == "rework"
    assert run("undo").code == 0
    assert run("show", "R-A0001", "--json").json["status"] == "resolved"


def test_duplicates_withdrawals_and_several_at_once(lobby: Shop, run: Run) -> None:
    for number in range(4):
        run("request", f"Wish {number}", "--place", "LOBBY")
    assert run("duplicate", "R-A0002", "--of", "R-A0001").code == 0
    assert run("show", "R-A0002", "--json").json["duplicate_of"] == "R-A0001"
    assert run("withdraw", "R-A0003", "R-A0004").code == 0
    assert run("withdraw", "R-A0003").code == 3
    assert run("decline", "R-A0009", "--reason", "no").code == 4
    assert run("note", "R-A0001", "Seen.").code == 0
    assert run("edit", "R-A0001", "title=Big wish", "priority=low").code == 0
    page = run("show", "R-A0001")
    for words in ("R-A0001  Big wish", "low", "Seen.", "R-A0002  Wish 1"):
        assert words in page.out
    history = run("history", "R-A0001", "--json").json
    assert {"field": "title", "old": "Wish 0", "new": "Big wish"}.items() <= next(
        each for each in history if each["field"] == "title"
    ).items()


def test_several_requests_become_one_order(lobby: Shop, run: Run) -> None:
    builders.order(lobby, "Mend all taps")
    for number in range(2):
        run("request", f"Tap {number}", "--place", "LOBBY")
    assert run("accept", "R-A0001", "R-A0002", "--order", "W-A0001").out == "W-A0001\n"
    assert run("show", "W-A0001", "--json").json["requests"] == ["R-A0001", "R-A0002"]


def test_a_step_is_made_with_its_parent(lobby: Shop, run: Run) -> None:
    run("new", "Build a wall", "--place", "LOBBY")
    run("new", "Lay the bricks", "--place", "LOBBY", "--parent", "W-A0001")
    assert [step["number"] for step in run("show", "W-A0001", "--json").json["steps"]] == ["W-A0002"]
    assert "0/1 done" in run("show", "W-A0001").out
    assert run("list", "wall", "--json").json[0]["steps"] == "0/1"


def test_the_kiosk_goes_with_nothing_else(lobby: Shop, run: Run) -> None:
    assert run("--kiosk", "--read-only").code == 2
    assert run("--kiosk", "list").code == 2
