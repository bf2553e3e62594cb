"""The worked cases that come with the specification of maintenance plans."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from wotui.domain.plans.deciding import decide
from wotui.domain.plans.plan import Entry, Plan
from wotui.domain.plans.shifts import WorkingDays, season_from

VECTORS = Path(__file__).parents[4] / "shared" / "data" / "maintenance-plan-vectors.json"
CASES: list[dict[str, Any]] = json.loads(VECTORS.read_text("utf-8")) if VECTORS.exists() else []


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def plan_of(told: dict[str, Any]) -> Plan:
    return Plan(
        anchor_on=date.fromisoformat(told["anchor"]),
        basis=told["basis"],
        every=told["n"],
        unit=told["unit"],
        weekdays=tuple(told["weekdays"]),
        lead_days=told["lead"],
        window_after=told["after"],
        open_policy=told["open_policy"],
        catch_up=told["catch_up"],
        season=season_from(told["season"]),
        season_policy=told["season_policy"],
        nonworking=told["nonwork"],
        working=WorkingDays(
            frozenset(told["workdays"]), frozenset(date.fromisoformat(one) for one in told["holidays"])
        ),
        until_on=day(told["until"]),
    )


def test_the_worked_cases_are_there() -> None:
    if not CASES:
        pytest.skip(f"The worked cases are not beside this checkout: {VECTORS}")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_worked_case_comes_out_as_written(case: dict[str, Any]) -> None:
    plan = plan_of(case["plan"])
    ledger = [
        Entry(date.fromisoformat(nominal), state, done_on=day(done))
        for nominal, (state, done) in case["ledger"].items()
    ]
    found: list[list[str]] = []
    for row in decide(plan, ledger, date.fromisoformat(case["today"])).rows:
        first = plan.dates.last_to(row.nominal_on)
        if row.count == 1:
            found.append([row.nominal_on.isoformat(), row.due_on.isoformat(), row.state])
            continue
        numbers = range(first, first + row.count)
        nominals = [plan.dates.on(number).isoformat() for number in numbers]
        assert nominals[-1] == row.through_on.isoformat()
        found += [[nominal, nominal, row.state] for nominal in nominals]
    assert found == case["expect"]
