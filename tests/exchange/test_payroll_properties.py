"""What holds for any hours and any corrections: all files together print the corrected hours, and order is nothing."""

from __future__ import annotations

import csv
import io
import tempfile
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domain.payroll.entries import CALENDAR, NOW
from tests.domain.payroll.test_properties import weeks
from tests.kit import builders
from wotui import clock
from wotui.actions import approvals, labor_entries
from wotui.actions import payroll as batches
from wotui.domain import wall_time
from wotui.domain.labor import APPROVED, Span
from wotui.domain.payroll.calendar import Period, WorkCalendar
from wotui.domain.payroll.employees import Employee
from wotui.domain.payroll.reckoning import Book, reckon
from wotui.exchange import payroll
from wotui.exchange.payroll_profiles import profile, profiles, rule_sets

if TYPE_CHECKING:
    from wotui.store.file import Shop

FIRST, SECOND = date(2026, 6, 1), date(2026, 6, 8)
_minutes = st.integers(1, 840)


def _printed(content: bytes) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        found[row["workweek_start"], row["pay_code"]] += Decimal(row["hours"])  # type: ignore[assignment]
    return Counter({key: value for key, value in found.items() if value})


def _record(shop: Shop, lengths: list[int]) -> list[str]:
    made: list[str] = []
    for number, length in enumerate(lengths):
        begin = wall_time.parse_minute(f"2026-06-{1 + number:02}T06:00", shop.zone)
        made += labor_entries.add(
            shop, labor_entries.Times(begin, begin + length), person="JD", confirmed=True
        ).records
    approvals.approve_period(shop, FIRST)
    return made


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_minutes, min_size=1, max_size=7), st.data())
def test_whatever_is_corrected_all_files_together_print_the_corrected_hours(
    lengths: list[int], data: st.DataObject
) -> None:
    corrected = data.draw(st.lists(_minutes, min_size=len(lengths), max_size=len(lengths)))
    with tempfile.TemporaryDirectory() as place, clock.freeze("2026-06-22T12:00:00Z"):
        folder = Path(place)
        with builders.new_shop(folder / "shop.wotui") as shop:
            made = _record(shop, lengths)
            files = [payroll.export(shop, FIRST, folder)]
            batches.close(shop, FIRST)
            for identity, new, old in zip(made, corrected, lengths, strict=True):
                if new != old:
                    start = shop.value("SELECT start_minute FROM time_span WHERE id = ?", (identity,))
                    times = labor_entries.Times(start, start + new)
                    labor_entries.correct(shop, identity, times, reason="recount")
            files.append(payroll.export(shop, SECOND, folder))
            assert payroll.prepare(shop, date(2026, 6, 15)).owed == ()
        together: Counter[tuple[str, str]] = Counter()
        for one in files:
            together.update(_printed(one.written.path.read_bytes()))
        with builders.new_shop(folder / "other.wotui") as shop:
            _record(shop, corrected)
            expected = _printed(payroll.rendered(payroll.prepare(shop, FIRST)))
        assert Counter({key: value for key, value in together.items() if value}) == expected


@settings(max_examples=40, deadline=None)
@given(weeks(), st.randoms(use_true_random=False), st.sampled_from(["us-ca", "us-co", "none"]))
def test_the_order_of_entries_changes_no_byte_of_any_profile(
    case: tuple[list[Span], WorkCalendar], random: object, rules: str
) -> None:
    spans = [
        Span(one.id, one.person, one.start, one.end, breaks=one.breaks, state=APPROVED) for one in case[0]
    ]
    shuffled = list(spans)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first = CALENDAR.day_of(spans[0].start)
    period = Period(CALENDAR.week_of(first), date.fromordinal(CALENDAR.week_of(first).toordinal() + 13))
    ola = Employee("ola", "0017", "Ola", "Lee")

    def content(entries: list[Span], name: str) -> bytes:
        book = Book(period, CALENDAR, (ola,), tuple(entries), (), rule_sets(), rules, NOW)
        return payroll.rendered(payroll.prepared(reckon(book), profile(name)))

    for name in profiles():
        assert content(spans, name) == content(shuffled, name)
