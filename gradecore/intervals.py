"""Confidence intervals of a pooled effect, and prediction intervals.

All arrays have the shape (rows,), one element per meta-analysis, on the analysis scale.

Sources: Hartung and Knapp 2001 (doi:10.1002/sim.791), Sidik and Jonkman 2002
(doi:10.1002/sim.1262); the version that never shrinks the Wald standard error: Röver 2015
(doi:10.1186/s12874-015-0091-1); prediction: Higgins 2009 (doi:10.1111/j.1467-985X.2008.00552.x),
Veroniki 2019 (doi:10.1002/jrsm.1319).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from gradecore.data import BoolArray, FloatArray
from gradecore.distributions import normal_p, normal_quantile, t_p, t_quantile

_NO_SPREAD = float(np.finfo(np.float64).eps)


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """Standard errors, limits and tests of pooled effects; ``df`` is NaN for the normal."""

    se: FloatArray
    lower: FloatArray
    upper: FloatArray
    statistic: FloatArray
    df: FloatArray
    p: FloatArray

    def chosen(self, other: Intervals, where: BoolArray) -> Intervals:
        """Return these intervals where True, the other ones elsewhere."""
        count = np.count_nonzero(where)
        if count == len(where):
            return self
        if count == 0:
            return other
        return Intervals(
            *(
                np.where(where, getattr(self, field.name), getattr(other, field.name))
                for field in fields(self)
            )
        )


def wald(estimate: FloatArray, se: FloatArray, level: float) -> Intervals:
    """Return estimate ± z se."""
    half = normal_quantile(level) * se
    statistic = estimate / se
    df = np.full(estimate.shape, np.nan)
    return Intervals(se, estimate - half, estimate + half, statistic, df, normal_p(statistic))


def student(estimate: FloatArray, se: FloatArray, df: FloatArray, level: float) -> Intervals:
    """Return estimate ± t se with the given degrees of freedom."""
    half = t_quantile(df, level) * se
    statistic = estimate / se
    return Intervals(se, estimate - half, estimate + half, statistic, df, t_p(statistic, df))


def hartung_knapp_factor(q: FloatArray, df: FloatArray) -> FloatArray:
    """Return sqrt(Q/df) with Q taken at the random-effects weights.

    0 where all effects are equal but for rounding, NaN without a degree of freedom.
    """
    return np.where((q <= _NO_SPREAD) & (df > 0.0), 0.0, np.sqrt(q / df))


PREDICTIONS = ("normal", "t-k-1", "t-k-2")
"""The conventions for the quantile of a prediction interval."""


def prediction(
    estimate: FloatArray, spread: FloatArray, k: FloatArray, convention: tuple[str, float]
) -> tuple[FloatArray, FloatArray]:
    """Return the limits estimate ± c spread.

    ``spread`` is sqrt(tau² + se²), ``convention`` the method (one of ``PREDICTIONS``) and the
    level. NaN where the method leaves no degree of freedom.
    """
    method, level = convention
    if method == "normal":
        half = normal_quantile(level) * spread
    else:
        half = t_quantile(k - (1.0 if method == "t-k-1" else 2.0), level) * spread
    return estimate - half, estimate + half
