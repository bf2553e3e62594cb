"""Where a finding leads: what enter does on it, in words and in deed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.actions import payroll as batches
from wotui.actions import records, settings
from wotui.errors import Refused
from wotui.store import people
from wotui.tui import keys
from wotui.tui.widgets.dialogs import Ask
from wotui.tui.widgets.fields import Row
from wotui.tui.widgets.form_box import FormBox

if TYPE_CHECKING:
    from datetime import date

    from wotui.domain.payroll.findings import Finding
    from wotui.store.file import Shop
    from wotui.store.transaction import Done
    from wotui.tui.app import WotuiApp
    from wotui.tui.payroll_page import PayrollPage

_HOURS = ("E01", "E02", "W21", "W22", "W23", "W30")
_PERSON = ("E07", "E15", "W24", "W25", "W28", "W26")


def words(one: Finding, page: PayrollPage) -> str:
    """What to do about a finding here, with its key."""
    enter = keys.shown_key("list.open")
    if one.about:
        what = {
            "number": "gives the employee number",
            "id": f"says what {page.ready.profile.name} calls them",
        }
        return f"{enter} {what.get(one.about, 'sets it')}."
    if one.code == "E03":
        approve, every = keys.shown_key("payroll.approve"), keys.shown_key("payroll.approve_all")
        return f"{enter} shows the week; {approve} approves them, {every} everybody's."
    if one.code == "E14":
        return (
            f"Enter it at the provider, then {keys.shown_key('payroll.by_hand')} leaves it out of the file."
        )
    if one.code == "E01":
        return f"{enter} goes to the entry, to end it there."
    if one.code == "W26" and page.stored is not None and not page.stored.batch.closed:
        void, write = keys.shown_key("payroll.void"), keys.shown_key("payroll.write")
        label = page.stored.batch.label
        return (
            f"The next payroll pays it as an adjustment; where the file was not imported, {void} takes {label} back "
            f"and {write} writes it anew."
        )
    if one.code in _HOURS:
        return f"{enter} goes to the entry."
    if one.person and one.code in _PERSON:
        return f"{one.way_out} {enter} shows the hours.".strip()
    return one.way_out


def follow(app: WotuiApp, one: Finding, page: PayrollPage) -> None:
    """Go where a finding is put right."""
    period = page.ready.reckoning.book.period
    if one.about == "number":
        _ask_number(app, one)
    elif one.about == "id":
        app.push_screen(_ids(app.shop, one.person, page))
    elif one.about.startswith("value "):
        _ask_value(app, one.about.removeprefix("value "), page)
    elif one.code == "E14":
        app.tell(words(one, page))
    elif one.entry:
        from wotui.tui.screens.time_person import PersonTime

        app.push_screen(PersonTime(one.person, _day_of(app.shop, one.entry) or period.start, one.entry))
    elif one.person:
        from wotui.tui.screens.time_week import WeekScreen

        app.push_screen(WeekScreen(one.person, period.start))
    else:
        app.tell(one.way_out or "This is only to be known.")


def _day_of(shop: Shop, entry: str) -> date | None:
    from wotui.errors import NotFound
    from wotui.store.reads import labor

    try:
        return labor.find(shop, entry).day
    except NotFound:
        return None


def _ask_number(app: WotuiApp, one: Finding) -> None:
    def answered(number: str | None) -> None:
        if number:
            fields = {"payroll_id": number}
            app.ask.act(lambda shop: records.edit(shop, "person", [one.person], fields))

    def check(typed: str) -> str:
        if not typed:
            raise Refused("It needs a number.", "Such as 0017; zeros in front stay.")
        return typed

    app.push_screen(Ask("Employee number", words=one.what, check=check, placeholder="0017"), answered)


def _ask_value(app: WotuiApp, name: str, page: PayrollPage) -> None:
    profile = page.ready.profile

    def answered(value: str | None) -> None:
        if value is not None:
            app.ask.act(lambda shop: _set_value(shop, profile.name, name, value))

    title, what = f"{profile.name}: {name}", f"{profile.name} needs it in every file."
    app.push_screen(Ask(title, profile.values.get(name, ""), words=what), answered)


def _set_value(shop: Shop, profile: str, name: str, value: str) -> Done:
    kept = [
        part.strip()
        for part in shop.setting("payroll.values").split(";")
        if part.strip() and part.split("=")[0].strip() != f"{profile}.{name}"
    ]
    return settings.change(shop, "payroll.values", ";".join([*kept, f"{profile}.{name}={value}"]))


def _ids(shop: Shop, person: str, page: PayrollPage) -> FormBox:
    """The form of what a provider calls a person."""
    profile, employee = page.ready.profile, page.ready.people[person]
    known = page.ready.refs.get(person)
    rows = [
        Row("id", profile.id_name, typed=known.external_id if known else "", shown=known.external_id if known else ""),
        Row(
            "name", "name there", typed=known.external_name if known else "",
            shown=known.external_name if known else "", hint="Last, First; empty for the one in wotui",
        ),
    ]  # fmt: skip

    def write(shop: Shop, values: dict[str, Any]) -> Done:
        return batches.name_for(
            shop, person, profile.name, external_id=values.get("id", ""), name=values.get("name", "")
        )

    title = f"{profile.name}: {employee.name}"
    said = (
        f"What {profile.name} calls {employee.name} ({employee.number or people.initials_of(shop, person)})."
    )
    return FormBox(title, rows, lambda _row, typed: typed, write, words=said)
