"""E-mails that become requests: what tenants send, and what nobody should."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.errors import FileTrouble
from wotui.exchange import mail
from wotui.store.reads import attachments
from wotui.store.reads import requests as reads

if TYPE_CHECKING:
    from pathlib import Path

    from wotui.store.file import Shop


def letter(subject: str = "Tap drips", text: str = "All night.", **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"] = subject, headers.pop("sender", "Maria Ruiz <maria@example.org>")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def arrives(shop: Shop, folder: Path, content: EmailMessage | bytes) -> reads.AskedFor:
    path = folder / "mail.eml"
    path.write_bytes(content if isinstance(content, bytes) else content.as_bytes())
    return reads.find(shop, mail.request_from(shop, path).records[0])


def test_a_mail_becomes_a_request_of_its_sender(shop: Shop, tmp_path: Path) -> None:
    known = arrives(shop, tmp_path, letter("Re: AW: Tap drips"))
    assert (known.title, known.description, known.source) == ("Tap drips", "All night.", "mail")
    assert (known.requester_name, known.requester_contact) == ("Maria Ruiz", "maria@example.org")
    assert known.place_unknown == 1


def test_the_same_mail_makes_one_request_however_often_it_comes(shop: Shop, tmp_path: Path) -> None:
    first = arrives(shop, tmp_path, letter(Message_ID="<1@example.org>"))
    again = arrives(shop, tmp_path, letter(Message_ID="<1@example.org>", text="Forwarded by another server."))
    other = arrives(shop, tmp_path, letter(Message_ID="<2@example.org>"))
    assert first.id == again.id != other.id
    assert shop.value("SELECT count(*) FROM request") == 2


def test_a_tag_or_a_code_in_the_mail_says_where(shop: Shop, tmp_path: Path) -> None:
    builders.place(shop, "APT-4")
    builders.asset(shop, "PUMP-01")
    builders.asset(shop, "PUMP-02")
    assert arrives(shop, tmp_path, letter("pump-01 leaks.")).asset_tag == "PUMP-01"
    assert arrives(shop, tmp_path, letter("Tap drips", "It is in (apt-4).")).place_code == "APT-4"
    both = arrives(shop, tmp_path, letter("PUMP-01 and PUMP-02 leak"))
    assert (both.asset_tag, both.place_unknown) == (None, 1)


def test_a_customer_is_known_by_the_address(shop: Shop, tmp_path: Path) -> None:
    with shop.transaction() as tx:
        tx.insert("customer", name="Ruiz & Sons", email="Maria@Example.org", active=1)
    assert arrives(shop, tmp_path, letter()).customer == "Ruiz & Sons"


def test_attachments_come_along_under_plain_names(shop: Shop, tmp_path: Path) -> None:
    made = letter()
    made.add_attachment(b"picture", maintype="image", subtype="jpeg", filename="../../etc/tap.jpg")
    made.add_attachment(b"", maintype="image", subtype="png", filename="empty.png")
    known = arrives(shop, tmp_path, made)
    files = attachments.of_record(shop, known.id)
    assert [(file.name, file.media_type) for file in files] == [("tap.jpg", "image/jpeg")]
    assert attachments.content(shop, files[0].sha256) == b"picture"


def test_a_large_attachment_is_left_out_and_named(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "LARGEST_FILE", 10)
    made = letter()
    made.add_attachment(b"x" * 11, maintype="video", subtype="mp4", filename="film.mp4")
    known = arrives(shop, tmp_path, made)
    assert "film.mp4" in (known.description or "")
    assert attachments.of_record(shop, known.id) == []


def test_html_alone_is_read_without_its_scripts(shop: Shop, tmp_path: Path) -> None:
    made = EmailMessage()
    made["Subject"], made["From"] = "Tap", "a@b.c"
    page = "<style>p{}</style><p>It <b>drips</b> &amp; runs</p><script>steal()</script><p>Thanks</p>"
    made.set_content(page, subtype="html")
    assert arrives(shop, tmp_path, made).description == "It drips & runs\nThanks"


def test_plain_text_is_taken_before_html(shop: Shop, tmp_path: Path) -> None:
    made = letter(text="plain words")
    made.add_alternative("<p>marked words</p>", subtype="html")
    assert arrives(shop, tmp_path, made).description == "plain words"


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (b"From: x@y.z\nSubject: =?utf-8?b?VHJvcGZ0IPCfkqc=?=\n\n", "Tropft \U0001f4a7"),
        (b"From: x@y.z\nSubject: =?iso-8859-1?q?T=FCr?=\n\n", "T\u00fcr"),
        (b"From: x@y.z\nSubject: =?no-such-set?q?T=FCr?=\n\n", "T\u00fcr"),
        (b"From: x@y.z\nSubject: =?utf-8?b?!!!?=\n\n", "Mail from x@y.z"),
        (b"From: x@y.z\nSubject: \xff\xfe raw\n\n", None),
        (b"From: x@y.z\n\nfirst line\nsecond", "first line"),
        (b"From: x@y.z\nSubject: \x1b]0;title\x07 [/red]\n\n", None),
        (b"From: x@y.z\nSubject: a\nContent-Type: text/plain; charset=utf-99\n\n\xfc", "a"),
        (b"From: x@y.z\nSubject: a\nContent-Type: multipart/mixed\n\nno boundary", "a"),
        (b"From: x@y.z\nSubject: a\nContent-Transfer-Encoding: base64\n\n%%%", "a"),
        (b"Subject: " + b"long " * 5000 + b"\n\n", None),
        (b"From: x@y.z\nSubject: a\nContent-Type: text/html\n\n" + b"<p>" * 50_000 + b"<![x", "a"),
        (b"From: a\r\n b <x@y.z>\r\nSubject: two\r\n lines\r\n\r\n", "two lines"),
        (b"Subject: nested\n" + b"Content-Type: message/rfc822\n\n" * 400 + b"x", None),
    ],
)
def test_what_nobody_should_send_still_makes_a_plain_request(
    shop: Shop, tmp_path: Path, content: bytes, title: str | None
) -> None:
    known = arrives(shop, tmp_path, content)
    assert known.title
    assert len(known.title) <= 120
    assert known.title.isprintable()
    if title is not None:
        assert known.title == title


def test_what_is_no_mail_is_refused(shop: Shop, tmp_path: Path) -> None:
    for content in (b"", b"\n\n", b"\x00\x01\x02", b"PK\x03\x04 a picture", b"Title,Place\nTap,APT-4\n"):
        (tmp_path / "x.eml").write_bytes(content)
        with pytest.raises(FileTrouble):
            mail.request_from(shop, tmp_path / "x.eml")
    for path in (tmp_path, tmp_path / "none.eml", "a\0b"):
        with pytest.raises(FileTrouble):
            mail.request_from(shop, path)
    assert shop.value("SELECT count(*) FROM request") == 0


def test_a_mail_that_is_too_large_is_not_read(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "LARGEST", 100)
    with pytest.raises(FileTrouble, match="larger than"):
        arrives(shop, tmp_path, letter(text="x" * 200))
