"""A bundle: the changes first..last of one origin, immutable, named by what is in it.

`origin-first-last-sha256/16.jsonl.gz`, gzip'd JSON lines: a header (`shop`, `format`, `written_by`, `origin`, `first`,
`last`), then one array for each change, without its origin. Bytes that do not hash to their name are not there yet.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from wotui import __version__
from wotui.merge.places import FORMAT, Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_CHANGES = 20_000
"""Changes in one bundle; a longer run becomes several."""
MOST_BYTES = 16 << 20
"""Bytes of JSON in one bundle that is written; one that is read may unpack to `LARGEST_UNPACKED`."""
LARGEST = 64 << 20
LARGEST_UNPACKED = 128 << 20

_NAME = re.compile(r"([a-z2-7]{8})-([1-9]\d{0,15})-([1-9]\d{0,15})-([0-9a-f]{16})\.jsonl\.gz\Z")

_SHAPES = frozenset(
    (int, int, at, actor, act, str, str, str)
    for at in (int, type(None))
    for actor in (str, type(None))
    for act in (int, type(None))
)


class NotABundle(ValueError):
    """What the bytes under a bundle's name are instead, as the end of a sentence."""


class NewerBundle(NotABundle):
    """It was written by a newer wotui, whose name is the sentence."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle's name says.

    Attributes:
        name: the file's name.
        origin: whose changes.
        first: number of its first change.
        last: number of its last.
        digest: the first 16 hexadecimal digits of the SHA-256 of its bytes.
    """

    name: str
    origin: str
    first: int
    last: int
    digest: str

    @property
    def count(self) -> int:
        """How many changes are in it."""
        return self.last - self.first + 1


def by_name(name: str) -> Bundle | None:
    """What a name says; None where it is not a bundle's."""
    match = _NAME.match(name)
    if not match or int(match[2]) > int(match[3]):
        return None
    return Bundle(name, match[1], int(match[2]), int(match[3]), match[4])


def pack(shop: str, changes: list[Change]) -> tuple[Bundle, bytes]:
    """A bundle of consecutive changes of one origin; the same changes give the same bytes on the same computer."""
    origin, first, last = changes[0].origin, changes[0].seq, changes[-1].seq
    header = {
        "shop": shop,
        "format": FORMAT,
        "written_by": __version__,
        "origin": origin,
        "first": first,
        "last": last,
    }
    lines = [json.dumps(header)]
    lines += [
        json.dumps(
            [each.seq, each.t, each.at, each.actor, each.act, each.entity, each.row, each.patch],
            ensure_ascii=False,
        )
        for each in changes
    ]
    content = gzip.compress("\n".join(lines).encode(), 6, mtime=0)
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Bundle(f"{origin}-{first}-{last}-{digest}.jsonl.gz", origin, first, last, digest), content


def runs(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Cut changes, which come by origin and number, into runs of the size of a bundle."""
    run: list[Change] = []
    size = 0
    for change in changes:
        if run and (change.origin != run[0].origin or len(run) >= MOST_CHANGES or size >= MOST_BYTES):
            yield run
            run, size = [], 0
        run.append(change)
        size += len(change.patch) + 120
    if run:
        yield run


def is_whole(bundle: Bundle, content: bytes) -> bool:
    """Whether these are the bytes that the name promises."""
    return hashlib.sha256(content).hexdigest()[:16] == bundle.digest


def shop_of(content: bytes) -> str:
    """The shop that a bundle's header names; empty where it has none."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            header: Any = json.loads(packed.readline(10_000))
        return str(header["shop"])[:200]
    except (OSError, EOFError, zlib.error, ValueError, RecursionError, TypeError, KeyError):
        return ""


def unpack(bundle: Bundle, content: bytes, shop: str) -> list[Change]:
    """The changes of a bundle whose bytes are whole.

    Raises:
        NewerBundle: a newer wotui wrote it.
        NotABundle: it belongs to another shop, or is not what its name says: whoever wrote it was no wotui.
    """
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            raw = packed.read(LARGEST_UNPACKED + 1)
        if len(raw) > LARGEST_UNPACKED:
            raise NotABundle("unpacks to more than any bundle holds")
        lines = raw.decode("utf-8").split("\n")
        header: Any = json.loads(lines[0])
        _expect_header(bundle, header, shop)
        changes = _changes(bundle.origin, lines[1:])
    except NotABundle:
        raise
    except (OSError, EOFError, zlib.error, ValueError, RecursionError, TypeError, KeyError) as error:
        raise NotABundle("is not what wotui writes") from error
    if [change.seq for change in changes] != list(range(bundle.first, bundle.last + 1)):
        raise NotABundle("does not hold what its name says")
    return changes


def _expect_header(bundle: Bundle, header: Any, shop: str) -> None:
    if not _is_number(header["format"]):
        raise NotABundle("is not what wotui writes")
    if header["format"] > FORMAT:
        raise NewerBundle(str(header.get("written_by"))[:20])
    if header["shop"] != shop:
        raise NotABundle("belongs to another shop")
    if (header["origin"], header["first"], header["last"]) != (bundle.origin, bundle.first, bundle.last):
        raise NotABundle("does not hold what its name says")


def _changes(origin: str, lines: list[str]) -> list[Change]:
    rows: Any = json.loads(f"[{','.join(lines)}]")
    if not all(type(row) is list and tuple(map(type, cast("list[Any]", row))) in _SHAPES for row in rows):
        raise NotABundle("holds a change that no wotui wrote")
    changes = [Change(origin, *row) for row in rows]
    names = "".join([f"{each.actor}{each.entity}{each.row}" for each in changes])
    numbers = [number for each in changes for number in (each.seq, each.t, each.at or 0, each.act or 0)]
    sound = (
        "\0" not in names
        and -(2**63) <= min(numbers, default=0) <= max(numbers, default=0) < 2**63
        and all(0 < len(each.row) <= 200 and 0 < len(each.entity) <= 64 for each in changes)
        and all(each.patch.startswith("{") for each in changes)
    )
    if not sound:
        raise NotABundle("holds a change that no wotui wrote")
    names.encode()  # a lone surrogate is no text
    "".join([each.patch for each in changes]).encode()
    return changes


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63
