"""Ids that never clash: made on the device, or derived where two devices meet the same cause.

UUIDv7 (RFC 9562 section 5.7, with the sub-millisecond fraction of method 3) sorts by when it was made, also
within one process and one millisecond; UUIDv5 gives the same id to the same parts, so that two laptops that
both fail one checklist item create one follow-up order, not two.
"""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import sha1
else:
    try:
        from _sha1 import sha1  # CPython's own: it takes half as long for so few bytes, and loads no OpenSSL
    except ImportError:
        from hashlib import sha1

_NAMESPACE = bytes.fromhex("7f0b6a526c0e5c539a570f6f1d2f7c11")
_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """A fresh UUIDv7, later than every id this process made before."""
    global _last
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    with _lock:
        _last = stamp = max(milliseconds << 12 | rest * 4096 // 1_000_000, _last + 1)
    value = (stamp >> 12 & 0xFFFFFFFFFFFF) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64
    value |= 0b10 << 62 | int.from_bytes(os.urandom(8), "big") >> 2
    return _written(f"{value:032x}")


def same_id(*parts: str) -> str:
    """The UUIDv5 that everybody derives from the same parts, in the same order (RFC 9562 section 5.5).

    Written out because `uuid.uuid5` takes three times as long, and an import derives a million of them.
    """
    digest = bytearray(sha1(_NAMESPACE + "\x1f".join(parts).encode(), usedforsecurity=False).digest())
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    return _written(digest[:16].hex())


def _written(text: str) -> str:
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
