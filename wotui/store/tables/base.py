"""What every table of the shop has in common.

Synced tables carry no UNIQUE, CHECK, NOT NULL or FOREIGN KEY beyond the id: what arrives from another file
must never make a merge fail. Rules live in `domain` and are kept by `actions`. Only TEXT and INTEGER
columns: STRICT tables refuse SQLAlchemy's VARCHAR, and SQLite's JSON would keep only 15 digits of a float.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import AutoString


@compiles(AutoString, "sqlite")
def _text(_type: AutoString, _compiler: Any, **_: Any) -> str:  # pyright: ignore[reportUnusedFunction] - registered by the decorator
    return "TEXT"


class Record(SQLModel):
    """One record of the shop.

    Attributes:
        key: local row number, stable over VACUUM, never leaves this file.
        id: UUIDv7 made on the device, or UUIDv5 where two devices can meet the same cause.
        deleted_at: when somebody took it away; rows are marked, never removed.
        derived: columns kept by triggers, not journaled, never written by actions.
    """

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 - a class-level attribute to SQLAlchemy  # pyright: ignore[reportIncompatibleVariableOverride]
        """`WorkOrder` → `work_order`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    __table_args__: ClassVar[Any] = {"sqlite_strict": True}
    derived: ClassVar[frozenset[str]] = frozenset()

    key: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    deleted_at: str | None = None
