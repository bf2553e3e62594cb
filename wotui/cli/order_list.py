"""`wotui list`: work orders by the filter language of the screen."""

from __future__ import annotations

import click

from wotui.cli import listing
from wotui.cli.options import FilterCommand, json_option, output_option
from wotui.cli.session import Session, pass_session


@click.command("list", cls=FilterCommand)
@click.argument("words", nargs=-1, metavar="[FILTER…]")
@click.option(
    "--limit", type=click.IntRange(0, listing.MOST), metavar="N", help="At most N orders; 0 for all."
)
@json_option
@output_option
@pass_session
def list_(
    session: Session, words: tuple[str, ...], limit: int | None, *, as_json: bool, output_file: str | None
) -> None:
    """List work orders by the filter language of the screen; open ones unless the filter names a status.

    \b
      wotui list                          what is open, the most pressing first
      wotui list pump status:any          every order with the word pump
      wotui list @me late:yes             mine, overdue
      wotui list '#PUMP-01' -who:ace due+   of one asset, not Ace's, by due date

    Words must all be found; a , b is either; -word is not; field:value, ranges x..y, @person, #asset, !priority; field+
    and field- sort. On a terminal the first 50 are shown.
    """  # noqa: D301 - click reads the control character
    listing.show(session, words, listing.Wanted(limit, as_json, output_file))
