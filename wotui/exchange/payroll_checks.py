"""What a provider's format asks of people, codes and numbers before a file can be made: E04 to E15, W27."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from wotui.domain.payroll import findings
from wotui.domain.payroll.employees import sort_text
from wotui.domain.payroll.findings import Finding
from wotui.domain.payroll.lines import hours_text
from wotui.exchange import delimited
from wotui.exchange.payroll_columns import FOREIGN
from wotui.store.reads import pay_batches
from wotui.text import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wotui.domain.payroll.employees import Employee
    from wotui.domain.payroll.reckoning import Reckoning
    from wotui.exchange.payroll_prepared import Prepared
    from wotui.exchange.payroll_profiles import Profile
    from wotui.store.file import Shop

_WORDS = {
    "employee_no": "number", "last_name": "last name", "first_name": "first name", "external_id": "id",
    "order": "order", "job": "job",
}  # fmt: skip
DAY_LIMIT = 24 * 60 - 1
"""Minutes that a duration can show, 23:59."""


def of_file(ready: Prepared) -> Iterator[Finding]:
    """Everything that the profile asks of the rows."""
    form, people = ready.profile, ready.people
    yield from findings.unmapped(ready.reckoning.pay, people, _reachable(form), form.name)
    yield from _values(form)
    yield from _ids(ready)
    yield from _names(ready)
    yield from _texts(ready)
    yield from _numbers(ready)
    yield from _by_hand(ready)
    yield from _old_rules(ready.reckoning)


def _reachable(form: Profile) -> Mapping[str, str]:
    """The codes that have a place in the file, or are entered by hand."""
    codes = dict(form.codes) | dict.fromkeys(form.by_hand, "")
    if form.kind != "wide":
        return codes
    places = {one.word for one in form.columns if one.source == "hours"} | set(form.by_hand)
    for number, slot in form.slots.items():
        if any(one.source == "slot_hours" and one.word == number for one in form.columns):
            places |= set(slot)
    return {code: word for code, word in codes.items() if code in places}


def _values(form: Profile) -> Iterator[Finding]:
    for name, value in form.values.items():
        setting = f'Set it: wotui settings payroll.values "{form.name}.{name}=…".'
        if not value:
            yield Finding("E06", f"{form.name} needs {name}.", setting, about=f"value {name}")
        elif not re.fullmatch(form.value_rules.get(name, ".*"), value):
            yield Finding(
                "E06", f"{form.name}: {name} {value!r} does not fit.", setting, about=f"value {name}"
            )


def _ids(ready: Prepared) -> Iterator[Finding]:
    form = ready.profile
    if not ready.profile.uses("external_id"):
        return
    owners: defaultdict[str, list[Employee]] = defaultdict(list)
    for employee in ready.employees:
        identity = ready.external_id(employee)
        way_out = f"wotui payroll id --person … --profile {form.name} --id …"
        if not identity and form.missing_id == "refuse":
            what = f"{employee.number or employee.name} ({employee.name}) has no {form.id_name}."
            yield Finding("E04", what, f"Add it: {way_out}.", employee.id, about="id")
        elif identity and form.external_id and not re.fullmatch(form.external_id, identity):
            what = f"{employee.name}: {form.id_name} {identity} does not fit {form.external_id}."
            yield Finding("E06", what, f"Correct it: {way_out}.", employee.id, about="id")
        if identity:
            owners[identity].append(employee)
    for identity, people in owners.items():
        if len(people) > 1:
            names = listed([f"{one.name} ({one.number})" for one in people])
            what = f"{names} share the {form.id_name} {identity}."
            yield Finding("E06", what, "Give each their own.", people[-1].id, about="id")


def _names(ready: Prepared) -> Iterator[Finding]:
    """E05: two people whom the provider can only tell apart by name, and who have the same."""
    if not ready.profile.unique_names:
        return
    alike: defaultdict[tuple[str, str], list[Employee]] = defaultdict(list)
    active = [one for one in ready.reckoning.book.employees if one.employed_in(ready.reckoning.book.period)]
    for employee in active:
        last, first = ready.names(employee)
        alike[sort_text(last), sort_text(first)].append(employee)
    for people in alike.values():
        ids = [ready.external_id(one) for one in people]
        if len(people) > 1 and (not all(ids) or len(set(ids)) < len(ids)):
            numbers = listed([one.number or "(no number)" for one in people])
            what = (
                f"{people[0].name} is the name of {numbers}, and {ready.profile.name} cannot tell them apart."
            )
            yield Finding(
                "E05", what, f"Give each a {ready.profile.id_name}.", _without_id(ready, people), about="id"
            )


def _without_id(ready: Prepared, people: Sequence[Employee]) -> str:
    """The first of these people whom the provider has no id for, else the first."""
    return next((one.id for one in people if not ready.external_id(one)), people[0].id)


def _texts(ready: Prepared) -> Iterator[Finding]:
    """E08 and E12: characters that the file cannot hold, and names that a spreadsheet would run."""
    form = ready.profile
    used = [one.word for one in form.columns if one.source == "field" and one.word in FOREIGN]
    seen: set[tuple[str, str, str]] = set()
    for row in ready.rows:
        for field in used:
            text = ready.foreign(row, field)
            if (row.employee.id, field, text) in seen:
                continue
            seen.add((row.employee.id, field, text))
            word, who = _WORDS.get(field, field), row.employee.name
            bad = delimited.not_allowed(text, form.dialect) or _outside(text, form.charset)
            way_out = "Correct it, or say how the provider writes the name: wotui payroll id --name."
            if bad:
                shown = f"{bad} (U+{ord(bad):04X})" if bad.isprintable() else f"U+{ord(bad):04X}"
                what = f"{who}: the {word} holds {shown}, which {form.name} cannot hold."
                yield Finding("E08", what, way_out, row.employee.id, about="id")
            elif form.formula_guard == "refuse" and delimited.looks_like_formula(text):
                what = f"{who}: the {word} looks like a formula, which {form.name} cannot take."
                yield Finding("E12", what, way_out, row.employee.id, about="id")


def _outside(text: str, charset: str) -> str:
    return next((each for each in text if charset and not re.fullmatch(charset, each)), "")


def _numbers(ready: Prepared) -> Iterator[Finding]:
    """E14 and E15: negative hours, and hours beyond what the format can show."""
    form = ready.profile
    limit = Decimal(form.max_hours) if form.max_hours else None
    for row in ready.rows:
        about = f"{row.employee.name}: {row.printed} h {row.code}"
        if row.printed < 0 and form.negative == "refuse":
            what = f"{about} are negative, which {form.name} cannot take."
            yield Finding("E14", what, _AT_HAND, row.employee.id)
        if (limit is not None and abs(row.printed) > limit) or (
            form.uses("duration") and row.line.minutes > DAY_LIMIT
        ):
            what = f"{about} are more than one row of {form.name} can show."
            yield Finding("E15", what, "Check the entries behind it.", row.employee.id)
    if form.adjustments == "refuse":
        for one in ready.owed:
            what = f"{one.employee.name}: {one.printed} h {one.code} of {one.period} cannot stand in {form.name}."
            yield Finding("E14", what, _AT_HAND, one.employee.id)


_AT_HAND = "Enter the correction at the provider by hand, then export with --by-hand."


def _by_hand(ready: Prepared) -> Iterator[Finding]:
    """W28: leave that the file cannot carry."""
    for person, result in ready.reckoning.pay.items():
        for code in ready.profile.by_hand:
            if result.minutes(code):
                hours = hours_text(result.minutes(code))
                what = (
                    f"{ready.people[person].name}: {hours} h {code} must be entered at the provider by hand."
                )
                yield Finding("W28", what, "", person)


def _old_rules(reckoning: Reckoning) -> Iterator[Finding]:
    """W27: rule sets whose law was last read more than twelve months before the period's end."""
    book = reckoning.book
    for name in sorted({book.rules_of(one).name for one in book.employees if one.id in reckoning.pay}):
        as_of = book.rule_sets[name].as_of
        if as_of:
            read = date.fromisoformat(f"{as_of}-01")
            if (book.period.end.year - read.year) * 12 + book.period.end.month - read.month > 12:
                what = f"The rule set {name} was last checked against the law in {as_of}."
                yield Finding("W27", what, "Check whether it still holds.")


def period_mismatch(shop: Shop, ready: Prepared) -> Iterator[Finding]:
    """E10: an exported period lies across this one, or the provider does not know the schedule."""
    period, form = ready.reckoning.book.period, ready.profile
    for other, _ in pay_batches.locked_periods(shop):
        if other != period and other.start <= period.end and period.start <= other.end:
            what = f"{period} shares days with {other}, which was exported before."
            yield Finding(
                "E10", what, "Set payroll.schedule and payroll.anchor so that periods follow each other."
            )
    schedule = shop.setting("payroll.schedule")
    if form.uses("frequency") and schedule not in form.frequency:
        known = listed(list(form.frequency), "or")
        yield Finding("E10", f"{form.name} knows no {schedule} periods.", f"Use payroll.schedule {known}.")
