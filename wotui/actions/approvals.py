"""Approving hours: what is approved stands still until somebody sends it back with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.actions.labor import expect_allowed
from wotui.domain import labor
from wotui.domain.labor import hours_minutes
from wotui.domain.record_kinds import KINDS
from wotui.errors import Refused
from wotui.store.reads import labor as reads
from wotui.store.reads import records, work_calendar
from wotui.text import clean_line, counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wotui.store.file import Shop
    from wotui.store.reads.labor import Entry
    from wotui.store.transaction import Done


def approve_period(shop: Shop, day: date, person: str = "") -> Done:
    """Approve every finished entry of the pay period that `day` lies in, of one person or of all.

    Running timers are left alone and named, and so are entries that a computer recorded while its clock had gone back:
    those are looked at first, and approved one by one. Entries of one person that overlap are approved too: the export
    still refuses them.

    Raises:
        NotFound: no such person.
        Refused: the acting person is no supervisor, or there is nothing to approve.
    """
    person_id = records.find(shop, KINDS["person"], person) if person else ""
    period = work_calendar.period_of(shop, day)
    found = reads.entries(shop, period, person_id)
    suspect = [one for one in found if one.suspect and one.state != labor.APPROVED and not one.running]
    unsure = [
        f"{one.person}'s entry of {one.day} was recorded by a clock that had gone back: check its times, "
        f"then approve it by itself (wotui time approve --entry {one.key})."
        for one in suspect
    ]
    return _approve(shop, [one for one in found if one not in suspect], f"in {period}", unsure)


def approve(shop: Shop, entries: Sequence[str]) -> Done:
    """Approve entries by number or id.

    Raises:
        NotFound: no such entry.
        Refused: the acting person is no supervisor, or there is nothing to approve.
    """
    return _approve(shop, [reads.find(shop, entry) for entry in entries], "")


def _approve(shop: Shop, found: Sequence[Entry], where: str, unsure: Sequence[str] = ()) -> Done:
    shop.require("approve hours", "supervisor")
    waiting = [one for one in found if not one.running and one.state != labor.APPROVED]
    timers = [f"{one.person}'s timer still runs and was left alone." for one in found if one.running]
    timers += unsure
    if not waiting:
        way_out = timers[0] if timers else "Everything there is approved, or nothing is recorded."
        raise Refused(f"Nothing to approve {where}".rstrip() + ".", way_out)
    with shop.transaction() as tx:
        for one in waiting:
            tx.update(
                one.table,
                one.id,
                state=labor.APPROVED,
                approved_by=shop.acting and shop.acting.id,
                approved_at=tx.at,
            )
        own = sum(1 for one in waiting if shop.acting and one.person_id == shop.acting.id)
        notices = [*timers, *([f"{counted(own, 'of them is', 'of them are')} your own."] if own else [])]
        return tx.done(f"Approved {_summary(waiting)}.", *(one.id for one in waiting), notices=notices)


def submit_period(shop: Shop, day: date, person: str = "") -> Done:
    """Hand in a person's drafts of the pay period that `day` lies in, for a supervisor to approve.

    Raises:
        NotFound: no such person.
        Refused: nobody is named, or there is nothing to hand in.
    """
    person_id = records.find(shop, KINDS["person"], person) if person else shop.somebody().id
    expect_allowed(shop, person_id)
    found = reads.entries(shop, work_calendar.period_of(shop, day), person_id)
    drafts = [one for one in found if one.state == labor.DRAFT and not one.running]
    if not drafts:
        raise Refused(
            "There is no draft to hand in.", "Everything is handed in or approved, or nothing is recorded."
        )
    with shop.transaction() as tx:
        for one in drafts:
            tx.update(one.table, one.id, state=labor.SUBMITTED)
        return tx.done(f"Handed in {_summary(drafts)}.", *(one.id for one in drafts))


def recall_period(shop: Shop, day: date, person: str = "") -> Done:
    """Take a person's handed-in entries of the pay period of `day` back as drafts, before anybody has approved them.

    Raises:
        NotFound: no such person.
        Refused: nobody is named, it is somebody else's and no supervisor acts, or nothing waits for approval.
    """
    person_id = records.find(shop, KINDS["person"], person) if person else shop.somebody().id
    expect_allowed(shop, person_id)
    found = reads.entries(shop, work_calendar.period_of(shop, day), person_id)
    waiting = [one for one in found if one.state == labor.SUBMITTED]
    if not waiting:
        raise Refused(
            "Nothing that was handed in waits there.",
            "A supervisor sends approved hours back, with a reason.",
        )
    with shop.transaction() as tx:
        for one in waiting:
            tx.update(one.table, one.id, state=labor.DRAFT)
        return tx.done(f"Took {_summary(waiting)} back as drafts.", *(one.id for one in waiting))


def send_back(shop: Shop, entries: Sequence[str], reason: str) -> Done:
    """Un-approve entries (they are submitted again), or hand submitted ones back as drafts.

    Raises:
        NotFound: no such entry.
        Refused: no reason, no supervisor, or an entry that is a draft already.
    """
    shop.require("send hours back", "supervisor")
    words = clean_line(reason)
    if not words:
        raise Refused("Sending hours back needs a reason.", "Say in a few words what is wrong.")
    found = [reads.find(shop, entry) for entry in entries]
    for one in found:
        if one.batch_id:
            what = f"{one.person}'s entry of {one.day} is in an exported payroll."
            raise Refused(what, "Correct it with a reason; the next payroll pays the difference.")
    drafts = [f"{one.person}'s entry of {one.day}" for one in found if one.state == labor.DRAFT]
    if drafts:
        raise Refused(f"{listed(drafts)} is a draft already.", "It can be corrected as it is.")
    with shop.transaction() as tx:
        for one in found:
            state = labor.SUBMITTED if one.state == labor.APPROVED else labor.DRAFT
            tx.update(one.table, one.id, state=state, approved_by=None, approved_at=None)
            tx.insert(
                "log_entry", parent_kind=one.table, parent_id=one.id, kind="system", text=f"Sent back: {words}",
                by_id=shop.acting and shop.acting.id, at=tx.at,
            )  # fmt: skip
        return tx.done(f"Sent back {_summary(found)}: {words}.", *(one.id for one in found))


def ask_for_correction(shop: Shop, entry: str, words: str) -> Done:
    """Say what is wrong with an entry that stands still, for a supervisor to send back or correct.

    Raises:
        NotFound: no such entry.
        Refused: no words, somebody else's entry, or one that can be corrected as it is.
    """
    found = reads.find(shop, entry)
    expect_allowed(shop, found.person_id)
    text = clean_line(words)
    if not text:
        raise Refused("Asking for a correction needs a few words.", "Say what is wrong, and what is right.")
    if found.state != labor.APPROVED:
        raise Refused(
            f"{found.person}'s entry of {found.day} is not approved.", "It can be corrected as it is."
        )
    with shop.transaction() as tx:
        tx.insert(
            "log_entry", parent_kind=found.table, parent_id=found.id, kind="request", text=text,
            by_id=shop.acting and shop.acting.id, at=tx.at,
        )  # fmt: skip
        return tx.done(f"Asked for a correction of {found.person}'s entry of {found.day}: {text}.", found.id)


def _summary(entries: Sequence[Entry]) -> str:
    people = list({one.person_id: one.person for one in entries}.values())
    total = hours_minutes(sum(one.minutes for one in entries))
    who = people[0] if len(people) == 1 else counted(len(people), "person", "people")
    return f"{counted(len(entries), 'entry', 'entries')} of {who}, {total}"
