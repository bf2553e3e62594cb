"""The form of one entry of hours: times of the shop's clock, or minutes of a day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wotui.actions import labor_entries
from wotui.actions.labor_entries import Times
from wotui.domain import break_times, labor, wall_time
from wotui.domain.labor_rules import LongSpan
from wotui.errors import Problem, Refused, UsageProblem
from wotui.store import people
from wotui.store.reads import work_orders
from wotui.tui import present
from wotui.tui.time_verbs import day_typed
from wotui.tui.widgets.dialogs import Choose, Confirm
from wotui.tui.widgets.fields import Row
from wotui.tui.widgets.form_box import FormBox

if TYPE_CHECKING:
    from datetime import date

    from wotui.store.file import Shop
    from wotui.store.reads.labor import Entry
    from wotui.store.transaction import Done

_TYPES = tuple((kind.code, kind.words) for kind in labor.TIME_TYPES.values())
_MINUTES = re.compile(r"(?:(\d{1,2}):([0-5]\d)|(\d{1,4}))")
_HINTS = {
    "day": "2026-06-10, today, mon, -1d",
    "start": "7:00; times are those of the shop's clock",
    "end": "15:30; an end before the start is on the next day",
    "breaks": "12:00-12:30; several separated by ;",
    "minutes": "instead of start and end: 45, or 8:00 for a day of leave",
    "order": "enter searches; without one it is indirect time",
}


class TimeForm(FormBox):
    """Add an entry, or correct the one with the id `entry`."""

    def __init__(self, shop: Shop, values: dict[str, str], entry: str = "", reason: str = "") -> None:
        self._shop = shop
        self._entry = entry
        self._reason = reason
        self._sure = False
        title = "Correct hours" if entry else "Add hours"
        super().__init__(title, _rows(shop, values, new=not entry), self._checked, self._write_down)

    @classmethod
    def new(
        cls, shop: Shop, initials: str, day: date | None = None, order: str = "", time_type: str = ""
    ) -> TimeForm:
        """A form for a new entry of this person, on `day` or today, on this order and of this type when given."""
        values = {"person": initials, "day": (day or shop.today()).isoformat(), "order": order}
        return cls(shop, {**values, "time_type": time_type or "WORK"})

    @classmethod
    def of(cls, shop: Shop, entry: Entry, reason: str = "") -> TimeForm:
        """The form of an entry; a running timer gets the present as its end, paid hours are corrected for a reason."""
        from wotui.actions.labor_writing import present as now

        assert entry.start is not None
        zone = shop.zone
        end = max(now(), entry.start) if entry.end is None else entry.end
        values = {
            "person": entry.initials,
            "day": f"{wall_time.local(entry.start, zone):%Y-%m-%d}",
            "start": _clock(entry.start, entry.start, shop),
            "end": _clock(end, entry.start, shop),
            "breaks": "; ".join(labor.clock_range(item.start, item.end, zone) for item in entry.breaks),
            "time_type": entry.time_type,
            "order": entry.order,
            "note": entry.note,
        }
        return cls(shop, values, entry.id, reason)

    def mounted(self) -> None:
        super().mounted()
        if self._entry or self.form.typed().get("person"):
            self.form.fields.go_to("start")

    def _checked(self, row: Row, typed: str) -> str:
        self._sure = False
        return _shown(self._shop, row.name, typed)

    def _write_down(self, shop: Shop, values: dict[str, str]) -> Done:
        minutes = values.get("minutes", "")
        person, day = values.get("person", ""), day_typed(shop, values["day"])
        if not person and not self._entry:
            raise UsageProblem("An entry needs a person.", "Enter on the first field searches.")
        if minutes:
            if values["start"] or values["end"]:
                raise UsageProblem("Give minutes, or start and end, not both.", "Empty one of them.")
            shared = {name: values[name] for name in ("order", "time_type", "note")}
            return labor_entries.add_minutes(shop, day, _minutes(minutes), person=person, **shared)
        times = _times(shop, values, day)
        if self._entry:
            return labor_entries.correct(shop, self._entry, times, confirmed=self._sure, reason=self._reason)
        return labor_entries.add(shop, times, person=person, confirmed=self._sure)

    def refuse(self, problem: Problem) -> None:
        """Ask what only a person can know, and write again; anything else is said in the form."""
        if isinstance(problem, wall_time.TimeTwice):
            self._which(problem)
        elif isinstance(problem, LongSpan):
            question = f"{problem.what} Is that right?"
            self.wotui.push_screen(
                Confirm(question, title="A long entry", yes="It is right"), self._confirmed
            )
        else:
            super().refuse(problem)

    def _confirmed(self, yes: bool | None) -> None:
        if yes:
            self._sure = True
            self.action_save()

    def _which(self, twice: wall_time.TimeTwice) -> None:
        """The autumn hour: put the chosen reading, with its offset, into the field that was meant."""
        options = [(one.word[0], f"the {one.word}, {one.name}", one.text, one.text) for one in twice.readings]
        wall = twice.readings[0].text[11:16]

        def chosen(text: str | None) -> None:
            if text is None:
                return
            values = self.form.typed()
            name = next((name for name in ("start", "end") if _padded(values.get(name, "")) == wall), "")
            if name:
                self.form.put(name, text)
                self.action_save()
            else:
                super(TimeForm, self).refuse(twice)

        self.wotui.push_screen(Choose(f"{wall} came twice: which one?", options, words=twice.what), chosen)


def _rows(shop: Shop, values: dict[str, str], *, new: bool) -> list[Row]:
    rows = [
        Row("person", "person", "reference" if new else "fact", refers_to="person", required=new),
        Row("day", "day", required=True),
        Row("start", "start", limit=40),
        Row("end", "end", limit=40),
        Row("breaks", "breaks"),
        *([Row("minutes", "or minutes", limit=6)] if new else []),
        Row("time_type", "type", "choice", choices=_TYPES, required=True),
        Row("order", "order", "reference", refers_to="work_order"),
        Row("note", "note", limit=500),
    ]
    made: list[Row] = []
    for row in rows:
        typed = values.get(row.name, "")
        shown = _shown(shop, row.name, typed) if typed else ""
        made.append(
            Row(
                row.name, row.label, row.kind, typed=typed, shown=shown, choices=row.choices, refers_to=row.refers_to,
                hint=_HINTS.get(row.name, ""), required=row.required, limit=row.limit,
            )
        )  # fmt: skip
    return made


def _shown(shop: Shop, name: str, typed: str) -> str:
    """What is shown for a typed value.

    Raises:
        UsageProblem: not a value of this field.
    """
    if not typed:
        if name == "day":
            raise UsageProblem("An entry needs a day.", _HINTS["day"])
        return ""
    if name == "day":
        return present.day(day_typed(shop, typed), shop.today())
    if name in ("start", "end"):
        _check_clock(shop, typed)
        return typed
    if name == "minutes":
        return present.duration(_minutes(typed))
    if name == "time_type":
        return labor.time_type(typed).words
    if name == "person":
        known = people.name_of(shop, typed)
        return f"{typed} {known}" if known else typed
    if name == "order":
        found = work_orders.find(shop, typed)
        return f"{found.number} {found.title}"
    return typed


def _check_clock(shop: Shop, typed: str) -> None:
    try:
        wall_time.parse_on(_padded(typed), shop.today(), shop.zone)
    except UsageProblem:
        raise UsageProblem(f"{typed[:20]!r} is not a time.", "Write it like 7:00 or 15:30.") from None
    except Refused:
        return  # whether the hour exists depends on the day, which may still change


def _padded(typed: str) -> str:
    """`7` and `730` as `07:00` and `07:30`; anything else as it is."""
    word = typed.strip().replace(".", ":")
    if re.fullmatch(r"\d{1,2}", word):
        return f"{int(word):02}:00"
    if re.fullmatch(r"\d{3,4}", word):
        return f"{int(word[:-2]):02}:{word[-2:]}"
    if re.fullmatch(r"\d:\d{2}", word):
        return f"0{word}"
    return word


def _times(shop: Shop, values: dict[str, str], day: date) -> Times:
    """The entry's times.

    Raises:
        UsageProblem: a time is missing or none.
        Refused, wall_time.TimeTwice: a wall time that does not exist, or comes twice.
    """
    from datetime import timedelta

    zone = shop.zone
    for name, words in (("start", "a start"), ("end", "an end")):
        if not values[name]:
            raise UsageProblem(f"An entry needs {words}.", "Or give minutes for leave and quick entries.")
    start = wall_time.minute_of(wall_time.parse_on(_padded(values["start"]), day, zone))
    typed = _padded(values["end"])
    end = wall_time.minute_of(wall_time.parse_on(typed, day, zone))
    if end <= start and re.fullmatch(r"\d{2}:\d{2}", typed) and typed != _padded(values["start"]):
        end = wall_time.minute_of(wall_time.parse_on(typed, day + timedelta(days=1), zone))
    pauses = break_times.parse_breaks(values["breaks"], start, end, zone)
    return Times(start, end, pauses, values["order"], values["time_type"], values["note"])


def _minutes(typed: str) -> int:
    """`45` or `8:00` as minutes.

    Raises:
        UsageProblem: neither.
    """
    match = _MINUTES.fullmatch(typed.strip())
    if match is None:
        raise UsageProblem(f"{typed[:20]!r} is not a length.", "Write minutes, such as 45, or 8:00.")
    hours, minutes, plain = match.groups()
    return int(plain) if plain else int(hours) * 60 + int(minutes)


def _clock(minute: int, start: int, shop: Shop) -> str:
    """A stored minute as a person would type it: the time, with its day where that is not the start's."""
    shown, first = (wall_time.local(one, shop.zone) for one in (minute, start))
    next_day = (shown.date() - first.date()).days == 1 and shown.time() < first.time()
    if shown.date() == first.date() or next_day:
        twice = shown.replace(fold=0).utcoffset() != shown.replace(fold=1).utcoffset()
        return shown.isoformat(timespec="minutes") if twice else f"{shown:%H:%M}"
    return shown.isoformat(timespec="minutes")
