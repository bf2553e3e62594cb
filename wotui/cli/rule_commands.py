"""What `wotui route` and `wotui event-rule` share: adding, changing, moving, switching and taking away a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wotui.cli import output
from wotui.cli.options import assignments
from wotui.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from wotui.actions.rule_lists import RuleList
    from wotui.store.transaction import Done

_rule = click.argument("rule", metavar="RULE")
_fields = click.argument("fields", nargs=-1, metavar="FIELD=VALUE…")


def give_verbs(group: click.Group, rules: Callable[[], RuleList]) -> None:
    """Give a group of commands the verbs of a list of rules; RULE is a name, or a number in the list."""

    @group.command("add")
    @click.argument("name", metavar="NAME")
    @_fields
    @click.option("--at", "place", type=click.IntRange(1, 10_000), metavar="N", help="Its place in the list.")
    @pass_session
    def add(session: Session, name: str, fields: tuple[str, ...], place: int | None) -> None:
        """Add a rule, behind the others or at a place of the list."""
        with session.shop() as shop:
            _say(rules().add(shop, name, assignments(fields), at=place))

    @group.command("edit")
    @_rule
    @_fields
    @pass_session
    def edit(session: Session, rule: str, fields: tuple[str, ...]) -> None:
        """Change fields of a rule; an empty value clears a field."""
        with session.shop() as shop:
            _say(rules().edit(shop, rule, assignments(fields)))

    @group.command("move")
    @_rule
    @click.argument("to", type=click.IntRange(1, 10_000), metavar="N")
    @pass_session
    def move(session: Session, rule: str, to: int) -> None:
        """Put a rule at place N of the list; 1 is tried first."""
        with session.shop() as shop:
            _say(rules().move(shop, rule, to))

    @group.command("off")
    @_rule
    @pass_session
    def off(session: Session, rule: str) -> None:
        """Switch a rule off."""
        with session.shop() as shop:
            _say(rules().switch(shop, rule, on=False))

    @group.command("on")
    @_rule
    @pass_session
    def on(session: Session, rule: str) -> None:
        """Switch a rule on again."""
        with session.shop() as shop:
            _say(rules().switch(shop, rule, on=True))

    @group.command("remove")
    @_rule
    @pass_session
    def remove(session: Session, rule: str) -> None:
        """Take a rule away; what it has done stays as it is."""
        with session.shop() as shop:
            _say(rules().remove(shop, rule))

    for made in (add, edit, move, off, on, remove):
        assert made.name in group.commands


def _say(done: Done) -> None:
    output.say(done.sentence, *done.notices)
