"""Ids that never clash: made on the device, or derived where two devices meet the same cause.

UUIDv7 (RFC 9562 section 5.7) sorts by the millisecond it was made in; UUIDv5 gives the same id to the same parts, so that
two laptops that both fail one checklist item create one follow-up order, not two.
"""

from __future__ import annotations

import os
import time
import uuid

_NAMESPACE = uuid.UUID("7f0b6a52-6c0e-5c53-9a57-0f6f1d2f7c11")


def new_id() -> str:
    """A fresh UUIDv7: 48 bits of Unix milliseconds, 74 random bits."""
    random = int.from_bytes(os.urandom(10), "big")
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & 0xFFFFFFFFFFFF) << 80
    value |= 0x7 << 76
    value |= ((random >> 62) & 0xFFF) << 64
    value |= 0b10 << 62
    value |= random & 0x3FFFFFFFFFFFFFFF
    return str(uuid.UUID(int=value))


def same_id(*parts: str) -> str:
    """The UUIDv5 that everybody derives from the same parts, in the same order."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))
