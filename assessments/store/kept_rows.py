"""Keeps the rows that were read until the file changes, so that asking again costs nothing.

A page asks for the same few tables in hundreds of small questions. Each is answered by SQLite at
first; once the questions to a table have cost about as much as reading it whole, it is read whole
and answered from memory. Inside a transaction nothing is kept, because it may be rolled back.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import Any

from assessments.store.rows import R, count_rows, read_rows

_FIRST_LOOK = 24
"""Questions to a table before its size is looked at; then again whenever they have doubled."""
_ROWS_PER_QUESTION = 8
"""So many rows are read in the time of one question (measured)."""

Where = tuple[tuple[str, ...], tuple[Any, ...]]
"""Columns, and the values they must have."""


@dataclass(slots=True)
class _Table:
    answers: dict[Where, tuple[Any, ...]] = field(default_factory=dict)
    questions: int = 0
    whole: tuple[Any, ...] | None = None
    by_columns: dict[tuple[str, ...], dict[tuple[Any, ...], list[Any]]] = field(
        default_factory=dict
    )


class KeptRows:
    """The rows of one open file that were read since its last change."""

    def __init__(self) -> None:
        self._changes = -1
        self._tables: dict[type[Any], _Table] = {}

    def find(
        self, connection: sqlite3.Connection, row_class: type[R], where: dict[str, Any]
    ) -> tuple[R, ...]:
        """Return the rows whose columns have these values, in their order of position."""
        if connection.in_transaction:
            return read_rows(connection, row_class, **where)
        if connection.total_changes != self._changes:
            self._changes = connection.total_changes
            self._tables.clear()
        table = self._tables.setdefault(row_class, _Table())
        question: Where = (tuple(where), tuple(where.values()))
        if question not in table.answers:
            table.answers[question] = _answer(connection, row_class, table, question)
        return table.answers[question]


def _answer(
    connection: sqlite3.Connection, row_class: type[R], table: _Table, question: Where
) -> tuple[R, ...]:
    columns, values = question
    if table.whole is None and columns and _worth_reading(connection, row_class, table):
        table.whole = read_rows(connection, row_class)
    if table.whole is None or not columns:
        return read_rows(connection, row_class, **dict(zip(columns, values, strict=True)))
    if columns not in table.by_columns:
        found: dict[tuple[Any, ...], list[R]] = {}
        for row in table.whole:
            found.setdefault(tuple(getattr(row, name) for name in columns), []).append(row)
        table.by_columns[columns] = found
    return tuple(table.by_columns[columns].get(values, ()))


def _worth_reading(connection: sqlite3.Connection, row_class: type[R], table: _Table) -> bool:
    table.questions += 1
    doublings, rest = divmod(table.questions, _FIRST_LOOK)
    if rest or doublings & (doublings - 1):
        return False
    return count_rows(connection, row_class) <= table.questions * _ROWS_PER_QUESTION
