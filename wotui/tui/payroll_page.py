"""What the Payroll screens show, read in one go beside the screen."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from wotui.domain.payroll.differences import differences
from wotui.errors import NotFound
from wotui.exchange import payroll
from wotui.store.reads import batch_lines, pay_batches

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from wotui.domain.payroll.differences import Difference
    from wotui.domain.payroll.findings import Finding
    from wotui.exchange.payroll import Prepared
    from wotui.store.file import Shop
    from wotui.store.reads.batch_lines import BatchLine, LatePaid
    from wotui.store.reads.pay_batches import Batch

PREFERRED = "generic"


def key_of(one: Finding) -> str:
    """What a finding is known by on the screen: the same as long as it says the same."""
    return f"{one.code}\x1f{one.person}\x1f{one.entry}\x1f{one.what}"


@dataclass(frozen=True, slots=True)
class PayrollPage:
    """A pay period's file: what it holds, what stands in its way, and which warnings somebody has ticked.

    Attributes:
        stored: the batch whose bytes would be written again; None while a new one would be made.
        failed: why the file could not be written just now; empty when it was, or nobody has tried.
    """

    today: date
    ready: Prepared
    ticked: frozenset[str] = frozenset()
    stored: BatchPage | None = None
    failed: str = ""

    @property
    def zone(self) -> ZoneInfo:
        """The shop's zone."""
        return self.ready.reckoning.book.calendar.zone

    @property
    def batch(self) -> Batch | None:
        """The batch that counts for this period, or None."""
        return self.ready.stored

    @property
    def blocking(self) -> list[Finding]:
        """What forbids the file."""
        return [one for one in self.ready.findings if one.blocks]

    @property
    def warnings(self) -> list[Finding]:
        """What somebody has to have seen."""
        return [one for one in self.ready.findings if not one.blocks]

    @property
    def unticked(self) -> list[Finding]:
        """The warnings nobody has ticked; none where the stored bytes are only written again."""
        if self.ready.rewrites or self.empty:
            return []
        return [one for one in self.warnings if key_of(one) not in self.ticked]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return not self.ready.rows and not self.ready.rewrites

    def finding(self, key: str) -> Finding | None:
        """The finding under a cursor."""
        return next((one for one in self.ready.findings if key_of(one) == key), None)


def newest_profile(shop: Shop) -> str:
    """The profile of the newest batch that counts; the plain one before there is any."""
    return next(
        (one.profile for one in pay_batches.batches(shop) if one.status == pay_batches.ACTIVE), PREFERRED
    )


def load(shop: Shop, day: date, profile: str, *, by_hand: bool) -> PayrollPage:
    """The payroll of the period that a day lies in; without a profile, in that of the newest batch.

    Raises:
        NotFound, Refused, FileTrouble: as `payroll.prepare`.
    """
    ready = payroll.prepare(shop, day, profile or newest_profile(shop), by_hand=by_hand)
    stored = load_batch(shop, ready.stored.id) if ready.rewrites and ready.stored is not None else None
    return PayrollPage(shop.today(), ready, stored=stored)


@dataclass(frozen=True, slots=True)
class BatchPage:
    """One batch: what it contained, and why it is not like the one before.

    Attributes:
        before: the batch that it is compared with, or None.
        changed: the rows that differ.
        late: the entries of earlier periods that it evened out.
        manifest: what its manifest says.
        text: its provider's file as stored, None where this file does not hold the bytes.
    """

    today: date
    zone: ZoneInfo
    batch: Batch
    lines: Sequence[BatchLine]
    before: Batch | None
    changed: Sequence[Difference]
    late: Sequence[LatePaid]
    manifest: Mapping[str, Any] = field(default_factory=dict[str, Any])
    text: str | None = None


def load_batch(shop: Shop, batch_id: str) -> BatchPage:
    """One batch.

    Raises:
        NotFound: there is none with this id.
    """
    batch = next((one for one in pay_batches.batches(shop) if one.id == batch_id), None)
    if batch is None:
        raise NotFound("This batch is no longer there.", "Go back to the list.")
    lines = batch_lines.lines(shop, batch)
    before = batch_lines.compared_with(shop, batch)
    same = before is not None and before.period == batch.period
    old = [one.printed for one in batch_lines.lines(shop, before)] if before else []
    changed = differences(old, [one.printed for one in lines], by_week=same) if before else []
    manifest, text = _stored(shop, batch)
    return BatchPage(
        shop.today(),
        shop.zone,
        batch,
        lines,
        before,
        changed,
        batch_lines.late_paid(shop, batch),
        manifest,
        text,
    )


def _stored(shop: Shop, batch: Batch) -> tuple[Mapping[str, Any], str | None]:
    try:
        contents = pay_batches.contents(shop, batch)
    except NotFound:
        return {}, None
    kept = json.loads(shop.value("SELECT form FROM export_batch WHERE id = ?", (batch.id,)) or "{}")
    encoding = cast("dict[str, Any]", kept).get("dialect", {}).get("encoding", "utf-8-sig")
    return json.loads(contents["manifest.json"]), contents[batch.file_name].decode(encoding, "replace")
