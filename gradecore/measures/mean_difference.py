"""The difference of two means."""

from __future__ import annotations

from gradecore.data import BoolArray, Columns, ContinuousArms
from gradecore.measures.measure import (
    IDENTITY,
    Measure,
    MeasuredEffects,
    left_out,
    measured,
)
from gradecore.profiles import PoolingPlan


def without_spread(columns: Columns) -> BoolArray:
    """Return which studies have an arm with a standard deviation of 0."""
    zero: BoolArray = (columns["sd_experimental"] == 0) | (columns["sd_control"] == 0)
    return zero


def effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return m1 - m2 and sd1²/n1 + sd2²/n2, or the pooled variance times (1/n1 + 1/n2)."""
    n1, n2 = columns["total_experimental"], columns["total_control"]
    s1, s2 = columns["sd_experimental"], columns["sd_control"]
    y = columns["mean_experimental"] - columns["mean_control"]
    if plan.md_variance == "pooled":
        v = ((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / (n1 + n2 - 2) * (1 / n1 + 1 / n2)
    else:
        v = s1**2 / n1 + s2**2 / n2
    found = measured(y, v)
    if plan.zero_sd == "exclude":
        return left_out(found, without_spread(columns), "zero-sd")
    return found


MEAN_DIFFERENCE = Measure(
    code="MD",
    name="Mean difference",
    abbreviation="MD",
    family="continuous",
    data=ContinuousArms,
    scale=IDENTITY,
    null=0.0,
    axis="linear",
    words="The mean in the experimental arm minus the mean in the control arm.",
    effects=effects,
)
