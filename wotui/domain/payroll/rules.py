"""Rule sets: which minutes are overtime, as data.

A rule set is read from TOML (`data/payroll/rule-sets.toml`, and the shop's own beside it) and validated here. Not
modelled: alternative workweek schedules, 8/80 hospitals, prevailing wage, blended rates, meal premiums, minors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from wotui.domain.labor import TIME_TYPES
from wotui.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

REG = "REG"
TIERS = ("daily", "seventh_day", "consecutive", "weekly")
FLSA_WEEK = 2400
"""Minutes of a workweek above which federal overtime begins, 29 USC 207(a)(1)."""


def rank(code: str) -> int:
    """How codes rank where two tiers meet: REG, OT, a shop's own code, DT; the higher one is paid."""
    return {REG: 0, "OT": 1, "DT": 3}.get(code, 2)


@dataclass(frozen=True, slots=True)
class Tier:
    """From `after` minutes on, minutes get `code`."""

    after: int
    code: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A named set of overtime rules.

    Attributes:
        name: as persons and settings name it.
        as_of: the month its law was last read, `YYYY-MM`.
        source: where the rule stands.
        daily: tiers over the minutes worked on a workday, ascending.
        seventh_day: tiers that replace the daily ones on the seventh worked day of a workweek of seven.
        consecutive: tiers over the minutes worked in one unbroken shift, whatever days it touches.
        weekly: one tier over the regular minutes of a workweek.
        paid_break_under: an unpaid break shorter than this counts as worked (29 CFR 785.18); 0 for none.
    """

    name: str
    as_of: str = ""
    source: str = ""
    weekly: tuple[Tier, ...] = ()
    paid_break_under: int = 0
    daily: tuple[Tier, ...] = ()
    seventh_day: tuple[Tier, ...] = ()
    consecutive: tuple[Tier, ...] = ()


def parse_rule_sets(document: Mapping[str, object], where: str) -> dict[str, RuleSet]:
    """Rule sets by name from a parsed TOML document.

    Args:
        document: what the TOML parser gave; its only table is `ruleset`.
        where: the file's name, for the sentence when something is wrong.

    Raises:
        Refused: E09, with the file and the key; unknown keys are errors.
    """
    tables = document.get("ruleset")
    if not isinstance(tables, dict) or set(document) != {"ruleset"}:
        raise _invalid(where, "ruleset", "the file holds [ruleset.NAME] tables only")
    return {name: _rule_set(name, body, where) for name, body in cast("dict[str, object]", tables).items()}


def _rule_set(name: str, body: object, where: str) -> RuleSet:
    if not isinstance(body, dict):
        raise _invalid(where, f"ruleset.{name}", "it must be a table")
    table = cast("dict[str, object]", body)
    for key in table:
        if key not in {"as_of", "source", "paid_break_under", *TIERS}:
            raise _invalid(where, f"ruleset.{name}.{key}", "this key is not known")
    under, as_of = table.get("paid_break_under", 0), str(table.get("as_of", ""))
    if not isinstance(under, int) or isinstance(under, bool) or under < 0:
        raise _invalid(where, f"ruleset.{name}.paid_break_under", "it must be a whole number of minutes")
    if as_of and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", as_of):
        raise _invalid(where, f"ruleset.{name}.as_of", "it is a month like 2026-11")
    tiers = {kind: _tiers(table.get(kind, []), f"ruleset.{name}.{kind}", where) for kind in TIERS}
    if len(tiers["weekly"]) > 1:
        raise _invalid(where, f"ruleset.{name}.weekly", "only one tier: just regular minutes count toward it")
    return RuleSet(name, as_of, str(table.get("source", "")), paid_break_under=under, **tiers)


def as_document(rules: RuleSet) -> dict[str, object]:
    """A rule set as `parse_rule_sets` reads it; batches keep it so that later edits never change history."""
    tiers = {
        kind: [{"after": tier.after, "code": tier.code} for tier in getattr(rules, kind)] for kind in TIERS
    }
    return {
        "as_of": rules.as_of,
        "source": rules.source,
        "paid_break_under": rules.paid_break_under,
        **tiers,
    }


def _tiers(value: object, key: str, where: str) -> tuple[Tier, ...]:
    if not isinstance(value, list):
        raise _invalid(where, key, "it must be a list of { after, code }")
    tiers: list[Tier] = []
    for item in cast("list[object]", value):
        entry = cast("dict[str, object]", item) if isinstance(item, dict) else {}
        after, code = entry.get("after"), entry.get("code")
        if set(entry) != {"after", "code"} or type(after) is not int or not isinstance(code, str):
            raise _invalid(where, key, "each tier is { after = MINUTES, code = TEXT }")
        if after < 0 or (tiers and after <= tiers[-1].after):
            raise _invalid(where, key, "tiers ascend")
        if not re.fullmatch(r"[A-Z][A-Z0-9_]{0,19}", code) or code == REG or code in TIME_TYPES:
            raise _invalid(where, key, f"{code!r} is not an overtime code: OT, DT or one of your own")
        tiers.append(Tier(after, code))
    return tuple(tiers)


def _invalid(where: str, key: str, why: str) -> Refused:
    return Refused(f"E09 {where}, {key}: {why}.", "Correct the file.")
