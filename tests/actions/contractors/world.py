"""A shop with a line in a hall, one order on it, and a contractor whose papers are in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.kit import builders
from wotui.domain.contractors.terms import Terms
from wotui.store.reads import contractor_jobs

if TYPE_CHECKING:
    from datetime import date

    from wotui.store.file import Shop
    from wotui.store.reads.contractor_jobs import JobRow

FIXED = Terms("fixed", "USD", agreed_price=45000)
HOURLY = Terms("hourly", "USD", rate=8500)
NOT_OVER = Terms("not_to_exceed", "USD", nte_limit=90000)


@dataclass
class World:
    """Ids of what the tests talk about."""

    shop: Shop
    order: str
    number: str
    contractor: str

    def jobs(self) -> list[JobRow]:
        """All hirings."""
        return contractor_jobs.jobs(self.shop, "USD")

    def job(self) -> JobRow:
        """The only hiring there is."""
        (found,) = self.jobs()
        return found


def world(shop: Shop) -> World:
    """HALL-1 with LINE-1 in it, PUMP-01 on the line, an order on the pump, and Ace Cooling, insured."""
    hall = builders.place(shop, "HALL-1", "Hall 1")
    line = builders.place(shop, "LINE-1", "Line 1", parent_id=hall)
    pump = builders.asset(shop, "PUMP-01", "Feed pump", place_id=line)
    order = builders.order(shop, "Compressor trips", status="ready", asset_id=pump)
    ace = builders.contractor(shop, "Ace Cooling", trades=("HVAC",), service_mode="both", rate_hour=8500)
    insure(shop, ace)
    return World(shop, order, builders.number_of(shop, order), ace)


def insure(
    shop: Shop, contractor: str, until: str | None = "2027-06-01", kind: str = "liability_insurance"
) -> str:
    """Put a document on file, good since 2020."""
    with shop.transaction() as tx:
        return tx.insert(
            "contractor_document",
            contractor_id=contractor,
            kind=kind,
            valid_from="2020-01-01",
            valid_until=until,
        )


def area(shop: Shop, contractor: str, place: str) -> None:
    """Let a contractor cover a place (by id)."""
    with shop.transaction() as tx:
        tx.insert("membership", record_id=contractor, kind="area", value=place)


def offsite(sent: date | None = None, due: date | None = None) -> Terms:
    """A fixed price for work away."""
    return Terms("fixed", "USD", agreed_price=45000, mode="offsite", sent_out_on=sent, due_back_on=due)
