"""`wotui import`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Call


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    file = tmp_path / "orders.csv"
    file.write_text("title,external_id,status\nCheck the roof,1,draft\nFix it,2,finished\n", encoding="utf-8")
    return file


def test_a_file_is_imported_with_a_verdict_for_every_row(run: Callable[..., Call], orders: Path) -> None:
    call = run("import", "orders", str(orders), "--json")
    assert call.code == 0
    assert {name: call.json[name] for name in ("created", "updated", "unchanged", "rejected")} == {
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "rejected": 1,
    }
    assert [row["verdict"] for row in call.json["rows"]] == ["created", "rejected"]
    assert call.json["rows"][0] == {"line": 2, "verdict": "created", "reason": None}
    assert "orders.rejected.csv" in call.err
    assert run("import", "orders", str(orders), "--json").json["unchanged"] == 1


def test_a_dry_run_leaves_the_shop_and_the_folder_alone(run: Callable[..., Call], orders: Path) -> None:
    assert "nothing written" in run("import", "orders", str(orders), "--dry-run").err
    assert run("list", "status:any", "--json").json == []
    assert sorted(path.name for path in orders.parent.glob("orders*")) == ["orders.csv"]


def test_the_table_says_why(run: Callable[..., Call], orders: Path) -> None:
    assert "status: 'finished' is not known" in run("import", "orders", str(orders)).out


def test_undo_takes_an_import_back(run: Callable[..., Call], orders: Path) -> None:
    run("import", "orders", str(orders))
    assert "orders.csv" in run("undo").err
    assert run("list", "status:any", "--json").json == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("import", "cats", "x.csv"), 2),
        (("import", "orders", "nowhere.csv"), 5),
        (("import", "orders"), 2),
        (("import", "orders", "nowhere.csv", "--mapping", "none.toml"), 5),
    ],
)
def test_what_cannot_be_read_ends_with_its_code(
    run: Callable[..., Call], words: tuple[str, ...], code: int
) -> None:
    assert run(*words).code == code


def test_when_every_row_is_refused_the_call_ends_as_refused(run: Callable[..., Call], tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("title,asset\nx,NONE\n", encoding="utf-8")
    call = run("import", "orders", str(file), "--json")
    assert call.code == 3
    assert call.json["rejected"] == 1
