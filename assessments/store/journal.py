"""The past of a review: triggers that note every change, change sets, undo and redo.

Undo, redo, the audit trail and the list of what an edit touched are one mechanism: the row
changes of a change set. Undo writes the earlier values as a new change set that names the one
it undoes; nothing is ever removed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from assessments.language import _
from assessments.problems import Problem, Refused

_NOT_JOURNALED = {"change_set", "row_change", "open_edit", "file_identity"}
_MERGE_WITHIN_SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Which rows of which tables an edit touched."""

    rows: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def tables(self) -> frozenset[str]:
        """The names of the touched tables."""
        return frozenset(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """One labelled change: what was done, by whom, when."""

    id: int
    origin: str
    verb: str
    about: Mapping[str, Any]
    person: str | None
    at: str
    undoes: int | None = None
    redoes: int | None = None
    merge_key: str | None = None


def journaled_tables(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the names of the tables whose every change is noted."""
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "ORDER BY name"
    )
    return tuple(n for (n,) in names if n not in _NOT_JOURNALED)


def columns(connection: sqlite3.Connection, table: str) -> tuple[tuple[str, str], ...]:
    """Return the (name, type) pairs of a table's columns, in order."""
    rows = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    return tuple((row[1], row[2]) for row in rows)


def _as_json(connection: sqlite3.Connection, table: str, side: str) -> str:
    parts = []
    for name, kind in columns(connection, table):
        value = f'{side}."{name}"'
        if kind == "REAL":
            # json() of a REAL keeps 15 digits only; 20 give every double back, and an
            # infinity becomes malformed JSON, so the file refuses it.
            value = f"CASE WHEN {value} IS NULL THEN NULL ELSE json(printf('%!.20g', {value})) END"
        parts.append(f"'{name}', {value}")
    return f"json_object({', '.join(parts)})"


def remove_triggers(connection: sqlite3.Connection) -> None:
    """Remove the triggers, while an upgrade changes the tables themselves."""
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'journal_%'"
    ).fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')


def install_triggers(connection: sqlite3.Connection) -> None:
    """Make, or make again, the triggers that note every insert, update and delete."""
    remove_triggers(connection)
    for table in journaled_tables(connection):
        old, new = (_as_json(connection, table, side) for side in ("old", "new"))
        differs = " OR ".join(
            f'old."{name}" IS NOT new."{name}"' for name, _kind in columns(connection, table)
        )
        for event, when, row, before, after in (
            ("INSERT", "", "new", "NULL", new),
            ("UPDATE", f"WHEN {differs}", "new", old, new),
            ("DELETE", "", "old", old, "NULL"),
        ):
            name = f"journal_{table}_{event.lower()}"
            connection.execute(
                f'CREATE TRIGGER "{name}" AFTER {event} ON "{table}" {when} BEGIN '
                f'INSERT INTO row_change (change_set, "table", "row", before, after) VALUES '
                f"((SELECT change_set FROM open_edit), '{table}', {row}.id, {before}, {after}); END"
            )


def open_change_set(
    connection: sqlite3.Connection,
    verb: str,
    about: Mapping[str, Any],
    *,
    person: str | None,
    links: Mapping[str, int] | None = None,
    merge_key: str | None = None,
) -> int:
    """Open a change set inside the running transaction and return its number.

    With a merge key, the last change set is opened again if it has the same key and person and
    is at most 30 seconds old: typing in one field is one step of undo.
    """
    now = datetime.now(UTC)
    number = _mergeable(connection, verb, person, merge_key, now) if merge_key else None
    if number is None:
        links = links or {}
        origin = connection.execute("SELECT origin FROM file_identity").fetchone()[0]
        cursor = connection.execute(
            "INSERT INTO change_set (origin, verb, about, person, at, undoes, redoes, merge_key) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (origin, verb, _told(about), person,
             now.isoformat(timespec="milliseconds"), links.get("undoes"), links.get("redoes"),
             merge_key),
        )
        number = int(cursor.lastrowid or 0)
    else:
        connection.execute(
            "UPDATE change_set SET at = ? WHERE id = ?",
            (now.isoformat(timespec="milliseconds"), number),
        )
    connection.execute("UPDATE open_edit SET change_set = ?", (number,))
    return number


def _told(about: Mapping[str, Any]) -> str:
    """Write down what an edit was asked to do, also when it was asked to keep what is no text."""
    text = json.dumps(dict(about), ensure_ascii=False, default=str)
    return text.encode("utf-8", "replace").decode()


def _mergeable(
    connection: sqlite3.Connection, verb: str, person: str | None, key: str, now: datetime
) -> int | None:
    last = connection.execute(
        "SELECT id, verb, person, merge_key, at FROM change_set ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if last is None or (last[1], last[2], last[3]) != (verb, person, key):
        return None
    age = (now - datetime.fromisoformat(last[4])).total_seconds()
    return int(last[0]) if 0 <= age <= _MERGE_WITHIN_SECONDS else None


def close_change_set(connection: sqlite3.Connection, number: int, first_change: int) -> Changes:
    """Close the open change set and return what it touched since that row change.

    A change set that touched nothing is no step: it stays as an empty entry only if it was
    opened again by merging.
    """
    connection.execute("UPDATE open_edit SET change_set = NULL")
    touched: dict[str, set[str]] = {}
    for table, row in connection.execute(
        'SELECT DISTINCT "table", "row" FROM row_change WHERE change_set = ? AND id > ?',
        (number, first_change),
    ):
        touched.setdefault(table, set()).add(row)
    return Changes(rows={table: frozenset(rows) for table, rows in touched.items()})


def last_row_change(connection: sqlite3.Connection) -> int:
    """Return the number of the newest row change, 0 if there is none."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM row_change").fetchone()[0])


def change_sets(
    connection: sqlite3.Connection, *, newest: bool = False
) -> Iterator[ChangeSet]:
    """Walk through all change sets, oldest first, or newest first."""
    for row in connection.execute(
        "SELECT id, origin, verb, about, person, at, undoes, redoes, merge_key FROM change_set "
        "ORDER BY id" + (" DESC" if newest else "")
    ):
        yield ChangeSet(
            id=row[0], origin=row[1], verb=row[2], about=json.loads(row[3]), person=row[4],
            at=row[5], undoes=row[6], redoes=row[7], merge_key=row[8],
        )


def steps(connection: sqlite3.Connection, person: str | None) -> tuple[list[int], list[int]]:
    """Return that person's change sets that can be undone and redone, newest last.

    Undo belongs to a person: nobody takes back, or learns of, what someone else did.
    """
    undoable: list[int] = []
    redoable: list[int] = []
    for number, undoes, redoes in connection.execute(
        "SELECT id, undoes, redoes FROM change_set WHERE person IS ? ORDER BY id", (person,)
    ):
        if undoes is not None:
            undoable.remove(undoes)
            redoable.append(undoes)
        elif redoes is not None:
            redoable.remove(redoes)
            undoable.append(redoes)
        else:
            undoable.append(number)
            redoable.clear()
    return undoable, redoable


def replay(connection: sqlite3.Connection, number: int, *, backwards: bool) -> None:
    """Write the values before (backwards) or after that change set, inside an open one.

    Columns that the tables have got or lost since then are left alone.

    Raises:
        Refused: somebody has changed one of the rows since; nothing must be written then.
    """
    order = "DESC" if backwards else "ASC"
    changes = connection.execute(
        'SELECT "table", "row", before, after FROM row_change WHERE change_set = ? '
        f"ORDER BY id {order}",
        (number,),
    ).fetchall()
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for table, row, before, after in changes:
        expected, wanted = (after, before) if backwards else (before, after)
        _put(connection, table, row, _read(expected), _read(wanted))


def _read(text: str | None) -> dict[str, Any] | None:
    try:
        return None if text is None else json.loads(text)
    except ValueError as error:
        raise sqlite3.DatabaseError("malformed journal") from error


def _put(
    connection: sqlite3.Connection,
    table: str,
    row: str,
    expected: dict[str, Any] | None,
    wanted: dict[str, Any] | None,
) -> None:
    found = connection.execute(f'SELECT * FROM "{table}" WHERE id = ?', (row,)).fetchone()
    names = [name for name, _kind in columns(connection, table)]
    present = None if found is None else dict(zip(names, found, strict=True))
    wanted = wanted and {name: value for name, value in wanted.items() if name in names}
    if _same(present, wanted):
        return
    if not _same(present, expected):
        raise Refused(
            Problem(
                code="changed-since",
                sentence=_("This cannot be taken back: the same entry has been changed since."),
                where=table,
                remedy=_("Change it by hand; the history keeps all earlier values."),
            )
        )
    if wanted is None:
        connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (row,))
    elif present is None:
        marks = ", ".join("?" for _name in wanted)
        fields = ", ".join(f'"{name}"' for name in wanted)
        connection.execute(
            f'INSERT INTO "{table}" ({fields}) VALUES ({marks})', tuple(wanted.values())
        )
    else:
        fields = ", ".join(f'"{name}" = ?' for name in wanted)
        connection.execute(
            f'UPDATE "{table}" SET {fields} WHERE id = ?', (*wanted.values(), row)
        )


def _same(present: dict[str, Any] | None, noted: dict[str, Any] | None) -> bool:
    if present is None or noted is None:
        return present is noted
    return all(present[name] == value for name, value in noted.items() if name in present)
