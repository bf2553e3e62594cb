"""A person as payroll knows them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from wotui.domain.payroll.calendar import Period


@dataclass(frozen=True, slots=True)
class Employee:
    """One person on the payroll.

    Attributes:
        id: the person's id.
        number: the employee number, text: leading zeros stay.
        first_name: may be empty.
        last_name: may be empty.
        rule_set: the person's own rule set, or empty for the shop's.
        active_from: first day of employment, or None.
        active_to: last day of employment, or None.
    """

    id: str
    number: str
    first_name: str
    last_name: str
    rule_set: str = ""
    active_from: date | None = None
    active_to: date | None = None

    @property
    def name(self) -> str:
        """First and last name, as a sentence names the person."""
        return f"{self.first_name} {self.last_name}".strip() or self.number

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """By name, then number, independent of any locale."""
        return sort_text(self.last_name), sort_text(self.first_name), self.number

    def employed_in(self, period: Period) -> bool:
        """Whether any day of the period falls into the employment."""
        begins = self.active_from is None or self.active_from <= period.end
        ends = self.active_to is None or self.active_to >= period.start
        return begins and ends


def sort_text(text: str) -> str:
    """Text to sort by code point: NFC and casefolded, so that a file does not depend on the computer's locale."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
