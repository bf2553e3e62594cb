"""Whatever words somebody calls wotui with, it answers: never a bug, never a hang, only its own exit codes."""

from __future__ import annotations

import io
import random
import sys
from typing import TYPE_CHECKING

import click
import pytest

from tests.kit.demo import demo_file
from wotui.cli.commands import COMMANDS
from wotui.cli.main import face

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.cli.conftest import Call

WORDS = [
    *(
        "W-A0001",
        "W-A0026",
        "w-a0043",
        "W-A0099",
        "L1",
        "TB",
        "ZZ",
        "JUN",
        "Iron Range Electric",
        "contractor:x",
    ),
    *(
        "asset",
        "person",
        "place",
        "contractor",
        "part",
        "people",
        "orders",
        "times",
        "",
        "-",
        "--",
        "x=y",
        "=",
        "=x",
    ),
    *(
        "active=no",
        "name=",
        "title=",
        "priority=1",
        "due_on=fri",
        "parent=L1",
        "roles=",
        "trades=a;b",
        "blocked=yes",
    ),
    *(
        "\x1b[31m",
        "é" * 200,
        "\udcff",
        "%",
        "_",
        "*",
        "((",
        '"',
        "'; DROP TABLE x",
        "a , b",
        "custom.A=1",
        "custom.=1",
    ),
    *(
        "today",
        "fri",
        "+3d",
        "2026-06-30",
        "2026-13-45",
        "07:00",
        "2026-06-11T07:00",
        "12:00-12:30",
        "due:..fri",
    ),
    *(
        "0",
        "1",
        "-5",
        "6.2",
        "1e9",
        "9" * 50,
        "95.00",
        "1,250",
        "pass",
        "fail",
        "na",
        "yes",
        "late:yes",
        "-who:tb",
    ),
    *(
        "biweekly",
        "me",
        "shop.zone",
        "theme",
        "filters.x",
        "WORK",
        "PTO",
        "fixed",
        "temporary_fix",
        "parts",
        "blocks",
    ),
    *(
        "liability_insurance",
        "valid_until=2027-01-01",
        "limit_amount=12.5",
        "phone=1",
        "H1=",
        "custom:x",
        "status:any",
    ),
]
NOT_CALLED = {"demo", "init", "completion"}  # they start screens, shells or new files


def calls() -> Iterator[tuple[list[str], click.Command]]:
    """Every command and subcommand, with the words that name it."""
    context = face.make_context("wotui", [], resilient_parsing=True)
    waiting: list[tuple[list[str], click.Command | None]] = [
        ([name], face.get_command(context, name)) for name in COMMANDS if name not in NOT_CALLED
    ]
    while waiting:
        path, command = waiting.pop()
        if isinstance(command, click.Group):
            waiting += [([*path, name], each) for name, each in command.commands.items()]
        elif command is not None:
            yield path, command


def random_call(chance: random.Random, path: list[str], command: click.Command, folder: Path) -> list[str]:
    """One call of a command with any words and options."""
    words = list(path)
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            words += [chance.choice(WORDS) for _ in range(chance.randint(1, 3) if parameter.nargs < 0 else 1)]
        elif isinstance(parameter, click.Option) and (parameter.required or chance.random() < 0.3):
            if {"--db", "--as", "--help"} & set(parameter.opts):
                continue
            words.append(parameter.opts[0])
            if {"-o", "--output"} & set(parameter.opts):
                words.append(str(folder / chance.choice(["out", "missing/out"])))
            elif not parameter.is_flag:
                words.append(chance.choice(WORDS))
    return [*words, "--as", chance.choice(["RH", "TB", "XX"])]


def try_calls(
    count: int, seed: int, bare: Callable[..., Call], folder: Path, patch: pytest.MonkeyPatch
) -> None:
    path = str(demo_file(folder))
    patch.chdir(folder)  # what a call writes at a random name stays in there
    chance = random.Random(seed)
    known = sorted(calls(), key=lambda pair: pair[0])
    for _ in range(count):
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b""), "utf-8"))
        words = random_call(chance, *chance.choice(known), folder)
        answer = bare("--db", path, *words)
        assert answer.code in {0, 2, 3, 4, 5}, f"seed {seed}: {words} ended with {answer.code}: {answer.err}"
        assert "\x1b" not in answer.out + answer.err, words
        if answer.code in {2, 3, 4}:
            assert answer.err.strip(), f"{words} was refused without a word"


def test_no_call_is_a_bug(
    tmp_path: Path, bare: Callable[..., Call], monkeypatch: pytest.MonkeyPatch, frozen_clock: object
) -> None:
    try_calls(250, 1, bare, tmp_path, monkeypatch)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(2, 6))
def test_no_call_of_many_is_a_bug(
    seed: int, tmp_path: Path, bare: Callable[..., Call], monkeypatch: pytest.MonkeyPatch
) -> None:
    try_calls(3000, seed, bare, tmp_path, monkeypatch)
