"""Single proportions: plain, logarithm, logit, arcsine and double arcsine.

The inverse of the double arcsine is Miller's (doi:10.2307/2682942) at the harmonic mean of the
group sizes; it depends on the studies included and can mislead (doi:10.1002/jrsm.1348).
"""

from __future__ import annotations

import numpy as np

from gradecore.data import BoolArray, Columns, FloatArray, SingleProportion
from gradecore.measures.measure import (
    ARCSINE,
    IDENTITY,
    LOG,
    LOGIT,
    Measure,
    MeasuredEffects,
    measured,
)
from gradecore.profiles import PoolingPlan
from gradecore.zero_cells import increment


def _cells(columns: Columns, plan: PoolingPlan) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Return events and size, both corrected where everybody or nobody has the event."""
    x, n = columns["events"], columns["total"]
    added = increment((x == 0) | (x == n), plan)
    return x + added, n + 2.0 * added, added > 0


def raw_effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return p and p(1 - p)/n."""
    x, n, added = _cells(columns, plan)
    p = x / n
    return measured(p, p * (1.0 - p) / n, added)


def log_effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return ln p and 1/x - 1/n."""
    x, n, added = _cells(columns, plan)
    return measured(np.log(x / n), 1.0 / x - 1.0 / n, added)


def logit_effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return ln(p/(1 - p)) and 1/x + 1/(n - x)."""
    x, n, added = _cells(columns, plan)
    return measured(np.log(x) - np.log(n - x), 1.0 / x + 1.0 / (n - x), added)


def arcsine_effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return asin sqrt p and 1/(4 n)."""
    x, n = columns["events"], columns["total"]
    return measured(np.arcsin(np.sqrt(x / n)), 0.25 / n)


def double_arcsine_effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return the Freeman-Tukey double arcsine, half the sum, and 1/(4 n + 2)."""
    x, n = columns["events"], columns["total"]
    low = np.arcsin(np.sqrt(x / (n + 1.0)))
    high = np.arcsin(np.sqrt((x + 1.0) / (n + 1.0)))
    return measured(0.5 * (low + high), 1.0 / (4.0 * n + 2.0))


def from_double_arcsine(value: FloatArray | float, n: float) -> FloatArray:
    """Return the proportion whose double arcsine in a group of size n is ``value`` (Miller)."""
    lowest = 0.5 * np.arcsin(np.sqrt(1.0 / (n + 1.0)))
    highest = 0.5 * (np.arcsin(np.sqrt(n / (n + 1.0))) + 0.5 * np.pi)
    inside = np.clip(value, lowest, highest)
    sine, cosine = np.sin(2.0 * inside), np.cos(2.0 * inside)
    root = np.sqrt(np.maximum(0.0, 1.0 - (sine + (sine - 1.0 / sine) / n) ** 2))
    p = 0.5 * (1.0 - np.sign(cosine) * root)
    return np.where(value <= lowest, 0.0, np.where(value >= highest, 1.0, p))


PROPORTION_LOGIT = Measure(
    code="PLO",
    name="Proportion (logit)",
    abbreviation="Proportion",
    family="proportion",
    data=SingleProportion,
    scale=LOGIT,
    null=None,
    axis="linear",
    words="The proportion of people with the event, pooled on the logit scale.",
    effects=logit_effects,
)

PROPORTION = Measure(
    code="PR",
    name="Proportion",
    abbreviation="Proportion",
    family="proportion",
    data=SingleProportion,
    scale=IDENTITY,
    null=None,
    axis="linear",
    words="The proportion of people with the event, pooled as it is.",
    effects=raw_effects,
)

PROPORTION_LOG = Measure(
    code="PLN",
    name="Proportion (logarithm)",
    abbreviation="Proportion",
    family="proportion",
    data=SingleProportion,
    scale=LOG,
    null=None,
    axis="linear",
    words="The proportion of people with the event, pooled as its logarithm.",
    effects=log_effects,
)

PROPORTION_ARCSINE = Measure(
    code="PAS",
    name="Proportion (arcsine)",
    abbreviation="Proportion",
    family="proportion",
    data=SingleProportion,
    scale=ARCSINE,
    null=None,
    axis="linear",
    words="The proportion of people with the event, pooled after the arcsine transformation.",
    effects=arcsine_effects,
)

PROPORTION_DOUBLE_ARCSINE = Measure(
    code="PFT",
    name="Proportion (double arcsine)",
    abbreviation="Proportion",
    family="proportion",
    data=SingleProportion,
    scale=ARCSINE,
    null=None,
    axis="linear",
    words="The proportion of people with the event, after the Freeman-Tukey transformation.",
    effects=double_arcsine_effects,
)
