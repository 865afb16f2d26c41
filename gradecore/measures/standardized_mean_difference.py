"""Mean differences in units of a standard deviation: Hedges' g and its relatives.

Sources: Hedges 1981 (doi:10.3102/10769986006002107); Bonett 2008 (doi:10.1037/1082-989X.13.2.99)
for unequal variances; the algorithms of RevMan 5 (Deeks and Higgins 2010) for its variance.
"""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from gradecore.data import Columns, ContinuousArms, FloatArray
from gradecore.measures.mean_difference import without_spread
from gradecore.measures.measure import (
    IDENTITY,
    Measure,
    MeasuredEffects,
    left_out,
    measured,
)
from gradecore.profiles import PoolingPlan


def small_sample_factor(m: FloatArray) -> FloatArray:
    """Return Hedges' exact J(m) = Gamma(m/2) / (sqrt(m/2) Gamma((m-1)/2)); NaN for m <= 1."""
    safe = np.where(m > 1.0, m, np.nan)
    factor: FloatArray = np.exp(
        gammaln(0.5 * safe) - 0.5 * np.log(0.5 * safe) - gammaln(0.5 * (safe - 1.0))
    )
    return factor


def bias_factor(m: FloatArray, plan: PoolingPlan) -> FloatArray:
    """Return the exact J(m), or 1 if the plan wants no correction for small samples."""
    return small_sample_factor(m) if plan.smd_bias_correction else np.ones_like(m)


def approximate_factor(n: FloatArray) -> FloatArray:
    """Return RevMan's 1 - 3/(4N - 9)."""
    return 1.0 - 3.0 / (4.0 * n - 9.0)


def hedges_g(d: FloatArray, n1: FloatArray, n2: FloatArray, plan: PoolingPlan) -> MeasuredEffects:
    """Return g and its variance from Cohen's d, in the variant of the plan."""
    n = n1 + n2
    m = n - 2.0
    if plan.smd_variant == "revman":
        g = (approximate_factor(n) if plan.smd_bias_correction else 1.0) * d
        return measured(g, n / (n1 * n2) + g**2 / (2.0 * (n - 3.94)))
    j = bias_factor(m, plan)
    g = j * d
    if plan.smd_variant == "LS":
        v = 1.0 / n1 + 1.0 / n2 + g**2 / (2.0 * n)
    elif plan.smd_variant == "LS2":
        v = j**2 * (1.0 / n1 + 1.0 / n2 + d**2 / (2.0 * n))
    else:
        v = 1.0 / n1 + 1.0 / n2 + (1.0 - (m - 2.0) / (m * j**2)) * g**2
    return measured(g, v)


def _arms(columns: Columns) -> tuple[FloatArray, ...]:
    return tuple(columns[name] for name in ContinuousArms.COLUMNS)


def _without_zero_sd(
    found: MeasuredEffects, columns: Columns, plan: PoolingPlan
) -> MeasuredEffects:
    if plan.zero_sd == "exclude":
        return left_out(found, without_spread(columns), "zero-sd")
    return found


def effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return Hedges' g: the difference over the pooled standard deviation, bias corrected."""
    m1, s1, n1, m2, s2, n2 = _arms(columns)
    pooled = np.sqrt(((n1 - 1.0) * s1**2 + (n2 - 1.0) * s2**2) / (n1 + n2 - 2.0))
    return _without_zero_sd(hedges_g((m1 - m2) / pooled, n1, n2, plan), columns, plan)


def glass_effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return Glass' delta: over the control arm's standard deviation, J(n2 - 1)."""
    m1, _, n1, m2, s2, n2 = _arms(columns)
    g = bias_factor(n2 - 1.0, plan) * (m1 - m2) / s2
    found = measured(g, 1.0 / n1 + 1.0 / n2 + g**2 / (2.0 * n2))
    return _without_zero_sd(found, columns, plan)


def glass_unequal_effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return Glass' delta with the variance for unequal variances."""
    m1, s1, n1, m2, s2, n2 = _arms(columns)
    g = bias_factor(n2 - 1.0, plan) * (m1 - m2) / s2
    v = (s1 / s2) ** 2 / (n1 - 1.0) + 1.0 / (n2 - 1.0) + g**2 / (2.0 * (n2 - 1.0))
    return _without_zero_sd(measured(g, v), columns, plan)


def unequal_effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return the difference over the root of the mean variance, for unequal variances."""
    m1, s1, n1, m2, s2, n2 = _arms(columns)
    mean_variance = 0.5 * (s1**2 + s2**2)
    g = bias_factor(n1 + n2 - 2.0, plan) * (m1 - m2) / np.sqrt(mean_variance)
    fourth = s1**4 / (n1 - 1.0) + s2**4 / (n2 - 1.0)
    second = s1**2 / (n1 - 1.0) + s2**2 / (n2 - 1.0)
    v = g**2 * fourth / (8.0 * mean_variance**2) + second / mean_variance
    return _without_zero_sd(measured(g, v), columns, plan)


STANDARDIZED_MEAN_DIFFERENCE = Measure(
    code="SMD",
    name="Standardized mean difference",
    abbreviation="SMD",
    family="continuous",
    data=ContinuousArms,
    scale=IDENTITY,
    null=0.0,
    axis="linear",
    words="The mean difference in units of the standard deviation of both arms (Hedges' g).",
    effects=effects,
)

GLASS_DELTA = Measure(
    code="SMD1",
    name="Standardized mean difference (Glass)",
    abbreviation="SMD",
    family="continuous",
    data=ContinuousArms,
    scale=IDENTITY,
    null=0.0,
    axis="linear",
    words="The mean difference in units of the control arm's standard deviation (Glass).",
    effects=glass_effects,
)

GLASS_DELTA_UNEQUAL = Measure(
    code="SMD1H",
    name="Standardized mean difference (Glass, unequal variances)",
    abbreviation="SMD",
    family="continuous",
    data=ContinuousArms,
    scale=IDENTITY,
    null=0.0,
    axis="linear",
    words="Glass' difference, with a standard error that allows for unequal variances.",
    effects=glass_unequal_effects,
)

STANDARDIZED_UNEQUAL = Measure(
    code="SMDH",
    name="Standardized mean difference (unequal variances)",
    abbreviation="SMD",
    family="continuous",
    data=ContinuousArms,
    scale=IDENTITY,
    null=0.0,
    axis="linear",
    words="The mean difference in units of the root of the arms' mean variance.",
    effects=unequal_effects,
)
