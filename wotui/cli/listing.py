"""What `wotui list` prints. Free of click, because the shortest way to it (`cli.at_once`) does without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from wotui.cli import output
from wotui.domain.work_orders import OPEN, PRIORITIES, STATUS_WORDS
from wotui.text import clean_line, counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wotui.cli.call import Session
    from wotui.cli.output import Style
    from wotui.store.file import Shop
    from wotui.store.reads.work_orders_list import ListedOrder

ON_A_TERMINAL = 50
"""How many orders a terminal shows unless --limit says otherwise; files and pipes get all."""
MOST = 1_000_000_000
"""The largest --limit."""

_HEADINGS = ["number", "title", "status", "priority", "due", "asset", "place", "who"]
_LONGEST = 4000
_WIDE = 110
_NARROW = (0, 1, 2, 4, 7)
_WHO = 12
"""Below 110 columns a terminal shows number, title, status, due and who, the last cut to 12."""
_TITLE, _STATUS, _PRIORITY, _DUE = 1, 2, 3, 4
_ME = "me"
"""Only a filter with these letters can ask who acts (`@me`)."""


class Wanted(NamedTuple):
    """How a list is wanted: at most how many (0: all, None: as the terminal takes), as JSON, into which file."""

    limit: int | None = None
    as_json: bool = False
    output_file: str | None = None


def show(session: Session, words: Sequence[str], wanted: Wanted) -> None:
    """Print the orders that a filter finds, and say it back in words.

    Raises:
        UsageProblem: a mistake in the filter.
        FileTrouble: the shop's file cannot be read, or the output cannot be written.
    """
    from wotui.domain.filters import describe, parse
    from wotui.store.reads import work_orders_list as reads

    anonymous = _ME not in " ".join(words).casefold()
    with session.shop(read_only=True, anonymous=anonymous) as shop:
        today = shop.today()
        text = clean_line(" ".join(words), _LONGEST)
        filter_ = parse(text, today, reads.custom_names(shop) if ":" in text else ())
        query = reads.prepare(shop, filter_)
        limit = wanted.limit
        if limit is None and output.is_terminal() and not wanted.as_json and wanted.output_file is None:
            limit = ON_A_TERMINAL
        keys = reads.first_keys(shop, query, limit) if limit else reads.keys(shop, query)
        total = reads.count(shop, query) if limit and len(keys) == limit else len(keys)
        found = _rows(shop, keys)
        own = reads.custom_values_of(shop, [order.id for order in found]) if wanted.as_json else {}
    if wanted.as_json:
        documents = [{**document(order), "custom": own.get(order.id, {})} for order in found]
        output.document(documents, wanted.output_file)
        return
    said = describe(filter_, today)
    if not found:
        output.emit("", wanted.output_file)
        output.say(f"No order fits. {said}." if text else "No order is open. wotui new TITLE makes one.")
        return
    _table(found, today, wanted.output_file)
    cut = f", the first {len(found):,} here; --limit 0 shows all" if total > len(found) else ""
    output.say(f"{said}: {counted(total, 'order')}{cut}.")


def _rows(shop: Shop, keys: Any) -> list[ListedOrder]:
    from wotui.store.reads import work_orders_list as reads

    found: list[ListedOrder] = []
    for start in range(0, len(keys), 500):
        found += reads.rows(shop, keys[start : start + 500])
    return found


def document(order: ListedOrder) -> dict[str, Any]:
    """One order of a list as JSON."""
    return {
        "number": order.number,
        "title": order.title,
        "status": order.status,
        "priority": order.priority,
        "type": order.type,
        "asset": order.asset_tag,
        "asset_name": order.asset_name,
        "place": order.place_code,
        "place_name": order.place_name,
        "customer": order.customer,
        "assignees": list(order.initials),
        "contractor": order.contractor,
        "due_on": order.due_on,
        "planned_on": order.planned_on,
        "hold_reason": order.hold_reason,
        "hold_until": order.hold_until,
        "created_at": order.created_at,
        "done_at": order.done_at,
        "steps": order.steps,
        "id": order.id,
    }


def _table(found: list[ListedOrder], today: date, output_file: str | None) -> None:
    rows: list[list[str]] = []
    styles: dict[tuple[int, int], Style] = {}
    for number, order in enumerate(found):
        late = bool(order.due_on) and order.status in OPEN and str(order.due_on) < today.isoformat()
        rows.append(
            [
                order.number,
                f"{order.title} ({order.steps} steps done)" if order.steps else order.title,
                STATUS_WORDS.get(order.status, order.status),
                PRIORITIES.get(order.priority or 0, ""),
                f"{order.due_on or ''}{' late' if late else ''}",
                order.asset_tag or "",
                order.place_code or "",
                " ".join(order.initials) or (order.contractor or ""),
            ]
        )
        if late:
            styles[number, _DUE] = "red"
        if order.priority == 1:
            styles[number, _PRIORITY] = "red"
        if order.status in ("in_progress", "on_hold"):
            styles[number, _STATUS] = "cyan" if order.status == "in_progress" else "yellow"
    if output_file is None and output.is_terminal() and output.columns() < _WIDE:
        rows = [[row[column] for column in _NARROW] for row in rows]
        rows = [[*row[:-1], output.fit(row[-1], _WHO, pad=False)] for row in rows]
        kept = {column: place for place, column in enumerate(_NARROW)}
        styles = {(row, kept[column]): style for (row, column), style in styles.items() if column in kept}
        output.table([_HEADINGS[column] for column in _NARROW], rows, flexible=_TITLE, styles=styles)
    else:
        output.table(_HEADINGS, rows, output=output_file, flexible=_TITLE, styles=styles)
