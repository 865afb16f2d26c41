"""Trim and fill: how many studies a symmetric funnel would have more, and what they would change.

A sensitivity analysis only. The same model is used for trimming and for the final fit. Source:
Duval and Tweedie 2000 (doi:10.1111/j.0006-341X.2000.00455.x).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import chdtrc

from gradecore.data import FloatArray
from gradecore.input_errors import InputError
from gradecore.meta_regression import RegressionPlan
from gradecore.meta_regression.design import design_of
from gradecore.meta_regression.mixed_fit import MixedFit, mixed_fit
from gradecore.meta_regression.regression import moderated_fit
from gradecore.notes import Note
from gradecore.small_studies.regression_tests import Column
from gradecore.study_columns import complete_columns
from gradecore.wald_statistics import critical_value, two_sided_p

Side = Literal["auto", "left", "right"]
_CAP = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class TrimAndFill:
    """The studies filled in, and the pooled effect with them, on the analysis scale.

    ``side`` is where studies seem to be missing. ``missing_se`` is the SE of the number, None
    where its formula gives none; ``missing_p`` tests the number (R0 only). ``df`` None means the
    normal distribution. ``i2`` is in percent, from tau² with random effects and from Q without.
    """

    missing: int
    missing_se: float | None
    missing_p: float | None
    side: str
    filled_effects: tuple[float, ...]
    filled_variances: tuple[float, ...]
    estimate: float
    se: float
    statistic: float | None
    df: int | None
    p: float | None
    ci_lower: float
    ci_upper: float
    tau2: float
    q: float
    q_p: float
    i2: float
    h2: float
    converged: bool
    notes: tuple[Note, ...] = ()


def trim_and_fill(
    effects: Column,
    variances: Column,
    *,
    estimator: Literal["L0", "R0"] = "L0",
    side: Side = "auto",
    plan: RegressionPlan | None = None,
) -> TrimAndFill:
    """Return the fit with the mirror images of the studies that have no counterpart.

    ``side`` auto is right where effects fall with their SE (the slope of ``regtest`` under the
    same model is negative), else left. InputError for fewer than 3 studies.
    """
    plan = RegressionPlan() if plan is None else plan
    data = complete_columns({"yi": effects, "vi": variances})
    y, v = data.column("yi"), data.positive("vi")
    if y.size < 3:
        raise InputError(f"Trim and fill needs at least 3 studies; there are {y.size}.")
    if estimator not in ("L0", "R0"):
        raise InputError(f"The estimator is L0 or R0, not {estimator}.", column="estimator")
    chosen = _side(y, v, plan) if side == "auto" else side
    if chosen not in ("left", "right"):
        raise InputError(f"The side is auto, left or right, not {side}.", column="side")
    sign = -1.0 if chosen == "right" else 1.0
    order = np.argsort(sign * y, kind="stable")
    flipped, ordered_v = sign * y[order], v[order]
    missing, raw, mean, converged = _trim(flipped, ordered_v, estimator, plan)
    first = y.size - missing
    mirrored = sign * (2.0 * mean - flipped[first:])
    fit = _pooled(np.concatenate([y, mirrored]), np.concatenate([v, ordered_v[first:]]), plan)
    notes = data.notes if converged else (*data.notes, _not_converged(missing))
    return _described(
        fit,
        missing=missing,
        missing_se=_missing_se(raw, y.size, estimator),
        missing_p=0.5 ** (missing + 1) if estimator == "R0" else None,
        side=chosen,
        filled_effects=tuple(float(effect) for effect in mirrored),
        filled_variances=tuple(float(variance) for variance in ordered_v[first:]),
        converged=converged,
        notes=notes,
    )


def _side(y: FloatArray, v: FloatArray, plan: RegressionPlan) -> Side:
    s = np.sqrt(v)
    if np.ptp(s) <= 1e-14 * float(np.max(s)):
        return "left"
    slope = moderated_fit(y, v, {"sei": s}, plan)[0].coefficients[1]
    return "right" if slope < 0.0 else "left"


def _trim(
    y: FloatArray, v: FloatArray, estimator: str, plan: RegressionPlan
) -> tuple[int, float, float, bool]:
    """Return the number missing, rounded and as estimated, the trimmed mean, and convergence.

    y is in increasing order and thought to lack studies on its low side.
    """
    k, missing, raw, mean = y.size, 0, 0.0, 0.0
    for _round in range(_CAP):
        kept = k - missing
        mean = float(y[0] if kept == 1 else _pooled(y[:kept], v[:kept], plan).coefficients[0])
        raw = _estimate(y - mean, estimator)
        following = max(0, round(raw))
        if following == missing:
            return missing, raw, mean, True
        missing = following
    return missing, raw, mean, False


def _estimate(centred: FloatArray, estimator: str) -> float:
    """Return L0 or R0 from the ranks of the distances from the centre; ties rank by order."""
    k = centred.size
    ranks = np.empty(k)
    ranks[np.argsort(np.abs(centred), kind="stable")] = np.arange(1.0, k + 1.0)
    if estimator == "L0":
        positive = float(np.sum(ranks[centred > 0.0]))
        return (4.0 * positive - k * (k + 1.0)) / (2.0 * k - 1.0)
    negative = ranks[centred < 0.0]
    if not negative.size:
        # All kept studies are equal: the run of positive ranks ends at the highest of theirs.
        negative = ranks[centred <= 0.0]
    return k - float(np.max(negative, initial=0.0)) - 1.0


def _missing_se(raw: float, k: int, estimator: str) -> float | None:
    if estimator == "R0":
        return math.sqrt(2.0 * max(0.0, raw) + 2.0)
    variance = (
        k * (k + 1.0) * (2.0 * k + 1.0)
        + 10.0 * raw**3
        + 27.0 * raw**2
        + 17.0 * raw
        - 18.0 * k * raw**2
        - 18.0 * k * raw
        + 6.0 * k**2 * raw
    ) / 24.0
    return 4.0 * math.sqrt(variance) / (2.0 * k - 1.0) if variance >= 0.0 else None


def _pooled(y: FloatArray, v: FloatArray, plan: RegressionPlan) -> MixedFit:
    return mixed_fit(y, v, design_of([], [], y.size), plan)


def _described(
    fit: MixedFit,
    *,
    missing: int,
    missing_se: float | None,
    missing_p: float | None,
    side: str,
    filled_effects: tuple[float, ...],
    filled_variances: tuple[float, ...],
    converged: bool,
    notes: tuple[Note, ...],
) -> TrimAndFill:
    estimate, se = float(fit.coefficients[0]), float(fit.ses[0])
    df = fit.test_df
    statistic = estimate / se if se > 0.0 else None
    margin = critical_value(fit.plan.level, df) * se
    i2, h2 = fit.inconsistency
    return TrimAndFill(
        missing=missing,
        missing_se=missing_se,
        missing_p=missing_p,
        side=side,
        filled_effects=filled_effects,
        filled_variances=filled_variances,
        estimate=estimate,
        se=se,
        statistic=statistic,
        df=df,
        p=None if statistic is None else two_sided_p(statistic, df),
        ci_lower=estimate - margin,
        ci_upper=estimate + margin,
        tau2=fit.variance.tau2,
        q=fit.q,
        q_p=float(chdtrc(fit.df, fit.q)),
        i2=i2,
        h2=h2,
        converged=converged,
        notes=notes,
    )


def _not_converged(missing: int) -> Note:
    return Note(
        code="trim_and_fill_not_converged",
        sentence=f"Trimming went round in circles and was stopped with {missing} studies missing.",
        facts=(("missing", missing),),
    )
