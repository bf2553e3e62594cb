"""Amounts of money as whole minor units, in and out of text.

An amount is an ``int`` of minor units (cents, pence, fils) and travels with a currency code; no float ever holds one.
The decimals of a currency are the "minor unit" of ISO 4217, list one. A code that is not named here has two, which is
what the standard gives to all but a few.
"""

from __future__ import annotations

import re

from wotui.errors import UsageProblem

LARGEST = 10**13
"""The largest amount in minor units that is taken from a person; more is a slip of the hand, not a price."""

_NO_DECIMALS = (
    *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG"),
    *("RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"),
)
_THREE_DECIMALS = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
_DECIMALS = {**dict.fromkeys(_NO_DECIMALS, 0), **dict.fromkeys(_THREE_DECIMALS, 3), "CLF": 4, "UYW": 4}
_SYMBOLS = {
    "$": ("USD", "CAD", "AUD", "NZD", "MXN", "SGD", "HKD", "CLP", "COP", "ARS"),
    "€": ("EUR",),
    "£": ("GBP", "EGP", "GIP"),
    "¥": ("JPY", "CNY"),
}
_CODE = re.compile(r"[A-Z]{3}")
_FRONT = re.compile(r"(?P<mark>[A-Za-z]{3}|[$€£¥])(?P<rest>[^A-Za-z]*[0-9].*)", re.DOTALL)
_BEHIND = re.compile(r"(?P<rest>.*[0-9][^A-Za-z]*)(?P<mark>[A-Za-z]{3}|[$€£¥])", re.DOTALL)
_DIGITS = re.compile(r"[0-9]+")
_GROUPS = re.compile(r"[0-9]{1,3}([,.' ])[0-9]{3}(?:\1[0-9]{3})*")


def decimals(currency: str) -> int:
    """How many digits stand behind the point: 2 for USD, 0 for JPY, 3 for KWD (ISO 4217)."""
    return _DECIMALS.get(currency.upper(), 2)


def is_code(currency: str) -> bool:
    """Whether this has the shape of an ISO 4217 code: three capital letters."""
    return _CODE.fullmatch(currency) is not None


def parse(text: str, currency: str, *, negative: bool = False) -> int:
    """What a person typed as an amount, in minor units: `184.99`, `1,250`, `1 250,00`, `$85`, `85 USD`.

    A point is the decimal mark unless a comma stands behind it; a comma groups thousands unless the digits behind it
    can only be cents. What could be read in two ways is refused, never guessed.

    Args:
        text: the amount, with or without the currency's code or sign.
        currency: ISO 4217 code; decides how many decimals there may be.
        negative: whether a minus sign is allowed (credits).

    Raises:
        UsageProblem: not an amount, another currency, too many decimals, ambiguous, or too large.
    """
    bare = _without_currency(text.replace("\u00a0", " ").replace("\u202f", " ").strip(), currency)
    sign = -1 if bare.startswith(("-", "\u2212")) else 1
    if sign < 0 and not negative:
        raise UsageProblem(f"{_quoted(text)} is less than nothing.", "Write an amount without a minus sign.")
    whole, part = _split(bare.lstrip("+-\u2212").strip(), text, currency)
    places = decimals(currency)
    if len(part) > places:
        raise UsageProblem(
            f"{_quoted(text)} has more decimals than {currency} has.",
            f"Write it like {plain(123456, currency)}.",
        )
    minor = int(whole + part.ljust(places, "0"))
    if minor > LARGEST:
        raise UsageProblem(f"{_quoted(text)} is too large for an amount.", "Check the digits.")
    return sign * minor


def plain(minor: int, currency: str) -> str:
    """The amount as programs read it: `184.99`, `-3.50`, `1200` for a currency without decimals."""
    places = decimals(currency)
    digits = str(abs(minor)).rjust(places + 1, "0")
    sign = "-" if minor < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def shown(minor: int, currency: str) -> str:
    """The amount as people read it: thousands grouped, the code behind it, `1,184.99 USD`."""
    whole, point, part = plain(abs(minor), currency).partition(".")
    sign = "\u2212" if minor < 0 else ""
    return f"{sign}{int(whole):,}{point}{part} {currency}".rstrip()


def share(minor: int, part: int, whole: int) -> int:
    """`minor × part ÷ whole`, rounded half up to the minor unit (half away from zero for a negative amount).

    One rule for all that is a share of an amount: a rate per hour for so many of 60 minutes, a price for so many of
    1,000 thousandths, a tax of so many of 10,000 basis points.

    Raises:
        ValueError: `whole` is not positive.
    """
    if whole <= 0:
        raise ValueError(whole)
    product = minor * part
    rounded = (2 * abs(product) + whole) // (2 * whole)
    return -rounded if product < 0 else rounded


def _without_currency(text: str, currency: str) -> str:
    """The text without the currency's own code or sign, in front or behind."""
    sign = text[:1] if text[:1] in {"-", "+", "\u2212"} else ""
    body = text[len(sign) :].strip()
    found = _FRONT.fullmatch(body) or _BEHIND.fullmatch(body)
    if found is None:
        return text
    mark = found["mark"].upper()
    if mark != currency.upper() and currency.upper() not in _SYMBOLS.get(mark, ()):
        raise UsageProblem(
            f"{_quoted(text)} is in {mark}, but this is kept in {currency}.", f"Convert it to {currency}."
        )
    return sign + found["rest"].strip()


def _split(bare: str, text: str, currency: str) -> tuple[str, str]:
    """The digits before and behind the decimal mark."""
    problem = UsageProblem(
        f"{_quoted(text)} is not an amount.",
        f"Write it like {plain(123456, currency)}, without anything else.",
    )
    marks = [character for character in bare if character in ".,"]
    if not marks or (len(set(marks)) == 1 and len(marks) > 1):
        return _whole(bare, problem), ""
    mark = marks[-1]
    whole, _, part = bare.rpartition(mark)
    if part and not _DIGITS.fullmatch(part):
        raise problem
    alone = len(marks) == 1
    if not alone and mark in whole:
        raise problem
    if alone and mark == "," and len(part) == 3 and _GROUPS.fullmatch(bare):
        if decimals(currency) >= 3:
            raise UsageProblem(
                f"{_quoted(text)} can be read in two ways.",
                f"Write {whole}{part} or {whole}.{part}.",
            )
        return whole + part, ""
    if not whole and not part:
        raise problem
    return (_whole(whole, problem) if whole else "0"), part


def _whole(digits: str, problem: UsageProblem) -> str:
    """Digits with their thousands marks taken out."""
    if _DIGITS.fullmatch(digits):
        return digits
    if _GROUPS.fullmatch(digits):
        return re.sub(r"[,.' ]", "", digits)
    raise problem


def _quoted(text: str) -> str:
    """The typed text, short enough for a sentence."""
    text = text.strip()
    return f"“{text if len(text) <= 24 else text[:23] + '…'}”"
