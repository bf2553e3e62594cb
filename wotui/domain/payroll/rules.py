"""Rule sets: which minutes are overtime, as data.

A rule set is read from TOML (`data/payroll/rule-sets.toml`) and validated here. Only the weekly tier is known so far;
daily, seventh-day and consecutive tiers join `RuleSet` and `overtime._step` when their rule sets do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from wotui.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

REG = "REG"
FLSA_WEEK = 2400
"""Minutes of a workweek above which federal overtime begins, 29 USC 207(a)(1)."""


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
        weekly: tiers over the regular minutes of a workweek, ascending.
        paid_break_under: an unpaid break shorter than this counts as worked (29 CFR 785.18); 0 for none.
    """

    name: str
    as_of: str = ""
    source: str = ""
    weekly: tuple[Tier, ...] = ()
    paid_break_under: int = 0


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
    known = {"as_of", "source", "weekly", "paid_break_under"}
    for key in table:
        if key not in known:
            raise _invalid(where, f"ruleset.{name}.{key}", "this key is not known")
    under = table.get("paid_break_under", 0)
    if not isinstance(under, int) or under < 0:
        raise _invalid(where, f"ruleset.{name}.paid_break_under", "it must be a whole number of minutes")
    return RuleSet(
        name=name,
        as_of=str(table.get("as_of", "")),
        source=str(table.get("source", "")),
        weekly=_tiers(table.get("weekly", []), f"ruleset.{name}.weekly", where),
        paid_break_under=under,
    )


def _tiers(value: object, key: str, where: str) -> tuple[Tier, ...]:
    if not isinstance(value, list):
        raise _invalid(where, key, "it must be a list of { after, code }")
    tiers: list[Tier] = []
    for item in cast("list[object]", value):
        entry = cast("dict[str, object]", item) if isinstance(item, dict) else {}
        after, code = entry.get("after"), entry.get("code")
        if set(entry) != {"after", "code"} or not isinstance(after, int) or not isinstance(code, str):
            raise _invalid(where, key, "each tier is { after = MINUTES, code = TEXT }")
        if after < 0 or (tiers and after <= tiers[-1].after) or code in {"", REG}:
            raise _invalid(where, key, "tiers ascend, and their code is not REG")
        tiers.append(Tier(after, code))
    return tuple(tiers)


def _invalid(where: str, key: str, why: str) -> Refused:
    return Refused(f"E09 {where}, {key}: {why}.", "Correct the file.")
