"""What is added to empty cells of two-by-two tables, when, and to which studies.

RevMan adds 0.5 to all four cells of a study with any zero, leaves out studies without events in
either arm (risk ratio, odds ratio) or without non-events (odds ratio), and shows a risk ratio of
exactly 1 where everybody had the event. metafor follows ``zero_cells`` (its ``to``),
``zero_cell_increment`` (its ``add``) and ``double_zero`` (its ``drop00``) for every measure.
Which program does what: Sweeting 2004 (doi:10.1002/sim.1761) for the reasons, and the programs'
own documentation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gradecore.data import BoolArray, Columns, FloatArray, IntArray
from gradecore.profiles import PoolingPlan


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Two-by-two tables: events ``a`` and non-events ``b`` of the experimental arm, ``c``, ``d``.

    All of one shape, the last axis running over studies; NaN where a study is missing.
    """

    a: FloatArray
    b: FloatArray
    c: FloatArray
    d: FloatArray

    @property
    def n1(self) -> FloatArray:
        """Size of the experimental arm."""
        return self.a + self.b

    @property
    def n2(self) -> FloatArray:
        """Size of the control arm."""
        return self.c + self.d

    @property
    def n(self) -> FloatArray:
        """Size of both arms."""
        return self.a + self.b + self.c + self.d

    @property
    def any_zero(self) -> BoolArray:
        """Whether any of the four cells is empty."""
        zero: BoolArray = (self.a == 0) | (self.b == 0) | (self.c == 0) | (self.d == 0)
        return zero

    @property
    def no_events(self) -> BoolArray:
        """Whether nobody in either arm has the event."""
        none: BoolArray = (self.a == 0) & (self.c == 0)
        return none

    @property
    def all_events(self) -> BoolArray:
        """Whether everybody in both arms has the event."""
        everybody: BoolArray = (self.b == 0) & (self.d == 0)
        return everybody

    def plus(self, amount: FloatArray) -> Tables:
        """Return the tables with an amount added to all four cells of each study."""
        return Tables(self.a + amount, self.b + amount, self.c + amount, self.d + amount)

    def without(self, where: BoolArray) -> Tables:
        """Return the tables with the marked studies missing."""
        return Tables(*(np.where(where, np.nan, x) for x in (self.a, self.b, self.c, self.d)))

    def rows(self, index: IntArray | BoolArray) -> Tables:
        """Return the tables at an index."""
        return Tables(self.a[index], self.b[index], self.c[index], self.d[index])


def tables(columns: Columns) -> Tables:
    """Return the two-by-two tables of columns of events and totals."""
    a = np.asarray(columns["events_experimental"], float)
    c = np.asarray(columns["events_control"], float)
    return Tables(a, columns["total_experimental"] - a, c, columns["total_control"] - c)


def increment(zero: BoolArray, plan: PoolingPlan) -> FloatArray:
    """Return what is added to each study, given which studies have an empty cell."""
    amount = plan.zero_cell_increment
    if plan.zero_cells == "none":
        where = np.zeros_like(zero)
    elif plan.zero_cells == "all":
        where = np.ones_like(zero)
    elif plan.zero_cells == "all-if-any-zero":
        where = np.broadcast_to(zero.any(axis=-1, keepdims=True), zero.shape)
    else:
        where = zero
    return np.where(where, amount, 0.0)


def corrected(raw: Tables, plan: PoolingPlan) -> Tables:
    """Return the tables from which effects and standard errors are computed."""
    return raw.plus(increment(raw.any_zero, plan))


def excluded(raw: Tables, plan: PoolingPlan, measure: str) -> tuple[BoolArray, BoolArray]:
    """Return which studies are left out for want of events, and for want of non-events."""
    never = np.zeros(raw.a.shape, bool)
    if plan.zero_cell_convention == "metafor":
        if plan.double_zero == "keep":
            return never, never
        return raw.no_events, raw.all_events
    if measure == "RD" or plan.double_zero == "keep":
        return never, never
    return raw.no_events, raw.all_events if measure == "OR" else never


def pooling_tables(raw: Tables, plan: PoolingPlan) -> Tables:
    """Return the cells that Mantel-Haenszel pooling uses, by ``plan.mh_correction``.

    ``all-studies-only`` corrects only if the same cell is empty in every study of the row.
    """
    if plan.mh_correction == "none":
        return raw
    if plan.mh_correction == "revman":
        return corrected(raw, plan)
    everywhere = np.zeros(raw.a.shape[:-1], bool)
    for cell in (raw.a, raw.b, raw.c, raw.d):
        everywhere |= ((cell == 0) | np.isnan(cell)).all(axis=-1)
    return raw.plus(np.where(everywhere[..., None], plan.zero_cell_increment, 0.0))
