"""The kinds of calculation that ``main.py pool CASES.json`` knows.

``CASE_TYPES`` is the table of contents: the ``type`` of a case, and the function that computes
its ``result``. Each family has a module with a ``HANDLERS`` dict; a handler takes the case (see
``assessments.pool_cases``) and returns a dict of plain numbers, texts, lists and dicts. NaN and
None become null and infinities become text when the answer is written, so a handler need not
care. It raises ``gradecore.input_errors.InputError`` for a case that cannot be computed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gradecore.input_errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case as it was read: what to compute (``type``, ``measure``) from which numbers."""

    id: str
    type: str
    measure: str
    inputs: dict[str, Any]
    options: dict[str, Any]


Handler = Callable[[Case], dict[str, Any]]


def case_types() -> dict[str, Handler]:
    """Return every known type of case with its handler; one line per family."""
    from gradecore.case_types import (
        convert,
        effects,
        meta_package,
        meta_regression,
        pooled,
        revman,
        series,
        small_studies,
    )

    families: tuple[dict[str, Handler], ...] = (
        convert.HANDLERS,
        effects.HANDLERS,
        meta_package.HANDLERS,
        meta_regression.HANDLERS,
        pooled.HANDLERS,
        revman.HANDLERS,
        series.HANDLERS,
        small_studies.HANDLERS,
    )
    found: dict[str, Handler] = {}
    for family in families:
        found.update(family)
    return found


def numbers(case: Case, name: str) -> list[float]:
    """Return a column of numbers; null becomes NaN. Raises ``InputError`` if it is missing."""
    column = case.inputs.get(name)
    if column is None:
        raise InputError(f"The case has no column {name}.", column=name)
    cells = column if isinstance(column, list) else [column]
    return [_number(cell, name, row) for row, cell in enumerate(cells, start=1)]


def _number(cell: Any, name: str, row: int) -> float:
    if cell is None:
        return float("nan")
    if cell in ("Infinity", "-Infinity", "NaN"):
        return float(cell)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise InputError(
            f"{cell!r} in column {name} is not a number.",
            study=row,
            column=name,
        )
    return float(cell)
