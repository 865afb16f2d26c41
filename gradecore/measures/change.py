"""Change within one group measured twice, or between matched pairs.

Sources: Becker 1988 (doi:10.1111/j.2044-8317.1988.tb00901.x), Morris 2008
(doi:10.1177/1094428106291059).
"""

from __future__ import annotations

import numpy as np

from gradecore.data import Columns, FloatArray, PairedMeasurements
from gradecore.measures.measure import (
    IDENTITY,
    LOG,
    Measure,
    MeasuredEffects,
    left_out,
    measured,
)
from gradecore.measures.standardized_mean_difference import bias_factor
from gradecore.profiles import PoolingPlan


def _pairs(columns: Columns) -> tuple[FloatArray, ...]:
    return tuple(columns[name] for name in PairedMeasurements.COLUMNS)


def _difference_variance(columns: Columns) -> FloatArray:
    _, _, s1, s2, _, r = _pairs(columns)
    return s1**2 + s2**2 - 2.0 * r * s1 * s2


def mean_change(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return m1 - m2 and the variance of the differences over n."""
    m1, m2, _, _, n, _ = _pairs(columns)
    return measured(m1 - m2, _difference_variance(columns) / n)


def change_in_change_sd(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return the change in units of the standard deviation of the changes."""
    m1, m2, _, _, n, _ = _pairs(columns)
    d = (m1 - m2) / np.sqrt(_difference_variance(columns))
    return _standardized(d, 1.0 / n, n, plan)


def change_in_raw_sd(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return the change in units of the first measurement's standard deviation."""
    m1, m2, s1, _, n, r = _pairs(columns)
    return _standardized((m1 - m2) / s1, 2.0 * (1.0 - r) / n, n, plan)


def _standardized(
    d: FloatArray, first: FloatArray, n: FloatArray, plan: PoolingPlan
) -> MeasuredEffects:
    """Return the corrected change and its variance; ``first`` is the variance at no change."""
    j, m = bias_factor(n - 1.0, plan), n - 1.0
    g = j * d
    if plan.smd_variant == "LS2":
        return measured(g, j**2 * (first + d**2 / (2.0 * n)))
    if plan.smd_variant == "UB":
        return measured(g, first + (1.0 - (m - 2.0) / (m * j**2)) * g**2)
    return measured(g, first + g**2 / (2.0 * n))


def change_in_raw_sd_unequal(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return the same change, with a variance that allows for unequal variances."""
    m1, m2, s1, _, n, _ = _pairs(columns)
    g = bias_factor(n - 1.0, plan) * (m1 - m2) / s1
    v = _difference_variance(columns) / (s1**2 * (n - 1.0)) + g**2 / (2.0 * (n - 1.0))
    return measured(g, v)


def ratio_of_paired_means(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return ln(m1/m2) with the variance reduced by the correlation."""
    m1, m2, s1, s2, n, r = _pairs(columns)
    same_sign = m1 * m2 > 0
    v = s1**2 / (n * m1**2) + s2**2 / (n * m2**2) - 2.0 * r * s1 * s2 / (n * m1 * m2)
    ratio = np.where(same_sign, m1, np.nan) / np.where(same_sign, m2, np.nan)
    y = np.log(ratio)
    if plan.rom_correction:
        y = y + 0.5 * (s1**2 / (n * m1**2) - s2**2 / (n * m2**2))
    return left_out(measured(y, v), ~same_sign, "opposite-signs")


MEAN_CHANGE = Measure(
    code="MC",
    name="Mean change",
    abbreviation="MC",
    family="paired",
    data=PairedMeasurements,
    scale=IDENTITY,
    null=0.0,
    axis="linear",
    words="The first mean minus the second mean of the same people or of matched pairs.",
    effects=mean_change,
)

STANDARDIZED_CHANGE = Measure(
    code="SMCC",
    name="Standardized mean change (change score)",
    abbreviation="SMC",
    family="paired",
    data=PairedMeasurements,
    scale=IDENTITY,
    null=0.0,
    axis="linear",
    words="The mean change in units of the standard deviation of the changes.",
    effects=change_in_change_sd,
)

STANDARDIZED_CHANGE_RAW = Measure(
    code="SMCR",
    name="Standardized mean change (raw score)",
    abbreviation="SMC",
    family="paired",
    data=PairedMeasurements,
    scale=IDENTITY,
    null=0.0,
    axis="linear",
    words="The mean change in units of the standard deviation of the first measurement.",
    effects=change_in_raw_sd,
)

STANDARDIZED_CHANGE_RAW_UNEQUAL = Measure(
    code="SMCRH",
    name="Standardized mean change (raw score, unequal variances)",
    abbreviation="SMC",
    family="paired",
    data=PairedMeasurements,
    scale=IDENTITY,
    null=0.0,
    axis="linear",
    words="The same change, with a standard error that allows for unequal variances.",
    effects=change_in_raw_sd_unequal,
)

RATIO_OF_PAIRED_MEANS = Measure(
    code="ROMC",
    name="Ratio of paired means",
    abbreviation="RoM",
    family="paired",
    data=PairedMeasurements,
    scale=LOG,
    null=1.0,
    axis="log",
    words="The first mean divided by the second mean of the same people or of matched pairs.",
    effects=ratio_of_paired_means,
)
