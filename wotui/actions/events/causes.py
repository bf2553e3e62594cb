"""One cause makes one request: made when it is first reported, counted on while it is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wotui.actions import requests as asking
from wotui.actions import routing
from wotui.clock import parse_instant
from wotui.domain.events.rules import REQUEST_SOURCES
from wotui.domain.identity import same_id
from wotui.store.reads import events as reads
from wotui.text import clean_line, counted

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from wotui.domain.events.rules import EventRule
    from wotui.store.transaction import Transaction

_TOLD = 5


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a request is made, or counted on: the rule, what it is about, and the words for its title."""

    rule: EventRule
    subject: str
    name: str
    event: str
    value: str
    asset_id: str | None = None
    down_since: str | None = None
    details: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as it is kept."""

    id: str
    about: str
    event: str
    value: str
    at: str
    event_id: str
    origin: str
    asset_id: str | None = None
    note: str = ""


@dataclass(slots=True)
class _Count:
    """How often the cause of an open request was reported again: times, when and what the last time."""

    times: int = 0
    at: str = ""
    words: str = ""


class Causes:
    """The requests of causes in one transaction."""

    def __init__(self, tx: Transaction, zone: ZoneInfo) -> None:
        self._tx = tx
        self._zone = zone
        self._open: dict[str, str | None] = {}
        self._counts: dict[str, _Count] = {}
        self.made: list[str] = []

    def request(self, cause: Cause, event: str, at: str) -> str:
        """The id of the open request of a cause: counted on, or made now.

        Its id follows from the rule, the subject and the first event, so that two computers make the same one.
        """
        key = cause.rule.key(cause.subject)
        if key not in self._open:
            self._open[key] = reads.open_request(self._tx, key)
        there = self._open[key]
        if there is not None:
            count = self._counts.setdefault(there, _Count())
            count.times, count.at = count.times + 1, at
            count.words = " ".join(part for part in (cause.event, cause.value) if part)
            return there
        columns: dict[str, Any] = {
            "title": cause.rule.titled(cause.name, cause.event, cause.value),
            "description": cause.details or None,
            "asset_id": cause.asset_id,
            "place_unknown": None if cause.asset_id else 1,
            "asked_priority": cause.rule.priority,
            "template_id": cause.rule.template_id,
            "source_key": key,
            "reported_at": at,
            "downtime_since": cause.down_since,
        }
        made = asking.create(
            self._tx,
            {name: value for name, value in columns.items() if value is not None},
            source=REQUEST_SOURCES.get(cause.rule.source, "event"),
            identity=same_id("event request", cause.rule.id, cause.subject, event),
        )
        self._open[key] = made
        self.made.append(made)
        return made

    def keep(self, one: Happening, requests: list[tuple[Cause, str]]) -> None:
        """Keep an event: one row, and a further one for each further rule that fired on it."""
        for number, (cause, request) in enumerate(requests or [(None, None)]):
            own = one.id if number == 0 or cause is None else same_id("event", one.id, cause.rule.id)
            self._tx.put(
                "machine_event",
                own,
                asset_id=one.asset_id,
                asset_tag=one.about,
                event=one.event,
                value=one.value or None,
                at=one.at,
                event_id=one.event_id or None,
                rule_id=cause.rule.id if cause else None,
                request_id=request,
                origin=clean_line(one.origin) or None,
                note=one.note or None,
            )

    def close(self) -> list[str]:
        """Route the new requests and note on the others how often; returns the sentences a person should see."""
        routing.route_requests(self._tx, self.made)
        for request, count in self._counts.items():
            self._note(request, count)
        said = [f"Made {self._called(request)}." for request in self.made[:_TOLD]]
        if len(self.made) > _TOLD:
            said.append(f"Made {counted(len(self.made) - _TOLD, 'further request')}.")
        made = set(self.made)
        others = [request for request in self._counts if request not in made]
        return said + [f"Counted on {self._called(request)}." for request in others[:_TOLD]]

    def _note(self, request: str, count: _Count) -> None:
        whole = reads.counted(self._tx, request)
        when = parse_instant(count.at).astimezone(self._zone).strftime("%Y-%m-%d %H:%M")
        again = "Again" if count.times == 1 else f"{count.times:,} times again, the last"
        text = f"{again} at {when}: {count.words} ({counted(whole, 'event')} so far)."
        self._tx.insert(
            "log_entry", parent_kind="request", parent_id=request, kind="system", text=text, at=self._tx.at
        )

    def _called(self, request: str) -> str:
        number, title = self._tx.rows("SELECT number, title FROM request WHERE id = ?", (request,))[0]
        return f"{number} {title}"
