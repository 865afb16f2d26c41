"""Numbers that cannot be true are refused, with the study and the column named.

Missing numbers (NaN) are no fault: such a study is shown as not estimable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from gradecore.data import BoolArray, Columns, FloatArray
from gradecore.input_errors import InputError

Rule = tuple[str, Callable[[FloatArray], BoolArray], str]


def _negative(values: FloatArray) -> BoolArray:
    return values < 0.0


def _not_positive(values: FloatArray) -> BoolArray:
    return values <= 0.0


def _beyond_one(values: FloatArray) -> BoolArray:
    return np.abs(values) > 1.0


_COUNT: Rule = ("must not be negative", _negative, "")
_SIZE: Rule = ("must be greater than 0", _not_positive, "")
_RULES: dict[str, tuple[Rule, ...]] = {
    "events_experimental": (_COUNT,),
    "events_control": (_COUNT,),
    "events": (_COUNT,),
    "total_experimental": (_SIZE,),
    "total_control": (_SIZE,),
    "total": (_SIZE,),
    "sd_experimental": (_COUNT,),
    "sd_control": (_COUNT,),
    "sd_first": (_COUNT,),
    "sd_second": (_COUNT,),
    "time_experimental": (_SIZE,),
    "time_control": (_SIZE,),
    "correlation": (("must lie between -1 and 1", _beyond_one, ""),),
    "variance": (_COUNT,),
    "se": (_SIZE,),
}
_NOT_ABOVE = (
    ("events_experimental", "total_experimental"),
    ("events_control", "total_control"),
    ("events", "total"),
)
WORDS = {
    "events_experimental": "events in the experimental arm",
    "total_experimental": "people in the experimental arm",
    "events_control": "events in the control arm",
    "total_control": "people in the control arm",
    "mean_experimental": "mean in the experimental arm",
    "sd_experimental": "standard deviation in the experimental arm",
    "mean_control": "mean in the control arm",
    "sd_control": "standard deviation in the control arm",
    "time_experimental": "person-time in the experimental arm",
    "time_control": "person-time in the control arm",
    "observed_minus_expected": "observed minus expected events",
    "variance": "variance",
    "mean_first": "first mean",
    "mean_second": "second mean",
    "sd_first": "first standard deviation",
    "sd_second": "second standard deviation",
    "correlation": "correlation",
    "events": "events",
    "total": "people",
    "estimate": "estimate",
    "se": "standard error",
}
"""What each column is called in sentences."""


def check_columns(columns: Columns, labels: Sequence[str] | None = None) -> None:
    """Refuse impossible numbers in columns of shape (k,).

    Raises ``InputError`` for columns of different length, no study, an infinite number, a
    negative count or standard deviation, an empty arm, more events than people, a correlation
    beyond ±1, person-time that is not positive.
    """
    lengths = {len(column) for column in columns.values()}
    if len(lengths) > 1:
        raise InputError("The columns do not all have the same number of studies.")
    if lengths in (set(), {0}):
        raise InputError("There is no study.")
    for name, values in columns.items():
        _refuse(np.isinf(values), "must be a finite number", name, (values, labels))
        for words, wrong, _ in _RULES.get(name, ()):
            _refuse(wrong(values), words, name, (values, labels))
    for part, whole in _NOT_ABOVE:
        if part in columns and whole in columns:
            above = columns[part] > columns[whole]
            words = f"must not exceed the {WORDS[whole]}"
            _refuse(above, words, part, (columns[part], labels))


def _refuse(
    wrong: BoolArray, words: str, name: str, where: tuple[FloatArray, Sequence[str] | None]
) -> None:
    if not wrong.any():
        return
    values, labels = where
    row = int(np.flatnonzero(wrong)[0])
    study = labels[row] if labels is not None else row + 1
    raise InputError(
        f"Study {study}: the {WORDS[name]} {words}, but it is {values[row]:g}.",
        study=study,
        column=name,
    )
