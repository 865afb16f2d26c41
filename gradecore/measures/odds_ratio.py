"""The odds ratio of two arms."""

from __future__ import annotations

import numpy as np

from gradecore.data import BinaryArms, Columns
from gradecore.measures.measure import LOG, Measure, MeasuredEffects, left_out, measured
from gradecore.profiles import PoolingPlan
from gradecore.zero_cells import corrected, excluded, tables


def effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return ln(ad/bc), as a sum of four logarithms, and 1/a + 1/b + 1/c + 1/d."""
    raw = tables(columns)
    use = corrected(raw, plan)
    y = np.log(use.a) - np.log(use.b) - np.log(use.c) + np.log(use.d)
    v = 1.0 / use.a + 1.0 / use.b + 1.0 / use.c + 1.0 / use.d
    found = measured(y, v, use.a != raw.a)
    no_events, all_events = excluded(raw, plan, "OR")
    return left_out(left_out(found, all_events, "all-events"), no_events, "no-events")


ODDS_RATIO = Measure(
    code="OR",
    name="Odds ratio",
    abbreviation="OR",
    family="dichotomous",
    data=BinaryArms,
    scale=LOG,
    null=1.0,
    axis="log",
    words="The odds of the event in the experimental arm divided by the odds in the control arm.",
    effects=effects,
    weightings=("mantel-haenszel", "inverse-variance"),
)
