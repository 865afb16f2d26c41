"""A derived number with its origin: from what, by which formula, after whom."""

from __future__ import annotations

import math
from dataclasses import dataclass

from gradecore.input_errors import InputError
from gradecore.notes import Note

Entry = tuple[str, float | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """Numbers that were not reported but worked out; what was entered stays beside them.

    ``values`` holds the derived numbers by name, the wanted one first; ``entered`` what they were
    derived from; ``formula`` the formula in symbols; ``source`` where it is published.
    """

    method: str
    values: tuple[tuple[str, float], ...]
    entered: tuple[Entry, ...]
    formula: str
    source: str
    notes: tuple[Note, ...] = ()

    @property
    def value(self) -> float:
        """The derived number that was asked for."""
        return self.values[0][1]

    def __getitem__(self, name: str) -> float:
        for key, value in self.values:
            if key == name:
                return value
        raise KeyError(name)

    @property
    def sentence(self) -> str:
        """Return what was derived from what, by which formula, in one sentence."""
        derived = ", ".join(f"{name} {value:.6g}" for name, value in self.values)
        return f"{derived} from {_listed(self.entered)}: {self.formula} ({self.source})."


def _listed(entered: tuple[Entry, ...]) -> str:
    return ", ".join(
        f"{name} {value:.6g}" if isinstance(value, (int, float)) else f"{name} {value}"
        for name, value in entered
    )


def finite(name: str, value: float) -> float:
    """Return the value as a float; InputError unless it is a finite number."""
    if isinstance(value, (bool, str)) or not math.isfinite(value):
        raise InputError(f"{name} must be a finite number, not {value!r}.", column=name)
    return float(value)


def positive(name: str, value: float) -> float:
    """Return the value as a float; InputError unless it is finite and above 0."""
    number = finite(name, value)
    if number <= 0.0:
        raise InputError(f"{name} must be above 0, not {number:g}.", column=name)
    return number


def not_negative(name: str, value: float) -> float:
    """Return the value as a float; InputError unless it is finite and not below 0."""
    number = finite(name, value)
    if number < 0.0:
        raise InputError(f"{name} must not be negative, as {number:g} is.", column=name)
    return number


def group_size(name: str, value: float, *, least: float = 2.0) -> float:
    """Return the size of a group, which may be a fraction after splitting; InputError if small."""
    number = positive(name, value)
    if number < least:
        raise InputError(f"{name} must be at least {least:g}, not {number:g}.", column=name)
    return number


def between(name: str, value: float, *, low: float, high: float) -> float:
    """Return the value; InputError unless it lies in the closed range."""
    number = finite(name, value)
    if not low <= number <= high:
        raise InputError(
            f"{name} must be between {low:g} and {high:g}, not {number:g}.", column=name
        )
    return number


def probability(name: str, value: float) -> float:
    """Return the value; InputError unless it lies strictly between 0 and 1."""
    number = finite(name, value)
    if not 0.0 < number < 1.0:
        raise InputError(f"{name} must lie between 0 and 1, not {number:g}.", column=name)
    return number


def interval_width(ci_lb: float, ci_ub: float) -> float:
    """Return upper minus lower limit; InputError unless both are finite and in order."""
    lower, upper = finite("ci_lb", ci_lb), finite("ci_ub", ci_ub)
    if lower >= upper:
        raise InputError(
            f"The lower limit {lower:g} must be below the upper limit {upper:g}.", column="ci_lb"
        )
    return upper - lower
