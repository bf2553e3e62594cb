"""What a hiring costs and where it is done: the terms that make a job acceptable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from wotui.domain import money
from wotui.errors import UsageProblem

if TYPE_CHECKING:
    from datetime import date

PriceKind = Literal["fixed", "hourly", "not_to_exceed", "free_warranty"]
Mode = Literal["onsite", "offsite"]

PRICE_KINDS: dict[str, str] = {
    "fixed": "fixed price",
    "hourly": "by the hour",
    "not_to_exceed": "not to exceed",
    "free_warranty": "free under warranty",
}
SERVICE_MODES: dict[str, str] = {
    "onsite": "on site",
    "offsite": "off site",
    "both": "on site or off site",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """A price in minor units of `currency`, and for work away the days the item leaves and is due back.

    `agreed_price` belongs to a fixed price, `rate` (per hour) to an hourly one; `nte_limit` is the ceiling of a
    not-to-exceed price and may also cap an hourly one.
    """

    price_kind: str
    currency: str
    agreed_price: int | None = None
    rate: int | None = None
    nte_limit: int | None = None
    mode: str = "onsite"
    sent_out_on: date | None = None
    due_back_on: date | None = None

    @property
    def limit(self) -> int | None:
        """The most that may be invoiced without a supervisor's word; None where nothing was agreed."""
        return self.agreed_price if self.price_kind == "fixed" else self.nte_limit

    @property
    def words(self) -> str:
        """`fixed 450.00 USD`, `85.00 USD an hour, not over 900.00 USD`, `free under warranty`."""
        if self.price_kind == "fixed" and self.agreed_price is not None:
            return f"fixed {money.shown(self.agreed_price, self.currency)}"
        parts: list[str] = []
        if self.rate is not None:
            parts.append(f"{money.shown(self.rate, self.currency)} an hour")
        if self.nte_limit is not None:
            parts.append(f"not over {money.shown(self.nte_limit, self.currency)}")
        return ", ".join(parts) or (
            PRICE_KINDS["free_warranty"] if self.price_kind == "free_warranty" else "no price yet"
        )


def has_price(terms: Terms) -> bool:
    """Whether the price that its kind asks for is there and more than nothing."""
    asked_for = {"fixed": terms.agreed_price, "hourly": terms.rate, "not_to_exceed": terms.nte_limit}
    if terms.price_kind == "free_warranty":
        return True
    return (asked_for.get(terms.price_kind) or 0) > 0


def refuse_bad_terms(terms: Terms) -> None:
    """Look through the terms of a hiring before it is written down.

    Raises:
        UsageProblem: no price, an unknown kind of price or mode, or an item due back before it leaves.
    """
    if terms.price_kind not in PRICE_KINDS:
        raise UsageProblem(
            f"There is no price kind “{terms.price_kind}”.", f"The kinds are {', '.join(PRICE_KINDS)}."
        )
    if terms.mode not in {"onsite", "offsite"}:
        raise UsageProblem(f"There is no way to work “{terms.mode}”.", "Say onsite or offsite.")
    if not has_price(terms):
        raise UsageProblem(
            f"A hiring {PRICE_KINDS[terms.price_kind]} needs an amount of more than nothing.",
            "Give a fixed price, a rate per hour or a limit, or say that it is free under warranty.",
        )
    if terms.sent_out_on and terms.due_back_on and terms.due_back_on < terms.sent_out_on:
        raise UsageProblem(
            f"The item would be due back on {terms.due_back_on}, before it leaves on {terms.sent_out_on}.",
            "Give a later day.",
        )
