"""What can be done with a contractor, a document or a contact; from the picker and from the contractors screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wotui.actions import contractors as actions
from wotui.actions import records
from wotui.domain import money
from wotui.domain.contractors.documents import KINDS as DOCUMENT_KINDS
from wotui.domain.contractors.names import alike
from wotui.domain.days import read_day
from wotui.domain.record_kinds import KINDS
from wotui.errors import UsageProblem
from wotui.tui import present, record_rows
from wotui.tui.contractor_jobs import DAY_HINT, JobVerbs
from wotui.tui.record_rows import Spelling
from wotui.tui.widgets.dialogs import Confirm
from wotui.tui.widgets.fields import Row
from wotui.tui.widgets.form_box import FormBox

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wotui.store.file import Shop
    from wotui.store.reads.contractors import ContactRow, DocumentRow
    from wotui.store.transaction import Done

CONTRACTOR = KINDS["contractor"]
_NEW_FIELDS = {
    "name": "name",
    "trades": "trades",
    "service_mode": "works",
    "phone": "phone",
    "email": "e-mail",
    "rate_hour": "an hour",
    "callout_fee": "call-out",
}
"""What is asked of a new contractor, and under which label."""
_LAST_DAY_HINT = "the last good day: 2027-06-30, +1y; empty: it does not run out"


class ContractorVerbs(JobVerbs):
    """Mixed into screens that show contractors."""

    # documents and contacts

    def document_form(self, contractor_id: str, held: DocumentRow | None = None, kind: str = "") -> None:
        """Put a document on file, or change one."""
        spelling = Spelling.of(self.shop)
        self.wotui.push_screen(
            FormBox(
                "Document" if held is not None else "New document",
                _document_rows(held, kind, spelling),
                lambda row, typed: _document_shown(spelling, row.name, typed),
                lambda shop, values: _write_document(shop, contractor_id, held, values, spelling),
            )
        )

    def contact_form(self, contractor_id: str, held: ContactRow | None = None) -> None:
        """Add somebody to call, or change them."""
        day_and_night = "yes" if held is not None and held.always_reachable else "no"
        rows = [
            *(
                Row(name, label, "line", typed=getattr(held, name, ""), shown=getattr(held, name, ""))
                for name, label in (("name", "name"), ("phone", "phone"), ("email", "e-mail"))
            ),
            Row(
                "always_reachable",
                "day and night",
                "choice",
                typed=day_and_night,
                shown=day_and_night,
                choices=(("yes", "yes"), ("no", "no")),
                required=True,
            ),
        ]

        def write(shop: Shop, values: dict[str, str]) -> Done:
            if held is not None:
                return actions.change_contact(shop, held.id, values)
            return actions.add_contact(shop, contractor_id, values)

        title = "Contact" if held is not None else "New contact"
        self.wotui.push_screen(FormBox(title, rows, lambda _row, typed: typed, write))

    # contractors

    def new_contractor(
        self, name: str, *, trades: Sequence[str] = (), then: Callable[[Done | None], None] | None = None
    ) -> None:
        """Add a contractor; a name that can be taken for one that is there is asked about first."""
        from wotui.store.reads import contractors as reads

        same = alike(name, reads.names(self.shop)) if name else None
        if same is None:
            self._add_contractor(name, trades, then)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._add_contractor(name, trades, then)

        question = f"“{name}” looks like {same}, who is there already. Add another one?"
        self.wotui.push_screen(Confirm(question, title="The same firm?", yes="Add another one"), answered)

    def _add_contractor(
        self, name: str, trades: Sequence[str], then: Callable[[Done | None], None] | None
    ) -> None:
        spelling = Spelling.of(self.shop)
        values = {"name": name, "trades": ", ".join(trades), "service_mode": "onsite"}
        found = {row.name: row for row in record_rows.rows(CONTRACTOR, values, spelling)}
        rows = [replace(found[name], label=label) for name, label in _NEW_FIELDS.items()]

        def write(shop: Shop, typed: dict[str, str]) -> Done:
            fields = {field: value for field, value in typed.items() if value and field != "name"}
            return records.add(shop, "contractor", typed["name"], fields)

        form = FormBox(
            "New contractor",
            rows,
            lambda row, typed: record_rows.check(CONTRACTOR, spelling, row, typed),
            write,
            words="Insurance and licences are put on file afterwards.",
        )
        self.wotui.push_screen(form, then)

    def edit_contractor(self, contractor_id: str) -> None:
        """Change a contractor's own fields."""
        from wotui.store.reads import records as reads

        shop = self.shop
        spelling = Spelling.of(shop)
        record = reads.one(shop, CONTRACTOR, contractor_id)
        places = reads.handles(shop, KINDS["place"])
        before: dict[str, str] = {}
        for field in CONTRACTOR.fields:
            value = record.values[field.name]
            if field.name == "areas" and isinstance(value, tuple):
                value = tuple(places.get(place, place) for place in value)
            before[field.name] = spelling.typed(field, value)
        skipped = {"contact", "phone", "email", "blocked", "blocked_reason"}
        rows = [row for row in record_rows.rows(CONTRACTOR, before, spelling) if row.name not in skipped]

        def write(shop: Shop, typed: dict[str, str]) -> Done:
            changes = {name: value for name, value in typed.items() if value != before.get(name, "")}
            if not changes:
                raise UsageProblem("Nothing was changed.", "esc leaves the form.")
            return records.edit(shop, "contractor", [contractor_id], changes)

        def check(row: Row, typed: str) -> str:
            return record_rows.check(CONTRACTOR, spelling, row, typed)

        self.wotui.push_screen(FormBox(record.name, rows, check, write))

    def block_or_unblock(self, contractor_id: str, name: str, *, blocked: bool) -> None:
        """Let nobody hire them, with the reason, or let them be hired again."""
        if blocked:
            self.ask.act(lambda shop: actions.unblock(shop, contractor_id))
            return
        self.with_reason(
            f"Block {name}: why?",
            lambda why: self.ask.act(lambda shop: actions.block(shop, contractor_id, why)),
        )


def _document_rows(held: DocumentRow | None, kind: str, spelling: Spelling) -> list[Row]:
    """The fields of a document, filled in where it is there already."""
    values: dict[str, Any] = {"kind": kind or "liability_insurance"}
    if held is not None:
        names = ("kind", "number", "issuer", "trade", "file", "valid_from", "valid_until")
        values = {name: str(getattr(held, name) or "") for name in names}
        amount = held.limit_amount
        values["limit_amount"] = "" if amount is None else money.plain(amount, spelling.currency)
    fields = (
        ("kind", "kind", "choice", "enter shows what can be chosen"),
        ("valid_until", "valid until", "date", _LAST_DAY_HINT),
        ("valid_from", "valid from", "date", DAY_HINT),
        ("number", "number", "line", "as it stands on the paper"),
        ("issuer", "issued by", "line", "insurer, authority"),
        ("limit_amount", "limit", "money", "the sum insured"),
        ("trade", "trade", "line", "for a licence of one trade; empty: for all"),
        ("file", "file", "line", "where the paper lies"),
    )
    return [
        Row(
            name,
            label,
            type_,
            typed=values.get(name, ""),
            shown=_document_shown(spelling, name, values.get(name, "")),
            choices=tuple(DOCUMENT_KINDS.items()) if name == "kind" else (),
            hint=hint,
            required=name == "kind",
            limit=400 if name == "file" else 120,
        )
        for name, label, type_, hint in fields
    ]


def _document_shown(spelling: Spelling, name: str, typed: str) -> str:
    if not typed:
        return ""
    if name == "kind":
        return DOCUMENT_KINDS.get(typed, typed)
    if name in {"valid_from", "valid_until"}:
        return present.day(read_day(typed, spelling.today), spelling.today)
    if name == "limit_amount":
        return money.shown(money.parse(typed, spelling.currency), spelling.currency)
    return typed


def _write_document(
    shop: Shop, contractor_id: str, held: DocumentRow | None, values: dict[str, str], spelling: Spelling
) -> Done:
    typed = dict(values)
    for name in ("valid_from", "valid_until"):
        day = read_day(typed[name], spelling.today)
        typed[name] = day.isoformat() if day else ""
    if held is not None:
        return actions.change_document(shop, held.id, typed)
    return actions.add_document(shop, contractor_id, {name: value for name, value in typed.items() if value})
