"""Columns of numbers, one element per study: checked, and rid of studies with a missing value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from gradecore.data import FloatArray
from gradecore.input_errors import InputError
from gradecore.notes import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyColumns:
    """Columns without gaps; ``used`` are the 0-based rows that were complete."""

    names: tuple[str, ...]
    values: FloatArray
    used: tuple[int, ...]
    notes: tuple[Note, ...]

    def column(self, name: str) -> FloatArray:
        """Return the column of that name, (k,)."""
        return np.ascontiguousarray(self.values[:, self.names.index(name)])

    def positive(self, name: str) -> FloatArray:
        """Return the column; InputError naming the study unless every value is above 0."""
        values = self.column(name)
        for i in np.flatnonzero(~(values > 0.0))[:1]:
            row = self.used[i] + 1
            raise InputError(
                f"{name} must be above 0, but it is {values[i]:g} in study {row}.",
                study=row,
                column=name,
            )
        return values


def complete_columns(columns: Mapping[str, Sequence[float] | FloatArray]) -> StudyColumns:
    """Return the studies that have a value (not NaN) in every column, with a note of the others.

    InputError if the columns differ in length, hold an infinite value, or leave no study.
    """
    arrays = {name: _as_column(name, values) for name, values in columns.items()}
    lengths = {name: array.size for name, array in arrays.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} {size}" for name, size in lengths.items())
        raise InputError(f"The columns differ in length: {told}.")
    values = np.column_stack(list(arrays.values()))
    for row, column in np.argwhere(np.isinf(values))[:1]:
        name = list(arrays)[column]
        raise InputError(f"{name} is infinite in study {row + 1}.", study=row + 1, column=name)
    complete = ~np.isnan(values).any(axis=1)
    if not complete.any():
        raise InputError("There is no study with all the numbers needed.")
    return StudyColumns(
        names=tuple(arrays),
        values=values[complete],
        used=tuple(int(row) for row in np.flatnonzero(complete)),
        notes=_missing(np.flatnonzero(~complete)),
    )


def _as_column(name: str, values: ArrayLike) -> FloatArray:
    try:
        column = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name} holds something that is not a number.", column=name) from error
    if column.ndim != 1:
        raise InputError(f"{name} must be one column of numbers.", column=name)
    return column


def _missing(rows: np.ndarray) -> tuple[Note, ...]:
    if rows.size == 0:
        return ()
    told = ", ".join(str(row + 1) for row in rows)
    note = Note(
        code="missing_values",
        sentence=f"Left out because a value is missing: study {told}.",
        facts=(("studies", told),),
    )
    return (note,)
