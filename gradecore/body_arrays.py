"""From a body of evidence with mixed rows to arrays: each row by the data it has.

Rows with the data that the measure asks for go through the measure's formulas; rows with a
reported effect enter with their own standard error, or the one behind their interval; observed
minus expected events serve every odds or hazard ratio.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from gradecore.data import (
    BodyOfEvidence,
    FloatArray,
    IntArray,
    ObservedMinusExpected,
    ReportedEffect,
    StudyRow,
)
from gradecore.distributions import normal_quantile
from gradecore.input_checks import check_columns
from gradecore.input_errors import InputError
from gradecore.measures import MEASURES
from gradecore.measures.hazard_ratio import HAZARD_RATIO
from gradecore.measures.measure import Measure
from gradecore.notes import Note
from gradecore.profiles import PoolingPlan
from gradecore.study_arrays import StudyArrays, poolable, unchecked_arrays
from gradecore.weighting.mantel_haenszel import Rates
from gradecore.zero_cells import Tables

_ROUNDING = 0.05
"""An estimate further than this many standard errors from the middle of its interval is noted."""


@dataclass(frozen=True, slots=True, eq=False)
class BodyArrays:
    """The arrays of a body of evidence in the order of its studies, and what was noticed."""

    arrays: StudyArrays
    notes: tuple[Note, ...]


def body_arrays(body: BodyOfEvidence, plan: PoolingPlan) -> BodyArrays:
    """Return effects and variances of every study; raises ``InputError`` for impossible numbers."""
    measure = MEASURES[plan.measure]
    k = len(body.studies)
    if k == 0:
        raise InputError("There is no study to pool.")
    whole = _empty(k, measure)
    notes: list[Note] = []
    for kind, rows in _by_kind(body, measure).items():
        studies = [body.studies[row] for row in rows]
        if kind is ReportedEffect:
            part = _reported(studies, measure, plan, notes)
        else:
            part = _measured(studies, kind, plan)
        _place(whole, part, np.array(rows))
    for row, study in enumerate(body.studies):
        if not study.included:
            _leave_out(whole, row, "impossible" if study.impossible else "left-out")
    return BodyArrays(whole, tuple(notes))


def _by_kind(body: BodyOfEvidence, measure: Measure) -> dict[type, list[int]]:
    """Return the rows of each kind of data; rows without data are in none."""
    rows: dict[type, list[int]] = {}
    odds = measure.code in ("PETO", "OR") or measure.family == "time-to-event"
    for row, study in enumerate(body.studies):
        if study.data is None:
            continue
        kind = type(study.data)
        fits = kind in (measure.data, ReportedEffect) or (odds and kind is ObservedMinusExpected)
        if not fits:
            raise InputError(
                f"Study {study.label}: its numbers do not suit the measure {measure.name.lower()}.",
                study=study.label,
            )
        rows.setdefault(kind, []).append(row)
    return rows


def _empty(k: int, measure: Measure) -> StudyArrays:
    """Return arrays of k studies without any number, with room for what the measure has."""

    def gaps() -> FloatArray:
        return np.full(k, np.nan)

    family = measure.family
    scored = measure.code == "PETO" or family == "time-to-event"
    return StudyArrays(
        y=gaps(),
        v=gaps(),
        reason=np.full(k, "missing", dtype="U24"),
        corrected=np.zeros(k, bool),
        cells=Tables(gaps(), gaps(), gaps(), gaps()) if family == "dichotomous" else None,
        rates=Rates(gaps(), gaps(), gaps(), gaps()) if family == "rate" else None,
        excess=(gaps(), gaps()) if scored else None,
    )


def _place(whole: StudyArrays, part: StudyArrays, rows: IntArray) -> None:
    """Copy the arrays of some studies to their places."""
    whole.y[rows], whole.v[rows] = part.y, part.v
    whole.reason[rows], whole.corrected[rows] = part.reason, part.corrected
    if whole.cells is not None and part.cells is not None:
        for name in ("a", "b", "c", "d"):
            getattr(whole.cells, name)[rows] = getattr(part.cells, name)
    if whole.rates is not None and part.rates is not None:
        for name in ("x1", "t1", "x2", "t2"):
            getattr(whole.rates, name)[rows] = getattr(part.rates, name)
    if whole.excess is not None and part.excess is not None:
        whole.excess[0][rows], whole.excess[1][rows] = part.excess


def _leave_out(whole: StudyArrays, row: int, reason: str) -> None:
    whole.y[row] = whole.v[row] = np.nan
    whole.reason[row] = reason
    whole.corrected[row] = False


def _measured(studies: list[StudyRow], kind: type, plan: PoolingPlan) -> StudyArrays:
    """Return the arrays of studies whose data go through a measure's formulas."""
    columns = {
        name: np.array([_number(getattr(study.data, name)) for study in studies])
        for name in kind.COLUMNS  # type: ignore[attr-defined]
    }
    check_columns(columns, [study.label for study in studies])
    if kind is not ObservedMinusExpected:
        return unchecked_arrays(columns, plan)
    with np.errstate(all="ignore"):
        found = poolable(HAZARD_RATIO.effects(columns, plan), columns)
    excess = columns["observed_minus_expected"], columns["variance"]
    return StudyArrays(found.y, found.v, found.reason, found.corrected, excess=excess)


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _reported(
    studies: list[StudyRow], measure: Measure, plan: PoolingPlan, notes: list[Note]
) -> StudyArrays:
    """Return the arrays of studies with a reported effect."""
    pairs = [_effect_and_se(study, measure, notes) for study in studies]
    y, se = np.array(pairs).T
    check_columns({"estimate": y, "se": se}, [study.label for study in studies])
    missing = np.isnan(y) | np.isnan(se)
    excess = None
    if measure.code == "PETO" or measure.family == "time-to-event":
        excess = y / se**2, 1.0 / se**2
    return StudyArrays(
        y=np.where(missing, np.nan, y),
        v=np.where(missing, np.nan, se**2),
        reason=np.where(missing, "missing", ""),
        corrected=np.zeros(len(y), bool),
        excess=excess,
    )


def _effect_and_se(study: StudyRow, measure: Measure, notes: list[Note]) -> tuple[float, float]:
    """Return a reported effect and its standard error on the analysis scale."""
    data = study.data
    assert isinstance(data, ReportedEffect)
    estimate = _on_analysis_scale(study, measure, data.estimate, "estimate")
    if data.se is not None:
        return estimate, _number(data.se)
    if data.ci_lower is None or data.ci_upper is None:
        return estimate, math.nan
    lower = _on_analysis_scale(study, measure, data.ci_lower, "lower limit")
    upper = _on_analysis_scale(study, measure, data.ci_upper, "upper limit")
    if not (math.isnan(lower) or math.isnan(upper)) and not lower < upper:
        raise InputError(
            f"Study {study.label}: the lower limit of the interval is not below the upper limit.",
            study=study.label,
            column="ci_lower",
        )
    if not 0.0 < data.level < 1.0:
        raise InputError(
            f"Study {study.label}: the confidence level must lie between 0 and 1.",
            study=study.label,
            column="level",
        )
    se = (upper - lower) / (2.0 * normal_quantile(data.level))
    if abs(estimate - 0.5 * (lower + upper)) > _ROUNDING * se:
        notes.append(_off_center(study))
    return estimate, se


def _off_center(study: StudyRow) -> Note:
    return Note(
        code="estimate_off_center",
        sentence=(
            f"Study {study.label}: the estimate is not in the middle of its interval; "
            "it may be rounded or mistyped."
        ),
        facts=(("study", study.key),),
    )


def _on_analysis_scale(study: StudyRow, measure: Measure, value: float, what: str) -> float:
    data = study.data
    number = _number(value)
    if not isinstance(data, ReportedEffect) or data.scale == "analysis" or math.isnan(number):
        return number
    with np.errstate(all="ignore"):
        turned = measure.analysis(number)
    if not math.isfinite(turned):
        raise InputError(
            f"Study {study.label}: the {what} of {number:g} is impossible for the "
            f"{measure.name.lower()}.",
            study=study.label,
            column="estimate",
        )
    return turned
