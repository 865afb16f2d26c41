"""From arrays to the frozen results that people see: one number, one place, None for nothing."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from gradecore.batch import BatchResult
from gradecore.data import (
    BodyOfEvidence,
    CorrelationData,
    FloatArray,
    PairedMeasurements,
    SingleProportion,
    StudyRow,
)
from gradecore.distributions import normal_quantile
from gradecore.heterogeneity import h_by_test, i2_from_h
from gradecore.intervals import PREDICTIONS, Intervals
from gradecore.measures.measure import Measure
from gradecore.measures.proportion import from_double_arcsine
from gradecore.profiles import PoolingPlan
from gradecore.results import (
    EffectInterval,
    Heterogeneity,
    PredictionInterval,
    StudyEffect,
    Totals,
)
from gradecore.study_arrays import StudyArrays


class Reader:
    """Turns values of the analysis scale into what people read, for one body of evidence.

    Only the double arcsine needs the body: its inverse uses the harmonic mean of group sizes.
    """

    __slots__ = ("_harmonic", "measure")

    def __init__(self, measure: Measure, body: BodyOfEvidence, arrays: StudyArrays) -> None:
        self.measure = measure
        self._harmonic: float | None = None
        if measure.code == "PFT":
            sizes = [
                study.data.total
                for study, usable in zip(body.studies, arrays.estimable, strict=True)
                if usable and isinstance(study.data, SingleProportion)
            ]
            self._harmonic = len(sizes) / sum(1.0 / n for n in sizes) if sizes else None

    def natural(self, value: float) -> float:
        """Return the value on the natural scale."""
        if self._harmonic is not None:
            return float(from_double_arcsine(value, self._harmonic))
        with np.errstate(over="ignore"):
            return self.measure.natural(value)

    def naturals(self, values: FloatArray) -> FloatArray:
        """Return values on the natural scale, NaN where there is none."""
        with np.errstate(all="ignore"):
            if self._harmonic is not None:
                return from_double_arcsine(values, self._harmonic)
            return self.measure.scale.to_natural(values)


def number(value: float) -> float | None:
    """Return a float, None in place of NaN."""
    plain = float(value)
    return None if math.isnan(plain) else plain


def effect_interval(
    estimate: FloatArray, around: Intervals, row: int, how: tuple[Reader, str, float]
) -> EffectInterval | None:
    """Return one row as an interval on both scales, None if it does not exist.

    ``how`` is the reader, the name of the method, and the level.
    """
    read, method, level = how
    value, se = float(estimate[row]), float(around.se[row])
    if math.isnan(value) or math.isnan(se) or (method == "wald" and se == 0.0):
        return None
    lower, upper, df = float(around.lower[row]), float(around.upper[row]), float(around.df[row])
    return EffectInterval(
        method=method,
        estimate=value,
        se=se,
        ci_lower=lower,
        ci_upper=upper,
        natural_estimate=read.natural(value),
        natural_ci_lower=read.natural(lower),
        natural_ci_upper=read.natural(upper),
        statistic=number(around.statistic[row]),
        df=None if math.isnan(df) else int(df),
        p=number(around.p[row]),
        level=level,
    )


def heterogeneity_of(result: BatchResult, row: int, plan: PoolingPlan) -> Heterogeneity | None:
    """Return the heterogeneity of one row, None if no study was pooled."""
    k = int(result.k[row])
    if k == 0 or math.isnan(float(result.q[row])):
        return None
    one = slice(row, row + 1)
    random = plan.model == "random"
    with np.errstate(all="ignore"):
        _, low, high = h_by_test(result.q[one], result.k[one], plan.level)
        test = [number(i2_from_h(limit)[0]) for limit in (low, high)]
        limits = (result.tau2_lower, result.tau2_upper) if random and k > 1 else ()
        ranges = [_range(result, limit, row) for limit in limits] or [(None, None, None)] * 2
        from_tau2 = float(result.i2_from_tau2[row]) if random else None
    tau2 = float(result.tau2[row])
    return Heterogeneity(
        q=float(result.q[row]),
        df=k - 1,
        p=float(result.q_p[row]),
        i2=float(result.i2[row]),
        i2_from=plan.i2_from if random else "q",
        i2_from_q=float(result.i2_from_q[row]),
        i2_from_tau2=from_tau2,
        h2=float(result.h2[row]),
        h2_from_q=float(result.h2_from_q[row]),
        estimator=plan.tau2_estimator if random else None,
        tau2=tau2 if random else None,
        tau=math.sqrt(tau2) if random else None,
        tau2_lower=ranges[0][0],
        tau2_upper=ranges[1][0],
        i2_lower=ranges[0][1],
        i2_upper=ranges[1][1],
        h2_lower=ranges[0][2],
        h2_upper=ranges[1][2],
        i2_test_lower=test[0],
        i2_test_upper=test[1],
        converged=bool(result.converged[row]),
        multimodal=bool(result.multimodal[row]),
        iterations=int(result.iterations[row]),
    )


def _range(
    result: BatchResult, limit: FloatArray, row: int
) -> tuple[float | None, float | None, float | None]:
    """Return one limit of tau², and the I² and H² that go with it."""
    at = (limit[row], result.i2_at(limit)[row], result.h2_at(limit)[row])
    return number(at[0]), number(at[1]), number(at[2])


def predictions_of(
    result: BatchResult, row: int, read: Reader, level: float
) -> tuple[PredictionInterval, ...]:
    """Return the prediction intervals of one row by every convention that has one."""
    found = []
    for method in PREDICTIONS:
        lower, upper = (float(limit[row]) for limit in result.prediction(method, level))
        if not math.isnan(lower):
            found.append(
                PredictionInterval(
                    method=method,
                    lower=lower,
                    upper=upper,
                    natural_lower=read.natural(lower),
                    natural_upper=read.natural(upper),
                )
            )
    return tuple(found)


def study_effects(
    body: BodyOfEvidence, arrays: StudyArrays, weights: FloatArray, how: tuple[Reader, float]
) -> tuple[StudyEffect, ...]:
    """Return every study with its effect, its Wald interval and its weight in percent."""
    read, level = how
    se = np.sqrt(arrays.v)
    half = normal_quantile(level) * se
    scaled = (arrays.y, arrays.y - half, arrays.y + half)
    columns = (scaled[0], se, scaled[1], scaled[2], *(read.naturals(x) for x in scaled))
    rows = zip(*(column.tolist() for column in columns), strict=True)
    reasons, shares = arrays.reason.tolist(), weights.tolist()
    corrected = arrays.corrected.tolist()
    return tuple(
        _study_effect(study, values, (reasons[row], shares[row], corrected[row]))
        for row, (study, values) in enumerate(zip(body.studies, rows, strict=True))
    )


def _study_effect(
    study: StudyRow, values: tuple[float, ...], rest: tuple[str, float, bool]
) -> StudyEffect:
    reason, weight, corrected = rest
    shown: tuple[float | None, ...] = (None,) * 7 if reason else values
    return StudyEffect(
        key=study.key,
        label=study.label,
        subgroup=study.subgroup,
        estimable=not reason,
        reason=reason,
        estimate=shown[0],
        se=shown[1],
        ci_lower=shown[2],
        ci_upper=shown[3],
        natural_estimate=shown[4],
        natural_ci_lower=shown[5],
        natural_ci_upper=shown[6],
        weight=0.0 if reason or math.isnan(weight) else weight,
        corrected=corrected,
    )


def totals_of(body: BodyOfEvidence) -> Totals:
    """Return the people and events of all studies that take part, estimable or not."""
    rows = [study.data for study in body.studies if study.included and study.data is not None]

    def add(name: str) -> float | None:
        return _total(getattr(data, name, None) for data in rows)

    one_group = SingleProportion | PairedMeasurements | CorrelationData
    single = [data for data in rows if isinstance(data, one_group)]
    people = add("total_experimental")
    events = add("events_experimental")
    if single and people is None:
        people = _total(data.total for data in single)
        events = _total(getattr(data, "events", None) for data in single)
    return Totals(
        participants_experimental=people,
        participants_control=add("total_control"),
        events_experimental=events,
        events_control=add("events_control"),
    )


def _total(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None and not math.isnan(value)]
    return math.fsum(known) if known else None
