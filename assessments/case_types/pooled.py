"""Cases of one pooled analysis: ``pool``, ``mh``, ``peto`` and ``meta``."""

from __future__ import annotations

from typing import Any

import numpy as np

from assessments.case_types import Case, Handler
from assessments.case_types.columns import (
    effect_columns,
    effects_and_variances,
    measure_code,
    metafor_plan,
    zero_cell_rule,
)
from gradecore.batch import BatchResult
from gradecore.between_study_variance import ESTIMATORS
from gradecore.data import BoolArray, FloatArray
from gradecore.input_errors import InputError
from gradecore.measures import MEASURES
from gradecore.measures.proportion import from_double_arcsine
from gradecore.padded_effects import padded
from gradecore.profiles import PoolingPlan
from gradecore.study_arrays import StudyArrays, arrays_of, pool_effects, pool_selections


def case_arrays(case: Case, plan: PoolingPlan) -> StudyArrays | None:
    """Return the study arrays of a case with data, None for one with effects and variances."""
    return None if "yi" in case.inputs else arrays_of(effect_columns(case), plan)


def pooled(case: Case) -> dict[str, Any]:
    """Return the inverse-variance result with all its statistics."""
    plan = metafor_plan(case)
    arrays = case_arrays(case, plan)
    if arrays is None:
        y, v = effects_and_variances(case)
        result = pool_effects(y, v, plan)
    else:
        y, v = arrays.y, arrays.v
        if not arrays.estimable.any():
            raise InputError("No study gives an effect that could be pooled.")
        result = pool_selections(arrays, np.ones((1, len(y)), bool), plan)
    keep = ~(np.isnan(y) | np.isnan(v))
    answer = _statistics(result, plan)
    answer["se_tau2"] = _tau2_se(y, v, result, plan)
    answer["weights"] = result.weights[0][keep]
    if plan.model == "random":
        answer.update(_ranges(result, plan))
    back = _backtransformed(case, answer, keep)
    return {**answer, **back}


def _statistics(result: BatchResult, plan: PoolingPlan) -> dict[str, Any]:
    shown = result.shown
    return {
        "k": int(result.k[0]),
        "estimate": result.estimate[0],
        "se": shown.se[0],
        "stat": shown.statistic[0],
        "df": shown.df[0],
        "pval": shown.p[0],
        "ci_lb": shown.lower[0],
        "ci_ub": shown.upper[0],
        "tau2": result.tau2[0],
        "Q": result.q[0],
        "Q_df": result.df[0],
        "Q_p": result.q_p[0],
        "I2": result.i2[0],
        "H2": result.h2[0],
        "I2_Q": result.i2_from_q[0],
        "H2_Q": result.h2_from_q[0],
    }


def _tau2_se(y: FloatArray, v: FloatArray, result: BatchResult, plan: PoolingPlan) -> float | None:
    if plan.model == "common" or result.k[0] < 2:
        return None
    estimator = ESTIMATORS[plan.tau2_estimator]
    with np.errstate(all="ignore"):
        return float(estimator.standard_error(padded(y[None], v[None]), result.tau2)[0])


def _ranges(result: BatchResult, plan: PoolingPlan) -> dict[str, Any]:
    """Return the intervals of tau², I², H² and the three prediction intervals."""
    limits = (result.tau2_lower, result.tau2_upper)
    single = result.k[0] < 2
    with np.errstate(all="ignore"):
        answer: dict[str, Any] = {
            "tau2_ci": [limit[0] for limit in limits],
            "I2_ci": [np.nan if single else result.i2_at(limit)[0] for limit in limits],
            "H2_ci": [np.nan if single else result.h2_at(limit)[0] for limit in limits],
        }
        for key, method in (
            ("pi_normal", "normal"),
            ("pi_t_km1", "t-k-1"),
            ("pi_t_km2", "t-k-2"),
        ):
            answer[key] = [limit[0] for limit in result.prediction(method, plan.level)]
    return answer


def _backtransformed(case: Case, answer: dict[str, Any], keep: BoolArray) -> dict[str, Any]:
    measure = MEASURES[measure_code(case)]
    if measure.scale.code == "identity":
        return {}
    back: dict[str, Any] = {}
    turn = measure.natural
    if measure.code == "PFT":
        sizes = np.array(case.inputs["ni"], dtype=float)[keep]
        harmonic = float(len(sizes) / np.sum(1.0 / sizes))
        back["harmonic_mean_n"] = harmonic
        turn = lambda value: float(from_double_arcsine(np.float64(value), harmonic))  # noqa: E731
    for key in ("estimate", "ci_lb", "ci_ub"):
        back[key] = turn(answer[key])
    if "pi_t_km1" in answer:
        back["pi_t_km1"] = [turn(limit) for limit in answer["pi_t_km1"]]
    return {"backtransformed": back}


HANDLERS: dict[str, Handler] = {"pool": pooled}
_ = zero_cell_rule
