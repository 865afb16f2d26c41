"""Dated copies of a review file, and how many of them are kept."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from datetime import date, datetime
from pathlib import Path

_RECENT = 10
_DAYS = 14
_WEEKS = 13
_STAMP = "%Y-%m-%d %H-%M-%S"


def folder_of(path: Path) -> Path:
    """Return the folder that holds the dated copies of that review file."""
    return path.parent / "Tandem backups"


def list_backups(path: Path) -> tuple[tuple[datetime, Path], ...]:
    """Return the dated copies of that review file, newest first."""
    found = []
    for copy in folder_of(path).glob(f"{_escaped(path.stem)} *.tandem"):
        with contextlib.suppress(ValueError):
            found.append((datetime.strptime(copy.stem[len(path.stem) + 1 :], _STAMP), copy))
    return tuple(sorted(found, reverse=True))


def back_up(connection: sqlite3.Connection, path: Path) -> Path | None:
    """Write a dated copy, unless the newest one already holds the same; return its path.

    Raises:
        OSError, sqlite3.Error: the copy cannot be written.
    """
    earlier = list_backups(path)
    if earlier and _state_of(earlier[0][1]) == _state(connection):
        return None
    folder = folder_of(path)
    folder.mkdir(exist_ok=True)
    copy = folder / f"{path.stem} {datetime.now().strftime(_STAMP)}.tandem"
    write_copy(connection, copy)
    _thin_out(list_backups(path))
    return copy


def write_copy(connection: sqlite3.Connection, target: Path) -> None:
    """Write the whole review to another file in one step, replacing what is there."""
    partial = target.with_name(f".{target.name}.part")
    partial.unlink(missing_ok=True)
    copy = sqlite3.connect(partial)
    try:
        connection.backup(copy)
        copy.close()
        os.replace(partial, target)
    finally:
        copy.close()
        partial.unlink(missing_ok=True)
        partial.with_name(f"{partial.name}-journal").unlink(missing_ok=True)


def _state(connection: sqlite3.Connection) -> tuple[str, int, int]:
    origin = connection.execute("SELECT origin FROM file_identity").fetchone()[0]
    last = connection.execute("SELECT coalesce(max(id), 0) FROM row_change").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    return origin, last, version


def _state_of(copy: Path) -> tuple[str, int, int] | None:
    try:
        connection = sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return None
    try:
        return _state(connection)
    except sqlite3.Error:
        return None
    finally:
        connection.close()


def _thin_out(copies: tuple[tuple[datetime, Path], ...]) -> None:
    """Keep the recent copies, then the last of each day (2 weeks) and of each week (3 months)."""
    days: set[date] = set()
    weeks: set[tuple[int, int]] = set()
    for index, (at, copy) in enumerate(copies):
        week = (at.isocalendar().year, at.isocalendar().week)
        first_of_day, first_of_week = at.date() not in days, week not in weeks
        days.add(at.date())
        weeks.add(week)
        keep = (
            index < _RECENT
            or (first_of_day and len(days) <= _DAYS)
            or (first_of_week and len(weeks) <= _WEEKS)
        )
        if not keep:
            copy.unlink(missing_ok=True)


def _escaped(stem: str) -> str:
    return "".join(f"[{c}]" if c in "[*?" else c for c in stem)
