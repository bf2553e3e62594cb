"""How contractors, documents and jobs look as lines and rows: word and glyph, never colour alone, never too wide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from wotui.domain.contractors.documents import Document
from wotui.domain.contractors.ranking import Candidate, Fit, Need, Place, Rates, fit
from wotui.domain.contractors.scores import Rated
from wotui.domain.contractors.terms import Terms
from wotui.store.reads.contractor_jobs import JobRow
from wotui.store.reads.contractors import ContactRow, DocumentRow
from wotui.tui import contractor_rows as rows
from wotui.tui.widgets.fields import Row

TODAY = date(2026, 6, 10)
NEED = Need(on=TODAY, today=TODAY, trades=("HVAC",), places=(Place("h", "Hall 1"),))
ACE = Candidate(
    "1",
    "Ace Cooling",
    "both",
    trades=("HVAC",),
    areas=(Place("h", "Hall 1"),),
    documents=(Document("liability_insurance", valid_until=date(2027, 6, 1)),),
    ratings=(Rated(TODAY, 4, 4, 5),),
    rates=Rates("USD", 8500),
    preferred_rank=1,
    open_jobs=2,
)
FIXED = Terms("fixed", "USD", agreed_price=45000)
NAMES = (
    "A",
    "Ace Cooling",
    "Kälte Müller & Söhne Gesellschaft mbH",
    "冷却サービス株式会社東京支店営業部",
    "[red]M8 [/done]",
)


def fitted(**changes: object) -> Fit:
    return fit(replace(ACE, **changes), NEED)  # pyright: ignore[reportArgumentType]


def job(**changes: object) -> JobRow:
    """A job of Ace Cooling on W-A0012, hired at a fixed price."""
    made = JobRow(
        *(
            "j",
            "o",
            "W-A0012",
            "Compressor trips",
            "1",
            "Ace Cooling",
            "accepted",
            "",
            FIXED,
            None,
            None,
            None,
        ),
        *("", None, None, None, "", None, "", None, None, None, ""),
    )
    return replace(made, **changes)  # pyright: ignore[reportArgumentType]


def document(**changes: object) -> DocumentRow:
    """An insurance that is good for another year."""
    made = DocumentRow(
        "d", "1", "liability_insurance", "GL-1", "Northland", 100000000, None, date(2027, 6, 1), "", ""
    )
    return replace(made, **changes)  # pyright: ignore[reportArgumentType]


def text(pieces: list[tuple[str, rows.Token]] | list[tuple[str, str]]) -> str:
    return "".join(words for words, _ in pieces)


@pytest.mark.parametrize("width", [36, 40, 47, 60, 70, 80, 120, 200])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("here", [True, False])
def test_a_line_is_never_wider_than_the_list(width: int, name: str, here: bool) -> None:
    found = fitted(name=name, trades=(name, "HVAC"))
    for line in (
        rows.fit_line(found, width, here=here, focused=True),
        rows.standing_line(found, width, here=here, focused=False),
    ):
        assert cell_len(text(line)) <= width


@given(st.integers(40, 200), st.text(max_size=60))
def test_any_name_fits_any_list(width: int, name: str) -> None:
    found = fitted(name=name, blocked=True, blocked_reason=name)
    assert cell_len(text(rows.fit_line(found, width, here=False, focused=True))) <= width
    assert cell_len(text(rows.standing_line(found, width, here=False, focused=True))) <= width


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, "✓ fits"),
        ({"documents": ()}, "! documents"),
        ({"trades": ()}, "▽ no fit"),
        ({"blocked": True}, "✗ blocked"),
    ],
)
def test_the_verdict_is_a_word_with_a_glyph(changes: dict[str, object], word: str) -> None:
    assert word in text(rows.fit_line(fitted(**changes), 80, here=False, focused=True))


def test_what_speaks_against_is_said_first() -> None:
    said = rows.short_reasons(fitted(documents=(), open_jobs=1))
    assert said.startswith("no liability insurance, does HVAC")
    assert "85.00" not in said


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("considering", "◌ considering"),
        ("asked", "? asked"),
        ("quoted", "◷ quoted"),
        ("accepted", "● hired"),
        ("in_work", "▶ in work"),
        ("finished", "✓ finished"),
        ("invoiced", "✓ invoiced"),
        ("paid", "■ paid"),
        ("withdrawn", "✗ withdrawn"),
        ("of_a_newer_wotui", "✗ of a newer wotui"),
    ],
)
def test_a_job_says_its_state_with_a_glyph(state: str, word: str) -> None:
    assert str(rows.job_look(state)) == word
    assert rows.job_words(job(state=state), TODAY)[0].startswith(word)


def test_who_is_hired_already_says_so_instead_of_the_verdict() -> None:
    line = text(rows.fit_line(fitted(), 80, here=False, focused=True, job=job()))
    assert "● hired" in line
    assert "✓ fits" not in line


@pytest.mark.parametrize(
    ("changes", "words", "look"),
    [
        ({}, "● hired · Compressor trips · fixed 450.00 USD", "accent"),
        ({"planned_on": date(2026, 6, 12)}, "planned Fri 12 Jun", "accent"),
        ({"override_reason": "seen by phone"}, "! no valid documents: seen by phone", "bad"),
        ({"state": "invoiced", "invoiced_amount": 46000}, "! 10.00 USD over the limit", "bad"),
        ({"state": "invoiced", "invoiced_amount": 45000}, "✓ invoiced", "good"),
        (
            {"terms": replace(FIXED, mode="offsite", sent_out_on=date(2026, 6, 12))},
            "leaves Fri 12 Jun",
            "accent",
        ),
        (
            {"terms": replace(FIXED, mode="offsite", due_back_on=date(2026, 6, 12))},
            "due back Fri 12 Jun",
            "accent",
        ),
        (
            {"terms": replace(FIXED, mode="offsite", due_back_on=date(2026, 6, 9))},
            "! late: due back Tue 9 Jun",
            "bad",
        ),
        ({"came_back_on": date(2026, 6, 9)}, "back Tue 9 Jun", "accent"),
        ({"state": "finished", "finished_on": date(2026, 6, 9)}, "finished Tue 9 Jun", "good"),
        ({"state": "paid", "rating_quality": 5, "rating_price": 3}, "rated 5/3", "muted"),
    ],
)
def test_a_job_says_what_must_not_be_overlooked(changes: dict[str, object], words: str, look: str) -> None:
    said, token = rows.job_words(job(**changes), TODAY)
    assert words in said
    assert token == look


@pytest.mark.parametrize(
    ("changes", "words", "look"),
    [
        ({}, "✓ valid · until Tue 1 Jun 2027 · GL-1 · Northland · limit 1,000,000.00 USD", "good"),
        ({"valid_until": date(2026, 6, 20)}, "! expiring · until Sat 20 Jun", "warn"),
        ({"valid_until": date(2026, 5, 31)}, "✗ expired · until Sun 31 May", "bad"),
        ({"valid_until": None, "limit_amount": None, "number": "", "issuer": ""}, "✓ valid", "good"),
        ({"valid_from": date(2026, 7, 1)}, "✗ not yet valid · from Wed 1 Jul", "bad"),
        ({"trade": "electrical"}, "✓ valid · electrical", "good"),
    ],
)
def test_a_document_says_its_state_first(changes: dict[str, object], words: str, look: str) -> None:
    said, token = rows.document_words(document(**changes), TODAY, "USD")
    assert said.startswith(words)
    assert token == look


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, "✓ valid"),
        ({"documents": ()}, "✗ missing"),
        ({"documents": (Document("liability_insurance", valid_until=date(2026, 6, 20)),)}, "! expiring"),
        ({"documents": (Document("liability_insurance", valid_until=date(2026, 6, 1)),)}, "✗ expired"),
        ({"documents": (), "blocked": True}, "✗ blocked"),
    ],
)
def test_a_contractor_stands_as_the_worst_of_the_papers(changes: dict[str, object], word: str) -> None:
    assert str(rows.standing(fitted(**changes))) == word


def detail(found: Fit, **changes: object) -> list[Row]:
    made = rows.Detail(
        found, {"notes": "call first"}, (document(),), (ContactRow("c", "Al", "1", "a@b", 1),), (job(),)
    )
    return rows.detail_rows(replace(made, **changes), TODAY)  # pyright: ignore[reportArgumentType]


def test_the_details_hold_everything_that_can_be_opened() -> None:
    kinds = {row.kind: row for row in detail(fitted())}
    assert kinds["document"].typed == "d"
    assert kinds["contact"].shown == "1 · a@b · 24 h"
    assert kinds["job"].label == "W-A0012"
    assert any(row.shown == "call first" for row in detail(fitted()))


def test_a_required_paper_that_is_not_there_has_a_line_to_add_it() -> None:
    (row,) = [row for row in detail(fitted(documents=()), documents=()) if row.kind == "missing"]
    assert row.name == "missing:liability_insurance"
    assert "enter adds it" in row.shown


def test_a_block_is_told_with_its_reason() -> None:
    found = detail(fitted(blocked=True, blocked_reason="left the hall open"))
    assert any(row.shown == "left the hall open" and row.look == "bad" for row in found)


def test_with_nothing_on_file_the_details_say_so() -> None:
    bare = fit(ACE, replace(NEED, required_documents=""))
    shown = [row.shown for row in detail(bare, documents=(), contacts=(), jobs=())]
    for words in ("None on file.", "Nobody to call.", "No jobs yet."):
        assert words in shown
