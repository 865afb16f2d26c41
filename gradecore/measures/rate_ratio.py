"""Rates per person-time in two arms: their ratio, difference and square-root difference."""

from __future__ import annotations

import numpy as np

from gradecore.data import BoolArray, Columns, FloatArray, PersonTimeArms
from gradecore.measures.measure import (
    IDENTITY,
    LOG,
    Measure,
    MeasuredEffects,
    left_out,
    measured,
)
from gradecore.profiles import PoolingPlan
from gradecore.zero_cells import increment


def _rates(columns: Columns) -> tuple[FloatArray, ...]:
    return tuple(columns[name] for name in PersonTimeArms.COLUMNS)


def _corrected(columns: Columns, plan: PoolingPlan) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Return both counts, increased where either is 0, and which studies were increased."""
    x1, _, x2, _ = _rates(columns)
    added = increment((x1 == 0) | (x2 == 0), plan)
    return x1 + added, x2 + added, added > 0


def _without_events(found: MeasuredEffects, columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    if plan.double_zero == "keep":
        return found
    x1, _, x2, _ = _rates(columns)
    return left_out(found, (x1 == 0) & (x2 == 0), "no-events")


def ratio_effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return ln(x1/t1) - ln(x2/t2) and 1/x1 + 1/x2."""
    x1, x2, added = _corrected(columns, plan)
    y = np.log(x1) - np.log(columns["time_experimental"])
    y = y - np.log(x2) + np.log(columns["time_control"])
    return _without_events(measured(y, 1.0 / x1 + 1.0 / x2, added), columns, plan)


def difference_effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return x1/t1 - x2/t2 and x1/t1² + x2/t2²."""
    x1, x2, added = _corrected(columns, plan)
    t1, t2 = columns["time_experimental"], columns["time_control"]
    found = measured(x1 / t1 - x2 / t2, x1 / t1**2 + x2 / t2**2, added)
    return (
        _without_events(found, columns, plan) if plan.zero_cell_convention == "metafor" else found
    )


def root_difference_effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return sqrt(x1/t1) - sqrt(x2/t2) and 1/(4 t1) + 1/(4 t2); never corrected."""
    x1, t1, x2, t2 = _rates(columns)
    return measured(np.sqrt(x1 / t1) - np.sqrt(x2 / t2), 0.25 / t1 + 0.25 / t2)


RATE_RATIO = Measure(
    code="IRR",
    name="Rate ratio",
    abbreviation="Rate ratio",
    family="rate",
    data=PersonTimeArms,
    scale=LOG,
    null=1.0,
    axis="log",
    words="Events per person-time in the experimental arm divided by those in the control arm.",
    effects=ratio_effects,
    weightings=("inverse-variance", "mantel-haenszel"),
)

RATE_DIFFERENCE = Measure(
    code="IRD",
    name="Rate difference",
    abbreviation="Rate difference",
    family="rate",
    data=PersonTimeArms,
    scale=IDENTITY,
    null=0.0,
    axis="linear",
    words="Events per person-time in the experimental arm minus those in the control arm.",
    effects=difference_effects,
    weightings=("inverse-variance", "mantel-haenszel"),
)

ROOT_RATE_DIFFERENCE = Measure(
    code="IRSD",
    name="Square-root rate difference",
    abbreviation="Root rate difference",
    family="rate",
    data=PersonTimeArms,
    scale=IDENTITY,
    null=0.0,
    axis="linear",
    words="The difference of the square roots of the two rates.",
    effects=root_difference_effects,
)
