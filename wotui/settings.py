"""Where things live, and what the user of this computer chose.

Settings of this computer are a small TOML file in the user's configuration folder. A file that cannot be read or holds
nonsense is never overwritten silently: the defaults count, and `problems` says in one line what was wrong.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import platformdirs

from wotui.errors import FileTrouble, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping


def data_file(*parts: str) -> Path:
    """A file that ships with wotui (`data/…` in the checkout, inside the package in a wheel)."""
    package = Path(__file__).parent
    shipped = package / "data"
    return (shipped if shipped.is_dir() else package.parent / "data").joinpath(*parts)


def default_shop_file() -> Path:
    """The shop's file when none is named: `shop.wotui` in the user's data folder."""
    return Path(platformdirs.user_data_dir("wotui", appauthor=False)) / "shop.wotui"


def state_folder() -> Path:
    """Where crash logs go."""
    return Path(platformdirs.user_state_dir("wotui", appauthor=False))


def computer_file() -> Path:
    """Where the settings of this computer lie."""
    return Path(platformdirs.user_config_dir("wotui", appauthor=False)) / "settings.toml"


THEMES = ("dark", "light", "contrast", "colour-blind")
"""The screen's colours to choose from (`tui.themes` has them)."""


@dataclass(frozen=True, slots=True)
class Computer:
    """What the user of this computer chose.

    Attributes:
        me: initials of who acts here.
        theme: a theme's name.
        editor: the command for long texts; empty means $VISUAL or $EDITOR.
        payroll_folder: where the payroll CSV went last.
        shared_file: the folder or file through which the shop is shared; empty while it is not.
        merge: `on_start`, `on_quit` (yes or no) and `every_minutes` (0 is never), as far as they were chosen.
        keys: command id → key, for remapping.
        filters: name → filter, the saved ones.
        events: `folder` → the drop folder that is watched while wotui is open.
        problems: what was wrong with the file, one line each.
    """

    me: str = ""
    theme: str = "dark"
    editor: str = ""
    payroll_folder: str = ""
    shared_file: str = ""
    merge: Mapping[str, str] = field(default_factory=dict[str, str])
    keys: Mapping[str, str] = field(default_factory=dict[str, str])
    filters: Mapping[str, str] = field(default_factory=dict[str, str])
    events: Mapping[str, str] = field(default_factory=dict[str, str])
    problems: tuple[str, ...] = ()

    def merges(self, when: str) -> bool:
        """Whether a merge runs by itself `on_start` or `on_quit`: wherever a shared place is named, unless refused."""
        return bool(self.shared_file) and self.merge.get(when, MERGE_DEFAULTS[when]) == "yes"

    @property
    def every_minutes(self) -> int:
        """Minutes between two merges while the screen is open; 0 is never."""
        return (
            int(self.merge.get("every_minutes", MERGE_DEFAULTS["every_minutes"])) if self.shared_file else 0
        )


MERGE_DEFAULTS = {"on_start": "yes", "on_quit": "yes", "every_minutes": "15"}
"""When a merge runs by itself: name → what counts where nothing was chosen."""
_MOST_MINUTES = 10_080  # a week
_TABLES = ("keys", "filters", "merge", "events")


def merge_setting(name: str, typed: str) -> str:
    """One entry of `merge` as it is kept; empty stays empty, for the default.

    Raises:
        UsageProblem: no such entry, or not a value of it.
    """
    word = typed.strip().casefold()
    if name not in MERGE_DEFAULTS:
        raise UsageProblem(f"There is no setting merge.{name}.", f"There are {', '.join(MERGE_DEFAULTS)}.")
    if name == "every_minutes":
        if word and not (word.isascii() and word.isdigit() and int(word) <= _MOST_MINUTES):
            raise UsageProblem(
                f"merge.{name} takes minutes.", f"Give a number from 0 (never) to {_MOST_MINUTES} (a week)."
            )
        return str(int(word)) if word else ""
    known = {"yes": "yes", "true": "yes", "on": "yes", "no": "no", "false": "no", "off": "no", "": ""}
    if word not in known:
        raise UsageProblem(f"merge.{name} takes yes or no.", "Give one of them.")
    return known[word]


def computer_names() -> tuple[str, ...]:
    """The names of the settings of this computer."""
    return tuple(each.name for each in fields(Computer) if each.name != "problems")


def load() -> Computer:
    """The settings of this computer; what is wrong in the file is named in `problems`, and its default counts."""
    path = computer_file()
    try:
        raw = _read(path)
    except (OSError, ValueError) as error:
        return Computer(problems=(f"{path} cannot be read ({error}); the defaults count.",))
    chosen: dict[str, Any] = {}
    problems: list[str] = []
    for name, value in raw.items():
        if name not in computer_names():
            problems.append(f"{path}: {name} is not a setting; it is left alone.")
        elif name == "merge" and isinstance(value, dict):
            chosen[name] = _read_merge(cast("dict[str, Any]", value), path, problems)
        elif _is_text_table(value) if name in _TABLES else isinstance(value, str):
            chosen[name] = value
        else:
            problems.append(f"{path}: {name} has the wrong type; its default counts.")
    return replace(Computer(problems=tuple(problems)), **chosen)


def save(name: str, value: str | Mapping[str, str]) -> None:
    """Set one setting of this computer and keep the rest of the file.

    Raises:
        UsageProblem: no such setting, or no such theme.
        FileTrouble: the file is unreadable (it is left as it is) or cannot be written.
    """
    import tomli_w

    if name not in computer_names():
        raise UsageProblem(
            f"{name} is not a setting of this computer.", f"There are {', '.join(computer_names())}."
        )
    if name == "theme" and value not in THEMES:
        raise UsageProblem("There is no such theme.", f"There are {', '.join(THEMES)}.")
    path = computer_file()
    try:
        raw = _read(path)
    except (OSError, ValueError) as error:
        raise FileTrouble(
            f"{path} cannot be read ({error}); it was left as it is.", "Mend or remove it."
        ) from None
    raw[name] = value
    draft = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            file.write(tomli_w.dumps(raw).encode())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise FileTrouble(
            f"{path} cannot be written: {error.strerror}.", "The setting was not kept."
        ) from None


def _read(path: Path) -> dict[str, Any]:
    """What a TOML file holds; nothing when there is none. The parser is imported only then: it takes 12 ms.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is no UTF-8 or no TOML.
    """
    try:
        words = path.read_text("utf-8")
    except FileNotFoundError:
        return {}
    import tomllib

    return tomllib.loads(words)


def _read_merge(table: dict[str, Any], path: Path, problems: list[str]) -> dict[str, str]:
    """The entries of `merge`, also as TOML's own true, false and numbers; what is wrong is named, and left out."""
    read: dict[str, str] = {}
    for name, value in table.items():
        try:
            read[name] = merge_setting(name, str(value))
        except UsageProblem as problem:
            problems.append(f"{path}: {problem} Its default counts.")
    return {name: value for name, value in read.items() if value}


def _is_text_table(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())  # pyright: ignore[reportUnknownVariableType]
