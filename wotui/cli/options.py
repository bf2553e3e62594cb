"""Options and words that several commands share.

A command module of this package looks like this::

    @click.command("hire")
    @click.argument("number", metavar="NUMBER")
    @json_option
    @pass_session
    def hire(session: Session, number: str, as_json: bool) -> None:
        '''Hire a contractor for an order.'''
        from wotui.actions import contractors          # imported when the command runs, not before

        with session.shop() as shop:
            done = contractors.hire(shop, …)
        output.say(done.sentence)

It raises `Problem`s and lets them pass: `wotui.cli.main` says them and ends with their exit code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wotui.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
output_option = click.option(
    "-o", "--output", "output_file", metavar="FILE", help="Write to FILE instead of stdout."
)


_CUSTOM = "custom."  # a shop's own field; its name counts letter by letter


class FilterCommand(click.Command):
    """A command whose words are a filter: `-who:ace` is a word of it, not an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Sort the options of this command from the words of the filter, then parse as usual.

        Words that start with `--` are options always, so that a mistyped option is not searched for.
        """
        flags: set[str] = {"-h", "--help"}
        valued: set[str] = set()
        for parameter in self.params:
            if isinstance(parameter, click.Option):
                (flags if parameter.is_flag else valued).update(parameter.opts)
        options: list[str] = []
        words: list[str] = []
        waiting = list(args)
        while waiting:
            word = waiting.pop(0)
            if word == "--":
                words += waiting
                break
            if word in valued:
                options += [word, *waiting[:1]]
                waiting = waiting[1:]
            elif word in flags or word.startswith("--"):
                options.append(word)
            else:
                words.append(word)
        return super().parse_args(ctx, [*options, "--", *words])


def assignments(words: Sequence[str]) -> dict[str, str]:
    """`FIELD=VALUE` words as a mapping; the last one of a field counts.

    Raises:
        UsageProblem: a word without `=`, or without a field name before it.
    """
    found: dict[str, str] = {}
    for word in words:
        field, equals, value = word.partition("=")
        if not equals or not field.strip():
            raise UsageProblem(f"{word!r} is not FIELD=VALUE.", "Write it like due_on=2026-06-12.")
        name = field.strip()
        found[name if name.startswith(_CUSTOM) else name.casefold().replace("-", "_")] = value
    return found


def handles_and_assignments(words: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """`NUMBER… FIELD=VALUE…` in any order, apart.

    Raises:
        UsageProblem: no number, or no assignment.
    """
    handles = [word for word in words if "=" not in word]
    if not handles:
        raise UsageProblem("No order or record is named.", "Begin with its number, such as W-A0012.")
    changes = assignments([word for word in words if "=" in word])
    if not changes:
        raise UsageProblem("Nothing is to be changed.", "Add FIELD=VALUE, such as priority=2.")
    return handles, changes
