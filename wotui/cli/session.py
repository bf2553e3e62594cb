"""What the global options say, for click: `--db` and `--as`, and the call (`cli.call`) that they fill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from wotui.cli.call import Session

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Session", "global_options", "pass_session"]

pass_session = click.make_pass_decorator(Session, ensure=True)


def global_options() -> list[click.Option]:
    """`--db` and `--as`, for the group and for every command, so that they may stand before or after its name."""
    return [
        click.Option(
            ["--db"],
            metavar="FILE",
            expose_value=False,
            callback=_remember("database"),
            help="The shop's file.",
        ),
        click.Option(
            ["--as"], metavar="INITIALS", expose_value=False, callback=_remember("initials"), help="Who acts."
        ),
    ]


def _remember(attribute: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def callback(context: click.Context, _parameter: click.Parameter, value: Any) -> None:
        if value is not None:
            setattr(context.ensure_object(Session), attribute, str(value))

    return callback
