"""What belongs to a contractor besides its fields: documents, contacts, score and jobs, to read and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.cli.order_shapes import amount, job_document
from wotui.domain import money
from wotui.domain.contractors.jobs import WORDS
from wotui.store.reads import contractor_jobs, contractors

if TYPE_CHECKING:
    from datetime import date

    from wotui.cli.page import Page
    from wotui.domain.contractors.ranking import Fit
    from wotui.store.file import Shop
    from wotui.store.reads.contractor_jobs import JobRow
    from wotui.store.reads.contractors import ContactRow, DocumentRow

_STYLES = {"valid": None, "expiring": "yellow", "expired": "red", "missing": "red"}


def parts(shop: Shop, identity: str) -> dict[str, Any]:
    """The parts of one contractor for a program."""
    currency = shop.setting("shop.currency")
    jobs = contractor_jobs.jobs(shop, currency, contractor_id=identity)
    return {
        **score_shape(contractors.standing(shop, identity)),
        "documents": [
            document_shape(row, currency, shop.today()) for row in contractors.documents(shop, identity)
        ],
        "contacts": [contact_shape(row) for row in contractors.contacts(shop, identity)],
        "jobs": [{"number": job.number, **job_document(job, currency)} for job in jobs],
    }


def add_parts(made: Page, shop: Shop, identity: str) -> None:
    """The parts of one contractor as sections of a page."""
    today, currency = shop.today(), shop.setting("shop.currency")
    fit = contractors.standing(shop, identity)
    made.section("Documents")
    for row in contractors.documents(shop, identity):
        state = row.state(today)
        words = [
            state,
            row.trade,
            f"until {row.valid_until}" if row.valid_until else "no end",
            row.number,
            row.issuer,
        ]
        made.entry(row.kind.replace("_", " "), ", ".join(word for word in words if word), _STYLES[state])  # pyright: ignore[reportArgumentType]
    for check in fit.checks:
        if check.state == "missing":
            made.entry("", check.words, "red")
    called = contractors.contacts(shop, identity)
    if called:
        made.section("Contacts")
    for each in called:
        words = [each.phone, each.email, "day and night" if each.always_reachable else ""]
        made.entry(each.name, ", ".join(word for word in words if word))
    jobs = contractor_jobs.jobs(shop, currency, contractor_id=identity)
    if jobs:
        made.section(f"Jobs, rated {fit.score.words}" if fit.score else "Jobs")
    for job in jobs:
        flag = f"; hired without valid documents: {job.override_reason}" if job.override_reason else ""
        words = f"{job.title}: {WORDS.get(job.state, job.state)}, {job.terms.words}{flag}"
        made.entry(job.number, words, "red" if flag else None)


def score_shape(fit: Fit) -> dict[str, Any]:
    """The score, the jobs it rests on, and the jobs still to be done."""
    return {
        "score": fit.score.hundredths / 100 if fit.score else None,
        "rated_jobs": fit.score.jobs if fit.score else 0,
        "open_jobs": fit.candidate.open_jobs,
    }


def document_shape(row: DocumentRow, currency: str, on: date) -> dict[str, Any]:
    """One document with its state as of a day."""
    return {
        "id": row.id,
        "kind": row.kind,
        "trade": row.trade or None,
        "number": row.number or None,
        "issuer": row.issuer or None,
        "limit_amount": amount(row.limit_amount, currency),
        "valid_from": row.valid_from.isoformat() if row.valid_from else None,
        "valid_until": row.valid_until.isoformat() if row.valid_until else None,
        "state": row.state(on),
        "file": row.file or None,
    }


def contact_shape(row: ContactRow) -> dict[str, Any]:
    """Somebody to call."""
    return {
        "id": row.id,
        "name": row.name or None,
        "phone": row.phone or None,
        "email": row.email or None,
        "always_reachable": bool(row.always_reachable),
    }


def job_cells(row: JobRow) -> list[str]:
    """One job as a line of a table: order, contractor, state, price, the days that matter now, what to look at."""
    return [
        row.number,
        row.contractor,
        WORDS.get(row.state, row.state),
        row.terms.words,
        _days(row),
        _flags(row),
    ]


def _days(row: JobRow) -> str:
    """The one or two days that matter most now."""
    if row.finished_on:
        return f"finished {row.finished_on}"
    if row.came_back_on:
        return f"back {row.came_back_on}"
    leaves = "leaves" if row.state == "accepted" else "out"
    said = [f"{leaves} {row.terms.sent_out_on}"] if row.terms.sent_out_on else []
    said += [f"due back {row.terms.due_back_on}"] if row.terms.due_back_on else []
    return ", ".join(said) or (f"planned {row.planned_on}" if row.planned_on else "")


def _flags(row: JobRow) -> str:
    """What should not be overlooked, else why a job ended early."""
    flags: list[str] = []
    if row.override_reason:
        flags.append(f"! no valid documents: {row.override_reason}")
    if row.job.over_limit:
        flags.append(f"! {money.shown(row.job.over_limit, row.terms.currency)} over the limit")
    return "; ".join(flags) or row.state_reason
