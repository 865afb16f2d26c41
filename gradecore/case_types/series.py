"""Cases of many fits of one data set (``leave1out``, ``cumulative``, ``subgroup``)."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradecore import selections
from gradecore.batch import BatchResult, pool_batch
from gradecore.case_types import Case, Handler
from gradecore.case_types.columns import (
    effect_columns,
    effects_and_variances,
    metafor_plan,
)
from gradecore.data import BoolArray, FloatArray
from gradecore.input_errors import InputError
from gradecore.padded_effects import check_effects
from gradecore.profiles import PoolingPlan
from gradecore.study_arrays import arrays_of
from gradecore.subgroups import CommonTau2, between, common_tau2, memberships


def _complete(case: Case, plan: PoolingPlan) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Return effects and variances of the studies that have both, and which those are."""
    if "yi" in case.inputs:
        y, v = effects_and_variances(case)
    else:
        arrays = arrays_of(effect_columns(case), plan)
        y, v = arrays.y, arrays.v
    check_effects(y, v)
    keep = ~(np.isnan(y) | np.isnan(v))
    return y[keep], v[keep], keep


def _selected(y: FloatArray, v: FloatArray, members: BoolArray, plan: PoolingPlan) -> BatchResult:
    return pool_batch(np.where(members, y, np.nan), np.where(members, v, np.nan), plan)


def _series(case: Case, members: BoolArray, plan: PoolingPlan) -> dict[str, Any]:
    y, v, _ = _complete(case, plan)
    result = _selected(y, v, members, plan)
    shown = result.shown
    return {
        "estimate": result.estimate,
        "se": shown.se,
        "stat": shown.statistic,
        "df": shown.df,
        "pval": shown.p,
        "ci_lb": shown.lower,
        "ci_ub": shown.upper,
        "tau2": result.tau2,
        "Q": result.q,
        "Q_p": result.q_p,
        "I2": result.i2,
        "H2": result.h2,
    }


def leave_one_out(case: Case) -> dict[str, Any]:
    """Return one row per study left out."""
    plan = metafor_plan(case, tau2_interval="none")
    k = len(_complete(case, plan)[0])
    if k < 2:
        raise InputError("Leaving one out needs at least two studies.")
    return _series(case, selections.all_but_one(k), plan)


def cumulative(case: Case) -> dict[str, Any]:
    """Return one row per study, using the studies up to it."""
    plan = metafor_plan(case, tau2_interval="none")
    return _series(case, selections.first_ones(len(_complete(case, plan)[0])), plan)


def subgroups(case: Case) -> dict[str, Any]:
    """Return a fit per subgroup, in the sorted order of their names, and the tests between."""
    plan = metafor_plan(case, tau2_interval="none")
    y, v, keep = _complete(case, plan)
    groups = case.inputs.get("group")
    if not isinstance(groups, list) or len(groups) != len(keep):
        raise InputError("The column group must name a subgroup for every study.", column="group")
    names = [str(group) for group, kept in zip(groups, keep, strict=True) if kept]
    found, rows = memberships(names)
    order = sorted(range(len(found)), key=lambda i: (found[i].casefold(), found[i]))
    levels, members = [found[i] for i in order], rows[order]
    result = _selected(y, v, members, plan)
    test = between(result, slice(None))
    answer: dict[str, Any] = {
        "levels": levels,
        "subgroups": [_one(result, row) for row in range(len(levels))],
        "between": {
            "Q": test.q if test else None,
            "df": test.df if test else None,
            "p": test.p if test else None,
            "I2": test.i2 if test else None,
        },
    }
    if plan.model == "random":
        shared = common_tau2(y, v, members, plan)
        answer["common_tau2"] = _common(shared) if shared else None
    else:
        total = float(_selected(y, v, np.ones((1, len(y)), bool), plan).q[0])
        within = float(result.q.sum())
        answer["anova"] = {"Q_total": total, "Q_within": within, "Q_between": total - within}
    return answer


def _one(result: BatchResult, row: int) -> dict[str, Any]:
    shown = result.shown
    return {
        "k": int(result.k[row]),
        "estimate": result.estimate[row],
        "se": shown.se[row],
        "stat": shown.statistic[row],
        "df": shown.df[row],
        "pval": shown.p[row],
        "ci_lb": shown.lower[row],
        "ci_ub": shown.upper[row],
        "tau2": result.tau2[row],
        "Q": result.q[row],
        "Q_df": result.df[row],
        "Q_p": result.q_p[row],
        "I2": result.i2[row],
        "I2_Q": result.i2_from_q[row],
    }


def _common(shared: CommonTau2) -> dict[str, Any]:
    return {
        "tau2": shared.tau2,
        "estimate": shared.estimates,
        "se": shared.intervals.se,
        "ci_lb": shared.intervals.lower,
        "ci_ub": shared.intervals.upper,
        "QM": shared.qm,
        "QM_df": list(shared.qm_df),
        "QM_p": shared.qm_p,
        "QE": shared.qe,
        "QE_p": shared.qe_p,
    }


HANDLERS: dict[str, Handler] = {
    "leave1out": leave_one_out,
    "cumulative": cumulative,
    "subgroup": subgroups,
}
