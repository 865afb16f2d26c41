"""Cases of regressions on moderators (``metareg``)."""

from __future__ import annotations

from typing import Any

from gradecore.case_types import Case, Handler, numbers
from gradecore.meta_regression import MetaRegression, RegressionPlan, meta_regression


def plan_of(case: Case) -> RegressionPlan:
    """Return the plan that a case's options ask for."""
    options = case.options
    return RegressionPlan(
        model="common" if options.get("model") == "common" else "mixed",
        estimator=options.get("tau2_method") or "REML",
        interval=options.get("ci_method") or "wald",
        level=float(options.get("level") or 0.95),
        intercept=bool(options.get("intercept", True)),
    )


def _metareg(case: Case) -> dict[str, Any]:
    given = case.options.get("moderators")
    names = [n for n in case.inputs if n not in ("yi", "vi")] if given is None else given
    names = [names] if isinstance(names, str) else names
    moderators = {name: numbers(case, name) for name in names}
    fit = meta_regression(numbers(case, "yi"), numbers(case, "vi"), moderators, plan_of(case))
    return {**_coefficients(fit), **_heterogeneity(fit)}


def _coefficients(fit: MetaRegression) -> dict[str, Any]:
    found = fit.coefficients
    return {
        "k": fit.k,
        "p": len(found),
        "beta": [c.estimate for c in found],
        "se": [c.se for c in found],
        "stat": [c.statistic for c in found],
        "df": found[0].df,
        "pval": [c.p for c in found],
        "ci_lb": [c.ci_lower for c in found],
        "ci_ub": [c.ci_upper for c in found],
        "vcov": [cell for row in fit.covariance for cell in row],
        "QM": fit.moderators.statistic,
        "QM_df": [fit.moderators.df1, fit.moderators.df2],
        "QM_p": fit.moderators.p,
    }


def _heterogeneity(fit: MetaRegression) -> dict[str, Any]:
    result: dict[str, Any] = {
        "tau2": fit.tau2,
        "se_tau2": fit.tau2_se,
        "QE": fit.residual_q,
        "QE_df": fit.residual_df,
        "QE_p": fit.residual_p,
        "I2": fit.i2,
        "H2": fit.h2,
    }
    if fit.plan.model == "mixed":
        result["tau2_ci"] = [fit.tau2_lower, fit.tau2_upper]
        result["tau2_null_model"], result["R2"] = fit.tau2_null, fit.r2
        result["fitted"], result["fitted_se"] = list(fit.fitted), list(fit.fitted_se)
    return result


HANDLERS: dict[str, Handler] = {"metareg": _metareg}
