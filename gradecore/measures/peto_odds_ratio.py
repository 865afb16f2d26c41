"""Peto's one-step odds ratio (Yusuf 1985, doi:10.1016/S0033-0620(85)80003-7)."""

from __future__ import annotations

import numpy as np

from gradecore.data import BinaryArms, Columns, FloatArray
from gradecore.measures.measure import LOG, Measure, MeasuredEffects, left_out, measured
from gradecore.profiles import PoolingPlan
from gradecore.zero_cells import Tables, tables


def observed_minus_expected(raw: Tables) -> tuple[FloatArray, FloatArray]:
    """Return O - E of the experimental arm and the hypergeometric variance V."""
    n, events = raw.n, raw.a + raw.c
    excess = raw.a - raw.n1 * events / n
    variance = (raw.n1 / n) * (raw.n2 / n) * events * ((raw.b + raw.d) / (n - 1.0))
    return excess, variance


def effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return (O - E)/V and 1/V; nothing is ever added to empty cells."""
    raw = tables(columns)
    excess, variance = observed_minus_expected(raw)
    some = np.where(variance > 0.0, variance, np.nan)
    found = measured(excess / some, 1.0 / some)
    return left_out(left_out(found, raw.all_events, "all-events"), raw.no_events, "no-events")


PETO_ODDS_RATIO = Measure(
    code="PETO",
    name="Peto odds ratio",
    abbreviation="Peto OR",
    family="dichotomous",
    data=BinaryArms,
    scale=LOG,
    null=1.0,
    axis="log",
    words="The odds ratio by Peto's method, for rare events, small effects and balanced arms.",
    effects=effects,
    weightings=("peto", "inverse-variance"),
)
