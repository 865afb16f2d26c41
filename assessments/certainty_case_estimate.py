"""The pooled estimate of a worked case as it is told, and what is told of heterogeneity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assessments.certainty_case_fields import Fields, as_triple, plain_key
from assessments.certainty_case_inputs import effect_of
from assessments.certainty_case_pooling import scaled
from gradecore.grade.evidence import PooledNumbers, StatedSpread


def pooled_of(case: Fields, measure: str) -> PooledNumbers | None:
    """Return the pooled estimate on the analysis scale, None if the case tells none."""
    mu = case.find("mu", "mu_all")
    if mu is not None:
        found: tuple[float, float | None, float | None] | None = as_triple(mu, "mu")
        on_analysis = True
        if found is not None and found[1] is None:
            found = (found[0], case.number("l", "ci_low", "low"), case.number("u", "ci_high"))
    else:
        found = effect_of(case, measure) or _of_all_studies(case)
        on_analysis = (case.text("scale") or "") in ("analysis", "log")
    if found is None:
        return _only_crossing(case)
    point, low, high = (scaled(one, measure, on_analysis) for one in found)
    se = case.number("pooled_se", "se_mu") or (None if case.find("studies") else case.number("se"))
    if point is None:
        return None
    if low is None or high is None:
        reach = 1.959963984540054 * se if se else 0.0
        low, high = point - reach, point + reach
    return replace(
        PooledNumbers(effect=point, low=low, high=high, se=se),
        **_heterogeneity(case, measure, on_analysis),
    )


def _of_all_studies(case: Fields) -> tuple[float, float | None, float | None] | None:
    """Return the estimate that stands beside the one without studies at high risk of bias."""
    told = case.find("all", "all_studies", "with_all", "all_trials", "estimate_all")
    return as_triple(told, "all") if isinstance(told, list | Mapping | int | float) else None


def _only_crossing(case: Fields) -> PooledNumbers | None:
    """Return a stand-in where a case tells of its interval only whether it contains no effect."""
    crosses = case.flag("ci_crosses_null", "crosses_null", "ci_includes_null")
    excludes = case.flag("excludes_null", "ci_excludes_null")
    if crosses is None and excludes is None:
        return None
    contains = crosses if crosses is not None else not excludes
    return PooledNumbers(effect=1.0, low=-1.0 if contains else 0.5, high=3.0)


def stated_spread(case: Fields) -> StatedSpread | None:
    """Return heterogeneity that is told without an estimate, None if none is told."""
    found = _heterogeneity(case, "", True)
    stated = StatedSpread(**{name: found[name] for name in ("i2", "q", "q_df", "q_p", "tau2")})
    return None if stated == StatedSpread() else stated


def _heterogeneity(case: Fields, measure: str, on_analysis: bool) -> dict[str, Any]:
    ends = case.ends("pi", "prediction_interval", "prediction", "pi95", "pi_95", "95_pi") or (
        case.number("pi_low", "pi_lower", "prediction_low", "prediction_lower"),
        case.number("pi_high", "pi_upper", "prediction_high", "prediction_upper"),
    )
    low, high = (scaled(one, measure, on_analysis) for one in ends)
    i2 = case.number("i2", "i_squared", "i_2", "i2_percent", "i_squared_percent")
    if i2 is not None and 0 < i2 < 1 and isinstance(case.find("i2"), float):
        i2 *= 100
    tau, df = case.number("tau"), case.number("df", "q_df")
    return {
        "prediction_low": low,
        "prediction_high": high,
        "i2": i2,
        "q_p": _p_of_q(case),
        "q": case.number("q"),
        "q_df": None if df is None or case.number("q") is None else int(df),
        "tau2": tau * tau if tau is not None else case.number("tau2"),
    }


def _p_of_q(case: Fields) -> float | None:
    """Return the P value of Cochran's Q as told; a bare “p” where the case is about that test."""
    told = case.number("q_p", "p_q", "p_heterogeneity", "p_het", "het_p")
    if told is None and plain_key(case.find("prompt") or "") == "inc_6":
        told = case.number("p")
    return told
