"""Remembers what was computed from a review until the review changes."""

from __future__ import annotations

from collections.abc import Callable
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
