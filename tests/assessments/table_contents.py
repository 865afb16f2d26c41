"""What is in the tables of a review, exactly: for tests that compare before and after."""

from __future__ import annotations

import sqlite3
from typing import Any

from assessments.store.journal import journaled_tables

Contents = dict[str, tuple[tuple[tuple[str, str], ...], ...]]


def contents(connection: sqlite3.Connection) -> Contents:
    """Return table → rows; each value with its type, and floats to the last bit."""
    return {
        table: tuple(
            tuple(_exact(value) for value in row)
            for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY id')
        )
        for table in journaled_tables(connection)
    }


def _exact(value: Any) -> tuple[str, str]:
    return type(value).__name__, value.hex() if isinstance(value, float) else repr(value)
