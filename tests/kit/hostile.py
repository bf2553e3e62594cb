"""Text that hurts: 28 payloads for whoever parses markup, 40 for whoever lets control bytes through.

Each carries a word of its own, so that a test can see the text on the screen and look for its poison in the bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

MARKUP: tuple[str, ...] = (
    "Grease [/bearing] MK00",
    "[/] MK01",
    "[x] oil MK02",
    "[URGENT] MK03",
    "[@click=app.quit]MK04[/]",
    "[@click=screen.dismiss]MK05[/@click]",
    "[link=https://example.invalid]MK06[/link]",
    "M8 [/done] MK07",
    "[b]MK08",
    "[b]" * 30 + "MK09",
    "[/b] MK10",
    "[red]MK11[/green]",
    "[on $primary]MK12[/]",
    "[$nosuch]MK13[/]",
    "[#zzzzzz]MK14[/]",
    "[0] MK15",
    "[] MK16",
    "[[b]] MK17",
    "\\[b]MK18",
    "[bold red]MK19[/bold blue]",
    "MK20 [unclosed",
    "MK21 ]closed[",
    '[a="b] MK22',
    "[blink]MK23[/blink]",
    "[reverse conceal]MK24[/]",
    "[@click=app.bell()]MK25",
    "{MK26} %s %(x)s ${HOME} {0.__class__}",
    "MK27 :skull: :warning: `code` *em* #PUMP @jd",
)
"""Markup that Textual or Rich would act upon, crash on, or hide."""


@dataclass(frozen=True)
class Poison:
    """A text with control characters, the word in it, and the bytes that must never reach a terminal."""

    text: str
    word: str
    bytes: bytes


def _poisons() -> tuple[Poison, ...]:
    escape, bell, string_end = "\x1b", "\x07", "\x1b\\"
    sequences = [
        f"{escape}]0;{{}}{bell}",  # window title
        f"{escape}]0;{{}}{string_end}",
        f"{escape}]2;{{}}",  # unterminated
        f"{escape}]8;;https://example.invalid/{{}}{bell}",  # link
        f"{escape}]52;c;{{}}{bell}",  # clipboard
        f"{escape}]52;c;?{bell}{{}}",
        f"{escape}]4;1;rgb:ff/00/00{bell}{{}}",  # palette
        f"{escape}]10;?{bell}{{}}",
        f"{escape}]1337;File=inline=1:{{}}{bell}",
        f"{escape}P+q544e{{}}{string_end}",  # DCS
        f"{escape}P1$r{{}}{string_end}",
        f"{escape}_G{{}}{string_end}",  # APC
        f"{escape}^{{}}{string_end}",  # PM
        f"{escape}X{{}}{string_end}",  # SOS
        f"{escape}[31m{{}}",
        f"{escape}[8m{{}}",  # concealed
        f"{escape}[2J{{}}",
        f"{escape}[H{{}}",
        f"{escape}[1000D{{}}",
        f"{escape}[6n{{}}",  # asks for a reply
        f"{escape}[c{{}}",
        f"{escape}[?1049l{{}}",
        f"{escape}[?25l{{}}",
        f"{escape}[?1003h{{}}",  # mouse reports
        f"{escape}[5i{{}}",  # printer on
        f"{escape}[21t{{}}",  # reports the title
        f"{escape}c{{}}",  # reset
        f"{escape}#8{{}}",
        f"{escape}(0{{}}",  # line drawing
        f"{escape}{{}}",
        "\x9b31m{}",  # 8-bit CSI
        "\x9d0;{}\x9c",  # 8-bit OSC
        "\x90{}\x9c",  # 8-bit DCS
        "\x0e{}\x0f",  # shift out
        "a\x08\x08{}",  # backspace over
        "seen\r{}",  # carriage return over
        "\x00{}",
        "\x7f{}",
        "\u202egnp.{}\u202c",  # right-to-left override
        "\u2066{}\u2067\u2068\u2069",  # isolates
    ]
    made: list[Poison] = []
    for index, sequence in enumerate(sequences):
        word = f"CT{index:02d}"
        text = sequence.format(word)
        made.append(Poison(text, word, _signature(text, word)))
    return tuple(made)


def _signature(text: str, word: str) -> bytes:
    """The bytes of a payload that identify it: from its first control character to its word, or to its end."""
    start = next(i for i, c in enumerate(text) if not c.isascii() or ord(c) < 32 or ord(c) == 127)
    at = text.index(word)
    end = at + len(word) if at > start else len(text)
    return text[start:end].encode()


CONTROL: tuple[Poison, ...] = _poisons()
"""Control sequences that a terminal would obey."""

FORBIDDEN_CHARACTERS = (
    "".join(map(chr, range(0x80, 0xA0))) + "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""C1 controls and bidi overrides: they may not be in any output at all."""


def leaks(raw: bytes) -> list[str]:
    """Which payloads a program's output carries: names of words, and of forbidden characters."""
    found = [poison.word for poison in CONTROL if poison.bytes in raw]
    text = raw.decode("utf-8", "replace")
    return found + [f"U+{ord(c):04X}" for c in FORBIDDEN_CHARACTERS if c in text]
