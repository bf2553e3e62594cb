"""`wotui settings`: the shop's settings (in its file) and this computer's (a TOML file), shown and set in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wotui.cli import output
from wotui.cli.options import json_option
from wotui.cli.session import Session, pass_session
from wotui.errors import FileTrouble, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOP, COMPUTER = "shop", "computer"


@click.command("settings")
@click.argument("key", required=False, metavar="[KEY")
@click.argument("value", required=False, metavar="[VALUE]]")
@json_option
@pass_session
def settings(session: Session, key: str | None, value: str | None, as_json: bool) -> None:
    """Show all settings, show one, or change one.

    Settings of the shop lie in its file and are shared with everybody who merges with it. Settings of this computer lie
    in a TOML file of yours. The list says which is which. An empty VALUE ("") clears a setting.
    """
    from wotui import settings as computer_settings

    for problem in computer_settings.load().problems:
        output.say(problem)
    if key is None:
        _show(session, None, as_json=as_json)
    elif value is None:
        _show(session, key, as_json=as_json)
    else:
        _change(session, key, value)


def _change(session: Session, key: str, value: str) -> None:
    from wotui import settings as computer_settings
    from wotui.text import clean_line

    if key.partition(".")[0] in _computer_names():
        name, dot, entry = key.partition(".")
        kept = clean_line(value, 1000)
        if name == "merge":
            kept = computer_settings.merge_setting(entry, kept)
        elif name == "shared_file" and kept:
            from pathlib import Path

            kept = str(Path(kept).expanduser().absolute())  # it is found from anywhere
        if dot:
            table = dict(_computer_table(name))
            table[entry] = kept
            computer_settings.save(name, {word: text for word, text in table.items() if text})
        else:
            computer_settings.save(name, kept)
        output.say(f"{key} is now {kept or 'empty'}, on this computer.")
        return
    from wotui.actions import settings as actions

    with session.shop() as shop:
        done = actions.change(shop, key, value)
    output.say(done.sentence, *done.notices)


def _computer_names() -> tuple[str, ...]:
    from wotui import settings as computer_settings

    return computer_settings.computer_names()


def _computer_table(name: str) -> Mapping[str, str]:
    from wotui import settings as computer_settings

    value = getattr(computer_settings.load(), name)
    if isinstance(value, str):
        raise UsageProblem(f"{name} has no entries of its own.", f"Set it with wotui settings {name} VALUE.")
    return value


def _show(session: Session, key: str | None, *, as_json: bool) -> None:
    from wotui.domain import shop_settings

    found = _computer_values()
    shop_values, trouble = _shop_values(session)
    found += shop_values
    if key is not None:
        found = [entry for entry in found if entry[1] == key or entry[1].startswith(f"{key}.")]
        if not found and trouble is not None:
            raise trouble
        if not found and key not in _computer_names():
            shop_settings.read(key, "")  # says that there is none, and names the nearest
    elif trouble is not None:
        output.say(f"The shop's settings are left out: {trouble}")
    if as_json:
        output.document(
            [{"key": name, "value": value or None, "belongs_to": whose} for whose, name, value, _ in found]
        )
    elif key is not None and len(found) == 1:
        output.emit(output.one_line(found[0][2]) + "\n")
    else:
        rows = [[f"this {COMPUTER}" if whose == COMPUTER else f"the {SHOP}", *rest] for whose, *rest in found]
        output.table(["belongs to", "setting", "value", "what it is"], rows, flexible=3)


def _computer_values() -> list[tuple[str, str, str, str]]:
    from wotui import settings as computer_settings

    words = {
        "me": "initials of who acts here",
        "theme": "the screen's colours",
        "editor": "the command for long texts",
        "payroll_folder": "where the payroll CSV went last",
        "shared_file": "the folder or file through which the shop is shared",
        "merge": "when it merges by itself: on_start, on_quit, every_minutes",
        "keys": "command = key",
        "filters": "name = filter",
        "events": "folder = the drop folder that is watched while wotui is open",
    }
    chosen = computer_settings.load()
    rows: list[tuple[str, str, str, str]] = []
    for name in computer_settings.computer_names():
        value = getattr(chosen, name)
        if isinstance(value, str):
            rows.append((COMPUTER, name, value, words.get(name, "")))
        else:
            entries = {**computer_settings.MERGE_DEFAULTS, **value} if name == "merge" else value
            rows += [
                (COMPUTER, f"{name}.{entry}", text, words.get(name, "")) for entry, text in entries.items()
            ]
    return rows


def _shop_values(session: Session) -> tuple[list[tuple[str, str, str, str]], FileTrouble | None]:
    from wotui.domain import shop_settings

    try:
        with session.shop(read_only=True) as shop:
            return [
                (SHOP, name, shop.setting(name), words) for name, (words, _) in shop_settings.KNOWN.items()
            ], None
    except FileTrouble as trouble:
        return [], trouble
