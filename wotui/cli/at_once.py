"""The shortest way to `wotui list`: a call with no more than its own options is understood without click.

Importing click and building its commands takes as long as opening a shop of 100,000 orders and printing 50 of them.
Whatever is not plain here (help, a mistyped option, a wrong number) is left to click, which has the words for it.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from wotui.cli.call import Session
from wotui.cli.listing import MOST, Wanted, show

if TYPE_CHECKING:
    from collections.abc import Sequence

_VALUED = {"--limit": "limit", "--db": "db", "--as": "as", "-o": "output", "--output": "output"}


class ListCall(NamedTuple):
    """The words of a filter, the options of the list, which file and who acts (empty: as nothing was said)."""

    words: tuple[str, ...]
    wanted: Wanted
    database: str
    initials: str


def understood(arguments: Sequence[str]) -> ListCall | None:
    """What a call of `list` wants; None for a call that click must look at. `arguments` begin after `list`."""
    if "_WOTUI_COMPLETE" in os.environ:
        return None
    values: dict[str, str] = {}
    words: list[str] = []
    as_json = False
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word == "--":
            words += rest
            break
        name, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        if word == "--json":
            as_json = True
        elif name in _VALUED and (equals or rest):
            values[_VALUED[name]] = value if equals else rest.pop(0)
        elif word.startswith("--") or word in {"-h", "-o"}:
            return None
        else:
            words.append(word)
    limit = values.get("limit")
    if "" in values.values() or (limit is not None and not _is_limit(limit)):
        return None
    wanted = Wanted(None if limit is None else int(limit), as_json, values.get("output"))
    return ListCall(tuple(words), wanted, values.get("db", ""), values.get("as", ""))


def _is_limit(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= len(str(MOST)) and int(word) <= MOST


def run(call: ListCall) -> int:
    """Print the list and give the exit code; whatever went wrong has been said on stderr by then."""
    session = Session()
    session.database = call.database or session.database
    session.initials = call.initials or session.initials
    try:
        show(session, call.words, call.wanted)
        if sys.stdout is not None and not sys.stdout.closed:
            sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 - the command line says what ended a call, this one too
        from wotui.cli.main import ended_by

        return ended_by(error)
    return 0
