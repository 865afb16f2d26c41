"""The numbers of one body of evidence as arrays, and pooling any selections of its studies.

A selection is a row of booleans: all studies, a subgroup, all but one, the first three. Any number
of selections is pooled as one batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from gradecore.batch import BatchResult, Center, pool_batch
from gradecore.data import BoolArray, Columns, FloatArray
from gradecore.input_checks import check_columns
from gradecore.measures import MEASURES
from gradecore.measures.measure import MeasuredEffects
from gradecore.measures.peto_odds_ratio import observed_minus_expected
from gradecore.padded_effects import check_effects
from gradecore.profiles import PoolingPlan
from gradecore.weighting import mantel_haenszel
from gradecore.weighting.mantel_haenszel import Rates
from gradecore.weighting.peto import peto
from gradecore.zero_cells import Tables, pooling_tables, tables

Reasons = np.ndarray[tuple[int, ...], np.dtype[np.str_]]


@dataclass(frozen=True, slots=True, eq=False)
class StudyArrays:
    """Effects ``y`` and variances ``v`` on the analysis scale, NaN if not estimable; shape (k,).

    ``cells``, ``rates`` and ``excess`` (observed minus expected events and their variance) are
    there if the data allow Mantel-Haenszel or Peto pooling; NaN in rows that have none.
    """

    y: FloatArray
    v: FloatArray
    reason: Reasons
    corrected: BoolArray
    cells: Tables | None = None
    rates: Rates | None = None
    excess: tuple[FloatArray, FloatArray] | None = None

    @property
    def estimable(self) -> BoolArray:
        """Which studies have an effect that can be pooled."""
        known: BoolArray = self.reason == ""
        return known


def arrays_of(
    columns: Columns, plan: PoolingPlan, labels: Sequence[str] | None = None
) -> StudyArrays:
    """Return the effects of studies that all have the data their measure asks for.

    Raises ``InputError`` for impossible numbers, naming the study and the column.
    """
    check_columns(columns, labels)
    return unchecked_arrays(columns, plan)


def unchecked_arrays(columns: Columns, plan: PoolingPlan) -> StudyArrays:
    """Return the same for columns that have passed ``check_columns``."""
    measure = MEASURES[plan.measure]
    with np.errstate(all="ignore"):
        found = poolable(measure.effects(columns, plan), columns)
        cells = tables(columns) if measure.family == "dichotomous" else None
        excess = None
        if plan.measure == "PETO" and cells is not None:
            excess = observed_minus_expected(cells)
        elif measure.family == "time-to-event":
            excess = columns["observed_minus_expected"], columns["variance"]
        rates = None
        if measure.family == "rate":
            rates = Rates(*(columns[name] for name in measure.columns))
    return StudyArrays(found.y, found.v, found.reason, found.corrected, cells, rates, excess)


def poolable(found: MeasuredEffects, columns: Columns) -> MeasuredEffects:
    """Return the effects with those taken out that cannot be pooled, each with its reason."""
    missing = np.zeros(found.y.shape, bool)
    for values in columns.values():
        missing = missing | np.isnan(values)
    reason = np.where(missing, "missing", found.reason)
    infinite = np.isinf(found.y) | np.isinf(found.v)
    reason = np.where((reason == "") & infinite, "undefined", reason)
    reason = np.where((reason == "") & (found.v <= 0.0), "zero-variance", reason)
    usable = reason == ""
    return replace(
        found,
        y=np.where(usable, found.y, np.nan),
        v=np.where(usable, found.v, np.nan),
        reason=reason,
        corrected=found.corrected & usable,
    )


def pool_selections(arrays: StudyArrays, members: BoolArray, plan: PoolingPlan) -> BatchResult:
    """Pool the estimable studies of every selection; ``members`` has the shape (rows, k)."""
    use = members & arrays.estimable
    y = np.where(use, arrays.y, np.nan)
    v = np.where(use, arrays.v, np.nan)
    with np.errstate(all="ignore"):
        return pool_batch(y, v, plan, center_of(arrays, use, plan))


def pool_effects(y: FloatArray, v: FloatArray, plan: PoolingPlan) -> BatchResult:
    """Pool one set of effects and variances, shape (k,); NaN is a missing study.

    Raises ``InputError`` for values that cannot be pooled.
    """
    check_effects(y, v)
    return pool_batch(y[None, :], v[None, :], plan)


def mantel_haenszel_possible(arrays: StudyArrays) -> bool:
    """Return whether every estimable study has the counts that Mantel-Haenszel needs."""
    if arrays.cells is not None:
        return not bool(np.isnan(arrays.cells.n[arrays.estimable]).any())
    return arrays.rates is not None


def center_of(arrays: StudyArrays, use: BoolArray, plan: PoolingPlan) -> Center | None:
    """Return the Mantel-Haenszel or Peto estimates of each selection, if the plan has them."""
    if plan.weighting == "peto" and arrays.excess is not None:
        excess, variance = arrays.excess
        return peto(np.where(use, excess, np.nan), np.broadcast_to(variance, use.shape))
    if plan.weighting != "mantel-haenszel" or not mantel_haenszel_possible(arrays):
        return None
    if arrays.cells is not None:
        return table_center(arrays.cells, use, plan)
    return rate_center(arrays.rates, use, plan) if arrays.rates is not None else None


def table_center(cells: Tables, use: BoolArray, plan: PoolingPlan) -> Center:
    """Return the Mantel-Haenszel estimates of tables of shape (k,) for selections (rows, k).

    For the risk difference RevMan pools the cells as they are; other programs the corrected ones.
    """
    raw = Tables(
        *(np.where(use, x, np.nan) for x in (cells.a, cells.b, cells.c, cells.d))
    )
    if plan.measure == "RD" and plan.zero_cell_convention == "revman":
        return mantel_haenszel.risk_difference(raw, plan.mh_rd_variance)
    pooled = pooling_tables(raw, plan)
    if plan.measure == "RD":
        return mantel_haenszel.risk_difference(pooled, plan.mh_rd_variance)
    if plan.measure == "OR":
        return mantel_haenszel.odds_ratio(pooled)
    everybody = None
    if plan.zero_cell_convention == "revman" and plan.mh_correction == "revman":
        everybody = np.where(raw.all_events, 1.0, 0.0)
    return mantel_haenszel.risk_ratio(pooled, everybody)


def rate_center(rates: Rates, use: BoolArray, plan: PoolingPlan) -> Center:
    """Return the Mantel-Haenszel estimates of rates for selections of shape (rows, k)."""
    chosen = Rates(*(np.where(use, x, np.nan) for x in (rates.x1, rates.t1, rates.x2, rates.t2)))
    if plan.measure == "IRR":
        return mantel_haenszel.rate_ratio(chosen)
    return mantel_haenszel.rate_difference(chosen)
