"""`wotui contractors`, `hire`, `job`, `document` and `contact`: the whole hiring without a screen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.actions.contractors.world import World, insure, world
from tests.kit import builders

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Call
    from wotui.store.file import Shop


@pytest.fixture
def w(shop: Shop) -> World:
    """Ace Cooling (insured), Old Frost (lapsed) and an order; today is 10 June 2026."""
    made = world(shop)
    frost = builders.contractor(shop, "Old Frost", trades=("HVAC",))
    insure(shop, frost, "2026-05-31")
    return made


def test_the_list_shows_who_there_is_and_their_papers(w: World, run: Callable[..., Call]) -> None:
    listed = run("contractors")
    assert listed.code == 0
    assert "Ace Cooling" in listed.out
    assert "documents valid on 2026-06-10" in listed.out
    assert "liability insurance expired 2026-05-31" in listed.out


def test_for_an_order_they_are_ranked_with_the_reasons(w: World, run: Callable[..., Call]) -> None:
    ranked = run("contractors", "--order", w.number, "--json").json
    assert [(row["place"], row["name"], row["fit"]) for row in ranked] == [
        (1, "Ace Cooling", "fits"),
        (2, "Old Frost", "override"),
    ]
    assert ranked[1]["documents"] == [
        {"kind": "liability_insurance", "trade": None, "state": "expired", "until": "2026-05-31"}
    ]
    assert {
        "about": "documents",
        "weight": "bad",
        "words": "liability insurance expired 2026-05-31",
    } in ranked[1]["reasons"]
    assert ranked[0]["rate_hour"] == "85.00"
    assert ranked[0]["areas"] == []
    assert ranked[0]["score"] is None
    table = run("contractors", "--order", w.number)
    assert table.out.splitlines()[1].split()[:3] == ["1", "Ace", "Cooling"]
    assert "! documents" in table.out


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["ace"], ["Ace Cooling"]),
        (["documents:expired"], ["Old Frost"]),
        (["-documents:expired"], ["Ace Cooling"]),
        (["trade:hvac", "mode:both"], ["Ace Cooling"]),
        (["nobody"], []),
    ],
)
def test_a_filter_narrows_the_list(
    w: World, run: Callable[..., Call], words: list[str], names: list[str]
) -> None:
    assert [row["name"] for row in run("contractors", *words, "--json").json] == names


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["colour:red"], 2, "no field"),
        (["--order", "W-A9999"], 4, "W-A9999"),
        (["--on", "fri"], 2, "go with --order"),
    ],
)
def test_a_slip_in_the_call_is_named(
    w: World, run: Callable[..., Call], words: list[str], code: int, says: str
) -> None:
    call = run("contractors", *words)
    assert (call.code, call.out) == (code, "")
    assert says in call.err


def test_with_nobody_there_the_way_to_the_first_one_is_said(run: Callable[..., Call]) -> None:
    call = run("contractors")
    assert (call.code, call.out) == (0, "")
    assert "wotui add contractor" in call.err


def test_hiring_says_what_was_agreed(w: World, run: Callable[..., Call]) -> None:
    call = run("hire", w.number, "--contractor", "Ace Cooling", "--fixed", "450", "--on", "fri", "--json")
    assert call.code == 0
    assert f"Hired Ace Cooling for {w.number}: fixed 450.00 USD." in call.err
    assert call.json["number"] == w.number
    assert (call.json["state"], call.json["price_kind"], call.json["agreed_price"]) == (
        "accepted",
        "fixed",
        "450.00",
    )
    assert call.json["planned_on"] == "2026-06-12"


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        (["--fixed", "1,250.50"], ("fixed", "1250.50", None, None)),
        (["--hourly", "85"], ("hourly", None, "85.00", None)),
        (["--not-to-exceed", "900"], ("not_to_exceed", None, None, "900.00")),
        (["--hourly", "85", "--not-to-exceed", "900"], ("hourly", None, "85.00", "900.00")),
        (["--free-warranty"], ("free_warranty", None, None, None)),
    ],
)
def test_every_kind_of_price_can_be_given(
    w: World, run: Callable[..., Call], price: list[str], expected: tuple[str | None, ...]
) -> None:
    made = run("hire", w.number, "--contractor", "Ace Cooling", *price, "--json").json
    assert (made["price_kind"], made["agreed_price"], made["rate"], made["nte_limit"]) == expected


@pytest.mark.parametrize(
    ("price", "code"),
    [
        ([], 2),
        (["--fixed", "1", "--hourly", "2"], 2),
        (["--fixed", "1", "--free-warranty"], 2),
        (["--fixed", "0"], 2),
        (["--fixed", "-5"], 2),
        (["--fixed", "lots"], 2),
        (["--fixed", "10", "--due-back", "fri"], 2),
        (["--fixed", "10", "--on", "someday"], 2),
        (["--fixed", "10", "--offsite", "--ship-out", "fri", "--due-back", "today"], 2),
    ],
)
def test_a_price_that_is_none_hires_nobody(
    w: World, run: Callable[..., Call], price: list[str], code: int
) -> None:
    call = run("hire", w.number, "--contractor", "Ace Cooling", *price)
    assert (call.code, call.out) == (code, "")
    assert w.jobs() == []


def test_expired_insurance_is_refused_until_there_is_a_written_reason(
    w: World, run: Callable[..., Call]
) -> None:
    refused = run("hire", w.number, "--contractor", "Old Frost", "--fixed", "100")
    assert refused.code == 3
    assert "liability insurance expired 2026-05-31" in refused.err
    hired = run(
        "hire", w.number, "--contractor", "Old Frost", "--fixed", "100", "--override", "Renewal on its way"
    )
    assert hired.code == 0
    assert "Hired without valid documents" in hired.err
    listed = run("job", "list", "--overridden")
    assert "! no valid documents: Renewal on its way" in listed.out


def test_work_away_goes_out_and_comes_back(w: World, run: Callable[..., Call]) -> None:
    made = run(
        *("hire", w.number, "--contractor", "Ace Cooling", "--hourly", "85", "--offsite"),
        *("--on", "2026-06-15", "--due-back", "+3w", "--json"),
    ).json
    assert (made["mode"], made["sent_out_on"], made["due_back_on"]) == ("offsite", "2026-06-15", "2026-07-01")
    assert run("job", "finish", w.number).code == 3
    assert run("job", "days", w.number, "--due-back", "2026-07-03").code == 0
    assert w.job().terms.due_back_on == date(2026, 7, 3)
    assert run("job", "days", w.number).code == 2
    assert run("job", "sent-out", w.number, "--on", "mon", "--due-back", "2026-06-20").code == 0
    assert run("job", "came-back", w.number).code == 0
    assert run("job", "finish", w.number).code == 0
    job = w.job()
    assert (str(job.terms.sent_out_on), str(job.came_back_on), job.state) == (
        "2026-06-08",
        "2026-06-10",
        "finished",
    )


def test_a_job_is_taken_from_the_question_to_the_rating(w: World, run: Callable[..., Call]) -> None:
    steps = [
        ("job", "ask", w.number, "--contractor", "Ace Cooling"),
        (
            "job",
            "quote",
            w.number,
            "--contractor",
            "Ace Cooling",
            "--not-to-exceed",
            "900",
            "--valid-until",
            "+2w",
        ),
        ("hire", w.number, "--contractor", "Ace Cooling", "--not-to-exceed", "900"),
        ("job", "begin", w.number),
        ("job", "finish", w.number, "--on", "yesterday"),
        ("job", "invoice", w.number, "1000", "--reference", "2026-118"),
        ("job", "paid", w.number),
        ("job", "rate", w.number, "--quality", "5", "--time", "4", "--price", "2", "--note", "tidy"),
    ]
    for step in steps:
        call = run(*step)
        assert (call.code, call.out) == (0, ""), call.err
    (row,) = run("job", "list", w.number, "--json").json
    assert (row["state"], row["invoiced_amount"], row["over_limit"]) == ("paid", "1000.00", "100.00")
    assert (row["rating_quality"], row["rating_time"], row["rating_price"], row["rating_note"]) == (
        5,
        4,
        2,
        "tidy",
    )
    assert run("contractors", "ace", "--json").json[0]["score"] == 3.67
    assert len(run("job", "list", "--over-limit", "--json").json) == 1


@pytest.mark.parametrize(
    ("verb", "state"), [("withdraw", "withdrawn"), ("decline", "declined"), ("reject", "rejected")]
)
def test_side_exits_ask_for_a_reason(w: World, run: Callable[..., Call], verb: str, state: str) -> None:
    run("job", "quote", w.number, "--contractor", "Ace Cooling", "--fixed", "900")
    assert run("job", verb, w.number).code == 3
    assert run("job", verb, w.number, "--reason", "too dear").code == 0
    assert w.job().state == state


def test_undo_takes_the_last_step_back(w: World, run: Callable[..., Call]) -> None:
    run("hire", w.number, "--contractor", "Ace Cooling", "--fixed", "450")
    run("job", "finish", w.number)
    assert run("undo").code == 0
    assert w.job().state == "accepted"


def test_of_two_contractors_somebody_has_to_say_which(w: World, run: Callable[..., Call]) -> None:
    run("hire", w.number, "--contractor", "Ace Cooling", "--fixed", "450")
    run("hire", w.number, "--contractor", "Old Frost", "--fixed", "450", "--override", "second opinion")
    asked = run("job", "finish", w.number)
    assert asked.code == 3
    assert "--contractor: Ace Cooling or Old Frost" in asked.err.replace(
        "Old Frost or Ace Cooling", "Ace Cooling or Old Frost"
    )
    assert run("job", "finish", w.number, "--contractor", "ace cooling").code == 0


def test_documents_are_kept_from_the_command_line(w: World, run: Callable[..., Call]) -> None:
    assert (
        run("document", "add", "Ace Cooling", "trade_licence", "number=EL-1", "valid_until=2026-06-20").code
        == 0
    )
    states = {row["kind"]: row["state"] for row in run("document", "list", "ace cooling", "--json").json}
    assert states == {"liability_insurance": "valid", "trade_licence": "expiring"}
    later = {
        row["kind"]: row["state"]
        for row in run("document", "list", "Ace Cooling", "--on", "2026-06-21", "--json").json
    }
    assert later["trade_licence"] == "expired"
    assert run("document", "edit", "Ace Cooling", "trade_licence", "valid_until=2028-01-01").code == 0
    assert "2028-01-01" in run("document", "list").out
    assert run("document", "remove", "Ace Cooling", "trade-licence").code == 0
    assert run("document", "remove", "Ace Cooling", "trade_licence").code == 4
    assert run("document", "add", "Ace Cooling", "licence").code == 2


def test_of_two_documents_of_a_kind_the_number_says_which(w: World, run: Callable[..., Call]) -> None:
    for number in ("A", "B"):
        run("document", "add", "Ace Cooling", "contract", f"number={number}")
    assert run("document", "remove", "Ace Cooling", "contract").code == 3
    assert run("document", "remove", "Ace Cooling", "contract", "--number", "b").code == 0


def test_contacts_are_kept_from_the_command_line(w: World, run: Callable[..., Call]) -> None:
    assert "nobody to call" in run("contact", "list", "Ace Cooling").err
    assert run("contact", "add", "Ace Cooling", "name=Al", "phone=1", "always_reachable=yes").code == 0
    assert run("contact", "edit", "Ace Cooling", "al", "phone=2").code == 0
    assert run("contact", "list", "Ace Cooling", "--json").json[0]["phone"] == "2"
    assert "24 h" in run("contact", "list", "Ace Cooling").out
    assert run("contact", "remove", "Ace Cooling", "Al").code == 0
    assert run("contact", "remove", "Ace Cooling", "Al").code == 4


@pytest.mark.parametrize("group", ["job", "document", "contact"])
def test_each_group_explains_itself(run: Callable[..., Call], group: str) -> None:
    assert run(group, "--help").code == 0


def test_show_tells_all_about_one_contractor(w: World, run: Callable[..., Call]) -> None:
    run("contact", "add", "Old Frost", "name=Kim", "phone=715-555-0144", "always_reachable=yes")
    run("hire", w.number, "--contractor", "Old Frost", "--fixed", "100", "--override", "Renewal on its way")
    page = run("show", "Old Frost").out
    for words in (
        "expired, until 2026-05-31",
        "Kim",
        "day and night",
        "hired without valid documents: Renewal",
    ):
        assert words in " ".join(page.split())
    shown = run("show", "Old Frost", "--json").json
    assert [document["state"] for document in shown["documents"]] == ["expired"]
    assert [contact["name"] for contact in shown["contacts"]] == ["Kim"]
    assert [job["number"] for job in shown["jobs"]] == [w.number]
    assert (shown["score"], shown["rated_jobs"], shown["open_jobs"]) == (None, 0, 1)


def test_show_says_which_document_is_missing(w: World, run: Callable[..., Call], shop: Shop) -> None:
    builders.contractor(shop, "No Papers")
    assert "no liability insurance" in run("show", "No Papers").out


def test_jobs_are_listed_with_those_in_hand_first(w: World, run: Callable[..., Call], shop: Shop) -> None:
    done = builders.number_of(shop, builders.order(shop, "Done", status="ready"))
    asked = builders.number_of(shop, builders.order(shop, "Asked", status="ready"))
    run("hire", done, "--contractor", "Ace Cooling", "--fixed", "1")
    run("job", "finish", done)
    run("job", "ask", asked, "--contractor", "Ace Cooling")
    run("hire", w.number, "--contractor", "Ace Cooling", "--fixed", "1")
    listed = [row["number"] for row in run("job", "list", "--json").json]
    assert listed == [w.number, asked, done]
