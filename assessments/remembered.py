"""Remembers what was computed from a review until the review changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from assessments.store.journal import last_row_change
from assessments.store.project_file import Project

T = TypeVar("T")
_kept: WeakKeyDictionary[Project, tuple[object, dict[Any, Any]]] = WeakKeyDictionary()


def remembered(project: Project, key: object, compute: Callable[[], T]) -> T:
    """Return what was computed under that key, computing it again after any change.

    The one who sits here is part of the key, since people may see different things.
    """
    state = (last_row_change(project.connection), project.connection.in_transaction, project.seat)
    found = _kept.get(project)
    if found is None or found[0] != state:
        found = (state, {})
        _kept[project] = found
    values = found[1]
    if key not in values:
        values[key] = compute()
    result: T = values[key]
    return result


@dataclass(slots=True)
class _Bodies:
    """What was computed from bodies of evidence, and up to which row change it is known to hold."""

    checked: int = 0
    seat: str | None = None
    values: dict[Any, Any] = field(default_factory=dict)


_bodies: WeakKeyDictionary[Project, _Bodies] = WeakKeyDictionary()
_IN_ASSESSMENTS = ("judgement", "answer", "quote")
_RATING = "grade"


def remembered_of_bodies(project: Project, key: object, compute: Callable[[], T]) -> T:
    """Return what was computed from a body of evidence, until something it rests on changes.

    Ratings rest on bodies, never the other way round: what people judge, answer and write in a
    rating of certainty leaves everything here as it is.
    """
    kept = _bodies.setdefault(project, _Bodies())
    last = last_row_change(project.connection)
    if kept.seat != project.seat or last < kept.checked:
        kept.seat, kept.checked, kept.values = project.seat, last, {}
    elif last > kept.checked and not _only_ratings(project, kept.checked):
        if project.connection.in_transaction:  # may be rolled back, so nothing is kept of it
            return remembered(project, key, compute)
        kept.checked, kept.values = last, {}
    if not project.connection.in_transaction:
        kept.checked = last
    if key not in kept.values:
        found = compute()
        if project.connection.in_transaction:
            return found
        kept.values[key] = found
    result: T = kept.values[key]
    return result


def _only_ratings(project: Project, since: int) -> bool:
    """Return whether all row changes after that one belong to ratings of certainty."""
    changes = project.connection.execute(
        'SELECT "table", "row", coalesce(after, before) FROM row_change WHERE id > ?', (since,)
    )
    return all(_of_rating(project, table, row, text) for table, row, text in changes)


def _of_rating(project: Project, table: str, row: str, text: str) -> bool:
    if table == "frozen_facts" or (table == "instrument_copy" and row == _RATING):
        return True
    if table == "assessment":
        return bool(json.loads(text)["instrument"] == _RATING)
    if table not in _IN_ASSESSMENTS:
        return False
    owner = project.connection.execute(
        "SELECT instrument FROM assessment WHERE id = ?", (json.loads(text)["assessment"],)
    ).fetchone()
    return owner is not None and owner[0] == _RATING
