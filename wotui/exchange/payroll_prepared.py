"""A pay period in the shape of a profile: what the screens show, the checks look at and the files are made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wotui.exchange.payroll_adjustments import Adjustment, Pending
from wotui.exchange.payroll_rows import Row, totals
from wotui.store.reads import pay_batches
from wotui.store.reads.pay_batches import Batch, Ref

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.domain.payroll.employees import Employee
    from wotui.domain.payroll.findings import Finding
    from wotui.domain.payroll.reckoning import Reckoning
    from wotui.exchange.payroll_profiles import Profile


@dataclass(frozen=True, slots=True)
class Prepared:
    """A pay period, ready to be shown or written.

    Attributes:
        reckoning: everybody's pay.
        profile: what the file looks like.
        rows: in the order of the file.
        findings: everything to put right or to know, the profile's own included.
        seq: the number that the batch has or will get.
        revision: 1, or more where a file of this period and profile was made before.
        schedule: weekly, biweekly, semimonthly or monthly.
        refs: person's id → what the provider calls them.
        jobs: order's number → its job, and whether it is billed.
        stored: the batch that was made of this period before, or None.
        changed: what has changed since that batch.
        pending: what earlier batches still owe.
    """

    reckoning: Reckoning
    profile: Profile
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    seq: int = 1
    revision: int = 1
    schedule: str = "weekly"
    refs: Mapping[str, Ref] = field(default_factory=dict[str, Ref])
    jobs: Mapping[str, tuple[str, bool]] = field(default_factory=dict[str, tuple[str, bool]])
    stored: Batch | None = None
    changed: tuple[Adjustment, ...] = ()
    pending: Pending = field(default_factory=Pending)

    @property
    def blocked(self) -> bool:
        """Whether any finding forbids the export."""
        return any(one.blocks for one in self.findings)

    @property
    def people(self) -> dict[str, Employee]:
        """Everybody by id."""
        return {one.id: one for one in (*self.reckoning.book.employees, *(one.employee for one in self.owed))}

    @property
    def employees(self) -> list[Employee]:
        """The people who stand in the file."""
        return list(dict.fromkeys(row.employee for row in self.rows))

    @property
    def owed(self) -> tuple[Adjustment, ...]:
        """What earlier batches still owe."""
        return self.pending.adjustments

    @property
    def label(self) -> str:
        """What stands in the batch column."""
        return pay_batches.label(self.seq)

    @property
    def file_name(self) -> str:
        """The name that this batch's file always has."""
        if self.stored is not None and self.rewrites:
            return self.stored.file_name
        period, form = self.reckoning.book.period, self.profile
        return form.file_name.format(
            **form.values, profile=form.name, period_start=period.start, period_end=period.end, seq=self.seq,
            rev=self.revision, ext=form.extension,
        )  # fmt: skip

    @property
    def rewrites(self) -> bool:
        """Whether exporting writes the stored bytes again instead of making a batch."""
        if self.stored is None:
            return False
        return not self.changed or self.stored.closed or self.profile.on_reimport == "append"

    @property
    def totals(self) -> dict[str, str]:
        """Control totals: per code of the file, the sum of the printed hours."""
        return totals(self.rows)

    def external_id(self, employee: Employee) -> str:
        """What the provider knows a person by; empty where it has no id for them."""
        known = self.refs.get(employee.id, Ref()).external_id
        return known or (employee.number if self.profile.missing_id == "employee_no" else "")

    def names(self, employee: Employee) -> tuple[str, str]:
        """Last and first name as the provider writes them (`Reyes, Dana`)."""
        other = self.refs.get(employee.id, Ref()).external_name
        if not other:
            return employee.last_name, employee.first_name
        last, comma, first = other.partition(",")
        if comma:
            return last.strip(), first.strip()
        first, _, last = other.rpartition(" ")
        return last, first

    def foreign(self, row: Row, name: str) -> str:
        """A field of text that people typed, unguarded."""
        last, first = self.names(row.employee)
        match name:
            case "employee_no":
                return row.employee.number
            case "external_id":
                return self.external_id(row.employee)
            case "last_name":
                return last
            case "first_name":
                return first
            case "name":
                other = self.refs.get(row.employee.id, Ref()).external_name
                return other or ", ".join(word for word in (last, first) if word)
            case "order":
                return row.order
            case "job":
                return self.jobs.get(row.order, ("", False))[0]
            case _:
                return row.reason
