"""What a checklist item is: its type, its limits, who may skip it and what happens when it fails.

An item on an order is a full snapshot of the template's item at the moment of use, so both share this shape. What is
read from the file may come from a merge or a newer version: decoding never fails, it leaves out what it cannot read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import cast

from wotui.domain.quantity import decimal, with_unit

HEADING, INSTRUCTION = "heading", "instruction"
TICK, PASS_FAIL, YES_NO = "tick", "pass_fail", "yes_no"
NUMBER, METER, CHOICE, MULTI = "number", "meter", "choice", "multi"
TEXT, PHOTO, SIGNATURE = "text", "photo", "signature"

TYPES = (HEADING, INSTRUCTION, TICK, PASS_FAIL, YES_NO, NUMBER, METER, CHOICE, MULTI, TEXT, PHOTO, SIGNATURE)
TO_READ = frozenset({HEADING, INSTRUCTION})
"""Types that are read, not answered."""

PASS, FLAG, FAIL, NOT_APPLICABLE = "pass", "flag", "fail", "na"
OUTCOMES = (PASS, FLAG, FAIL, NOT_APPLICABLE)

NORMAL, SAFETY = "normal", "safety"
SEVERITIES = (NORMAL, SAFETY)

NOTE_REQUIRED, PROPOSE, FORCE, STOP_WORK = (
    "note_required",
    "propose_follow_up",
    "force_follow_up",
    "stop_work",
)
ON_FAIL = (NOTE_REQUIRED, PROPOSE, FORCE, STOP_WORK)

SIGNING_ROLES = ("technician", "supervisor", "customer")

TITLE_PATTERN = "{asset}: {item} – {value}"


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice: its id (what is stored), its label and the outcome that it carries."""

    id: str
    label: str
    outcome: str = PASS


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The order that a failing item proposes; `priority` 1–4, or None for the priority of the order at hand."""

    kind: str = "order"
    template: str = ""
    priority: int | None = None
    title: str = TITLE_PATTERN


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist. Limits are integer thousandths of `uom`, both ends allowed."""

    id: str
    type: str
    label: str
    position: int = 0
    help: str = ""
    uom: str = ""
    min_value: int | None = None
    max_value: int | None = None
    warn_min: int | None = None
    warn_max: int | None = None
    good_answer: str = "yes"
    options: tuple[Option, ...] = ()
    required: bool = True
    na_allowed: bool = True
    show_if_item: str | None = None
    show_if_value: str = ""
    severity: str = NORMAL
    on_fail: str = PROPOSE
    follow_up: FollowUp = FollowUp()
    meter_id: str | None = None
    role: str = ""

    @property
    def answerable(self) -> bool:
        """Whether a person answers it; headings, instructions and types of a newer version are only read."""
        return self.type in TYPES and self.type not in TO_READ

    @property
    def numeric(self) -> bool:
        """Whether its answer is a reading."""
        return self.type in (NUMBER, METER)

    @property
    def safety(self) -> bool:
        """Whether a failure keeps the work from being started."""
        return self.severity == SAFETY

    def option(self, option_id: str) -> Option | None:
        """The option with this id, or None."""
        return next((option for option in self.options if option.id == option_id), None)


def limits(item: Item) -> str:
    """The limits of a reading in words: `0.5 to 4.5 mm/s, watch above 2.8`; empty when there are none."""
    low, high = item.min_value, item.max_value
    parts: list[str] = []
    if low is not None and high is not None:
        parts.append(f"{decimal(low)} to {with_unit(high, item.uom)}")
    elif high is not None:
        parts.append(f"at most {with_unit(high, item.uom)}")
    elif low is not None:
        parts.append(f"at least {with_unit(low, item.uom)}")
    watch = [f"below {decimal(item.warn_min)}"] if item.warn_min is not None else []
    if item.warn_max is not None:
        watch.append(f"above {decimal(item.warn_max)}")
    if watch:
        parts.append("watch " + " or ".join(watch))
    return ", ".join(parts)


def options_from_json(stored: str | None) -> tuple[Option, ...]:
    """The options as stored; whatever cannot be read as an option is left out."""
    found: list[Option] = []
    for entry in _list(stored):
        if not isinstance(entry, dict):
            continue
        fields = cast("dict[str, object]", entry)
        name = str(fields.get("id") or "")
        outcome = str(fields.get("outcome") or PASS)
        if name:
            found.append(
                Option(name, str(fields.get("label") or name), outcome if outcome in OUTCOMES else PASS)
            )
    return tuple(found)


def options_to_json(options: tuple[Option, ...]) -> str | None:
    """Options as stored, or None when there are none."""
    if not options:
        return None
    entries = [{"id": option.id, "label": option.label, "outcome": option.outcome} for option in options]
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":"))


def follow_up_from_json(stored: str | None) -> FollowUp:
    """The follow-up as stored; what is missing or unreadable takes its default."""
    try:
        loaded: object = json.loads(stored or "{}")
    except ValueError:
        loaded = {}
    fields = cast("dict[str, object]", loaded) if isinstance(loaded, dict) else {}
    priority = fields.get("priority")
    return FollowUp(
        kind="request" if fields.get("as") == "request" else "order",
        template=str(fields.get("template") or ""),
        priority=priority if isinstance(priority, int) and 1 <= priority <= 4 else None,
        title=str(fields.get("title") or TITLE_PATTERN),
    )


def follow_up_to_json(follow_up: FollowUp) -> str | None:
    """A follow-up as stored, or None when all of it is the default."""
    if follow_up == FollowUp():
        return None
    fields: dict[str, object] = {"as": follow_up.kind, "title": follow_up.title}
    if follow_up.template:
        fields["template"] = follow_up.template
    if follow_up.priority is not None:
        fields["priority"] = follow_up.priority
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def _list(stored: str | None) -> list[object]:
    try:
        loaded: object = json.loads(stored or "[]")
    except ValueError:
        return []
    return cast("list[object]", loaded) if isinstance(loaded, list) else []
