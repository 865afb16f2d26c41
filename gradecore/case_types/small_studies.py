"""Cases of small-study effects: ``egger``, ``regtest``, ``begg``, ``bin_*``, ``trimfill``, …"""

from __future__ import annotations

from typing import Any

from gradecore import small_studies
from gradecore.case_types import Case, Handler, numbers
from gradecore.case_types.meta_regression import plan_of
from gradecore.small_studies import FailSafeN


def _egger(case: Case) -> dict[str, Any]:
    level = float(case.options.get("level") or 0.95)
    found = small_studies.egger(
        numbers(case, "yi"),
        numbers(case, "vi"),
        regressor=case.options.get("predictor") or "sei",
        sizes=numbers(case, "ni") if "ni" in case.inputs else None,
        level=level,
    )
    return {
        "bias": found.slope,
        "se_bias": found.slope_se,
        "t": found.statistic,
        "df": found.df,
        "pval": found.p,
        "limit_estimate": found.limit,
        "limit_se": found.limit_se,
        "limit_ci_lb": found.limit_ci_lower,
        "limit_ci_ub": found.limit_ci_upper,
        "sigma2": found.dispersion,
    }


def _regtest(case: Case) -> dict[str, Any]:
    found = small_studies.regtest(
        numbers(case, "yi"),
        numbers(case, "vi"),
        regressor=case.options.get("predictor") or "sei",
        sizes=numbers(case, "ni") if "ni" in case.inputs else None,
        plan=plan_of(case),
    )
    return {
        "intercept": found.limit,
        "slope": found.slope,
        "se_slope": found.slope_se,
        "stat": found.statistic,
        "df": found.df,
        "pval": found.p,
        "limit_estimate": found.limit,
        "limit_ci_lb": found.limit_ci_lower,
        "limit_ci_ub": found.limit_ci_upper,
        "tau2": found.tau2,
    }


def _begg(case: Case) -> dict[str, Any]:
    found = small_studies.begg(numbers(case, "yi"), numbers(case, "vi"))
    return {
        "tau": found.tau,
        "S": found.score,
        "pval_exact": found.p_exact,
        "pval_normal": found.p_normal,
        "ties": found.ties,
    }


def _binary(case: Case) -> dict[str, Any]:
    columns = (numbers(case, name) for name in ("ai", "n1i", "ci", "n2i"))
    add = case.options.get("add")
    tables = small_studies.tables_of(*columns, increment=0.5 if add is None else float(add))
    found = small_studies.BINARY_TESTS[case.type.removeprefix("bin_")](tables)
    if found.test == "begg":
        return {
            "ks": found.score,
            "se_ks": found.score_se,
            "stat": found.statistic,
            "pval": found.p,
        }
    result = {
        "stat": found.statistic,
        "df": found.df,
        "pval": found.p,
        "bias": found.bias,
        "se_bias": found.bias_se,
        "intercept": found.intercept,
        "se_intercept": found.intercept_se,
        "k": None,
    }
    return {**result, "tau2": found.tau2} if found.test == "thompson" else result


def _trimfill(case: Case) -> dict[str, Any]:
    found = small_studies.trim_and_fill(
        numbers(case, "yi"),
        numbers(case, "vi"),
        estimator=case.options.get("estimator") or "L0",
        side=case.options.get("side") or "auto",
        plan=plan_of(case),
    )
    result: dict[str, Any] = {
        "k0": found.missing,
        "se_k0": found.missing_se,
        "side": found.side,
        "filled_yi": list(found.filled_effects),
        "filled_vi": list(found.filled_variances),
        "estimate": found.estimate,
        "se": found.se,
        "stat": found.statistic,
        "pval": found.p,
        "ci_lb": found.ci_lower,
        "ci_ub": found.ci_upper,
        "tau2": found.tau2,
        "Q": found.q,
        "Q_p": found.q_p,
        "I2": found.i2,
        "H2": found.h2,
    }
    return result if found.missing_p is None else {**result, "p_k0": found.missing_p}


def _failsafe(case: Case) -> dict[str, Any]:
    y, v = numbers(case, "yi"), numbers(case, "vi")
    alpha = float(case.options.get("alpha") or 0.05)
    plain = small_studies.orwin(y, v, weighted=False)
    rosenthal = small_studies.rosenthal(y, v, alpha=alpha)
    return {
        "Rosenthal": {**_number(rosenthal), "fsnum_unrounded": rosenthal.unrounded},
        "Orwin": _number(small_studies.orwin(y, v)),
        "Rosenberg": _number(small_studies.rosenberg(y, v, alpha=alpha)),
        "Orwin_unweighted": {"fsnum": plain.number, "target": plain.target},
    }


def _number(found: FailSafeN) -> dict[str, Any]:
    return {"fsnum": found.number, "pval": found.p, "target": found.target}


HANDLERS: dict[str, Handler] = {
    "egger": _egger,
    "regtest": _regtest,
    "begg": _begg,
    "trimfill": _trimfill,
    "failsafe": _failsafe,
    **{f"bin_{test}": _binary for test in small_studies.BINARY_TESTS},
}
