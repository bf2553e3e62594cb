"""PINs: a short number that says who signed. It is a convenience on a shared computer, not a lock.

A PIN of four digits has ten thousand possibilities; whoever copies the shop's file can try them all. The slow hash
(scrypt, RFC 7914; 2^14 rounds, 16 MiB, about 50 ms) and the pause after wrong tries only keep a colleague at the same
keyboard from guessing. The README says so, too.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re

from wotui.errors import Refused

_ROUNDS, _BLOCK, _LANES = 2**14, 8, 1
_PIN = re.compile(r"[0-9]{4,12}")

FREE_TRIES = 3
"""Wrong tries before the pause begins."""


def hash_pin(pin: str, salt: bytes | None = None) -> str:
    """A PIN as it is stored: `scrypt$rounds$salt$hash`, salt (16 random bytes) and hash in hexadecimal.

    Raises:
        Refused: not 4 to 12 digits.
    """
    if not _PIN.fullmatch(pin):
        raise Refused("A PIN is 4 to 12 digits.", "Type another one.")
    salt = os.urandom(16) if salt is None else salt
    return f"scrypt${_ROUNDS}${salt.hex()}${_digest(pin, salt, _ROUNDS).hex()}"


def matches(pin: str, stored: str | None) -> bool:
    """Whether a PIN is the stored one; a stored value that cannot be read matches nothing."""
    parts = (stored or "").split("$")
    if len(parts) != 4 or parts[0] != "scrypt" or not _PIN.fullmatch(pin):
        return False
    try:
        rounds, salt, digest = int(parts[1]), bytes.fromhex(parts[2]), bytes.fromhex(parts[3])
        # A merge may bring any text: more rounds than ours would stall the shop.
        if rounds != _ROUNDS:
            return False
        return hmac.compare_digest(_digest(pin, salt, rounds), digest)
    except ValueError:
        return False


def pause(wrong_tries: int) -> int:
    """Seconds to wait before the next try: none for the first three, then 1, 2, 4 … up to 60."""
    return 0 if wrong_tries < FREE_TRIES else min(60, 2 ** min(wrong_tries - FREE_TRIES, 6))


def _digest(pin: str, salt: bytes, rounds: int) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=rounds, r=_BLOCK, p=_LANES, maxmem=64 * 2**20, dklen=32)
