"""The difference of risks, plain and after the arcsine transformation."""

from __future__ import annotations

import numpy as np

from gradecore.data import BinaryArms, Columns
from gradecore.measures.measure import (
    IDENTITY,
    Measure,
    MeasuredEffects,
    left_out,
    measured,
)
from gradecore.profiles import PoolingPlan
from gradecore.zero_cells import corrected, excluded, tables


def effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return a/n1 - c/n2 and ab/n1³ + cd/n2³.

    RevMan and meta take the difference from the cells as they are and only the standard error
    from corrected cells; metafor takes both from corrected cells.
    """
    raw = tables(columns)
    use = corrected(raw, plan)
    point = use if plan.zero_cell_convention == "metafor" else raw
    y = point.a / point.n1 - point.c / point.n2
    v = use.a * use.b / use.n1**3 + use.c * use.d / use.n2**3
    found = measured(y, v, use.a != raw.a)
    no_events, all_events = excluded(raw, plan, "RD")
    return left_out(left_out(found, all_events, "all-events"), no_events, "no-events")


def arcsine_effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return asin sqrt(a/n1) - asin sqrt(c/n2) and 1/(4 n1) + 1/(4 n2); never corrected."""
    raw = tables(columns)
    y = np.arcsin(np.sqrt(raw.a / raw.n1)) - np.arcsin(np.sqrt(raw.c / raw.n2))
    found = measured(y, 0.25 / raw.n1 + 0.25 / raw.n2)
    if plan.zero_cell_convention == "metafor":
        no_events, all_events = excluded(raw, plan, "AS")
        return left_out(left_out(found, all_events, "all-events"), no_events, "no-events")
    return found


RISK_DIFFERENCE = Measure(
    code="RD",
    name="Risk difference",
    abbreviation="RD",
    family="dichotomous",
    data=BinaryArms,
    scale=IDENTITY,
    null=0.0,
    axis="linear",
    words="The risk of the event in the experimental arm minus the risk in the control arm.",
    effects=effects,
    weightings=("mantel-haenszel", "inverse-variance"),
)

ARCSINE_DIFFERENCE = Measure(
    code="AS",
    name="Arcsine difference",
    abbreviation="ASD",
    family="dichotomous",
    data=BinaryArms,
    scale=IDENTITY,
    null=0.0,
    axis="linear",
    words="The difference of the risks after the arcsine square-root transformation.",
    effects=arcsine_effects,
)
