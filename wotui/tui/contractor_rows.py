"""Contractors as lines and rows: how a fit, a document, a job and all of a contractor look. Pure: row in, words out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui import text
from wotui.domain import money
from wotui.domain.contractors.jobs import BINDING, WORDS
from wotui.domain.contractors.terms import SERVICE_MODES
from wotui.tui import present
from wotui.tui.present import Look
from wotui.tui.widgets.fields import Row
from wotui.tui.widgets.pages import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wotui.domain.contractors.ranking import Candidate, Fit, Reason
    from wotui.store.reads.contractor_jobs import JobRow
    from wotui.store.reads.contractors import ContactRow, DocumentRow
    from wotui.tui.themes import Token
    from wotui.tui.widgets.lines import Piece

VERDICT = {
    "fits": Look("✓", "fits", "good"),
    "override": Look("!", "documents", "bad"),
    "poor": Look("▽", "no fit", "warn"),
    "blocked": Look("✗", "blocked", "bad"),
}
STATE = {
    "valid": Look("✓", "valid", "good"),
    "expiring": Look("!", "expiring", "warn"),
    "expired": Look("✗", "expired", "bad"),
    "missing": Look("✗", "missing", "bad"),
}
_WEIGHT: dict[str, tuple[str, Token]] = {
    "good": ("✓", "good"),
    "plain": ("·", "muted"),
    "warn": ("!", "warn"),
    "bad": ("✗", "bad"),
}
_JOB = {
    "considering": Look("◌", WORDS["considering"], "muted"),
    "asked": Look("?", WORDS["asked"], "info"),
    "quoted": Look("◷", WORDS["quoted"], "info"),
    "accepted": Look("●", WORDS["accepted"], "accent"),
    "in_work": Look("▶", WORDS["in_work"], "accent"),
    "finished": Look("✓", WORDS["finished"], "good"),
    "invoiced": Look("✓", WORDS["invoiced"], "good"),
    "paid": Look("■", WORDS["paid"], "muted"),
}
_PAPER = {
    "liability_insurance": "insurance",
    "workers_comp": "workers comp",
    "trade_licence": "licence",
    "tax_form": "tax form",
}
_WORD = 11
"""Cells of a verdict's word with its glyph."""


@dataclass(frozen=True, slots=True)
class Detail:
    """All that the screen shows of one contractor."""

    fit: Fit
    typed: dict[str, str]
    documents: tuple[DocumentRow, ...]
    contacts: tuple[ContactRow, ...]
    jobs: tuple[JobRow, ...]


def job_look(state: str) -> Look:
    """A job's state; a side exit, or a word that a newer file brought, is shown as it stands."""
    return _JOB.get(state) or Look("✗", present.words(text.clean_line(state)), "muted")


def fit_line(fit: Fit, width: int, *, here: bool, focused: bool, job: JobRow | None = None) -> list[Piece]:
    """One contractor on one line: verdict, name, and the reasons as far as there is room.

    Args:
        fit: the contractor.
        width: cells.
        here: whether the cursor stands here.
        focused: whether the list has the focus.
        job: the job that this contractor has on the order already.
    """
    look = job_look(job.state) if job is not None else VERDICT[fit.verdict]
    cursor: Token = "cursor" if focused else "cursor_away"
    name_room = min(26, max((width - _WORD) // 2, 14))
    said = present.fit(fit.candidate.name, name_room)
    word = present.fit(f"{look.glyph} {look.words}", _WORD)
    front = "▸ " if here else "  "
    rest = max(width - len(front) - _WORD - name_room - 3, 0)
    why = present.fit(short_reasons(fit), rest)
    if here:
        return [(front, cursor), (word, cursor), (f" {said}", cursor), (f"  {why}", cursor)]
    return [(front, "text"), (word, look.token), (f" {said}", "text"), (f"  {why}", "muted")]


def short_reasons(fit: Fit) -> str:
    """The reasons that tell contractors apart, the heaviest first: what speaks against, then what speaks for."""
    weights = {"bad": 0, "warn": 1, "good": 2, "plain": 3}
    told = [
        reason for reason in fit.reasons if reason.about not in {"rates", "mode"} or reason.weight != "plain"
    ]
    return ", ".join(reason.words for reason in sorted(told, key=lambda reason: weights[reason.weight]))


def standing_line(fit: Fit, width: int, *, here: bool, focused: bool) -> list[Piece]:
    """One contractor of the list, with no order in mind: documents, name, trades, score, open jobs."""
    cursor: Token = "cursor" if focused else "cursor_away"
    look = standing(fit)
    front = "▸ " if here else "  "
    word = present.fit(f"{look.glyph} {look.words}", _WORD)
    rest = width - len(front) - _WORD
    score = "" if fit.score is None else fit.score.words.split(" (", maxsplit=1)[0].replace(" of ", "/")
    load = f"{fit.candidate.open_jobs} open" if fit.candidate.open_jobs else ""
    tail = f" {score:>5} {load:>7}" if rest >= 52 else f" {score:>5}"
    name_room = min(26, max(rest - len(tail) - 10, 12))
    trades = present.fit(", ".join(fit.candidate.trades), max(rest - name_room - len(tail) - 3, 0))
    pieces: list[Piece] = [
        (front, "text"),
        (word, look.token),
        (f" {present.fit(fit.candidate.name, name_room)}", "text"),
        (f"  {trades}", "muted"),
        (tail, "text"),
    ]
    return [(words, cursor) for words, _ in pieces] if here else pieces


def standing(fit: Fit) -> Look:
    """Blocked, or the worst state among the documents that are asked for."""
    if fit.candidate.blocked:
        return VERDICT["blocked"]
    worst = [
        state for state in ("missing", "expired", "expiring") if any(c.state == state for c in fit.checks)
    ]
    return STATE[worst[0]] if worst else STATE["valid"]


def why_lines(fit: Fit, width: int) -> list[list[Piece]]:
    """The inspect pane: the name, the verdict in words, then one reason a line."""
    look = VERDICT[fit.verdict]
    meaning = {
        "fits": "fits this order",
        "override": "fits, but documents need a written override",
        "poor": "does not fit this order",
        "blocked": "nobody may hire them",
    }[fit.verdict]
    lines: list[list[Piece]] = [
        [(f" {fit.candidate.name}", "strong")],
        *wrapped(f"{look.glyph} {meaning}", width, look.token, " "),
    ]
    for reason in fit.reasons:
        lines.extend(reason_lines(reason, width))
    return lines


def reason_lines(reason: Reason, width: int) -> list[list[Piece]]:
    """One reason, wrapped, with its glyph."""
    glyph, token = _WEIGHT[reason.weight]
    told = wrapped(reason.words, width, "text" if reason.weight != "plain" else "muted", "   ")
    return [[(f" {glyph} ", token), *told[0][1:]], *told[1:]]


def detail_rows(detail: Detail, today: date) -> list[Row]:
    """Everything about one contractor as rows: enter on a document, contact or job opens it."""
    candidate = detail.fit.candidate
    rows = [_fact("standing", "stands", str(standing(detail.fit)), standing(detail.fit).token)]
    if candidate.blocked:
        rows.append(_fact("blocked", "blocked", candidate.blocked_reason or "no reason given", "bad"))
    rows += [
        Row("field:trades", "trades", "field", shown=", ".join(candidate.trades)),
        Row("field:service_mode", "works", "field", shown=_words_of_mode(candidate)),
        Row("field:areas", "areas", "field", shown=", ".join(area.name for area in candidate.areas)),
        Row("field:rates", "rates", "field", shown=candidate.rates.words),
        Row("field:preferred_rank", "rank", "field", shown=_rank(candidate)),
        _fact("score", "score", detail.fit.score.words if detail.fit.score else "not rated in 24 months"),
    ]
    notes = detail.typed.get("notes", "")
    rows += [Row("field:notes", "notes", "field", shown=notes)] if notes else []
    rows += [Row("", "Documents"), *_document_rows(detail, today)]
    rows += [Row("", "Contacts"), *_contact_rows(detail.contacts)]
    return [*rows, Row("", "Jobs"), *_job_rows(detail.jobs, today)]


def document_words(row: DocumentRow, today: date, currency: str) -> tuple[str, Token]:
    """A document's state first, then its days, number, issuer and limit."""
    look = STATE[row.state(today)]
    parts = [str(look), row.trade]
    if row.valid_from is not None and row.valid_from > today:
        parts = [f"{look.glyph} not yet valid", row.trade, f"from {present.day(row.valid_from, today)}"]
    if row.valid_until is not None:
        parts.append(f"until {present.day(row.valid_until, today)}")
    parts += [part for part in (row.number, row.issuer) if part]
    if row.limit_amount is not None:
        parts.append(f"limit {money.shown(row.limit_amount, currency)}")
    return " · ".join(part for part in parts if part), look.token


def job_words(row: JobRow, today: date) -> tuple[str, Token]:
    """A job's state, order, price, and what must not be overlooked."""
    look = job_look(row.state)
    parts = [str(look), row.title, row.terms.words, *_job_days(row, today)]
    late = is_late(row, today)
    style: Token = "bad" if row.override_reason or row.job.over_limit or late else look.token
    given = [str(value) for value in row.ratings if value is not None]
    if given:
        parts.append(f"rated {'/'.join(given)}")
    if late:
        parts.insert(1, f"! late: due back {present.day(row.terms.due_back_on, today)}")
    if row.override_reason:
        parts.insert(1, f"! no valid documents: {row.override_reason}")
    if row.job.over_limit:
        parts.insert(1, f"! {money.shown(row.job.over_limit, row.terms.currency)} over the limit")
    return " · ".join(part for part in parts if part), style


def is_late(row: JobRow, today: date) -> bool:
    """Whether an item is away longer than was agreed."""
    due = row.terms.due_back_on
    return due is not None and due < today and row.state in BINDING and row.came_back_on is None


def _document_rows(detail: Detail, today: date) -> list[Row]:
    """Documents on file, then what is asked for and not there at all."""
    currency = detail.fit.candidate.rates.currency
    rows: list[Row] = []
    for held in detail.documents:
        words, token = document_words(held, today, currency)
        label = _PAPER.get(held.kind, present.words(held.kind))
        rows.append(Row(f"document:{held.id}", label, "document", typed=held.id, shown=words, look=token))
    held_kinds = {held.kind for held in detail.documents}
    for check in detail.fit.checks:
        if check.state == "missing" and check.required.kind not in held_kinds:
            name = f"missing:{check.required.kind}"
            rows.append(
                Row(name, check.required.words, "missing", shown="✗ missing · enter adds it", look="bad")
            )
    return rows or [_fact("no_documents", "", "None on file.", "muted")]


def _contact_rows(contacts: Sequence[ContactRow]) -> list[Row]:
    rows: list[Row] = []
    for each in contacts:
        parts = [each.phone, each.email, "24 h" if each.always_reachable else ""]
        label = each.name or "contact"
        shown = " · ".join(part for part in parts if part)
        rows.append(Row(f"contact:{each.id}", label, "contact", typed=each.id, shown=shown))
    return rows or [_fact("no_contacts", "", "Nobody to call.", "muted")]


def _job_rows(jobs: Sequence[JobRow], today: date) -> list[Row]:
    rows: list[Row] = []
    for each in jobs:
        words, token = job_words(each, today)
        rows.append(
            Row(f"job:{each.id}", each.number, "job", typed=each.id, shown=words, look=token, most_lines=3)
        )
    return rows or [_fact("no_jobs", "", "No jobs yet.", "muted")]


def _job_days(row: JobRow, today: date) -> list[str]:
    """The days of the job that matter most now."""
    if row.finished_on:
        return [f"finished {present.day(row.finished_on, today)}"]
    if row.came_back_on:
        return [f"back {present.day(row.came_back_on, today)}"]
    leaves = "leaves" if row.state == "accepted" else "out"
    days = [f"{leaves} {present.day(row.terms.sent_out_on, today)}"] if row.terms.sent_out_on else []
    if row.terms.due_back_on and not is_late(row, today):
        days.append(f"due back {present.day(row.terms.due_back_on, today)}")
    return days or ([f"planned {present.day(row.planned_on, today)}"] if row.planned_on else [])


def _words_of_mode(candidate: Candidate) -> str:
    return SERVICE_MODES.get(candidate.service_mode, candidate.service_mode)


def _rank(candidate: Candidate) -> str:
    return "" if candidate.preferred_rank is None else f"preferred, rank {candidate.preferred_rank}"


def _fact(name: str, label: str, shown: str, look: Token = "text") -> Row:
    return Row(name, label, "fact", shown=shown, look=look)
