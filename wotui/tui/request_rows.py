"""How a request looks: as a row of the Inbox, as what stands beside the list, and as fields. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from wotui.domain.request_fields import REQUEST
from wotui.domain.requests import OPEN, STATUS_WORDS, UNDECIDED
from wotui.domain.work_orders import PRIORITIES
from wotui.domain.work_orders import STATUS_WORDS as ORDER_WORDS
from wotui.errors import Problem
from wotui.store.reads import attachments, requests_list, work_orders
from wotui.store.reads import requests as reads
from wotui.text import counted
from wotui.tui import keys, present, record_rows
from wotui.tui.present import Look
from wotui.tui.widgets.columns import Column
from wotui.tui.widgets.fields import Row
from wotui.tui.widgets.pages import wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from wotui.domain.records import Field
    from wotui.store.file import Shop
    from wotui.store.reads.requests import AskedFor, LinkedOrder, LinkedRequest
    from wotui.store.reads.requests_list import ListedRequest
    from wotui.store.reads.work_orders import LogLine
    from wotui.tui.record_rows import Spelling
    from wotui.tui.themes import Token
    from wotui.tui.widgets.lines import Piece

LOOKS = {
    "new": Look("★", STATUS_WORDS["new"], "accent"),
    "needs_info": Look("?", STATUS_WORDS["needs_info"], "warn"),
    "accepted": Look("▶", STATUS_WORDS["accepted"], "info"),
    "resolved": Look("✓", STATUS_WORDS["resolved"], "good"),
    "declined": Look("✗", STATUS_WORDS["declined"], "muted"),
    "duplicate": Look("≡", STATUS_WORDS["duplicate"], "muted"),
    "withdrawn": Look("↶", STATUS_WORDS["withdrawn"], "muted"),
}
_NUMBER = Column("number", "number", 8)
_TITLE = Column("title", "title", 0)
_STATUS = Column("status", "status", 12)
_WHERE = Column("where", "where", 14)
_WHO = Column("who", "who", 16)
_AGE = Column("age", "waits", 7)
_URGENT = Column("priority", "!", 1)
_PRIORITY = Column("priority", "how urgent", 11)
_ORDERS = Column("orders", "orders", 8)
COLUMNS: tuple[tuple[int, tuple[Column, ...]], ...] = (
    (124, (_PRIORITY, _NUMBER, _TITLE, _WHERE, _WHO, _AGE, _STATUS, _ORDERS)),
    (76, (_URGENT, _NUMBER, _TITLE, _WHERE, _AGE, _STATUS)),
    (0, (_URGENT, _NUMBER, _TITLE, _AGE, _STATUS)),
)
"""From how many cells on, which columns; the first that fits counts."""
PAGES = ("overview", "log", "history")
_SHOWN = (
    *("title", "description", "asset", "place", "place_unknown", "work_kind", "asked_priority", "wanted_on"),
    *("requester_name", "requester_contact", "requester", "customer", "permission_to_enter"),
)
_ALWAYS = ("title", "description", "asset", "place")


def look(status: str) -> Look:
    """A request's status; a word that a newer file brought is shown as it stands."""
    return LOOKS.get(status, Look("?", present.words(status) or "no status", "warn"))


def age(instant: str | None, now: datetime) -> str:
    """How long something waits: `25 min`, `3 h`, `12 d`; empty where nobody knows."""
    try:
        since = datetime.fromisoformat(instant or "")
    except ValueError:
        return ""
    since = since if since.tzinfo is not None else since.replace(tzinfo=UTC)
    minutes = max(int((now - since).total_seconds() // 60), 0)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 2880 else f"{minutes // 1440} d"


class RequestRows:
    """Reads and draws requests as the rows of a `RecordList`.

    Args:
        shop: gives the open shop.
        now: gives the instant against which they wait.
    """

    def __init__(self, shop: Callable[[], Shop], now: Callable[[], datetime]) -> None:
        self._shop = shop
        self._now = now

    def read(self, wanted: Sequence[int]) -> Mapping[int, ListedRequest]:
        """The rows of these keys."""
        return {row.key: row for row in requests_list.rows(self._shop(), wanted)}

    def columns(self, width: int) -> Sequence[Column]:
        """The columns of that width."""
        return next(chosen for least, chosen in COLUMNS if width >= least)

    def cells(self, record: ListedRequest, columns: Sequence[Column]) -> list[Piece]:
        """One row."""
        return [_cell(record, column, self._now()) for column in columns]


def _cell(row: ListedRequest, column: Column, now: datetime) -> Piece:
    if column.field == "status":
        shown = look(row.status)
        return (str(shown), shown.token)
    if column.field == "priority":
        shown = present.priority(row.asked_priority or 3)
        return (shown.glyph if column.width < 3 else str(shown), shown.token)
    if column.field == "age":
        waits = age(row.since, now) if row.status in UNDECIDED else ""
        return (waits, "warn" if waits.endswith("d") else "muted")
    words = {
        "number": row.number,
        "title": row.title,
        "where": row.asset_tag or row.place_name or row.place_code or "",
        "who": row.asker or present.words(row.source),
        "orders": row.orders or "",
    }[column.field]
    looks: dict[str, Token] = {"title": "text" if row.status in OPEN else "muted", "where": "accent"}
    return (words, looks.get(column.field, "muted"))


@dataclass(frozen=True, slots=True)
class RequestDetail:
    """One request with what belongs to it, read in one go."""

    known: AskedFor
    orders: tuple[LinkedOrder, ...]
    duplicates: tuple[LinkedRequest, ...]
    followers: tuple[str, ...]
    custom: dict[str, str]
    files: tuple[str, ...]
    log: tuple[LogLine, ...]

    @property
    def ending(self) -> str:
        """What became of it; empty while it is open."""
        return reads.ending(self.known, self.orders)

    @property
    def todo(self) -> str:
        """The next step, with its key."""
        status, shown = self.known.status, keys.shown_key
        if status == "new":
            return f"{shown('request.accept')} accepts it, {shown('request.ask')} asks back"
        if status == "needs_info":
            return f"{shown('request.ask')} takes the answer"
        if status == "resolved":
            return f"{shown('request.not_fixed')} if it is not fixed"
        return "its orders are to be finished" if status == "accepted" else ""


def load(shop: Shop, request_id: str) -> RequestDetail | None:
    """The request and what belongs to it; None when it is not there any more."""
    known = reads.request(shop, request_id)
    if known is None or known.deleted_at is not None:
        return None
    return RequestDetail(
        known=known,
        orders=tuple(reads.orders(shop, request_id)),
        duplicates=tuple(reads.duplicates(shop, request_id)),
        followers=tuple(reads.followers(shop, request_id)),
        custom=work_orders.custom_values(shop, request_id),
        files=tuple(file.name for file in attachments.of_record(shop, request_id)),
        log=tuple(work_orders.log(shop, request_id)),
    )


def preview(detail: RequestDetail, width: int, spelling: Spelling, zone: ZoneInfo) -> list[list[Piece]]:
    """The request on lines of at most `width` cells."""
    lines: list[list[Piece]] = [[(f" {detail.known.number}", "muted")]]
    lines += wrapped(detail.known.title, width - 1, "strong", " ")
    for row in overview(detail, spelling, zone):
        if not row.name or row.name in ("title", "description") or not row.shown:
            continue
        room = max(width - 18, 12)
        first, *rest = wrapped(row.shown, room, row.look)
        lines.append([(f" {row.label:<16} ", "label"), *first])
        for line in rest:
            lines.append([(" " * 18, "text"), *line])
    if detail.known.description:
        lines.append([])
        lines += wrapped(detail.known.description, width - 1, "text", " ")
    if detail.log:
        lines.append([])
        lines.append([(" Log", "title"), (f"  {counted(len(detail.log), 'entry', 'entries')}", "muted")])
        for entry in detail.log[:5]:
            lines += wrapped(entry.text, width - 2, "muted", "  ")
    return lines


def typed_values(known: AskedFor) -> dict[str, str]:
    """Every field of the request as a person would type it, by name."""
    values = {
        field.name: str(getattr(known, field.column) or "")
        for field in REQUEST.fields
        if field.type not in ("reference", "flag")
    }
    return values | {
        "asset": known.asset_tag or "",
        "place": (known.place_code or "") if known.place_id else "",
        "customer": known.customer or "",
        "requester": known.initials or "",
        "place_unknown": "yes" if known.place_unknown else "",
        "asked_priority": PRIORITIES.get(known.asked_priority or 0, ""),
    }


def fields(known: AskedFor, spelling: Spelling) -> list[Row]:
    """All fields that can be filled in, for the form."""
    values = typed_values(known)
    names = {field.name: _shown(field, values[field.name], spelling) for field in REQUEST.fields}
    names |= {
        "asset": known.asset,
        "place": known.place if known.place_id else "",
        "requester": known.person or "",
    }
    return record_rows.rows(REQUEST, values, spelling, names)


def _shown(field: Field, typed: str, spelling: Spelling) -> str:
    """A value as it is shown; one that a bad merge brought, as it stands."""
    try:
        return spelling.shown(field, typed)
    except Problem:
        return typed


def overview(detail: RequestDetail, spelling: Spelling, zone: ZoneInfo) -> list[Row]:
    """What stands on the request's first page: its state, the fields that hold something, what it led to."""
    known, shown = detail.known, look(detail.known.status)
    since = present.moment(known.status_at or known.reported_at, zone, spelling.today)
    made = [_fact("status", f"{shown}{f' since {since}' if since else ''}", shown.token)]
    if known.status == "needs_info":
        made.append(_fact("question", known.reason or "", "warn"))
    if detail.ending:
        made.append(_fact("what became", detail.ending, "good" if detail.ending == "done" else "warn"))
    if detail.todo:
        made.append(_fact("next step", detail.todo, "accent"))
    rows = {row.name: row for row in fields(known, spelling)}
    made += [
        replace(rows[name], required=False)
        for name in _SHOWN
        if name in _ALWAYS or rows[name].typed not in ("", "no")
    ]
    made += [
        Row(f"custom.{name}", name, typed=value, shown=value, limit=2000)
        for name, value in detail.custom.items()
    ]
    if detail.files:
        made.append(_fact("files", ", ".join(detail.files)))
    made += _beside(detail)
    made.append(Row("", "Record"))
    made.append(_fact("reported", present.moment(known.reported_at, zone, spelling.today)))
    made.append(_fact("came by", present.words(known.source)))
    return made


def _beside(detail: RequestDetail) -> list[Row]:
    """Orders, what it repeats or is repeated by, and who else is told."""
    made: list[Row] = []
    for order in detail.orders:
        words = f"{order.number} {order.title} ({ORDER_WORDS.get(order.status, order.status)})"
        made.append(Row(f"order:{order.id}", "order", kind="order", typed=order.id, shown=words))
    known = detail.known
    if known.status == "duplicate" and known.duplicate_of_id:
        same = f"{known.original or 'a request that is not here'}"
        made.append(Row("request:same", "repeats", kind="request", typed=known.duplicate_of_id, shown=same))
    for each in detail.duplicates:
        words = f"{each.number} {each.title}{f' ({each.asker})' if each.asker else ''}"
        made.append(Row(f"request:{each.id}", "repeated by", kind="request", typed=each.id, shown=words))
    if made:
        made.insert(0, Row("", "What it led to"))
    if detail.followers:
        made.append(_fact("also told", "; ".join(detail.followers)))
    return made


def _fact(label: str, words: str, style: Token = "text") -> Row:
    return Row(f"fact:{label}", label, kind="fact", shown=words, look=style)
