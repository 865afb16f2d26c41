"""Any effect with its standard error, pooled by inverse variance as it is entered."""

from __future__ import annotations

from gradecore.data import Columns, ReportedEffect
from gradecore.measures.measure import IDENTITY, LOG, Measure, MeasuredEffects, measured
from gradecore.profiles import PoolingPlan


def effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return the estimates and the squares of their standard errors."""
    return measured(columns["estimate"], columns["se"] ** 2)


GENERIC = Measure(
    code="GEN",
    name="Generic effect",
    abbreviation="Effect",
    family="generic",
    data=ReportedEffect,
    scale=IDENTITY,
    null=0.0,
    axis="linear",
    words="An effect as it was reported, on a scale where differences can be averaged.",
    effects=effects,
)

GENERIC_RATIO = Measure(
    code="GENR",
    name="Generic ratio",
    abbreviation="Ratio",
    family="generic",
    data=ReportedEffect,
    scale=LOG,
    null=1.0,
    axis="log",
    words="A ratio as it was reported, pooled as its logarithm.",
    effects=effects,
)
