"""Correlation coefficients, as they are and after Fisher's transformation."""

from __future__ import annotations

import numpy as np

from gradecore.data import BoolArray, Columns, CorrelationData
from gradecore.measures.measure import (
    FISHER_Z,
    IDENTITY,
    Measure,
    MeasuredEffects,
    left_out,
    measured,
)
from gradecore.profiles import PoolingPlan


def _unusable(columns: Columns, fewest: float) -> tuple[BoolArray, BoolArray]:
    return np.abs(columns["correlation"]) >= 1.0, columns["total"] <= fewest


def raw_effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return r and (1 - r²)²/(n - 1)."""
    r, n = columns["correlation"], columns["total"]
    perfect, few = _unusable(columns, 1.0)
    found = measured(r, (1.0 - r**2) ** 2 / np.where(few, np.nan, n - 1.0))
    return left_out(left_out(found, perfect, "perfect-correlation"), few, "too-few")


def fisher_effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return atanh r and 1/(n - 3)."""
    r, n = columns["correlation"], columns["total"]
    perfect, few = _unusable(columns, 3.0)
    found = measured(np.arctanh(np.where(perfect, np.nan, r)), 1.0 / np.where(few, np.nan, n - 3.0))
    return left_out(left_out(found, perfect, "perfect-correlation"), few, "too-few")


CORRELATION = Measure(
    code="COR",
    name="Correlation",
    abbreviation="r",
    family="correlation",
    data=CorrelationData,
    scale=IDENTITY,
    null=0.0,
    axis="linear",
    words="The correlation coefficient, pooled as it is.",
    effects=raw_effects,
)

FISHER_CORRELATION = Measure(
    code="ZCOR",
    name="Correlation (Fisher's z)",
    abbreviation="r",
    family="correlation",
    data=CorrelationData,
    scale=FISHER_Z,
    null=0.0,
    axis="linear",
    words="The correlation coefficient, pooled after Fisher's z transformation.",
    effects=fisher_effects,
)
