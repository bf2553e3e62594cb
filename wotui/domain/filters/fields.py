"""The fields that a filter can name: one table that the parser, the words and the help of the filter bar all read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wotui.domain import work_orders

Kind = Literal["choice", "named", "text", "day", "instant", "number", "flag", "order"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the filter language.

    Attributes:
        name: as it is written before the colon.
        kind: `choice` has fixed values; `named` points to a record (or holds a short text) and is found by its
            initials, tag, code or name; `text` is searched like words; `day` and `instant` take dates; `number`
            takes bounds; `flag` takes yes or no; `order` only sorts.
        noun: how it is called in a sentence.
        preposition: how a sentence says that an order has it: `for jd`, `on PUMP-01`.
        aliases: other names for it.
        choices: what may be written for a `choice` → the stored values that it stands for.
        settles_status: whoever names it looks for finished orders too, so they are not left out.
        listed: whether a list can be sorted by it.
    """

    name: str
    kind: Kind
    noun: str
    preposition: str = ""
    aliases: tuple[str, ...] = ()
    choices: dict[str, tuple[str, ...]] | None = None
    settles_status: bool = False
    listed: bool = False


def _same(values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {value.replace("_", "-"): (value,) for value in values}


_STATUS = {
    **_same(work_orders.STATUSES),
    "open": work_orders.OPEN,
    "finished": work_orders.FINISHED,
    "hold": ("on_hold",),
    "started": ("in_progress",),
    "any": (),
    "all": (),
}
_PRIORITY = {
    **{str(number): (str(number),) for number in work_orders.PRIORITIES},
    **{name: (str(number),) for number, name in work_orders.PRIORITIES.items()},
}
_CRITICALITY = {"a": ("A",), "b": ("B",), "c": ("C",)}

FIELDS: tuple[Field, ...] = (
    Field("status", "choice", "status", choices=_STATUS, settles_status=True, listed=True),
    Field("type", "choice", "type", choices=_same(work_orders.TYPES), listed=True),
    Field("priority", "choice", "priority", aliases=("prio",), choices=_PRIORITY, listed=True),
    Field("due", "day", "due date", "due", listed=True),
    Field("planned", "day", "planned day", "planned", aliases=("plan",), listed=True),
    Field("earliest", "day", "earliest day", "not before", aliases=("notbefore",)),
    Field("until", "day", "day that a hold ends", "held until"),
    Field("created", "instant", "day of creation", "created", aliases=("reported",), listed=True),
    Field("started", "instant", "start", "started", listed=True),
    Field("done", "instant", "completion", "done", aliases=("finished",), settles_status=True, listed=True),
    Field("who", "named", "person or contractor", "with"),
    Field("assigned", "named", "assigned person", "for", aliases=("assignee", "person"), listed=True),
    Field("lead", "named", "lead", "led by"),
    Field("asset", "named", "asset", "on", aliases=("machine", "tag"), listed=True),
    Field("place", "named", "place", "at", aliases=("area", "room"), listed=True),
    Field("customer", "named", "customer", "for customer", aliases=("tenant",), listed=True),
    Field("contractor", "named", "contractor", "with contractor"),
    Field("number", "named", "number", "numbered", settles_status=True, listed=True),
    Field("parent", "named", "parent order", "part of", settles_status=True),
    Field("team", "named", "team", "for team"),
    Field("trade", "named", "required trade", "needing"),
    Field("permit", "named", "permit", "with permit"),
    Field("kind", "named", "kind of work", "of the kind", aliases=("work-kind", "work_kind")),
    Field("template", "named", "template", "from the template"),
    Field("hold", "named", "hold reason", "waiting for", aliases=("waiting",)),
    Field("problem", "named", "failure problem", "with problem"),
    Field("cause", "named", "failure cause", "caused by"),
    Field("source", "named", "source", "from"),
    Field("external", "named", "external number", "with external number", settles_status=True),
    Field("title", "text", "title", listed=True),
    Field("outcome", "choice", "outcome", choices=_same(work_orders.OUTCOMES), settles_status=True),
    Field("billing", "choice", "billing", choices=_same(work_orders.BILLINGS)),
    Field("criticality", "choice", "criticality", aliases=("crit",), choices=_CRITICALITY, listed=True),
    Field("estimate", "number", "estimated minutes", aliases=("minutes",), listed=True),
    Field("late", "flag", "late"),
    Field("failure", "flag", "a failure"),
    Field("downtime", "flag", "asset must stop", aliases=("stop",)),
    Field("queue", "order", "queue order", aliases=("score",), listed=True),
    Field("newest", "order", "order of entry", aliases=("entered",), listed=True),
)

BY_NAME: dict[str, Field] = {name: field for field in FIELDS for name in (field.name, *field.aliases)}
"""Field by its name or any of its aliases."""

SORTABLE: tuple[str, ...] = tuple(name for name, field in BY_NAME.items() if field.listed)

SIGNS = {"@": BY_NAME["assigned"], "#": BY_NAME["asset"], "!": BY_NAME["priority"]}
"""The short forms: `@jd`, `#PUMP-01`, `!urgent`."""
