"""Cases of conversions and re-expressions (``convert``), by the name in ``measure``."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from gradecore import effect_conversions as effects
from gradecore.absolute_effects import Interval, absolute_effect
from gradecore.case_types import Case, Handler
from gradecore.conversions import CONVERSIONS, FIVE_NUMBER_METHODS, Conversion, FiveNumbers
from gradecore.conversions.derivation import Derivation
from gradecore.input_errors import InputError
from gradecore.sample_size import continuous_sample_size, dichotomous_sample_size
from gradecore.units_of_analysis import combine_groups, crossover_md

_TEXTS = {"dist", "favours"}


def _convert(case: Case) -> dict[str, Any]:
    for method in CONVERSIONS:
        if method.code == case.measure:
            return _derived(case, method)
    if case.measure in FIVE_NUMBER_METHODS:
        return _five_numbers(case)
    if case.measure in _OTHERS:
        return _OTHERS[case.measure](case)
    if case.measure == "fivenum_mln":
        raise InputError(
            "Cai's method for unknown distributions is not offered; for skewed data there are "
            "fivenum_lognormal, fivenum_bc and fivenum_qe.",
            column="measure",
        )
    raise InputError(f"There is no conversion named {case.measure}.", column="measure")


def _derived(case: Case, method: Conversion) -> dict[str, Any]:
    arguments: dict[str, Any] = {name: _number(case, name) for name in method.needs}
    for name in method.optional:
        value = case.inputs.get(name, case.options.get(name))
        if value is not None:
            arguments[name] = str(value) if name in _TEXTS else value
    return _values(method.function(**arguments))


def _five_numbers(case: Case) -> dict[str, Any]:
    method = str(case.inputs.get("method", case.options.get("method", "")))
    if case.measure == "fivenum" and method not in ("", "luo/wan/shi", "default"):
        raise InputError(f"The method {method} is not known; luo/wan/shi is.", column="method")
    five = FiveNumbers(
        n=_number(case, "n"),
        median=_number(case, "median"),
        minimum=_maybe(case, "min"),
        q1=_maybe(case, "q1"),
        q3=_maybe(case, "q3"),
        maximum=_maybe(case, "max"),
    )
    found = FIVE_NUMBER_METHODS[case.measure](five)
    result = _values(found)
    if "significant" in result:
        result["significant"] = bool(result["significant"])
    result.update((name, value) for name, value in found.entered if name == "distribution")
    return result


def _values(derivation: Derivation) -> dict[str, Any]:
    return dict(derivation.values)


def _combine_groups(case: Case) -> dict[str, Any]:
    arms = sorted(name[1:] for name in case.inputs if name[0] == "n" and name[1:].isdigit())
    columns = [[_number(case, prefix + arm) for arm in arms] for prefix in ("n", "m", "sd")]
    return _values(combine_groups(columns[0], columns[1], columns[2]))


def _crossover_md(case: Case) -> dict[str, Any]:
    means = _number(case, "m_e"), _number(case, "m_c")
    sds = _number(case, "sd_e"), _number(case, "sd_c")
    return _values(crossover_md(means, sds, _number(case, "n"), _number(case, "corr")))


def _smd_to_lnor(case: Case) -> dict[str, Any]:
    return _scaled(case, "smd", "lnor", effects.LOG_ODDS_PER_SD)


def _lnor_to_smd(case: Case) -> dict[str, Any]:
    return _scaled(case, "lnor", "smd", 1.0 / effects.LOG_ODDS_PER_SD)


def _scaled(case: Case, given: str, wanted: str, factor: float) -> dict[str, Any]:
    convert = effects.log_odds_ratio_from_smd if given == "smd" else effects.smd_from_log_odds_ratio
    result = {wanted: float(convert(_number(case, given)))}
    if case.inputs.get("se") is not None:
        result["se"] = _number(case, "se") * factor
    return result


def _smd_to_md(case: Case) -> dict[str, Any]:
    sd = _number(case, "sd")
    return _with_limits(case, "smd", "md", lambda d: effects.mean_difference_from_smd(d, sd))


def _smd_to_rd(case: Case) -> dict[str, Any]:
    p0 = _number(case, "baseline_risk")
    return _with_limits(case, "smd", "rd", lambda d: effects.risk_difference_from_smd(d, p0))


def _or_to_rr(case: Case) -> dict[str, Any]:
    p0 = _number(case, "baseline_risk")
    return _with_limits(case, "or", "rr", lambda r: effects.risk_ratio_from_odds_ratio(r, p0))


def _rr_to_or(case: Case) -> dict[str, Any]:
    p0 = _number(case, "baseline_risk")
    return _with_limits(case, "rr", "or", lambda r: effects.odds_ratio_from_risk_ratio(r, p0))


def _with_limits(
    case: Case, given: str, wanted: str, formula: Callable[[float], Any]
) -> dict[str, Any]:
    result = {wanted: float(formula(_number(case, given)))}
    for limit in ("ci_lb", "ci_ub"):
        if case.inputs.get(limit) is not None:
            result[limit] = float(formula(_number(case, limit)))
    return result


def _absolute_effect(case: Case) -> dict[str, Any]:
    per = _number(case, "per", 1000.0)
    estimate = _number(case, "estimate")
    limits = [_number(case, name, estimate) for name in ("ci_lb", "ci_ub")]
    found = absolute_effect(
        str(case.inputs.get("measure", "")),
        Interval(estimate=estimate, low=limits[0], high=limits[1]),
        _number(case, "baseline_risk"),
    )
    result = {
        "corresponding_risk": per * found.intervention.estimate,
        "corresponding_lb": per * found.intervention.low,
        "corresponding_ub": per * found.intervention.high,
        "difference": per * found.difference.estimate,
        "difference_lb": per * found.difference.low,
        "difference_ub": per * found.difference.high,
    }
    given = {name: case.inputs.get(f"ci_{name}") is not None for name in ("lb", "ub")}
    return {name: value for name, value in result.items() if given.get(name[-2:], True)}


def _nnt(case: Case) -> dict[str, Any]:
    rd, lower, upper = (_number(case, name) for name in ("rd", "ci_lb", "ci_ub"))
    nnt, first, second = (float(effects.number_needed_to_treat(d)) for d in (rd, lower, upper))
    return {
        "nnt": nnt,
        "direction": "more events" if rd > 0.0 else "fewer events" if rd < 0.0 else "no difference",
        "bound_1": first,
        "bound_2": second,
        "ci_includes_infinity": lower <= 0.0 <= upper,
    }


def _ois_dichotomous(case: Case) -> dict[str, Any]:
    size = dichotomous_sample_size(
        _number(case, "baseline_risk"),
        _number(case, "rrr"),
        alpha=_number(case, "alpha", 0.05),
        power=_number(case, "power", 0.8),
    )
    return {
        "n_per_group": size.per_group,
        "n_total": size.total,
        "n_per_group_pooled": size.per_group_pooled,
        "n_total_pooled": size.total_pooled,
        "events_expected": size.events,
    }


def _ois_continuous(case: Case) -> dict[str, Any]:
    size = continuous_sample_size(
        _number(case, "delta"),
        _number(case, "sd"),
        alpha=_number(case, "alpha", 0.05),
        power=_number(case, "power", 0.8),
    )
    return {"n_per_group": size.per_group, "n_total": size.total}


_OTHERS: dict[str, Handler] = {
    "combine_groups": _combine_groups,
    "crossover_md": _crossover_md,
    "smd_to_lnor": _smd_to_lnor,
    "lnor_to_smd": _lnor_to_smd,
    "smd_to_md": _smd_to_md,
    "smd_to_rd": _smd_to_rd,
    "or_to_rr": _or_to_rr,
    "rr_to_or": _rr_to_or,
    "absolute_effect": _absolute_effect,
    "nnt": _nnt,
    "ois_dichotomous": _ois_dichotomous,
    "ois_continuous": _ois_continuous,
}

HANDLERS: dict[str, Handler] = {"convert": _convert}


def _maybe(case: Case, name: str) -> float | None:
    return None if case.inputs.get(name) is None else _number(case, name)


def _number(case: Case, name: str, otherwise: float | None = None) -> float:
    value = case.inputs.get(name)
    if value is None and otherwise is not None:
        return otherwise
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InputError(f"The case needs a number for {name}.", column=name)
    return float(value)
