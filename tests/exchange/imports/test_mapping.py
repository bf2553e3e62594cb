"""Mapping files: which column is which field, and no guess where a cell does not say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from wotui.errors import FileTrouble, Refused, UsageProblem
from wotui.exchange.imports import mapping
from wotui.exchange.imports.cells import RowMistake, Rule, bind

HEADERS = ("Kind", "Start", "Cost", "Site", "Room")


def read(rule: Rule, *cells: str) -> str:
    padded = [*cells, *[""] * (len(HEADERS) - len(cells))]
    return bind(rule, HEADERS, "field")(padded)


def test_a_column_a_constant_and_several_columns_together() -> None:
    assert read(Rule("{kind}"), " PM01 ") == "PM01"
    assert read(Rule("normal"), "x") == "normal"
    assert read(Rule("{Site}-{Room}"), "", "", "", "N", "4") == "N-4"
    assert read(Rule("EX-{Site}")) == ""


def test_a_value_that_is_not_mapped_is_a_mistake_and_never_a_default() -> None:
    rule = Rule("{Kind}", {"PM01": "corrective"})
    assert read(rule, "pm01") == "corrective"
    assert read(rule, "") == ""
    with pytest.raises(RowMistake, match="'PM99' is not mapped; it is one of PM01"):
        read(rule, "PM99")


@pytest.mark.parametrize("cell", ["2026-06-31", "06/05/2026", "yesterday", "45000"])
def test_a_date_of_another_form_is_a_mistake(cell: str) -> None:
    rule = Rule("{Start}", date="%Y-%m-%d")
    assert read(rule, "", "2026-06-30") == "2026-06-30"
    with pytest.raises(RowMistake, match="is not a date like"):
        read(rule, "", cell)


def test_a_date_with_a_time_keeps_it() -> None:
    assert read(Rule("{Start}", date="%d.%m.%Y %H:%M"), "", "08.06.2026 07:30") == "2026-06-08T07:30:00"


@pytest.mark.parametrize(
    ("cell", "point", "expected"),
    [("183.05", ".", "183.05"), ("-12.5", ".", "-12.50"), ("1234,5", ",", "1234.50")],
)
def test_numbers_keep_their_sign_and_every_decimal(cell: str, point: str, expected: str) -> None:
    assert read(Rule("{Cost}", decimals=2, point=point), "", "", cell) == expected


@pytest.mark.parametrize("cell", ["1,234.56", "4.1E+17", "12.345", "12 EUR", "--1", "1" * 40])
def test_a_number_that_could_be_read_wrongly_is_a_mistake(cell: str) -> None:
    with pytest.raises(RowMistake):
        read(Rule("{Cost}", decimals=2), "", "", cell)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(Refused, match="no column 'Title'"):
        bind(Rule("{Title}"), HEADERS, "title")


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"source": "x"}, "has no kind"),
        ({"kind": "orders"}, "has no source"),
        ({"kind": "orders", "source": "x", "feilds": {}}, "Did you mean fields"),
        ({"kind": "orders", "source": "x", "fields": {"title": {"form": "{A}"}}}, "Did you mean from"),
        ({"kind": "orders", "source": "x", "fields": {"title": 3}}, "neither a text nor a table"),
        ({"kind": "orders", "source": "x", "fields": []}, "not a table"),
        (
            {"kind": "orders", "source": "x", "fields": {"a": {"from": "{A}", "decimals": "2"}}},
            "not a number from 0",
        ),
        (
            {"kind": "orders", "source": "x", "fields": {"a": {"from": "{A}", "point": ";"}}},
            "neither a point",
        ),
    ],
)
def test_a_mistake_in_the_mapping_is_named(document: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageProblem, match=words):
        mapping.from_document(document, "mine.toml")


def test_a_mapping_that_ships_is_found_by_its_name_and_by_its_columns() -> None:
    shipped = mapping.load(Path("excavators"))
    assert mapping.fitting("orders", [*shipped.columns, "Another"]) == shipped
    assert mapping.fitting("orders", ["title"]) is None
    with pytest.raises(FileTrouble, match="There are excavators"):
        mapping.load(Path("nonsense.toml"))
