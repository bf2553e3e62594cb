"""Maintenance plans as they are kept: their rules, what they are for, and their meters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wotui.domain.plans.fields import PLAN, rule_of
from wotui.errors import NotFound, Problem
from wotui.store.reading import marks
from wotui.text import clean_line, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wotui.domain.plans.plan import Plan
    from wotui.domain.plans.shifts import WorkingDays
    from wotui.store.reading import Reads

_COLUMNS = tuple(field.column for field in PLAN.fields if field.column)
_STATE = (
    "since_on",
    "paused_from",
    "paused_to",
    "override_next_on",
    "override_reason",
    "created_on",
    "version",
    "active",
    "retired_at",
)
_SETS = {field.members: field.name for field in PLAN.fields if field.members}
_SELECT = f"SELECT id, {', '.join((*_COLUMNS, *_STATE))} FROM maintenance_plan WHERE deleted_at IS NULL"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan.

    Attributes:
        id: its id.
        name: what people call it.
        values: every column by name, and the sets `assets`, `covers` and `checklists` as ids.
    """

    id: str
    name: str
    values: Mapping[str, Any]

    @property
    def retired(self) -> bool:
        """Whether it has ended."""
        return bool(self.values["retired_at"]) or self.values["active"] == 0

    @property
    def assets(self) -> tuple[str, ...]:
        """Ids of the assets that it names one by one."""
        return self.values["assets"]

    @property
    def covers(self) -> tuple[str, ...]:
        """Ids of the smaller plans that its work includes."""
        return self.values["covers"]

    @property
    def route(self) -> bool:
        """Whether it makes one order for all its assets."""
        return bool(self.values["route"])

    @property
    def title(self) -> str:
        """The title of its orders."""
        return self.values["title"] or self.name

    def rule(self, working: WorkingDays | None = None) -> Plan | None:
        """Its rule; None where a merge left it without a date it could count from."""
        try:
            return rule_of(self.values, working)
        except Problem:
            return None


@dataclass(frozen=True, slots=True)
class Target:
    """What one order of a plan is about: an asset, or (with an empty id) a place or a whole round."""

    asset_id: str = ""
    tag: str = ""
    name: str = ""
    place_id: str | None = None
    category: str = ""
    usable: bool = True

    @property
    def words(self) -> str:
        """`HY-01 Press`, or empty."""
        return f"{self.tag} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class MeterRow:
    """A meter with its last believable reading, in thousandths."""

    id: str
    asset_id: str
    name: str
    uom: str
    last: int | None = None
    last_at: str = ""


def plans(reads: Reads, *, retired: bool = False, ids: Sequence[str] | None = None) -> list[PlanRow]:
    """All plans by name; those that have ended only where they are asked for, or named by id."""
    chosen = "" if ids is None else f" AND id IN ({marks(len(ids))})"
    rows = reads.rows(f"{_SELECT}{chosen} ORDER BY name COLLATE NOCASE, id", tuple(ids or ()))
    sets = _sets(reads)
    found: list[PlanRow] = []
    for identity, *columns in rows:
        values: dict[str, Any] = dict(zip((*_COLUMNS, *_STATE), columns, strict=True))
        for kind, name in _SETS.items():
            values[name] = sets.get((identity, kind), ())
        found.append(PlanRow(identity, values["name"] or "", values))
    return [one for one in found if retired or ids is not None or not one.retired]


def plan(reads: Reads, identity: str) -> PlanRow:
    """The plan with this id.

    Raises:
        NotFound: there is none.
    """
    found = plans(reads, ids=[identity])
    if not found:
        raise NotFound("This plan is not there any more.", "`wotui plans` shows them all.")
    return found[0]


def find(reads: Reads, word: str) -> PlanRow:
    """The plan of this name (case does not matter) or id; one in use before one that has ended.

    Raises:
        NotFound: there is none; names the nearest.
    """
    wanted = clean_line(word)
    row = reads.one(
        "SELECT id FROM maintenance_plan WHERE deleted_at IS NULL AND (name = ?1 COLLATE NOCASE OR id = ?1)"
        " ORDER BY retired_at IS NOT NULL, id LIMIT 1",
        (wanted,),
    )
    if row is not None:
        return plan(reads, row[0])
    names = [
        name for (name,) in reads.rows("SELECT name FROM maintenance_plan WHERE deleted_at IS NULL") if name
    ]
    by_folded = {name.casefold(): name for name in names}
    near = nearest(wanted.casefold(), list(by_folded))
    way_out = f"Did you mean {by_folded[near]}?" if near else "`wotui plans` shows them all."
    raise NotFound(f"There is no plan {wanted}.", way_out)


def targets(reads: Reads, rows: Sequence[PlanRow]) -> dict[str, list[Target]]:
    """What each plan is about, by plan id, each list by tag; disposed and retired assets are not `usable`."""
    by_id = _assets(reads) if any(one.assets or one.values["asset_category"] for one in rows) else {}
    parents: dict[str, str | None] = {}
    if any(one.values["asset_category"] and one.values["place_id"] for one in rows):
        parents = dict(reads.rows("SELECT id, parent_id FROM place WHERE deleted_at IS NULL"))
    found: dict[str, list[Target]] = {}
    for one in rows:
        named = {asset: by_id[asset] for asset in one.assets if asset in by_id}
        category, place = (one.values["asset_category"] or "").casefold(), one.values["place_id"]
        if category:
            for asset, target in by_id.items():
                inside = not place or _lies_in(target.place_id, place, parents)
                if target.category.casefold() == category and inside:
                    named[asset] = target
        if not category and not one.assets:
            found[one.id] = [Target(place_id=place)]
        else:
            found[one.id] = sorted(named.values(), key=lambda target: (target.tag, target.asset_id))
    return found


def meters(reads: Reads) -> dict[str, MeterRow]:
    """Every meter by id, with its last believable reading."""
    rows = reads.rows(
        "SELECT id, ifnull(asset_id, ''), ifnull(name, ''), ifnull(uom, '') FROM meter WHERE deleted_at IS NULL"
    )
    last = {
        meter: (value, at)
        for meter, value, at in reads.rows(
            "SELECT meter_id, value, max(taken_at || id) FROM reading WHERE deleted_at IS NULL"
            " AND ifnull(suspect, 0) = 0 AND value IS NOT NULL AND taken_at IS NOT NULL GROUP BY meter_id"
        )
    }
    return {row[0]: MeterRow(row[0], row[1], row[2], row[3], *_reading(last.get(row[0]))) for row in rows}


def find_meter(reads: Reads, word: str) -> MeterRow:
    """The meter that `TAG`, `TAG/NAME` or an id names.

    Raises:
        NotFound: there is none, or the asset has several and no name is given.
    """
    wanted = clean_line(word)
    tag, _, name = wanted.partition("/")
    known = meters(reads)
    if wanted in known:
        return known[wanted]
    asset = reads.value(
        "SELECT id FROM asset WHERE tag = ? COLLATE NOCASE AND deleted_at IS NULL ORDER BY id", (tag.strip(),)
    )
    of_asset = [one for one in known.values() if one.asset_id == asset] if asset else []
    fits = [one for one in of_asset if not name.strip() or one.name.casefold() == name.strip().casefold()]
    if len(fits) == 1:
        return fits[0]
    if asset is None:
        raise NotFound(
            f"There is no asset {tag.strip()} with a meter.", "Write meter=TAG, or meter=TAG/NAME."
        )
    names = ", ".join(f"{tag.strip()}/{one.name}" for one in of_asset)
    raise NotFound(
        f"{tag.strip()} has {'more than one meter' if fits else 'no such meter'}.",
        f"Name one: {names}." if names else "It has no meter at all.",
    )


def meter_words(reads: Reads, identity: str | None) -> str:
    """`TAG/NAME` of a meter; empty for none."""
    row = reads.one(
        "SELECT ifnull(a.tag, ''), ifnull(m.name, '') FROM meter m LEFT JOIN asset a ON a.id = m.asset_id"
        " WHERE m.id = ?",
        (identity,),
    )
    return f"{row[0]}/{row[1]}" if row else ""


def names(reads: Reads, table: str, ids: Sequence[str]) -> list[str]:
    """What people call these assets, plans, checklists or templates, in the order given."""
    column = {"asset": "tag", "place": "code", "person": "initials"}.get(table, "name")
    known = dict(
        reads.rows(f'SELECT id, {column} FROM "{table}" WHERE id IN ({marks(len(ids))})', tuple(ids))
    )
    return [str(known[identity]) for identity in ids if known.get(identity)]


def versions(reads: Reads, plan_id: str) -> list[tuple[int, str, str, str]]:
    """What a plan said before each of its edits: (version, instant, initials, fields as JSON), newest first."""
    return [
        (row[0], row[1], row[2], row[3])
        for row in reads.rows(
            "SELECT ifnull(v.version, 0), ifnull(v.at, ''), ifnull(p.initials, ''), ifnull(v.fields, '{}')"
            " FROM plan_version v LEFT JOIN person p ON p.id = v.by_id WHERE v.plan_id = ? AND v.deleted_at IS NULL"
            " ORDER BY v.version DESC, v.id DESC",
            (plan_id,),
        )
    ]


def _sets(reads: Reads) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for record, kind, value in reads.rows(
        f"SELECT m.record_id, m.kind, m.value FROM membership m WHERE m.kind IN ({marks(len(_SETS))})"
        " AND m.deleted_at IS NULL ORDER BY m.record_id, m.kind, m.value",
        tuple(_SETS),
    ):
        found[record, kind] = (*found.get((record, kind), ()), value)
    return found


def _assets(reads: Reads) -> dict[str, Target]:
    return {
        row[0]: Target(row[0], row[1], row[2], row[3], row[4], usable=bool(row[5]))
        for row in reads.rows(
            "SELECT id, ifnull(tag, ''), ifnull(name, ''), place_id, ifnull(category, ''),"
            " ifnull(active, 1) AND ifnull(state, '') <> 'disposed' FROM asset WHERE deleted_at IS NULL"
        )
    }


def _lies_in(place: str | None, wanted: str, parents: Mapping[str, str | None]) -> bool:
    seen: set[str] = set()
    while place is not None and place not in seen:
        if place == wanted:
            return True
        seen.add(place)
        place = parents.get(place)
    return False


def _reading(last: tuple[int, str] | None) -> tuple[int | None, str]:
    return (None, "") if last is None else (last[0], last[1][:20])
