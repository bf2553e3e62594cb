"""A filter said back in words, on Wednesday 10 June 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.domain.filters import LANES, FilterMistake, describe, names_status, only_statuses, parse
from wotui.domain.filters.fields import BY_NAME, FIELDS
from wotui.domain.filters.lanes import FIRST_LANE
from wotui.domain.work_orders import OPEN, STATUSES

TODAY = date(2026, 6, 10)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Open orders"),
        ("pump", "Open orders: with “pump”"),
        ("-pump", "Open orders: without “pump”"),
        ("pump leak", "Open orders: with “pump”, with “leak”"),
        ("a , b c", "Open orders: either with “a” or with “b” and with “c”"),
        ("status:any", "Orders: of any status"),
        ("status:open", "Orders: that are open"),
        ("-status:open", "Orders: that are not open"),
        ("status:ready,hold", "Orders: ready or on hold"),
        ("-status:hold", "Orders: not on hold"),
        ("due:..fri", "Open orders: due until Fri 12 Jun"),
        ("due:today", "Open orders: due today"),
        ("due:fri", "Open orders: due on Fri 12 Jun"),
        ("due:today..", "Open orders: due from Wed 10 Jun"),
        ("due:2025-05", "Open orders: due from Thu 1 May 2025 to Sat 31 May 2025"),
        ("due:none", "Open orders: without a due date"),
        ("due:any", "Open orders: with a due date"),
        ("@jd", "Open orders: for jd"),
        ("-@jd", "Open orders: not for jd"),
        ("@none", "Open orders: without an assigned person"),
        ("-who:ace", "Open orders: not with ace"),
        ("#PUMP-01", "Open orders: on PUMP-01"),
        ("!1..2", "Open orders: emergency or urgent"),
        ("-!low", "Open orders: not low"),
        ("late:yes", "Open orders: late"),
        ("late:no", "Open orders: not late"),
        ("crit:a", "Open orders: on A-assets"),
        ("estimate:60..120", "Open orders: estimated minutes 60 to 120"),
        ("estimate:..60", "Open orders: estimated minutes up to 60"),
        ("title:leak", "Open orders: with “leak” in the title"),
        ("done:2025", "Orders: done from Wed 1 Jan 2025 to Wed 31 Dec 2025"),
        ("hold:parts", "Open orders: waiting for parts"),
        ("due+", "Open orders; by due date, earliest first"),
        ("priority-", "Open orders; by priority, least urgent first"),
        ("newest-", "Open orders; by order of entry, last first"),
        ("queue-", "Open orders; by queue order, most pressing first"),
        ("place+ number-", "Open orders; by place, A to Z, then number, Z to A"),
        (
            "pump status:open due:..fri -who:ace @jd #PUMP-01 !urgent due+",
            "Orders: with “pump”, that are open, due until Fri 12 Jun, not with ace, for jd, on PUMP-01, urgent;"
            " by due date, earliest first",
        ),
    ],
)
def test_the_bar_says_the_filter_back(typed: str, said: str) -> None:
    assert describe(parse(typed, TODAY), TODAY) == said


def test_a_custom_field_is_said_back() -> None:
    assert describe(parse("rule:19", TODAY, ["Rule"]), TODAY) == "Open orders: Rule has “19”"
    assert describe(parse("-rule:any", TODAY, ["Rule"]), TODAY) == "Open orders: not with Rule"


@pytest.mark.parametrize("name", [field.name for field in FIELDS if field.kind != "order"])
def test_every_field_has_its_words(name: str) -> None:
    field = BY_NAME[name]
    value = {"day": "today", "instant": "today", "number": "5", "flag": "yes"}.get(field.kind, "x")
    for sign in ("", "-"):
        typed = f"{sign}{name}:{next(iter(field.choices)) if field.choices else value}"
        assert len(describe(parse(typed, TODAY), TODAY)) > len("Orders: ")


@given(st.text(alphabet='abdehnopsuwr:.,!@#+-" 1296', max_size=40))
def test_whatever_can_be_read_can_be_said(typed: str) -> None:
    try:
        filter_ = parse(typed, TODAY)
    except FilterMistake:
        return
    assert describe(filter_, TODAY).startswith(("Open orders", "Orders"))


@pytest.mark.parametrize("typed", ["", "pump", "due:..fri @jd", "created:2020", "-pump , !2"])
def test_a_filter_that_names_no_status_means_open_orders(typed: str) -> None:
    filter_ = parse(typed, TODAY)
    assert not names_status(filter_)
    assert only_statuses(filter_) == set(OPEN)


@pytest.mark.parametrize(
    ("typed", "statuses"),
    [
        ("status:any", STATUSES),
        ("status:done", ("done",)),
        ("status:open pump", OPEN),
        ("status:open status:ready,closed", ("ready",)),
        ("status:ready , pump", STATUSES),
        ("-status:ready", STATUSES),
        ("done:2026-05", STATUSES),
        ("number:W-A0001", STATUSES),
        ("outcome:fixed", STATUSES),
    ],
)
def test_a_filter_that_settles_the_status_is_taken_at_its_word(typed: str, statuses: tuple[str, ...]) -> None:
    filter_ = parse(typed, TODAY)
    assert names_status(filter_)
    assert only_statuses(filter_) == set(statuses)


def test_every_lane_is_a_filter_anybody_could_type() -> None:
    for lane in LANES:
        assert describe(parse(lane.filter, TODAY), TODAY)
    assert FIRST_LANE in [lane.name for lane in LANES]


def test_a_lane_and_a_typed_filter_hold_together_and_the_typed_sorting_wins() -> None:
    both = parse("late:yes newest-", TODAY).both(parse("pump , leak due+", TODAY))
    assert (
        describe(both, TODAY)
        == "Open orders: late, either with “pump” or with “leak”; by due date, earliest first"
    )
