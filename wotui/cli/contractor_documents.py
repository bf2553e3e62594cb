"""`wotui document` and `wotui contact`: a contractor's papers and the people to call there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wotui.cli import output
from wotui.cli.options import assignments, json_option, output_option
from wotui.cli.session import Session, pass_session
from wotui.errors import NotFound, Refused

if TYPE_CHECKING:
    from wotui.store.reading import Reads
    from wotui.store.reads.contractors import ContactRow, DocumentRow

_firm = click.argument("contractor", metavar="CONTRACTOR")
_fields = click.argument("fields", nargs=-1, metavar="FIELD=VALUE…")
_number = click.option("--number", metavar="TEXT", default="", help="Its number, where there are several.")


@click.group("document")
def document() -> None:
    """Contractors' insurances, licences, tax forms and contracts.

    KIND is liability_insurance, workers_comp, trade_licence, tax_form, contract or other. Fields: number, issuer,
    limit_amount, valid_from, valid_until, trade, file.
    """


@document.command("add")
@_firm
@click.argument("kind", metavar="KIND")
@_fields
@pass_session
def add_document(session: Session, contractor: str, kind: str, fields: tuple[str, ...]) -> None:
    """Put a document on file."""
    from wotui.actions import contractors as actions

    with session.shop() as shop:
        done = actions.add_document(shop, contractor, {"kind": kind, **assignments(fields)})
    output.say(done.sentence)


@document.command("edit")
@_firm
@click.argument("kind", metavar="KIND")
@_fields
@_number
@pass_session
def edit_document(session: Session, contractor: str, kind: str, fields: tuple[str, ...], number: str) -> None:
    """Change a document, such as valid_until=2027-06-30 after a renewal; empty text clears a field."""
    from wotui.actions import contractors as actions

    with session.shop() as shop:
        row = _document(shop, contractor, kind, number)
        done = actions.change_document(shop, row.id, assignments(fields))
    output.say(done.sentence)


@document.command("remove")
@_firm
@click.argument("kind", metavar="KIND")
@_number
@pass_session
def remove_document(session: Session, contractor: str, kind: str, number: str) -> None:
    """Take a document off file."""
    from wotui.actions import contractors as actions

    with session.shop() as shop:
        done = actions.remove_document(shop, _document(shop, contractor, kind, number).id)
    output.say(done.sentence)


@document.command("list")
@click.argument("contractor", metavar="[CONTRACTOR]", required=False)
@click.option("--on", metavar="DATE", default="", help="Their state as of this day; today without it.")
@json_option
@output_option
@pass_session
def list_documents(
    session: Session, contractor: str | None, on: str, *, as_json: bool, output_file: str | None
) -> None:
    """List documents with their state: valid, expiring within 30 days, expired, or not valid yet (missing)."""
    from wotui.cli.contractor_page import document_shape
    from wotui.domain.days import read_day
    from wotui.store.reads import contractors as reads

    with session.shop(read_only=True) as shop:
        day = read_day(on, shop.today()) or shop.today()
        currency = shop.setting("shop.currency")
        ids = [_firm_id(shop, contractor)] if contractor else None
        firms = reads.candidates(shop, currency, ids=ids)
        found = [(firm.name, row) for firm in firms for row in reads.documents(shop, firm.id)]
    if as_json:
        shapes = [{"contractor": name, **document_shape(row, currency, day)} for name, row in found]
        output.document(shapes, output_file)
        return
    rows = [
        [name, row.kind, row.trade, row.number, str(row.valid_until or "no end"), row.state(day)]
        for name, row in found
    ]
    if not rows:
        output.emit("", output_file)
        output.say("There are no documents on file: wotui document add CONTRACTOR KIND valid_until=DATE.")
        return
    styles: dict[tuple[int, int], output.Style] = {
        (place, 5): "green" if row[5] == "valid" else "yellow" if row[5] == "expiring" else "red"
        for place, row in enumerate(rows)
    }
    headings = ["contractor", "kind", "trade", "number", "until", "state"]
    output.table(headings, rows, output=output_file, flexible=0, styles=styles)


@click.group("contact")
def contact() -> None:
    """The people to call at a contractor. Fields: name, phone, email, always_reachable (yes or no)."""


@contact.command("add")
@_firm
@_fields
@pass_session
def add_contact(session: Session, contractor: str, fields: tuple[str, ...]) -> None:
    """Add somebody to call."""
    from wotui.actions import contractors as actions

    with session.shop() as shop:
        done = actions.add_contact(shop, contractor, assignments(fields))
    output.say(done.sentence)


@contact.command("edit")
@_firm
@click.argument("name", metavar="NAME")
@_fields
@pass_session
def edit_contact(session: Session, contractor: str, name: str, fields: tuple[str, ...]) -> None:
    """Change somebody to call; empty text clears a field."""
    from wotui.actions import contractors as actions

    with session.shop() as shop:
        done = actions.change_contact(shop, _contact(shop, contractor, name).id, assignments(fields))
    output.say(done.sentence)


@contact.command("remove")
@_firm
@click.argument("name", metavar="NAME")
@pass_session
def remove_contact(session: Session, contractor: str, name: str) -> None:
    """Take somebody off the list."""
    from wotui.actions import contractors as actions

    with session.shop() as shop:
        done = actions.remove_contact(shop, _contact(shop, contractor, name).id)
    output.say(done.sentence)


@contact.command("list")
@_firm
@json_option
@pass_session
def list_contacts(session: Session, contractor: str, *, as_json: bool) -> None:
    """List the people to call."""
    from wotui.cli.contractor_page import contact_shape
    from wotui.store.reads import contractors as reads

    with session.shop(read_only=True) as shop:
        found = reads.contacts(shop, _firm_id(shop, contractor))
    if as_json:
        output.document([contact_shape(row) for row in found])
    elif found:
        rows = [[row.name, row.phone, row.email, "24 h" if row.always_reachable else ""] for row in found]
        output.table(["name", "phone", "e-mail", ""], rows, flexible=0)
    else:
        output.say("There is nobody to call: wotui contact add CONTRACTOR name=NAME phone=NUMBER.")


def _firm_id(reads: Reads, contractor: str) -> str:
    from wotui.domain.record_kinds import KINDS
    from wotui.store.reads import records

    return records.find(reads, KINDS["contractor"], contractor)


def _document(reads: Reads, contractor: str, kind: str, number: str) -> DocumentRow:
    """The document that a call means: the only one of its kind, or the one with the number."""
    from wotui.store.reads import contractors

    wanted = kind.casefold().replace("-", "_").replace(" ", "_")
    found = [
        row
        for row in contractors.documents(reads, _firm_id(reads, contractor))
        if row.kind == wanted and (not number or row.number.casefold() == number.casefold())
    ]
    if not found:
        raise NotFound(
            f"{contractor} has no such {kind} on file.", "`wotui document list` shows what there is."
        )
    if len(found) > 1:
        numbers = ", ".join(row.number or "(no number)" for row in found)
        raise Refused(f"{contractor} has more than one {kind}.", f"Say which with --number: {numbers}.")
    return found[0]


def _contact(reads: Reads, contractor: str, name: str) -> ContactRow:
    """The contact of this name, phone number or e-mail address."""
    from wotui.store.reads import contractors

    wanted = name.casefold()
    found = [
        row
        for row in contractors.contacts(reads, _firm_id(reads, contractor))
        if wanted in {row.name.casefold(), row.phone.casefold(), row.email.casefold()}
    ]
    if not found:
        raise NotFound(f"There is nobody called {name} at {contractor}.", "`wotui contact list` shows them.")
    if len(found) > 1:
        raise Refused(f"There is more than one {name} at {contractor}.", "Use the phone number instead.")
    return found[0]
