"""The hirings of an order or of a contractor, with their terms, days, invoices and ratings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wotui.domain.contractors import jobs as rules
from wotui.domain.contractors.terms import Terms
from wotui.errors import NotFound, Refused
from wotui.store.reads.contractors import civil_date
from wotui.text import listed

if TYPE_CHECKING:
    from datetime import date

    from wotui.store.reading import Reads


@dataclass(frozen=True, slots=True)
class JobRow:
    """One hiring. Amounts are minor units of the shop's currency, dates civil."""

    id: str
    work_order_id: str
    number: str
    title: str
    contractor_id: str
    contractor: str
    state: str
    state_reason: str
    terms: Terms
    tax_bp: int | None
    quoted_on: date | None
    quote_valid_until: date | None
    po_number: str
    planned_on: date | None
    came_back_on: date | None
    finished_on: date | None
    invoice_ref: str
    invoiced_amount: int | None
    override_reason: str
    rating_quality: int | None
    rating_time: int | None
    rating_price: int | None
    rating_note: str

    @property
    def job(self) -> rules.Job:
        """What the rules look at."""
        return rules.Job(
            label=f"{self.contractor} on {self.number}",
            state=self.state,
            terms=self.terms,
            sent_out_on=self.terms.sent_out_on,
            came_back_on=self.came_back_on,
            invoiced_amount=self.invoiced_amount,
            quote_valid_until=self.quote_valid_until,
        )

    @property
    def ratings(self) -> tuple[int | None, int | None, int | None]:
        """Quality, time, price."""
        return self.rating_quality, self.rating_time, self.rating_price


def jobs(reads: Reads, currency: str, *, order_id: str = "", contractor_id: str = "") -> list[JobRow]:
    """The hirings of an order or of a contractor (or all), those still running first, then the newest."""
    where = ["j.deleted_at IS NULL"]
    parameters: list[str] = []
    for column, value in (("work_order_id", order_id), ("contractor_id", contractor_id)):
        if value:
            where.append(f"j.{column} = ?")
            parameters.append(value)
    rows = reads.rows(f"{_JOBS} WHERE {' AND '.join(where)} ORDER BY {_RUNNING_FIRST}, j.id DESC", parameters)
    return [_job_row(row, currency) for row in rows]


def job(reads: Reads, currency: str, job_id: str) -> JobRow:
    """One hiring.

    Raises:
        NotFound: there is none with this id.
    """
    row = reads.one(f"{_JOBS} WHERE j.id = ? AND j.deleted_at IS NULL", (job_id,))
    if row is None:
        raise NotFound("This contractor job is not there any more.")
    return _job_row(row, currency)


def find_job(reads: Reads, currency: str, order_id: str, contractor_id: str = "") -> JobRow:
    """The job of an order that a word like `wotui job finish W-A0012` means: the only one, or the only one that runs.

    Raises:
        NotFound: nobody was ever asked or hired for it.
        Refused: more than one could be meant; names them.
    """
    found = jobs(reads, currency, order_id=order_id, contractor_id=contractor_id)
    if not found:
        number = reads.value("SELECT number FROM work_order WHERE id = ?", (order_id,))
        raise NotFound(
            f"No contractor is hired for {number}.", f"Hire one: wotui hire {number} --contractor NAME."
        )
    running = [row for row in found if row.state in rules.CHAIN and row.state != "paid"]
    meant = running or found
    if len(meant) > 1 and len({row.contractor_id for row in meant}) > 1:
        names = listed(list(dict.fromkeys(row.contractor for row in meant)), "or")
        raise Refused(
            f"{found[0].number} has more than one contractor.", f"Say which with --contractor: {names}."
        )
    return meant[0]


_JOBS = """SELECT j.id, j.work_order_id, ifnull(w.number, ''), ifnull(w.title, ''), j.contractor_id, ifnull(c.name, ''),
    ifnull(j.state, 'considering'), ifnull(j.state_reason, ''), ifnull(j.price_kind, ''), j.agreed_price, j.rate,
    j.nte_limit, ifnull(j.mode, 'onsite'), j.sent_out_on, j.due_back_on, j.tax_bp, j.quoted_on, j.quote_valid_until,
    ifnull(j.po_number, ''), j.planned_on, j.came_back_on, j.finished_on, ifnull(j.invoice_ref, ''),
    j.invoiced_amount, ifnull(j.override_reason, ''), j.rating_quality, j.rating_time, j.rating_price,
    ifnull(j.rating_note, '') FROM contractor_job j
    LEFT JOIN work_order w ON w.id = j.work_order_id LEFT JOIN contractor c ON c.id = j.contractor_id"""
_RUNNING_FIRST = """CASE j.state WHEN 'in_work' THEN 0 WHEN 'accepted' THEN 1 WHEN 'quoted' THEN 2 WHEN 'asked' THEN 3
    WHEN 'considering' THEN 4 WHEN 'finished' THEN 5 WHEN 'invoiced' THEN 6 WHEN 'paid' THEN 7 ELSE 8 END,
    coalesce(j.finished_on, j.planned_on, j.sent_out_on, j.quoted_on) DESC, w.number DESC"""


def _job_row(row: tuple[Any, ...], currency: str) -> JobRow:
    """One row of `_JOBS`, dates as dates and the price as terms."""
    *front, kind, price, rate, limit, mode, sent, due = row[:15]
    tax, quoted, quote_until, po, planned, back, finished, *rest = row[15:]
    terms = Terms(kind, currency, price, rate, limit, mode, civil_date(sent), civil_date(due))
    days = [civil_date(day) for day in (planned, back, finished)]
    values: list[Any] = [*front, terms, tax, civil_date(quoted), civil_date(quote_until), po, *days, *rest]
    return JobRow(*values)
