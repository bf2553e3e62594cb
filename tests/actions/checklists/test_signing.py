"""Signatures say who, by a typed name and a PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from tests.kit.lists import Run
from wotui.actions import checklists, finishing, records
from wotui.actions.checklists import signing
from wotui.errors import NotFound, Refused, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wotui.store.file import Shop

TECHNICIAN = {"type": "signature", "label": "Operator", "role": "technician"}


@pytest.fixture(autouse=True)
def no_wrong_tries() -> Iterator[None]:
    signing.forget_wrong_tries()
    yield
    signing.forget_wrong_tries()


def test_whoever_acts_and_has_no_pin_takes_the_one_they_type(shop: Shop) -> None:
    run = Run(shop, TECHNICIAN)
    done = checklists.sign(shop, run.id("Operator"), "jd", "4711")
    assert done.notices == ("This PIN is Jo Doe's from now on.",)
    result = run.line("Operator").result
    assert result is not None
    assert (result.value, result.outcome) == ("Jo Doe", "pass")
    assert '"4711"' not in str(shop.rows("SELECT * FROM change"))  # an id may hold these digits by chance


def test_a_wrong_pin_signs_nothing_and_slows_down(shop: Shop) -> None:
    checklists.set_pin(shop, "JD", "4711")
    run = Run(shop, TECHNICIAN)
    for _ in range(3):
        with pytest.raises(Refused, match="That is not Jo Doe's PIN"):
            checklists.sign(shop, run.id("Operator"), "JD", "0000")
    with pytest.raises(Refused, match="Too many wrong PINs"):
        checklists.sign(shop, run.id("Operator"), "JD", "4711")
    assert not run.line("Operator").answered


def test_somebody_else_signs_with_their_own_pin(shop: Shop) -> None:
    builders.person(shop, "AS", "Ann Smith", roles=("technician",))
    run = Run(shop, TECHNICIAN)
    with pytest.raises(Refused, match="Ann Smith has no PIN yet"):
        checklists.sign(shop, run.id("Operator"), "Ann Smith", "1234")
    checklists.set_pin(shop, "AS", "1234")
    checklists.sign(shop, run.id("Operator"), "Ann Smith", "1234")
    assert run.line("Operator").result.value == "Ann Smith"  # pyright: ignore[reportOptionalMemberAccess]


def test_the_role_decides_who_may_sign(shop: Shop) -> None:
    builders.person(shop, "AS", "Ann Smith", roles=("technician",))
    checklists.set_pin(shop, "AS", "1234")
    run = Run(shop, {"type": "signature", "label": "Chief", "role": "supervisor"})
    with pytest.raises(Refused, match="takes the role supervisor"):
        checklists.sign(shop, run.id("Chief"), "AS", "1234")
    with pytest.raises(NotFound, match="Nobody active is called"):
        checklists.sign(shop, run.id("Chief"), "Nemo", "1234")
    with pytest.raises(Refused, match="needs a name"):
        checklists.sign(shop, run.id("Chief"), " ", "1234")


def test_a_customer_signs_with_a_name_alone(shop: Shop) -> None:
    run = Run(shop, {"type": "signature", "label": "Tenant", "role": "customer"}, "Belt")
    checklists.sign(shop, run.id("Tenant"), "Mrs. O'Hara")
    assert run.line("Tenant").result.value == "Mrs. O'Hara"  # pyright: ignore[reportOptionalMemberAccess]
    with pytest.raises(Refused, match="takes no signature"):
        checklists.sign(shop, run.id("Belt"), "JD", "4711")


def test_a_pin_is_changed_with_the_old_one_or_by_a_supervisor(shop: Shop) -> None:
    builders.person(shop, "AS", "Ann Smith", roles=("technician",))
    checklists.set_pin(shop, "AS", "1234")
    shop.act_as("AS")
    with pytest.raises(Refused, match="not Ann Smith's PIN"):
        checklists.set_pin(shop, "AS", "9999")
    checklists.set_pin(shop, "AS", "9999", old="1234")
    shop.act_as("JD")
    checklists.set_pin(shop, "AS", "5555")


def test_an_order_is_signed_off(shop: Shop) -> None:
    run = Run(shop, "Belt", signoff_required=1)
    finishing.sign_off(shop, run.number, name="JD", role="supervisor", pin="4711")
    assert shop.one(
        "SELECT signed_by, signed_at, signed_role FROM work_order WHERE id = ?", (run.order_id,)
    ) == (
        "Jo Doe",
        "2026-06-10T17:00:00Z",
        "supervisor",
    )
    with pytest.raises(UsageProblem, match="cannot sign"):
        finishing.sign_off(shop, run.number, name="JD", role="king", pin="4711")


def test_a_supervisor_gives_a_forgotten_pin_anew_and_only_its_hash_is_kept(shop: Shop) -> None:
    builders.person(shop, "AS", "Ann Smith", roles=("technician",))
    checklists.set_pin(shop, "AS", "1234")
    assert records.edit(shop, "person", ["AS"], {"pin": "8765"}).sentence.startswith(
        "Changed PIN of person AS"
    )
    assert "8765" not in str(shop.rows("SELECT * FROM change"))
    shop.act_as("AS")
    with pytest.raises(Refused, match="not Ann Smith's PIN"):
        records.edit(shop, "person", ["AS"], {"pin": "1111"})
