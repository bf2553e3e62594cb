"""The code lists of the shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain.codes import PER_CLASS, Code

if TYPE_CHECKING:
    from wotui.store.reading import Reads


def codes(reads: Reads, name: str = "", *, scope: str | None = None, retired_too: bool = False) -> list[Code]:
    """The entries of one list, or of all, in their order.

    Args:
        reads: a shop or a transaction.
        name: of the list; empty for all.
        scope: only those of this failure class; None for all.
        retired_too: also those out of use.
    """
    rows = reads.rows(
        """SELECT list, code, ifnull(label, ''), ifnull(scope, ''), ifnull(position, 0), id, ifnull(active, 1)
        FROM code WHERE deleted_at IS NULL AND (?1 = '' OR list = ?1)
            AND (?2 IS NULL OR ifnull(scope, '') = ?2 COLLATE NOCASE) AND (?3 OR ifnull(active, 1))
        ORDER BY list, ifnull(scope, '') COLLATE NOCASE, position, code COLLATE NOCASE""",
        (name, scope, int(retired_too)),
    )
    return [
        Code(list_, code, label, of, place, identity, bool(active))
        for list_, code, label, of, place, identity, active in rows
        if list_ and code
    ]


def offered(reads: Reads, name: str, failure_class: str = "") -> list[Code]:
    """What a form offers: the entries of the asset's failure class, else those of every asset."""
    if name not in PER_CLASS:
        return codes(reads, name, scope="")
    own = codes(reads, name, scope=failure_class) if failure_class else []
    return own or codes(reads, name, scope="")


def failure_classes(reads: Reads) -> list[str]:
    """The failure classes that codes or assets name."""
    rows = reads.rows(
        """SELECT scope FROM code WHERE deleted_at IS NULL AND scope <> '' UNION
        SELECT failure_class FROM asset WHERE deleted_at IS NULL AND failure_class <> '' ORDER BY 1"""
    )
    return [str(word) for (word,) in rows]


def failure_class_of(reads: Reads, order_id: str) -> str:
    """The failure class of an order's asset; empty when there is none."""
    return (
        reads.value(
            "SELECT a.failure_class FROM work_order w JOIN asset a ON a.id = w.asset_id WHERE w.id = ?",
            (order_id,),
        )
        or ""
    )


def failure_class_of_tag(reads: Reads, tag: str) -> str:
    """The failure class of the asset with this tag; empty when there is none."""
    return (
        reads.value(
            "SELECT failure_class FROM asset WHERE tag = ? COLLATE NOCASE AND deleted_at IS NULL", (tag,)
        )
        or ""
    )


def lists_in_use(reads: Reads) -> frozenset[str]:
    """The lists that hold anything; a form offers only these."""
    rows = reads.rows("SELECT DISTINCT list FROM code WHERE deleted_at IS NULL AND ifnull(active, 1)")
    return frozenset(str(name) for (name,) in rows if name)
