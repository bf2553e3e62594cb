"""Payroll batches: keep one, confirm that it is paid, take it back, and name people as the provider does.

A batch locks its entries. None of these acts can be undone by a key: a file may have been imported elsewhere by then.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain.identity import same_id
from wotui.domain.record_kinds import KINDS
from wotui.errors import NotFound, Refused
from wotui.store.reads import pay_batches as reads
from wotui.store.reads import records, work_calendar
from wotui.text import clean_line, counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from wotui.domain.payroll.calendar import Period
    from wotui.store.file import Shop
    from wotui.store.reading import Reads
    from wotui.store.reads.pay_batches import Batch
    from wotui.store.transaction import Done, Transaction

OWNER = "payroll.owner_device"
ROLES = ("office", "supervisor")


@dataclass(frozen=True, slots=True)
class NewLine:
    """Minutes that a batch pays; `adjusts` is the id of the batch whose period they belong to, or empty."""

    person: str
    week: date
    code: str
    minutes: int
    printed: str
    adjusts: str = ""


@dataclass(frozen=True, slots=True)
class NewBatch:
    """All that a batch keeps.

    Attributes:
        files: name and bytes and digest: the provider's file, workweeks, detail, manifest.
        entries: (table, id) of the entries that it locks.
        settled: (table, id) of paid entries that were taken away, which it has evened out.
        values: the remaining columns of `export_batch`.
    """

    seq: int
    period: Period
    profile: str
    revision: int
    files: Sequence[tuple[str, bytes, str]]
    lines: Sequence[NewLine]
    entries: Sequence[tuple[str, str]]
    settled: Sequence[tuple[str, str]]
    totals: Mapping[str, str]
    row_count: int
    values: Mapping[str, str]


def device_name(reads_: Reads) -> str:
    """What this computer is called in the shop's file."""
    name = reads_.value("SELECT d.name FROM device d JOIN me m ON m.origin = d.origin")
    return str(name or reads_.value("SELECT origin FROM me"))


def expect_owner(shop: Shop) -> None:
    """Refuse unless this computer makes the shop's payroll, or none is named yet.

    Raises:
        Refused: names the computer that does.
    """
    owner = shop.setting(OWNER)
    if owner and owner.casefold() != device_name(shop).casefold():
        raise Refused(
            f"Payroll is made on {owner}, this is {device_name(shop)}.",
            f"Export on {owner}, or hand it over: wotui settings {OWNER} {device_name(shop)}.",
        )


def keep(shop: Shop, batch: NewBatch) -> Done:
    """Store a batch with its bytes and lock its entries; an older one of its period and profile is superseded.

    Raises:
        Refused: another computer makes the payroll, somebody else has made a batch meanwhile, or the acting person
            may not.
    """
    shop.require("export the payroll", *ROLES)
    expect_owner(shop)
    with shop.transaction(kind="final") as tx:
        if reads.next_seq(tx) != batch.seq:
            raise Refused("Another batch was made a moment ago.", "Check the period again.")
        if not shop.setting(OWNER):
            tx.put("setting", same_id("setting", OWNER), name=OWNER, value=device_name(tx))
        period_id = _put_period(tx, batch.period, reads.EXPORTED)
        older = reads.active(tx, batch.period, batch.profile)
        if older is not None:
            tx.update("export_batch", older.id, status=reads.SUPERSEDED)
        made = _insert(tx, batch, period_id)
        for table, identity in batch.entries:
            tx.update(table, identity, batch_id=made)
        for table, identity in batch.settled:
            tx.update(table, identity, batch_id=None)
        label = reads.label(batch.seq)
        rows = counted(batch.row_count, "row")
        return tx.done(f"Kept {label} of {batch.period} as {batch.profile}, {rows}.", made)


def _put_period(tx: Transaction, period: Period, status: str) -> str:
    period_id = same_id("pay_period", period.start.isoformat(), period.end.isoformat())
    kind = work_calendar.schedule(tx).kind
    start, end = period.start.isoformat(), period.end.isoformat()
    tx.put("pay_period", period_id, schedule=kind, start_on=start, end_on=end, status=status)
    return period_id


def _insert(tx: Transaction, batch: NewBatch, period_id: str) -> str:
    for _, content, digest in batch.files:
        tx.store_bytes(digest, content)
    file, weeks, detail, manifest = batch.files
    made = tx.insert(
        "export_batch", seq=batch.seq, period_id=period_id, profile=batch.profile, revision=batch.revision,
        created_at=tx.at, actor_id=tx.acting and tx.acting.id, file_name=file[0], file_sha256=file[2],
        weeks_sha256=weeks[2], detail_sha256=detail[2], manifest_sha256=manifest[2], row_count=batch.row_count,
        control_totals=json.dumps(dict(batch.totals)), status=reads.ACTIVE, **batch.values,
    )  # fmt: skip
    for line in batch.lines:
        tx.insert(
            "export_line", batch_id=made, person_id=line.person, workweek_start=line.week.isoformat(),
            pay_code=line.code, minutes=line.minutes, printed_hours=line.printed, adjusts_batch=line.adjusts or None,
        )  # fmt: skip
    return made


def close(shop: Shop, day: date) -> Done:
    """Confirm that the period of a day is paid; corrections are adjustments of later periods from now on.

    Raises:
        Refused: it was not exported, is closed already, or the acting person may not.
    """
    shop.require("close a pay period", *ROLES)
    expect_owner(shop)
    period = work_calendar.period_of(shop, day)
    found = [one for one in reads.batches(shop, period) if one.status == reads.ACTIVE]
    if not found:
        raise Refused(f"{period} has not been exported.", f"wotui payroll export --period {day} -o FOLDER.")
    if found[0].closed:
        raise Refused(f"{period} is closed already.", "Correct an entry, and the next payroll pays the rest.")
    with shop.transaction(kind="final") as tx:
        made = _put_period(tx, period, reads.CLOSED)
        return tx.done(f"Closed {period}: {found[0].label} is paid.", made)


def void(shop: Shop, handle: str, reason: str) -> Done:
    """Take a batch back that was not imported, or was deleted at the provider; its entries are open again.

    Raises:
        NotFound: no such batch.
        Refused: no reason, its period is closed, a later batch adjusts it, or it does not count any more.
    """
    shop.require("take a payroll batch back", *ROLES)
    expect_owner(shop)
    words = clean_line(reason)
    if not words:
        raise Refused("Voiding a batch needs a reason.", "Such as: the file was not imported.")
    batch = reads.find(shop, handle)
    _expect_voidable(shop, batch)
    with shop.transaction(kind="final") as tx:
        tx.update("export_batch", batch.id, status=reads.VOID, void_reason=words)
        other = next((one.id for one in reads.batches(tx, batch.period) if one.status == reads.ACTIVE), None)
        for table in ("time_span", "time_amount"):
            for (identity,) in tx.rows(f"SELECT id FROM {table} WHERE batch_id = ?", (batch.id,)):
                tx.update(table, identity, batch_id=other)
        return tx.done(f"Voided {batch.label} of {batch.period}: {words}.", batch.id)


def _expect_voidable(shop: Shop, batch: Batch) -> None:
    if batch.status != reads.ACTIVE:
        raise Refused(f"{batch.label} is {batch.status}.", "It does not count any more.")
    if batch.closed:
        raise Refused(
            f"{batch.label} is paid: {batch.period} is closed.", "Correct the entries; the next payroll pays the rest."
        )  # fmt: skip
    later = [
        one.label for one in reads.batches(shop) if one.status == reads.ACTIVE and batch.label in one.adjusts
    ]
    if later:
        raise Refused(f"{later[0]} adjusts {batch.label}.", f"Void {later[0]} first.")


def name_for(shop: Shop, person: str, profile: str, *, external_id: str | None, name: str | None) -> Done:
    """Say what a payroll provider calls a person; None leaves a field as it is, empty text clears it.

    Raises:
        NotFound: no such person.
        Refused: somebody else has this id there, nothing was given, or the acting person may not.
    """
    shop.require("change payroll ids", *ROLES)
    person_id = records.find(shop, KINDS["person"], person)
    if external_id is None and name is None:
        raise Refused("There is nothing to change.", "Give --id or --name.")
    given = {"external_id": external_id, "external_name": name}
    values = {field: clean_line(typed) for field, typed in given.items() if typed is not None}
    with shop.transaction() as tx:
        wanted = values.get("external_id")
        for other, ref in reads.refs(tx, profile).items():
            if wanted and other != person_id and ref.external_id == wanted:
                who = tx.value("SELECT name FROM person WHERE id = ?", (other,))
                raise Refused(f"{wanted} is {who}'s id at {profile}.", "An id belongs to one person.")
        identity = same_id("employee_ref", person_id, profile)
        tx.put("employee_ref", identity, person_id=person_id, profile=profile, **values)
        who = tx.value("SELECT name FROM person WHERE id = ?", (person_id,))
        if who is None:
            raise NotFound(f"There is no person {person!r}.")
        words = ", ".join(value or "nothing" for value in values.values())
        return tx.done(f"{profile} calls {who} {words}.", identity)
