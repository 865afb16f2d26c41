"""The hazard ratio, from observed minus expected events and their variance."""

from __future__ import annotations

import numpy as np

from gradecore.data import Columns, ObservedMinusExpected
from gradecore.measures.measure import LOG, Measure, MeasuredEffects, left_out, measured
from gradecore.profiles import PoolingPlan


def effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return (O - E)/V and 1/V; a study with V = 0 gives no effect."""
    variance = columns["variance"]
    some = np.where(variance > 0.0, variance, np.nan)
    found = measured(columns["observed_minus_expected"] / some, 1.0 / some)
    return left_out(found, variance == 0.0, "no-events")


HAZARD_RATIO = Measure(
    code="HR",
    name="Hazard ratio",
    abbreviation="HR",
    family="time-to-event",
    data=ObservedMinusExpected,
    scale=LOG,
    null=1.0,
    axis="log",
    words="The hazard of the event in the experimental arm divided by that in the control arm.",
    effects=effects,
    weightings=("inverse-variance", "peto"),
)
