"""The payroll file of a pay period: checked, kept as a batch, written.

What is exported is kept: the stored bytes are the batch, and exporting the same period again writes the same bytes
under the same name. Nothing is written while a finding blocks. What changes after an export is paid in a revision or
as an adjustment, as the provider allows.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wotui import clock
from wotui.actions import payroll as batches
from wotui.domain.payroll import findings
from wotui.domain.payroll.findings import Finding
from wotui.domain.payroll.reckoning import Reckoning, reckon
from wotui.errors import Refused
from wotui.exchange import delimited, payroll_checks, payroll_files
from wotui.exchange.payroll_adjustments import changes, pending
from wotui.exchange.payroll_batch import new_batch
from wotui.exchange.payroll_prepared import Prepared
from wotui.exchange.payroll_profiles import Profile, profile, rule_sets
from wotui.exchange.payroll_rows import Row, in_order, own_rows, with_adjustments
from wotui.store import vectors
from wotui.store.reads import pay_batches
from wotui.store.reads import payroll as reads
from wotui.store.reads.pay_batches import Batch
from wotui.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from wotui.exchange.delimited import Written
    from wotui.store.file import Shop

__all__ = [
    "Exported",
    "Prepared",
    "Profile",
    "Row",
    "export",
    "prepare",
    "prepared",
    "reckoned",
    "rendered",
    "write",
]


def reckoned(shop: Shop, day: date) -> Reckoning:
    """Everybody's pay for the period that `day` lies in.

    Raises:
        Refused: the shop's schedule or a rule set is not settled.
        FileTrouble: E11, this computer does not know the shop's zone.
    """
    return reckon(reads.book(shop, day, rule_sets()))


def prepare(shop: Shop, day: date, profile_name: str = "generic", *, by_hand: bool = False) -> Prepared:
    """The payroll file of the period that `day` lies in, with everything that is wrong with it.

    Args:
        shop: the open shop.
        day: any day of the period.
        profile_name: what the file looks like.
        by_hand: corrections that the profile cannot carry have been entered at the provider.

    Raises:
        NotFound: no such profile.
        Refused, FileTrouble: as `reckoned`.
    """
    reckoning, form = reckoned(shop, day), _with_values(shop, profile(profile_name))
    period = reckoning.book.period
    stored = pay_batches.active(shop, period, form.name)
    changed, wrong = changes(shop, stored, form) if stored else ([], [])
    owed = pending(shop, form, period)
    numbers = sorted({one.order for one in (*reckoning.book.spans, *reckoning.book.amounts) if one.order})
    ready = Prepared(
        reckoning, form, (), (),
        seq=pay_batches.next_seq(shop), revision=pay_batches.next_revision(shop, period, form.name),
        schedule=shop.setting("payroll.schedule"), refs=pay_batches.refs(shop, form.name),
        jobs=pay_batches.jobs(shop, numbers) if form.uses("job") or form.uses("billable") else {},
        stored=stored, changed=tuple(changed), pending=owed,
    )  # fmt: skip
    if ready.rewrites and stored is not None:
        ready = replace(ready, seq=stored.seq, revision=stored.revision)
    ready = filled(
        ready, [*wrong, *owed.findings, *payroll_checks.period_mismatch(shop, ready)], by_hand=by_hand
    )
    if not ready.rewrites:
        return ready
    # The stored bytes are written whatever has come since; it is said, and paid later.
    kept = [one for one in ready.findings if not one.blocks]
    return replace(ready, findings=(*kept, *_changed_since(ready)))


def prepared(reckoning: Reckoning, form: Profile) -> Prepared:
    """A reckoning in the shape of a profile, as the first batch of a shop without ids."""
    return filled(Prepared(reckoning, form, (), ()), [], by_hand=False)


def filled(ready: Prepared, also: Sequence[Finding] = (), *, by_hand: bool = False) -> Prepared:
    """A prepared period with its rows and findings; `also` are findings from elsewhere."""
    form = ready.profile
    rows = with_adjustments(own_rows(ready.reckoning, form), ready.owed, form)
    if by_hand and form.negative == "refuse":
        entered = {(one.employee.id, one.code) for one in ready.owed if one.printed < 0}
        own = [one for one in ready.owed if (one.employee.id, one.code) not in entered]
        rows = with_adjustments(own_rows(ready.reckoning, form), own, form)
    ready = replace(ready, rows=tuple(in_order(rows, form)))
    found = [*ready.reckoning.findings, *also, *payroll_checks.of_file(ready)]
    if by_hand:
        found = [one for one in found if one.code != "E14"]
    return replace(ready, findings=tuple(findings.in_order(found, ready.people)))


def _with_values(shop: Shop, form: Profile) -> Profile:
    """The profile with the shop's own words in it."""
    values = dict(form.values)
    for part in shop.setting("payroll.values").split(";"):
        name, _, value = part.strip().partition("=")
        owner, _, key = name.partition(".")
        if owner == form.name and key in values:
            values[key] = value.strip()
    return replace(form, values=values)


def _changed_since(ready: Prepared) -> Iterator[Finding]:
    stored = ready.stored
    for one in ready.changed if stored else ():
        what = f"{one.employee.name}: {one.printed} h {one.code} of {one.period} changed after {one.batch}."
        way_out = "The next payroll pays it as an adjustment"
        way_out += "." if stored and stored.closed else (
            f"; if the file was not imported: wotui payroll void {one.batch} --reason TEXT, then export again."
        )  # fmt: skip
        yield Finding("W26", what, way_out, one.employee.id)


def rendered(ready: Prepared, label: str | None = None) -> bytes:
    """The bytes of the provider's file.

    Args:
        ready: a period without blocking findings.
        label: what stands in the batch column, when not the batch's own label.
    """
    return payroll_files.provider_file(ready, label)


@dataclass(frozen=True, slots=True)
class Exported:
    """A payroll file that was written.

    Attributes:
        ready: what it was made from.
        written: where it lies, and whether it was there already.
        batch: the batch it belongs to; None when it was only written, not kept.
        again: whether the batch was there before.
    """

    ready: Prepared
    written: Written
    batch: Batch | None = None
    again: bool = False

    @property
    def sentence(self) -> str:
        """What happened, for the toast and for stderr."""
        batch, rows, sums = self.batch, len(self.ready.rows), self.ready.totals
        if batch is not None:
            rows, sums = batch.row_count, dict(batch.totals)
        hours = ", ".join(f"{code} {total}" for code, total in sums.items())
        about = f"({counted(rows, 'row')}{': ' if hours else ''}{hours})"
        if batch is not None and self.again:
            zone = self.ready.reckoning.book.calendar.zone
            at = f"{clock.parse_instant(batch.created_at).astimezone(zone):%Y-%m-%d %H:%M}"
            return f"Already exported {at} as {batch.label}, identical: {self.written.path} {about}."
        if self.written.how == delimited.IDENTICAL:
            return f"Already exported, identical: {self.written.path} {about}."
        as_batch = f" as {batch.label}" if batch is not None else ""
        return f"Wrote {self.written.path}{as_batch} {about}."


def export(
    shop: Shop, day: date, folder: Path, profile_name: str = "generic", *, by_hand: bool = False
) -> Exported:
    """Keep the period that `day` lies in as a batch and write its files into a folder.

    The batch is kept before anything is written: when the folder fails, exporting again writes the same bytes.

    Raises:
        Refused: the acting person may not, or another computer makes the payroll; or a finding blocks, all of them are
            in the sentence, and no file is written.
        FileTrouble: E13, the folder cannot be written; E11, the zone is unknown.
        NotFound: no such profile.
    """
    shop.require("export the payroll", *batches.ROLES)
    batches.expect_owner(shop)
    knew = vectors.held(shop)
    ready = prepare(shop, day, profile_name, by_hand=by_hand)
    again = ready.rewrites
    if not again:
        _expect_ready(ready)
        delimited.expect_writable(folder)
        batches.keep(shop, new_batch(shop, ready, knew))
    batch = pay_batches.active(shop, ready.reckoning.book.period, ready.profile.name)
    assert batch is not None
    return Exported(ready, write_batch(shop, batch, folder), batch, again)


def write_batch(shop: Shop, batch: Batch, folder: Path) -> Written:
    """Write the stored bytes of a batch into a folder, the provider's file last.

    Where another batch lies in the folder already, nothing of it is written over: what has the same name goes into a
    folder of its own inside, named like the batch.

    Raises:
        FileTrouble: E13, the folder cannot be written.
        NotFound: this file does not hold the bytes.
    """
    contents = pay_batches.contents(shop, batch)
    taken = _of_another(folder, batch)
    own = folder / batch.label
    for name, content in contents.items():
        if name != batch.file_name:
            delimited.write_verified(own if name in taken else folder, name, content)
    place = own if batch.file_name in taken else folder
    return delimited.write_verified(place, batch.file_name, contents[batch.file_name])


def _of_another(folder: Path, batch: Batch) -> frozenset[str]:
    """The names of files in a folder that belong to another batch, as the manifest there says."""
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
        if manifest["batch"] == batch.label:
            return frozenset()
        return frozenset({"manifest.json", *manifest["files"]})
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()


def write(ready: Prepared, folder: Path) -> Exported:
    """Write the file of a prepared period into a folder without keeping a batch.

    Raises:
        Refused: a finding blocks; all of them are in the sentence.
        FileTrouble: E13, the folder cannot be written.
    """
    _expect_ready(ready)
    return Exported(ready, delimited.write_verified(folder, ready.file_name, rendered(ready)))


def _expect_ready(ready: Prepared) -> None:
    blocking = [one for one in ready.findings if one.blocks]
    if blocking:
        problems = counted(len(blocking), "problem")
        what = f"{problems} before {ready.reckoning.book.period} can be exported; nothing was written."
        raise Refused(what, "\n" + "\n".join(str(one) for one in blocking))
