"""Cases of the R package meta (``meta``): common and random effects side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from gradecore import selections
from gradecore.batch import BatchResult
from gradecore.case_types import Case, Handler
from gradecore.case_types.columns import effect_columns, effects_and_variances, measure_code
from gradecore.case_types.r_root_search import jackson_limit_as_r, tau2_where_q_is
from gradecore.data import BoolArray, FloatArray
from gradecore.distributions import chi2_quantile
from gradecore.heterogeneity import h_by_test, i2_from_h
from gradecore.input_errors import InputError
from gradecore.intervals import Intervals, prediction
from gradecore.jackson_interval import QDistribution
from gradecore.padded_effects import check_effects, padded
from gradecore.profiles import PoolingPlan, plan_for
from gradecore.results import BetweenSubgroups
from gradecore.study_arrays import StudyArrays, arrays_of, pool_selections
from gradecore.subgroups import between, memberships

_PREDICTIONS = {"HTS": "t-k-2", "V": "t-k-1", "HK": "t-k-1", "S": "normal"}


def plans(case: Case) -> tuple[PoolingPlan, PoolingPlan]:
    """Return the common-effect and the random-effects plan of a case."""
    options = case.options
    cochrane = bool(options.get("RR_Cochrane"))
    changes: dict[str, Any] = {
        "weighting": "mantel-haenszel" if options.get("method") == "MH" else "inverse-variance",
        "zero_cell_convention": "meta-cochrane" if cochrane else "meta",
        "mh_correction": "none" if options.get("MH_exact") else "revman",
        "smd_variant": "UB" if options.get("exact_smd") else "revman",
        "level": float(options.get("level", 0.95)),
    }
    code = measure_code(case)
    common = plan_for("meta", code, model="common", **changes)
    if not options.get("Q_Cochrane"):
        changes["weighting"] = "inverse-variance"
    random = plan_for(
        "meta",
        code,
        model="random",
        tau2_estimator=options.get("tau2_method") or "REML",
        interval=options.get("ci_method") or "wald",
        **changes,
    )
    return common, random


def _arrays(case: Case, plan: PoolingPlan) -> StudyArrays:
    if "yi" not in case.inputs:
        return arrays_of(effect_columns(case), plan)
    y, v = effects_and_variances(case)
    check_effects(y, v)
    missing = np.isnan(y) | np.isnan(v)
    return StudyArrays(y, v, np.where(missing, "missing", ""), np.zeros(len(y), bool))


def meta(case: Case) -> dict[str, Any]:
    """Return both models, tau², Q, I² and H with test-based intervals, weights and subgroups."""
    common_plan, random_plan = plans(case)
    arrays = _arrays(case, common_plan)
    if not arrays.estimable.any():
        raise InputError("No study gives an effect that could be pooled.")
    everyone = selections.everyone(len(arrays.y))
    common = pool_selections(arrays, everyone, common_plan)
    random_plan, limits = _as_r_stops(arrays, random_plan)
    random = pool_selections(arrays, everyone, random_plan)
    answer = _summary(common, random, (case, random_plan))
    answer["tau2_ci"] = limits
    answer["weights_common"] = common.weights[0]
    answer["weights_random"] = random.weights[0]
    if "group" in case.inputs:
        names, members = memberships([str(group) for group in case.inputs["group"]])
        answer["subgroup_levels"] = list(names)
        answer.update(_subgroups(arrays, members, (common_plan, random_plan)))
    return answer


def _as_r_stops(arrays: StudyArrays, plan: PoolingPlan) -> tuple[PoolingPlan, list[float | None]]:
    """Return the plan with tau² as R's search finds it, and R's limits of tau².

    They are Jackson's beside the DerSimonian-Laird estimate, the Q-profile's beside the others.

    The package gives no interval where the DerSimonian-Laird tau² comes from a Mantel-Haenszel Q.
    """
    usable = arrays.estimable
    studies = padded(arrays.y[usable][None], arrays.v[usable][None])
    df = float(studies.degrees[0])
    if df < 1.0:
        return plan, [None, None]
    if plan.tau2_estimator == "PM":
        plan = replace(plan, fixed_tau2=tau2_where_q_is(studies, df, 100.0))
    if plan.tau2_estimator == "DL" and plan.weighting == "mantel-haenszel":
        return plan, [None, None]
    found = pool_selections(arrays, usable[None], replace(plan, tau2_interval="none"))
    highest = max(100.0, 10.0 * float(found.tau2[0]))
    tail = 0.5 * (1.0 - plan.level)
    if plan.tau2_estimator == "DL":
        spread = QDistribution(arrays.y[usable], arrays.v[usable])
        return plan, [jackson_limit_as_r(spread, p, highest) for p in (tail, 1.0 - tail)]
    aims = (chi2_quantile(studies.degrees, share)[0] for share in (tail, 1.0 - tail))
    return plan, [tau2_where_q_is(studies, float(aim), highest) for aim in aims]


def _summary(
    common: BatchResult, random: BatchResult, how: tuple[Case, PoolingPlan]
) -> dict[str, Any]:
    case, plan = how
    with np.errstate(all="ignore"):
        h, low, high = h_by_test(random.q, random.k, plan.level)
        spread = np.sqrt(random.tau2 + random.wald.se**2)
        method = case.options.get("method_predict") or "V"
        if method == "HK":
            spread = np.sqrt(random.tau2 + random.shown.se**2)
        limits = prediction(random.estimate, spread, random.k, (_PREDICTIONS[method], plan.level))
        i2_ci = [i2_from_h(limit)[0] for limit in (low, high)]
    return {
        "k": int(random.k[0]),
        "common": _model(common.estimate, common.shown),
        "random": {**_model(random.estimate, random.shown), "df": random.shown.df[0]},
        "tau2": random.tau2[0],
        "Q": random.q[0],
        "Q_df": random.df[0],
        "Q_p": random.q_p[0],
        "I2": random.i2_from_q[0],
        "I2_ci": i2_ci,
        "H": h[0],
        "H_ci": [low[0], high[0]],
        "pi": [limit[0] for limit in limits],
    }


def _model(estimate: FloatArray, around: Intervals) -> dict[str, Any]:
    return {
        "estimate": estimate[0],
        "se": around.se[0],
        "ci_lb": around.lower[0],
        "ci_ub": around.upper[0],
        "stat": around.statistic[0],
        "pval": around.p[0],
    }


def _subgroups(
    arrays: StudyArrays, members: BoolArray, both: tuple[PoolingPlan, PoolingPlan]
) -> dict[str, Any]:
    common = pool_selections(arrays, members, both[0])
    random = pool_selections(arrays, members, replace(both[1], tau2_interval="none"))
    return {
        "between_common": _test(between(common, slice(None))),
        "between_random": _test(between(random, slice(None))),
        "subgroup_random": {
            "estimate": random.estimate,
            "se": random.shown.se,
            "tau2": random.tau2,
        },
    }


def _test(test: BetweenSubgroups | None) -> dict[str, Any]:
    if test is None:
        return {"Q": None, "df": None, "p": None}
    return {"Q": test.q, "df": test.df, "p": test.p}


HANDLERS: dict[str, Handler] = {"meta": meta}
