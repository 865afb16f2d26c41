"""Complete analyses by a profile (``revman5``, ``revman5_observed``, ``profile``)."""

from __future__ import annotations

from typing import Any

from gradecore.case_types import Case, Handler, numbers
from gradecore.case_types.columns import effect_columns, measure_code, weighting_of
from gradecore.data import BodyOfEvidence, ReportedEffect, StudyData, StudyRow
from gradecore.input_errors import InputError
from gradecore.measures import MEASURES
from gradecore.pooling import pool
from gradecore.profiles import PROFILES, PoolingPlan, plan_for
from gradecore.results import EffectInterval, PooledEstimate, StudyEffect

_PREDICTIONS = {"normal": "normal", "t-k-1": "t_km1", "t-k-2": "t_km2"}


def body_of(case: Case) -> BodyOfEvidence:
    """Return the studies of a case, labelled by their row."""
    data: list[StudyData]
    if "yi" in case.inputs:
        effects, variances = numbers(case, "yi"), numbers(case, "vi")
        if len(effects) != len(variances):
            raise InputError("The columns yi and vi do not have the same number of studies.")
        for row, variance in enumerate(variances, start=1):
            if variance <= 0.0:
                raise InputError(f"Study {row}: the variance must be greater than 0.", study=row)
        pairs = zip(effects, variances, strict=True)
        data = [ReportedEffect(estimate=y, se=v**0.5, scale="analysis") for y, v in pairs]
    else:
        columns = effect_columns(case)
        if len({len(column) for column in columns.values()}) != 1:
            raise InputError("The columns do not all have the same number of studies.")
        kind = MEASURES[measure_code(case)].data
        rows = zip(*(columns[name] for name in kind.COLUMNS), strict=True)
        data = [
            kind(**dict(zip(kind.COLUMNS, map(float, row), strict=True)))  # type: ignore[arg-type]
            for row in rows
        ]
    groups = [str(group) for group in case.inputs.get("group", [""] * len(data))]
    if len(groups) != len(data):
        raise InputError("The column group must name a subgroup for every study.", column="group")
    return BodyOfEvidence(
        studies=tuple(
            StudyRow(key=str(row), label=str(row), data=one, subgroup=group)
            for row, (one, group) in enumerate(zip(data, groups, strict=True), start=1)
        )
    )


def profile_plan(case: Case) -> PoolingPlan:
    """Return the plan of a case that names a profile, a model and a method of pooling."""
    options = case.options
    profile = options.get("profile", "cochrane-current")
    if profile not in PROFILES:
        raise InputError(f"The profile {profile!r} is not known.")
    model = "random" if options.get("model", "random") == "random" else "common"
    changes: dict[str, Any] = {"model": model, "level": float(options.get("level", 0.95))}
    if "method" in options:
        changes["weighting"] = weighting_of(options["method"])
    return plan_for(profile, measure_code(case), **changes)


def _columns_of(studies: tuple[StudyEffect, ...], names: dict[str, str]) -> dict[str, Any]:
    return {key: [getattr(study, name) for study in studies] for key, name in names.items()}


def revman5(case: Case) -> dict[str, Any]:
    """Return studies, total, subgroups and their test as RevMan 5 computes them."""
    plan = profile_plan(case)
    pooled = pool(_body(case), plan)
    answer: dict[str, Any] = {"study": {"estimable": [s.estimable for s in pooled.studies]}}
    if pooled.k == 0:
        return {**answer, "total": {"k": 0}}
    names = {"estimate": "estimate", "se": "se", "ci_lb": "ci_lower", "ci_ub": "ci_upper"}
    answer["study"].update(_columns_of(pooled.studies, {**names, "weight": "weight"}))
    answer["total"] = _summary(pooled)
    if MEASURES[plan.measure].ratio and pooled.shown is not None:
        answer["total"]["backtransformed"] = _natural(pooled.shown)
    if pooled.subgroups:
        answer["subgroups"] = [
            {"level": part.name, **_summary(part.pooled), "weight": part.weight}
            for part in pooled.subgroups
        ]
        answer["subgroup_test"] = _test(pooled)
    return answer


def _body(case: Case) -> BodyOfEvidence:
    """Return the body, without subgroups where the case asks for none."""
    if not case.options.get("subgroups", True) and "group" in case.inputs:
        inputs = {key: column for key, column in case.inputs.items() if key != "group"}
        return body_of(
            Case(
                id=case.id,
                type=case.type,
                measure=case.measure,
                inputs=inputs,
                options=case.options,
            )
        )
    return body_of(case)


def _natural(shown: EffectInterval) -> dict[str, Any]:
    return {
        "estimate": shown.natural_estimate,
        "ci_lb": shown.natural_ci_lower,
        "ci_ub": shown.natural_ci_upper,
    }


def _summary(pooled: PooledEstimate) -> dict[str, Any]:
    """Return the line below the studies in RevMan's words."""
    shown, spread = pooled.shown, pooled.heterogeneity
    if spread is None:
        return {"k": pooled.k}
    statistic = shown.statistic if shown else None
    return {
        "k": pooled.k,
        "estimate": pooled.point,
        "se": shown.se if shown else None,
        "ci_lb": shown.ci_lower if shown else None,
        "ci_ub": shown.ci_upper if shown else None,
        "Z": None if statistic is None else abs(statistic),
        "P": shown.p if shown else None,
        "chi2": spread.q,
        "df": spread.df,
        "chi2_p": spread.p if spread.df else None,
        "I2": spread.i2,
        "tau2": spread.tau2,
    }


def _test(pooled: PooledEstimate) -> dict[str, Any]:
    test = pooled.between_subgroups
    if test is None:
        return {"chi2": 0.0, "df": 0, "p": None, "I2": 0.0}
    return {"chi2": test.q, "df": test.df, "p": test.p, "I2": test.i2}


def revman5_observed(case: Case) -> dict[str, Any]:
    """Return the same on the ratio scale, with the keys of RevMan's own saved output."""
    pooled = pool(_body(case), profile_plan(case))
    names = {
        "estimable": "estimable",
        "estimate_exp": "natural_estimate",
        "se": "se",
        "ci_lb_exp": "natural_ci_lower",
        "ci_ub_exp": "natural_ci_upper",
        "weight": "weight",
    }
    answer: dict[str, Any] = {"study": _columns_of(pooled.studies, names)}
    if pooled.shown is None:
        return {**answer, "total": {"estimable": False}}
    answer["total"] = _observed(pooled)
    if pooled.subgroups:
        answer["subgroups"] = [
            {"level": part.name, **_observed(part.pooled), "weight": part.weight}
            for part in pooled.subgroups
        ]
        test = _test(pooled)
        answer["subgroup_test"] = {**test, "p": 1.0} if test["df"] == 0 else test
    return answer


def _observed(pooled: PooledEstimate) -> dict[str, Any]:
    if pooled.shown is None:
        return {"estimable": False}
    summary = _summary(pooled)
    natural = _natural(pooled.shown)
    rest = {key: summary[key] for key in ("Z", "P", "chi2", "df", "chi2_p", "I2", "tau2")}
    return {**{f"{key}_exp": value for key, value in natural.items()}, **rest}


def profile(case: Case) -> dict[str, Any]:
    """Return a complete run of a profile: studies, both intervals, the one chosen, prediction."""
    pooled = pool(_body(case), profile_plan(case))
    names = {"estimable": "estimable", "estimate": "estimate", "se": "se", "weight": "weight"}
    answer: dict[str, Any] = {"study": _columns_of(pooled.studies, names)}
    shown, spread = pooled.shown, pooled.heterogeneity
    if shown is None or spread is None:
        return {**answer, "total": {"k": pooled.k}}
    prediction = pooled.prediction
    answer["total"] = {
        "k": pooled.k,
        "estimate": shown.estimate,
        "tau2": spread.tau2,
        "tau2_ci": [spread.tau2_lower, spread.tau2_upper],
        "Q": spread.q,
        "Q_df": spread.df,
        "Q_p": spread.p,
        "I2": spread.i2,
        "ci_method": shown.method,
        "wald": _interval(pooled.wald),
        "hksj": _interval(pooled.hksj),
        "pi": [prediction.lower, prediction.upper] if prediction else [None, None],
        "pi_method": _PREDICTIONS[prediction.method] if prediction else None,
    }
    return answer


def _interval(interval: EffectInterval | None) -> dict[str, Any] | None:
    if interval is None:
        return None
    return {
        "se": interval.se,
        "ci_lb": interval.ci_lower,
        "ci_ub": interval.ci_upper,
        "stat": interval.statistic,
        "df": interval.df,
        "pval": interval.p,
    }


HANDLERS: dict[str, Handler] = {
    "revman5": revman5,
    "revman5_observed": revman5_observed,
    "profile": profile,
}
