"""Going on with a filter that is being typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.domain.filters.completion import complete

OWN = {"filter_size": (), "fuel": ("gas", "heat pump"), "ours": ("yes", "no")}


@pytest.mark.parametrize(
    ("typed", "gone_on"),
    [
        ("sta", "status:"),
        ("pump pri", "pump priority:"),
        ("-crit", "-criticality:"),
        ("filt", "filter-size:"),
        ("fu", "fuel:"),
        ("status:sch", "status:scheduled"),
        ("type:corrective,prev", "type:corrective,preventive"),
        ("fuel:g", "fuel:gas"),
        ("fuel:h", 'fuel:"heat pump"'),
        ("ours:y", "ours:yes"),
        ("s", None),
        ("", None),
        ("pump ", None),
        ("fuel:gas", None),
        ("fuel:x", None),
        ("filter-size:2", None),
        ('"sta', None),
        ("zzz", None),
    ],
)
def test_the_last_word_is_gone_on_with(typed: str, gone_on: str | None) -> None:
    assert complete(typed, OWN) == gone_on


@given(st.text(max_size=30))
def test_what_was_typed_is_never_changed(typed: str) -> None:
    found = complete(typed, OWN)
    assert found is None or found.startswith(typed) or '"' in found
