"""Reads and writes single rows: the only SQL about the present of a review.

A row class is a frozen dataclass whose fields are the columns of the table that its class
variable ``table`` names.
"""

from __future__ import annotations

import math
import re
import sqlite3
import uuid
from dataclasses import asdict, fields
from functools import cache
from typing import Any, ClassVar, Protocol, TypeVar

from assessments.language import _
from assessments.problems import Problem, Refused


class Row(Protocol):
    """Anything that is kept as one row: it has a key and names its table."""

    table: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def id(self) -> str:
        """The key of the row."""
        ...


R = TypeVar("R", bound=Row)
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def new_id() -> str:
    """Return a fresh key that no other copy of the review can have."""
    return uuid.uuid4().hex


@cache
def _names(row_class: type[Row]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(row_class))


@cache
def _select(row_class: type[Row], where: tuple[str, ...]) -> str:
    # with its table before it SQLite never takes the name of a column that is missing for a text
    table = row_class.table
    chosen = ", ".join(f'"{table}"."{name}"' for name in _names(row_class))
    condition = " AND ".join(f'"{table}"."{name}" IS ?' for name in where) or "1"
    order = '"position", "id"' if "position" in _names(row_class) else '"id"'
    return f'SELECT {chosen} FROM "{table}" WHERE {condition} ORDER BY {order}'


def read_rows(connection: sqlite3.Connection, row_class: type[R], **where: Any) -> tuple[R, ...]:
    """Return the rows whose columns have these values, in their order of position."""
    names = _names(row_class)
    found = connection.execute(_select(row_class, tuple(where)), tuple(where.values()))
    return tuple(row_class(**dict(zip(names, values, strict=True))) for values in found)


def count_rows(connection: sqlite3.Connection, row_class: type[Row]) -> int:
    """Return how many rows a table has."""
    return int(connection.execute(f'SELECT count(*) FROM "{row_class.table}"').fetchone()[0])


def insert(connection: sqlite3.Connection, row: Row) -> None:
    """Write a new row."""
    values = {name: _kept(value, name) for name, value in asdict(row).items()}
    named = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" for _name in values)
    connection.execute(
        f'INSERT INTO "{row.table}" ({named}) VALUES ({marks})', tuple(values.values())
    )


def update(
    connection: sqlite3.Connection, row_class: type[Row], row_id: str, **values: Any
) -> None:
    """Change columns of the row with that key."""
    if not values:
        return
    unknown = set(values) - set(_names(row_class))
    if unknown:
        raise KeyError(f"{row_class.table} has no column {', '.join(sorted(unknown))}")
    kept = [_kept(value, name) for name, value in values.items()]
    named = ", ".join(f'"{name}" = ?' for name in values)
    connection.execute(
        f'UPDATE "{row_class.table}" SET {named} WHERE id = ?', (*kept, row_id)
    )


def delete(connection: sqlite3.Connection, row_class: type[Any], row_id: str) -> None:
    """Remove the row with that key, and what hangs on it."""
    connection.execute(f'DELETE FROM "{row_class.table}" WHERE id = ?', (row_id,))


def _kept(value: Any, name: str) -> Any:
    if isinstance(value, str) and _NO_TEXT.search(value):
        raise Refused(
            Problem(
                code="not-a-text",
                sentence=_(
                    "This text holds a character that is none, as broken copies sometimes do."
                ),
                where=name,
                remedy=_("Type the passage by hand, or copy it from another place."),
            )
        )
    if isinstance(value, float):
        if not math.isfinite(value):
            raise Refused(
                Problem(
                    code="not-finite",
                    sentence=_("A number is needed here, and this one is not finite."),
                    where=name,
                    remedy=_("Type a number, or leave the field empty."),
                )
            )
        return value + 0.0  # turns minus zero into zero, which reads back the same everywhere
    if isinstance(value, bool):
        return int(value)
    return value
