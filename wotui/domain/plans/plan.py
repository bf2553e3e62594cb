"""What a maintenance plan says, what its ledger remembers, and what a run decides.

A plan names *nominal* dates; they are an occurrence's identity and never change. The *due* date follows from the
nominal one by the season and the working days. The ledger keeps a row for each occurrence that was decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from wotui.domain.plans.dates import Dates
from wotui.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from datetime import date

    from wotui.domain.plans.dates import MonthRule, Unit
    from wotui.domain.plans.shifts import Nonworking, Season, WorkingDays

Basis = Literal["fixed", "floating", "meter", "fixed_or_meter", "floating_or_meter"]
OpenPolicy = Literal["one_open", "stack"]
CatchUp = Literal["latest", "all", "none"]
SeasonPolicy = Literal["skip", "defer"]
State = Literal["open", "done", "missed", "skipped", "merged"]

LONGEST_LEAD = 365
LONGEST_GRACE = 28
LONGEST_PERIOD = 36_525
"""Days: a hundred years. Plans are made for machines."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The rule of one plan. A plan on several assets is run once for each.

    Attributes:
        anchor_on: the first nominal date; it may lie in the past.
        basis: the calendar (fixed or from each completion), a meter, or whichever of the two comes first.
        every, unit: the interval.
        weekdays: 0 (Monday) to 6, for weeks only; weeks count from the Monday of the anchor's week.
        month_rule, nth: which day of a month; `nth` 1 to 4, or -1 for the last, of the anchor's weekday.
        skip_every: leave each x-th date out, 2 or more; 0 leaves none out.
        open_policy: whether a second order may be open; never where a date or a meter may come first.
        lead_days: so many days before it is due the order is made.
        window_before, window_after: days of grace; None takes the field's usual ones (`grace`).
        season, season_policy: when the work is done at all, and what becomes of a date outside.
        nonworking: where a due date goes that is no working day of `working`.
        until_on, max_count: the last date, and how many dates there are.
        since_on: nothing before this day comes, unless `catch_up` is "all": the day the plan was made or changed.
        paused_from, paused_to: dates from … to, both included, are skipped; without an end until it is set.
        override_next_on: the due date of the next order only.
        every_units, meter_base, meter_ahead: thousandths of the meter's unit; a threshold each `every_units`
            after the base, made known `meter_ahead` before it.
        meter_floating: the next threshold counts from the reading at the last completion.
    """

    anchor_on: date
    basis: Basis = "fixed"
    every: int = 1
    unit: Unit = "month"
    weekdays: tuple[int, ...] = ()
    month_rule: MonthRule = "same_day"
    nth: int = 1
    skip_every: int = 0
    lead_days: int = 0
    window_before: int | None = None
    window_after: int | None = None
    open_policy: OpenPolicy = "one_open"
    catch_up: CatchUp = "latest"
    season: Season | None = None
    season_policy: SeasonPolicy = "skip"
    nonworking: Nonworking = "keep"
    working: WorkingDays | None = None
    until_on: date | None = None
    max_count: int | None = None
    since_on: date | None = None
    paused_from: date | None = None
    paused_to: date | None = None
    override_next_on: date | None = None
    every_units: int = 0
    meter_base: int = 0
    meter_ahead: int = 0
    meter_floating: bool = False

    @property
    def dates(self) -> Dates:
        """The nominal dates of the calendar."""
        return Dates(
            self.anchor_on, self.every, self.unit, self.weekdays, self.month_rule, self.nth, self.skip_every
        )

    @property
    def before(self) -> int:
        """Days before the due date on which the work already counts as on time."""
        return grace(self.dates.period) if self.window_before is None else self.window_before

    @property
    def after(self) -> int:
        """Days after the due date on which the work still counts as on time."""
        return grace(self.dates.period) if self.window_after is None else self.window_after

    def paused(self, on: date) -> bool:
        """Whether the plan rests on that day."""
        if self.paused_from is None or on < self.paused_from:
            return False
        return self.paused_to is None or on <= self.paused_to


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a plan's ledger for one asset: an occurrence, or all of them from `nominal_on` to `through_on`.

    `done_on` and `done_value` (thousandths on the meter) are the completion's; `threshold` marks an occurrence of the
    meter.
    """

    nominal_on: date
    state: State
    through_on: date | None = None
    due_on: date | None = None
    done_on: date | None = None
    order_id: str = ""
    threshold: int | None = None
    done_value: int | None = None

    @property
    def last_on(self) -> date:
        """The last nominal date it speaks of."""
        return self.through_on or self.nominal_on


@dataclass(frozen=True, slots=True)
class Row:
    """One decision: a new row of the ledger. Only a row that is `open` makes an order.

    Attributes:
        nominal_on, through_on: the dates it is about; the same where it is one.
        due_on: when the work is due; of a range, its first.
        count: how many occurrences it stands for.
        cause: what the order's id is derived from, the same on every computer.
        reason: why it was not made, for people to read.
    """

    nominal_on: date
    through_on: date
    due_on: date
    state: State
    count: int = 1
    cause: str = ""
    reason: str = ""
    threshold: int | None = None


def grace(period: int) -> int:
    """Days of grace around a due date for a period of so many days: a fifth, at most 28.

    Source: SMRP's grace periods for PM compliance (1 week 1, 2 weeks 3, 1 month 6, 2 months 12, 6 months and more 28).
    """
    return min(LONGEST_GRACE, (period + 2) // 5)


def refuse_bad(plan: Plan) -> None:
    """Look at a plan before it is kept.

    Raises:
        UsageProblem: a number or a choice that cannot be.
        Refused: a lead as long as the period where only one order may be open.
    """
    if plan.every < 1 or plan.dates.period > LONGEST_PERIOD:
        raise UsageProblem("The interval cannot be that.", "Give a whole number from 1 up, within 100 years.")
    if not all(0 <= day <= 6 for day in plan.weekdays) or (plan.weekdays and plan.unit != "week"):
        raise UsageProblem("Weekdays belong to plans by the week.", "Set unit=week, or clear the weekdays.")
    if plan.nth not in {-1, 1, 2, 3, 4}:
        raise UsageProblem("A month has no such weekday every time.", "Choose 1, 2, 3, 4 or last.")
    if plan.skip_every < 0 or plan.skip_every == 1:
        raise UsageProblem("That would skip every date.", "Skip each second date or fewer.")
    if not 0 <= plan.lead_days <= LONGEST_LEAD or min(plan.before, plan.after) < 0:
        raise UsageProblem(
            "Days cannot be that many.", f"Lead is 0 to {LONGEST_LEAD}; windows are 0 or more."
        )
    if "meter" in plan.basis and plan.every_units < 1:
        raise UsageProblem("A plan by the meter needs an interval.", "Say every how many units.")
    if plan.basis != "meter" and plan.open_policy == "one_open" and plan.lead_days >= plan.dates.period:
        raise Refused(
            f"A lead of {plan.lead_days} days is as long as the interval.",
            "Shorten the lead, or let orders stack.",
        )
