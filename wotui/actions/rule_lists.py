"""Ordered lists of rules (routing, machine events): adding, changing, moving, switching off, taking away.

A rule is a row of a table of its own, with a name that no other has and a position; the first is tried first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wotui.domain.record_kinds import KINDS
from wotui.domain.records import Field, Kind
from wotui.errors import NotFound, Refused, UsageProblem
from wotui.store.reads import records, routing, rule_lists, settings
from wotui.text import clean_line, listed, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wotui.domain.records import Value
    from wotui.store.file import Shop
    from wotui.store.reading import Reads
    from wotui.store.transaction import Done, Transaction

_MAY = "supervisor"
_TEMPLATE = Kind(
    "order_template", "templates", "a template", "name", ("name",), (Field("name", column="name"),)
)


@dataclass(frozen=True, slots=True)
class RuleList:
    """One list of rules.

    Attributes:
        kind: its table and its fields.
        what: one of its rules, as a sentence names it.
        read: a field's value from what was typed; `typed`: the other way.
        check: refuses a whole rule that makes no sense.
        shows: the command that lists them.
        fill: completes what was typed, before it is checked.
    """

    kind: Kind
    what: str
    read: Callable[[Field, str, str], Value]
    typed: Callable[[Field, Value], str]
    check: Callable[[Mapping[str, Value], str], None]
    shows: str
    fill: Callable[[dict[str, Value]], None] = lambda _: None

    def add(self, shop: Shop, name: str, fields: Mapping[str, str], *, at: int | None = None) -> Done:
        """Add a rule, behind the others or at a place of the list (1 is the first).

        Raises:
            UsageProblem: an unknown field, or a value that is none.
            NotFound: a record that it names is not there.
            Refused: the acting person may not, the name is taken, or the rule makes no sense.
        """
        shop.require(f"change {self.kind.plural}", _MAY)
        with shop.transaction() as tx:
            identity = self.add_from(tx, {**fields, "name": name}, expect_new=True)
            if at is not None:
                self._put_at(tx, identity, at)
            return tx.done(f"Added the {self.what} {self._name(tx, identity)}.", identity)

    def add_from(
        self,
        tx: Transaction,
        mapping: Mapping[str, Any],
        *,
        expect_new: bool = False,
        identity: str | None = None,
    ) -> str:
        """Add one rule inside a larger action (a pack, an import) and return its id; one of its name stays as it is.

        Args:
            tx: the open transaction.
            mapping: values by field name, as typed or as TOML gives them (numbers, yes and no, lists).
            expect_new: refuse a name that is taken instead of leaving that rule as it is.
            identity: where two devices must add the same rule as one; a fresh id otherwise.

        Raises:
            UsageProblem: an unknown field, or a value that is none.
            NotFound: a record that it names is not there.
            Refused: it makes no sense, or its name is taken.
        """
        values = self._read(tx, {name: _typed(value) for name, value in mapping.items()})
        name = str(values.get("name") or "")
        if not name:
            raise Refused(f"The {self.what} needs a name.", "Say in a word or two what it is for.")
        there = self._by_name(tx, name)
        if there is not None:
            if not expect_new:
                return there
            raise Refused(f"The name {name} is taken already.", "Choose another name, or edit that rule.")
        whole = {field.name: values.get(field.name, field.default) for field in self.kind.fields}
        self.check(whole, f"The rule {name}")
        columns = {field.column: whole[field.name] for field in self.kind.fields}
        position = rule_lists.last_position(tx, self.kind.name) + 1
        return tx.insert(self.kind.name, id=identity, position=position, **columns)

    def edit(self, shop: Shop, rule: str, fields: Mapping[str, str]) -> Done:
        """Change fields of a rule; empty text clears a field.

        Raises:
            UsageProblem: nothing to change, an unknown field, or a value that is none.
            NotFound: no such rule, or a record that it names is not there.
            Refused: the acting person may not, the name is taken, or the rule would make no sense.
        """
        shop.require(f"change {self.kind.plural}", _MAY)
        if not fields:
            raise UsageProblem(
                "Nothing to change is named.", "Write FIELD=VALUE, for example priority=urgent."
            )
        with shop.transaction() as tx:
            identity, before = self.find(tx, rule)
            changes = self._read(tx, fields)
            name = changes.get("name", before)
            if not name:
                raise Refused(f"The {self.what} needs a name.", "Give it one instead of clearing it.")
            if self._by_name(tx, str(name)) not in (None, identity):
                raise Refused(f"The name {name} is taken already.", "Choose another name.")
            self.check({**self.values(tx, identity), **changes}, f"The rule {name}")
            columns = {self.kind.field(each).column: value for each, value in changes.items()}
            tx.update(self.kind.name, identity, **columns)
            words = [self.kind.field(each).words for each in changes]
            return tx.done(f"Changed {listed(words)} of the rule {name}.", identity)

    def move(self, shop: Shop, rule: str, to: int) -> Done:
        """Put a rule at another place of the list; 1 is the first, which is tried first.

        Raises:
            NotFound: no such rule.
            Refused: the acting person may not.
        """
        shop.require(f"change {self.kind.plural}", _MAY)
        with shop.transaction() as tx:
            identity, name = self.find(tx, rule)
            place = self._put_at(tx, identity, to)
            return tx.done(f"The rule {name} is number {place} now.", identity)

    def switch(self, shop: Shop, rule: str, *, on: bool) -> Done:
        """Switch a rule off, or on again.

        Raises:
            NotFound: no such rule.
            Refused: the acting person may not.
        """
        shop.require(f"change {self.kind.plural}", _MAY)
        with shop.transaction() as tx:
            identity, name = self.find(tx, rule)
            tx.update(self.kind.name, identity, active=int(on))
            return tx.done(f"The rule {name} is {'on' if on else 'off'}.", identity)

    def remove(self, shop: Shop, rule: str) -> Done:
        """Take a rule away; what it has done stays as it is.

        Raises:
            NotFound: no such rule.
            Refused: the acting person may not.
        """
        shop.require(f"change {self.kind.plural}", _MAY)
        with shop.transaction() as tx:
            identity, name = self.find(tx, rule)
            tx.remove(self.kind.name, identity)
            return tx.done(f"Took the rule {name} away.", identity)

    def find(self, source: Reads, word: str) -> tuple[str, str]:
        """Id and name of the rule with this name, this number in the list, or this id.

        Raises:
            NotFound: there is none; names the nearest.
        """
        wanted = clean_line(word)
        rules = rule_lists.names(source, self.kind.name)
        for identity, name in rules:
            if wanted == identity or wanted.casefold() == name.casefold():
                return identity, name
        if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:6]) <= len(rules):
            return rules[int(wanted) - 1]
        near = nearest(wanted, [name.casefold() for _, name in rules])
        known = next((name for _, name in rules if name.casefold() == near), "")
        raise NotFound(
            f"There is no {self.what} {wanted}.",
            f"Did you mean {known}?" if known else f"`{self.shows}` shows them all.",
        )

    def values(self, source: Reads, identity: str) -> dict[str, Value]:
        """Every field of a rule by name; references as ids."""
        columns = [field.column for field in self.kind.fields]
        row = rule_lists.row(source, self.kind.name, columns, identity)
        return dict(zip((field.name for field in self.kind.fields), row, strict=True))

    def typed_fields(self, source: Reads, identity: str) -> dict[str, str]:
        """The fields of a rule that hold something, as a person would type them."""
        values = self.values(source, identity)
        references = [
            field.name for field in self.kind.fields if field.type == "reference" and values[field.name]
        ]
        handles = routing.named(source, [str(values[name]) for name in references], typed=True)
        found = {field.name: self.typed(field, values[field.name]) for field in self.kind.fields}
        found |= {name: handles.get(str(values[name]), "") for name in references}
        return {name: typed for name, typed in found.items() if typed}

    def _read(self, tx: Transaction, typed: Mapping[str, str]) -> dict[str, Value]:
        currency = settings.setting(tx, "shop.currency")
        values: dict[str, Value] = {}
        for name, text in typed.items():
            field = self.kind.field(name)
            value = self.read(field, text, currency)
            if field.type == "reference" and isinstance(value, str):
                value = records.find(tx, KINDS.get(field.refers_to, _TEMPLATE), value)
            values[field.name] = value
        self.fill(values)
        return values

    def _by_name(self, tx: Reads, name: str) -> str | None:
        wanted = name.casefold()
        return next(
            (one for one, known in rule_lists.names(tx, self.kind.name) if known.casefold() == wanted), None
        )

    def _name(self, tx: Reads, identity: str) -> str:
        return dict(rule_lists.names(tx, self.kind.name))[identity]

    def _put_at(self, tx: Transaction, identity: str, to: int) -> int:
        """Move a rule and renumber the others; gives its new place."""
        ids = [one for one, _ in rule_lists.names(tx, self.kind.name) if one != identity]
        place = min(max(to, 1), len(ids) + 1)
        ids.insert(place - 1, identity)
        for number, each in enumerate(ids, 1):
            tx.update(self.kind.name, each, position=number)
        return place


def _typed(value: Any) -> str:
    """A value of a TOML file as a person would type it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(str(each) for each in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return "" if value is None else str(value)
