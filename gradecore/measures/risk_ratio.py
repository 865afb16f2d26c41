"""The risk ratio of two arms."""

from __future__ import annotations

import numpy as np

from gradecore.data import BinaryArms, Columns
from gradecore.measures.measure import LOG, Measure, MeasuredEffects, left_out, measured
from gradecore.profiles import PoolingPlan
from gradecore.zero_cells import corrected, excluded, tables


def effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return ln(a/n1) - ln(c/n2) and 1/a - 1/n1 + 1/c - 1/n2.

    In the RevMan convention a study in which everybody has the event shows a ratio of exactly 1.
    With the convention of meta the corrected denominators grow by one increment, not by two.
    """
    raw = tables(columns)
    use = corrected(raw, plan)
    n1, n2 = use.n1, use.n2
    if plan.zero_cell_convention == "meta":
        n1, n2 = n1 - (use.b - raw.b), n2 - (use.d - raw.d)
    y = np.log(use.a) - np.log(n1) - np.log(use.c) + np.log(n2)
    v = 1.0 / use.a - 1.0 / n1 + 1.0 / use.c - 1.0 / n2
    if plan.zero_cell_convention == "revman":
        y = np.where(raw.all_events, 0.0, y)
    found = measured(y, v, use.a != raw.a)
    no_events, all_events = excluded(raw, plan, "RR")
    return left_out(left_out(found, all_events, "all-events"), no_events, "no-events")


RISK_RATIO = Measure(
    code="RR",
    name="Risk ratio",
    abbreviation="RR",
    family="dichotomous",
    data=BinaryArms,
    scale=LOG,
    null=1.0,
    axis="log",
    words="The risk of the event in the experimental arm divided by the risk in the control arm.",
    effects=effects,
    weightings=("mantel-haenszel", "inverse-variance"),
)
