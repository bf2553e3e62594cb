"""Documents, contacts and blocking, as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.actions.contractors.world import World
from wotui.actions import contractors as act
from wotui.actions import undo
from wotui.errors import NotFound, Refused, UsageProblem
from wotui.store.reads import contractors

FULL = {
    "kind": "Trade licence",
    "number": " EL-118 ",
    "issuer": "State of Illinois",
    "limit_amount": "1,000,000",
    "valid-from": "2026-01-01",
    "valid_until": "2027-01-01",
    "trade": "electrical",
    "file": "licences/el-118.pdf",
}


def test_a_document_is_put_on_file_as_typed(w: World) -> None:
    done = act.add_document(w.shop, "Ace Cooling", FULL)
    assert done.sentence == "Put trade licence (electrical) of Ace Cooling on file."
    (row,) = [row for row in contractors.documents(w.shop, w.contractor) if row.kind == "trade_licence"]
    assert (row.number, row.issuer, row.limit_amount) == ("EL-118", "State of Illinois", 100000000)
    assert (row.valid_from, row.valid_until, row.trade) == (date(2026, 1, 1), date(2027, 1, 1), "electrical")
    assert row.state(date(2026, 6, 10)) == "valid"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "needs a kind"),
        ({"number": "1"}, "needs a kind"),
        ({"kind": "liabilty_insurance"}, "liability_insurance"),
        ({"kind": "xyz"}, "The kinds are"),
        ({"kind": "contract", "valid_until": "31.12.2026"}, "not a date"),
        ({"kind": "contract", "valid_until": "2026-02-30"}, "not a date"),
        ({"kind": "contract", "limit_amount": "lots"}, "not an amount"),
        ({"kind": "contract", "expiry": "2026-02-01"}, "no field"),
        ({"kind": "contract", "valid_from": "2026-02-02", "valid_until": "2026-02-01"}, "before it starts"),
    ],
)
def test_a_slip_in_a_document_is_named_and_nothing_is_kept(
    w: World, fields: dict[str, str], says: str
) -> None:
    with pytest.raises(UsageProblem) as refused:
        act.add_document(w.shop, "Ace Cooling", fields)
    assert says in str(refused.value)
    assert len(contractors.documents(w.shop, w.contractor)) == 1


def test_a_renewal_changes_the_last_day_only(w: World) -> None:
    (row,) = contractors.documents(w.shop, w.contractor)
    act.change_document(w.shop, row.id, {"valid_until": "2028-06-01"})
    (after,) = contractors.documents(w.shop, w.contractor)
    assert (after.valid_from, after.valid_until) == (row.valid_from, date(2028, 6, 1))
    act.change_document(w.shop, row.id, {"valid_until": ""})
    (after,) = contractors.documents(w.shop, w.contractor)
    assert after.valid_until is None


@pytest.mark.parametrize("fields", [{"kind": ""}, {"valid_until": "2019-01-01"}])
def test_a_change_keeps_the_document_sound(w: World, fields: dict[str, str]) -> None:
    (row,) = contractors.documents(w.shop, w.contractor)
    with pytest.raises(UsageProblem):
        act.change_document(w.shop, row.id, fields)


def test_a_document_is_taken_off_file_and_undo_brings_it_back(w: World) -> None:
    (row,) = contractors.documents(w.shop, w.contractor)
    done = act.remove_document(w.shop, row.id)
    assert done.sentence == "Took liability insurance of Ace Cooling off file."
    assert contractors.documents(w.shop, w.contractor) == []
    with pytest.raises(NotFound):
        act.change_document(w.shop, row.id, {"number": "1"})
    undo.undo(w.shop)
    assert contractors.documents(w.shop, w.contractor) == [row]


def test_contacts_are_added_changed_and_removed(w: World) -> None:
    act.add_contact(
        w.shop, "Ace Cooling", {"name": "Al Ace", "phone": "+1 312 555 0100", "always_reachable": "yes"}
    )
    (row,) = contractors.contacts(w.shop, w.contractor)
    assert (row.name, row.phone, row.always_reachable) == ("Al Ace", "+1 312 555 0100", 1)
    act.change_contact(w.shop, row.id, {"email": "al@ace.example", "always_reachable": "no"})
    (row,) = contractors.contacts(w.shop, w.contractor)
    assert (row.email, row.always_reachable) == ("al@ace.example", 0)
    assert act.remove_contact(w.shop, row.id).sentence == "Removed Al Ace at Ace Cooling."
    assert contractors.contacts(w.shop, w.contractor) == []


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "needs a name"),
        ({"always_reachable": "yes"}, "needs a name"),
        ({"name": "Al", "always_reachable": "perhaps"}, "neither yes nor no"),
        ({"name": "Al", "fax": "1"}, "no field"),
    ],
)
def test_a_slip_in_a_contact_is_named(w: World, fields: dict[str, str], says: str) -> None:
    with pytest.raises(UsageProblem, match=says):
        act.add_contact(w.shop, "Ace Cooling", fields)


def test_a_contact_is_never_left_without_any_way_to_call(w: World) -> None:
    act.add_contact(w.shop, "Ace Cooling", {"phone": "1"})
    (row,) = contractors.contacts(w.shop, w.contractor)
    with pytest.raises(UsageProblem, match="needs a name"):
        act.change_contact(w.shop, row.id, {"phone": ""})


def test_blocking_says_why(w: World) -> None:
    with pytest.raises(Refused, match="without a reason"):
        act.block(w.shop, "Ace Cooling", " ")
    assert (
        act.block(w.shop, "Ace Cooling", "left the hall open.").sentence
        == "Blocked Ace Cooling: left the hall open."
    )
    (fit,) = contractors.overview(w.shop)
    assert (fit.verdict, fit.candidate.blocked_reason) == ("blocked", "left the hall open.")
    act.unblock(w.shop, "ACE COOLING")
    (fit,) = contractors.overview(w.shop)
    assert (fit.verdict, fit.candidate.blocked_reason) == ("fits", "")
