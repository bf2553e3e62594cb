"""The one table of commands: no two fight for a key, every one does something, people may remap them."""

from __future__ import annotations

import pytest

from wotui.tui import keys
from wotui.tui.app import MODES, WotuiApp
from wotui.tui.remapping import remap

EATEN = ("ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m")
SCREENS = {
    "inbox": MODES["inbox"],
    "schedule": MODES["schedule"],
    "contractors": MODES["contractors"],
    "time": MODES["time"],
    "order": ("wotui.tui.screens.work_order", "WorkOrderScreen"),
    "checklist": ("wotui.tui.screens.checklist", "ChecklistScreen"),
    "templates": ("wotui.tui.screens.templates", "TemplatesScreen"),
    "template": ("wotui.tui.screens.template", "TemplateScreen"),
    "codes": ("wotui.tui.screens.codes", "CodesScreen"),
    "form": ("wotui.tui.screens.order_form", "NewOrder"),
}


def test_every_command_has_a_name_of_its_own_and_lives_in_a_room() -> None:
    names = [command.id for command in keys.COMMANDS]
    assert len(names) == len(set(names))
    assert {room for command in keys.COMMANDS for room in command.rooms} <= set(keys.ROOMS)


def test_no_default_is_a_key_that_terminals_eat() -> None:
    for command in keys.COMMANDS:
        for key in command.keys.split(","):
            assert key not in EATEN
            assert not key.startswith("alt+")
            assert key == "f1" or not (key[:1] == "f" and key[1:].isdigit())


@pytest.mark.parametrize("room", keys.ROOMS)
def test_no_two_commands_of_a_room_share_a_key(room: str) -> None:
    taken: dict[str, str] = {}
    for command in keys.in_room(room):
        for key in command.keys.split(","):
            assert key not in taken, f"{key}: {command.id} and {taken[key]}"
            taken[key] = command.id


@pytest.mark.parametrize("room", keys.ROOMS)
def test_words_fit_the_footer_and_every_command_has_a_sentence(room: str) -> None:
    for command in keys.in_room(room):
        assert len(command.words) <= 14
        assert command.tooltip.endswith(".")


@pytest.mark.parametrize("room", SCREENS)
def test_a_screen_answers_every_command_of_its_room(room: str) -> None:
    module, name = SCREENS[room]
    made = getattr(__import__(module, fromlist=[name]), name)
    for command in keys.in_room(room):
        action = command.action.split("(")[0]
        holder = WotuiApp if action.startswith("app.") else made
        assert hasattr(holder, f"action_{action.removeprefix('app.')}"), f"{name} has no {command.action}"


def test_the_app_answers_every_command_of_everywhere() -> None:
    for command in keys.in_room("app"):
        action = command.action.split("(")[0]
        assert hasattr(WotuiApp, f"action_{action.removeprefix('app.')}"), command.id


def test_the_footer_puts_the_most_needed_first_and_help_last() -> None:
    ranks = [command.rank for command in keys.footer("order")]
    assert ranks == sorted(ranks)
    assert [command.id for command in keys.footer("order")][-2:] == ["app.help", "app.palette"]


def test_a_remapped_key_is_used_and_shown() -> None:
    keymap, complaints = remap({"order.done": "D"})
    assert (keymap, complaints) == ({"order.done": "D"}, [])
    keys.use(keymap)
    assert keys.shown_key("order.done") == "D"


def test_two_commands_may_swap_their_keys() -> None:
    keymap, complaints = remap({"order.start": "d", "order.done": "s"})
    assert complaints == []
    assert keymap == {"order.start": "d", "order.done": "s"}


def test_a_wish_for_a_taken_key_or_an_unknown_command_is_refused_in_words() -> None:
    keymap, complaints = remap({"order.done": "s", "order.fly": "z"})
    assert keymap == {}
    assert complaints == [
        "There is no command 'order.fly' to give a key to.",
        "The key s cannot be order.done: it is order.start already.",
    ]


def test_a_wish_that_is_refused_takes_along_the_one_that_counted_on_it() -> None:
    keymap, complaints = remap({"order.start": "q", "order.done": "s"})
    assert keymap == {}
    assert len(complaints) == 2


def test_keys_are_shown_as_people_read_them() -> None:
    shown = [keys.display(key) for key in ("question_mark", "left_square_bracket", "escape", "ctrl+p", "x")]
    assert shown == ["?", "[", "esc", "ctrl+p", "x"]


def test_every_mode_has_a_key_in_the_header() -> None:
    assert [mode for mode, _, _ in keys.modes()] == list(MODES)
    assert all(key.isdigit() and words for _, key, words in keys.modes())
