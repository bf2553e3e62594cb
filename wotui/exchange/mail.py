"""One e-mail as a request: an `.eml` file (RFC 5322, MIME) with its text and its attachments.

Whoever sends mail to a shop sends anything: broken encodings, HTML without text, a thousand parts, names that are
paths. Nothing of it is trusted and nothing of it stops the intake: what cannot be read is left out and named.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.policy import compat32
from email.utils import parseaddr
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wotui.actions import requests
from wotui.domain.identity import same_id
from wotui.errors import FileTrouble
from wotui.store.reads import intake
from wotui.store.transaction import Done
from wotui.text import LINE_LIMIT, NOTE_LIMIT, clean, clean_line, counted

if TYPE_CHECKING:
    from email.message import Message

    from wotui.store.file import Shop
    from wotui.store.reading import Reads

LARGEST = 40 * 1024 * 1024
"""Bytes of one mail; attachments are a third larger in it than on disk."""
LARGEST_FILE = 10 * 1024 * 1024
"""Bytes of one attachment; a larger one is named and left out."""
MOST_FILES = 20
"""Attachments that are kept of one mail."""
MOST_PARTS = 500
"""Parts that are looked at; a mail written by a person has a handful."""

_REPLY = re.compile(r"^\s*(?:(?:re|aw|fwd?|wg)\s*:\s*)+", re.IGNORECASE)
_WORD = re.compile(r"[\w./-]+")
_LOOKED_AT = 4_000
_MOST_WORDS = 400
_BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote"})
_SILENT = frozenset({"script", "style", "head", "title", "template"})


@dataclass(slots=True)
class _Mail:
    """What could be read of a mail."""

    title: str
    name: str
    address: str
    key: str
    text: str = ""
    files: list[tuple[str, bytes]] = field(default_factory=list[tuple[str, bytes]])
    left_out: list[str] = field(default_factory=list[str])


def request_from(shop: Shop, path: str | Path) -> Done:
    """Make a request of one mail. The same mail (by its Message-ID, else by its bytes) makes one request, however
    often it is delivered; then nothing is changed and the sentence says so.

    The subject is the title, the text the description; the sender is whom to answer, and the customer with that
    address asks. An asset's tag or a place's code in subject or text says where; otherwise the place is not known.

    Args:
        shop: the open shop.
        path: an `.eml` file.

    Returns:
        What was done; the request's id is the first of its records.

    Raises:
        FileTrouble: the file is missing, unreadable, empty, no plain file, larger than 40 MB, or no mail at all.
    """
    content = _content(Path(path).expanduser())
    mail = read(content)
    identity = same_id("mail", mail.key)
    there = shop.value("SELECT number FROM request WHERE id = ? AND deleted_at IS NULL", (identity,))
    if there:
        return Done(f"This mail is {there} already.", None, (identity,))
    done = requests.new(
        shop,
        mail.title,
        _fields(shop, mail),
        files=mail.files,
        source="mail",
        identity=identity,
    )
    if not mail.left_out:
        return done
    said = f"Left out of the mail: {', '.join(mail.left_out[:5])}."
    return Done(done.sentence, done.act, done.records, (*done.notices, said))


def read(content: bytes) -> _Mail:
    """What stands in a mail.

    Raises:
        FileTrouble: no mail: it has neither a sender nor a subject.
    """
    try:
        message = message_from_bytes(content, policy=compat32)
        name, address = parseaddr(_header(message, "From"))
        subject = clean_line(_REPLY.sub("", _header(message, "Subject")), LINE_LIMIT)
        key = clean_line(_header(message, "Message-ID"), 500) or sha256(content).hexdigest()
        mail = _Mail(subject, clean_line(name), clean_line(address), key)
        _take_parts(mail, message)
    except (MessageError, RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise FileTrouble(f"This mail cannot be read ({type(error).__name__}).", "Open it by hand.") from None
    if not (mail.title or mail.address):
        raise FileTrouble("This is no mail: it has neither a sender nor a subject.", "Check the file.")
    first = mail.text.strip().split("\n", 1)[0]
    mail.title = mail.title or clean_line(first) or clean_line(f"Mail from {mail.name or mail.address}")
    return mail


def _content(path: Path) -> bytes:
    try:
        # Non-blocking: a pipe put into the folder must not hang the shop.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise FileTrouble(f"{path.name} is not a file.", "Give the path of an .eml file.")
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise FileTrouble(f"{path.name} cannot be read: {error.strerror}.", "Check the path.") from None
    except ValueError:
        raise FileTrouble("That is not the path of a file.", "Check the path.") from None
    if not content:
        raise FileTrouble(f"{path.name} is empty.", "Check the file.")
    if len(content) > LARGEST:
        raise FileTrouble(f"{path.name} is larger than 40 MB.", "Ask for it without its attachments.")
    return content


def _header(message: Message, name: str) -> str:
    """A header as text; encoded words are decoded as well as they can be (RFC 2047)."""
    value: Any = message.get(name)
    if value is None:
        return ""
    words = str(value)[:2000]
    try:
        parts = decode_header(words)
    except (MessageError, ValueError):
        return words
    return "".join(_decoded(part, charset) if isinstance(part, bytes) else part for part, charset in parts)


def _decoded(content: bytes, charset: str | None) -> str:
    for known in (charset, "utf-8"):
        try:
            if known:
                return content.decode(known)
        except (LookupError, ValueError):
            continue
    return content.decode("latin-1")


def _take_parts(mail: _Mail, message: Message) -> None:
    """Text and attachments, the plain text before the HTML."""
    plain: list[str] = []
    html: list[str] = []
    for count, part in enumerate(message.walk()):
        if count >= MOST_PARTS:
            mail.left_out.append("further parts")
            break
        if part.is_multipart():
            continue
        payload: Any = part.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else b""
        kind, name = part.get_content_type(), _file_name(part)
        if name or not kind.startswith("text/"):
            _take_file(mail, name or f"part-{count}", content)
        else:
            words = _decoded(content, part.get_content_charset())
            (html if kind == "text/html" else plain).append(words)
    text = "\n".join(plain).strip() or "\n".join(_without_tags(each) for each in html).strip()
    if mail.left_out:
        text += f"\n\n({counted(len(mail.left_out), 'attachment')} left out: {', '.join(mail.left_out[:5])})"
    mail.text = clean(text, NOTE_LIMIT)


def _file_name(part: Message) -> str:
    found: Any = part.get_filename()
    if found is None:
        disposition: Any = part.get("Content-Disposition")
        return "attachment" if str(disposition or "").lower().startswith("attachment") else ""
    try:
        pieces = decode_header(str(found)[:500])
    except (MessageError, ValueError):
        return clean_line(str(found), 80)
    words = "".join(_decoded(each, charset) if isinstance(each, bytes) else each for each, charset in pieces)
    return clean_line(words.replace("\\", "/").rpartition("/")[2], 80) or "attachment"


def _take_file(mail: _Mail, name: str, content: bytes) -> None:
    if not content:
        return
    if len(content) > LARGEST_FILE or len(mail.files) >= MOST_FILES:
        mail.left_out.append(name)
    else:
        mail.files.append((name, content))


class _Text(HTMLParser):
    """The words of a page, without what is not shown."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(self._silent - (tag in _SILENT), 0)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def _without_tags(html: str) -> str:
    reader = _Text()
    try:
        reader.feed(html[: NOTE_LIMIT * 10])
        reader.close()
    except (AssertionError, ValueError):  # the parser's own words for markup that it gives up on
        pass
    lines = (" ".join(line.split()) for line in "".join(reader.words).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _fields(reads: Reads, mail: _Mail) -> dict[str, str]:
    found = {
        "description": mail.text,
        "requester_name": mail.name or mail.address,
        "requester_contact": mail.address,
    }
    customer = intake.customer_at(reads, mail.address)
    if customer:
        found["customer"] = customer
    return {name: words for name, words in found.items() if words} | _where(reads, mail)


def _where(reads: Reads, mail: _Mail) -> dict[str, str]:
    """The one asset or place that the mail names by its tag or code, or the word that it names none."""
    words = {each.strip("./-") for each in _WORD.findall(f"{mail.title}\n{mail.text}"[:_LOOKED_AT])}
    where = intake.named_by(reads, sorted(word for word in words if len(word) > 2)[:_MOST_WORDS])
    return {where[0]: where[1]} if where else {"place_unknown": "yes"}
