"""Cases of one pooled analysis: ``pool``, ``mh``, ``peto`` and ``meta``."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradecore.batch import BatchResult, Center, pool_batch
from gradecore.between_study_variance import ESTIMATORS
from gradecore.case_types import Case, Handler
from gradecore.case_types.columns import (
    effect_columns,
    effects_and_variances,
    measure_code,
    metafor_plan,
    zero_cell_rule,
)
from gradecore.data import BoolArray, FloatArray
from gradecore.input_errors import InputError
from gradecore.measures import MEASURES
from gradecore.measures.proportion import from_double_arcsine
from gradecore.padded_effects import padded
from gradecore.profiles import PoolingPlan
from gradecore.study_arrays import (
    StudyArrays,
    arrays_of,
    center_of,
    pool_effects,
    pool_selections,
    rate_center,
    table_center,
)
from gradecore.weighting.mantel_haenszel import odds_ratio_tests
from gradecore.zero_cells import Tables, pooling_tables


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


def mantel_haenszel(case: Case) -> dict[str, Any]:
    """Return the Mantel-Haenszel result; studies' effects enter Q, tables enter the pooling."""
    effects_plan = _mh_plan(case, 0, "only0", True)
    tables_plan = _mh_plan(case, 1, "none", False)
    columns = effect_columns(case)
    arrays = arrays_of(columns, effects_plan)
    used = arrays_of(columns, tables_plan)
    take = (used.reason != "missing") & ~_dropped(used, tables_plan)
    with np.errstate(all="ignore"):
        if arrays.cells is not None:
            center = table_center(arrays.cells, take[None, :], tables_plan)
        elif arrays.rates is not None:
            center = rate_center(arrays.rates, take[None, :], tables_plan)
        else:
            raise InputError(f"Mantel-Haenszel pooling of {case.measure} is not possible.")
    answer = _about_center(case, arrays, center, effects_plan)
    answer["k"] = int(take.sum())
    if measure_code(case) == "OR" and arrays.cells is not None:
        cells = arrays.cells.rows(take)
        row = Tables(cells.a[None], cells.b[None], cells.c[None], cells.d[None])
        answer.update(_odds_ratio_tests(pooling_tables(row, tables_plan), center))
    return answer


def _mh_plan(case: Case, entry: int, to: str, drop00: bool) -> PoolingPlan:
    """Return the plan of the study effects (entry 0) or of the pooled tables (entry 1)."""

    def item(name: str, usual: Any) -> Any:
        value = case.options.get(name, usual)
        return value[entry] if isinstance(value, list) else value

    add = float(item("add", 0.5 if entry == 0 else 0.0))
    return metafor_plan(
        Case(
            id=case.id,
            type=case.type,
            measure=case.measure,
            inputs=case.inputs,
            options={"level": case.options.get("level", 0.95), "model": "common"},
        ),
        zero_cell_increment=add,
        zero_cells=zero_cell_rule(item("to", to) if add else "none"),
        double_zero="exclude" if item("drop00", drop00) else "keep",
        mh_correction="revman",
    )


def _dropped(arrays: StudyArrays, plan: PoolingPlan) -> BoolArray:
    """Return which tables are left out of the pooling for want of events or non-events."""
    if plan.double_zero == "keep" or arrays.cells is None:
        return np.zeros(len(arrays.y), bool)
    return arrays.cells.no_events | arrays.cells.all_events


def _about_center(
    case: Case, arrays: StudyArrays, center: Center, plan: PoolingPlan
) -> dict[str, Any]:
    """Return the pooled statistics, with Q of the study effects about the pooled effect."""
    y, v = arrays.y[None, :], arrays.v[None, :]
    result = pool_batch(y, v, plan, center)
    shown = result.shown
    known = bool(np.isfinite(center.estimate[0]))
    count = int(arrays.estimable.sum())
    answer: dict[str, Any] = {
        "k_yi": count,
        "estimate": center.estimate[0],
        "se": center.se[0],
        "stat": shown.statistic[0],
        "pval": shown.p[0],
        "ci_lb": shown.lower[0],
        "ci_ub": shown.upper[0],
        "Q": result.q[0] if count > 1 else 0.0,
        "Q_df": max(0, count - 1),
        "Q_p": result.q_p[0] if count > 1 else 1.0,
        "I2": result.i2_from_q[0] if count > 1 else 0.0,
        "H2": result.h2_from_q[0] if count > 1 else 1.0,
    }
    return {**answer, **(_backtransformed(case, answer, arrays.estimable) if known else {})}


def _odds_ratio_tests(use: Tables, center: Center) -> dict[str, Any]:
    with np.errstate(all="ignore"):
        tests = odds_ratio_tests(use, center.estimate)
    return {
        "CMH": tests.cmh[0],
        "CMH_p": tests.cmh_p[0],
        "CMH_uncorrected": tests.cmh_uncorrected[0],
        "CMH_uncorrected_p": tests.cmh_uncorrected_p[0],
        "BD": tests.breslow_day[0],
        "BD_p": tests.breslow_day_p[0],
        "Tarone": tests.tarone[0],
        "Tarone_p": tests.tarone_p[0],
        "k_pos": int(tests.tables_used[0]),
    }


def peto_odds_ratio(case: Case) -> dict[str, Any]:
    """Return Peto's result; Q uses the study effects as the metafor package computes them."""
    columns = effect_columns(case)
    plan = metafor_plan(case, model="common", zero_cells="none", weighting="peto")
    arrays = arrays_of(columns, plan)
    use = (arrays.reason != "missing")[None, :]
    center = center_of(arrays, use, plan)
    if center is None:
        raise InputError("Peto's method needs the events and people of both arms.")
    answer = _about_center(case, arrays, center, plan)
    answer["k"] = int(use.sum())
    return answer


HANDLERS: dict[str, Handler] = {
    "pool": pooled,
    "mh": mantel_haenszel,
    "peto": peto_odds_ratio,
}
