"""Regression of study effects on moderators, with common or random effects.

Sources: Cochrane Handbook 10.11.4; Knapp and Hartung 2003 (doi:10.1002/sim.1482);
explained heterogeneity as in Raudenbush 2009.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.special import chdtrc, fdtrc

from gradecore.between_study_variance import ESTIMATORS
from gradecore.data import FloatArray
from gradecore.input_errors import InputError
from gradecore.meta_regression.design import Design, design_of
from gradecore.meta_regression.mixed_fit import (
    MixedFit,
    mixed_fit,
    q_profile,
    regression_effects,
)
from gradecore.meta_regression.results import (
    Coefficient,
    MetaRegression,
    ModeratorTest,
    RegressionPlan,
)
from gradecore.notes import Note
from gradecore.padded_effects import padded
from gradecore.study_columns import StudyColumns, complete_columns
from gradecore.wald_statistics import critical_value, two_sided_p

Moderators = Mapping[str, Sequence[float] | FloatArray]
_STUDIES_PER_MODERATOR = 10


def meta_regression(
    effects: Sequence[float] | FloatArray,
    variances: Sequence[float] | FloatArray,
    moderators: Moderators,
    plan: RegressionPlan | None = None,
) -> MetaRegression:
    """Return the regression of k effects on the named moderators, columns of k numbers.

    Studies with a missing value (NaN) are left out, and a note says so. InputError, naming study
    and column, for variances that are not positive, lengths that differ, not more studies than
    coefficients, or moderators that do not vary or depend on each other.
    """
    fit, data = moderated_fit(effects, variances, moderators, plan)
    notes = (*data.notes, *_few_studies(fit.design))
    return _described(fit, data.column("yi"), data.column("vi"), data.used, notes)


def moderated_fit(
    effects: Sequence[float] | FloatArray,
    variances: Sequence[float] | FloatArray,
    moderators: Moderators,
    plan: RegressionPlan | None = None,
) -> tuple[MixedFit, StudyColumns]:
    """Return the fit alone with the studies it rests on, for those who need the coefficients.

    Input and InputError as in ``meta_regression``.
    """
    plan = RegressionPlan() if plan is None else plan
    _check_plan(plan)
    data = complete_columns({"yi": effects, "vi": variances, **moderators})
    y, v = data.column("yi"), data.positive("vi")
    columns = [data.column(name) for name in moderators]
    precise = int(np.argmin(v))
    design = design_of(columns, tuple(moderators), y.size, intercept=plan.intercept, centre=precise)
    return mixed_fit(y, v, design, plan), data


def _described(
    fit: MixedFit, y: FloatArray, v: FloatArray, used: tuple[int, ...], notes: tuple[Note, ...]
) -> MetaRegression:
    design, plan, tau2 = fit.design, fit.plan, fit.variance.tau2
    mixed = plan.model == "mixed"
    model = regression_effects(y - fit.offset, v, design.z)
    lower, upper = q_profile(model, plan.level) if mixed else (None, None)
    null = _null_tau2(y, v, plan) if mixed and design.has_intercept else None
    i2, h2 = fit.inconsistency
    return MetaRegression(
        k=design.k,
        coefficients=_coefficients(fit),
        covariance=tuple(tuple(float(cell) for cell in row) for row in fit.root @ fit.root.T),
        plan=plan,
        tau2=tau2,
        tau2_se=fit.variance.se,
        tau2_lower=lower,
        tau2_upper=upper,
        tau2_null=null,
        residual_q=fit.q,
        residual_df=fit.df,
        residual_p=float(chdtrc(fit.df, fit.q)),
        moderators=_moderator_test(fit),
        i2=i2,
        h2=h2,
        r2=_explained(null, tau2),
        fitted=tuple(float(f) for f in design.z @ fit.scaled + fit.offset),
        fitted_se=_fitted_se(fit),
        used=used,
        converged=fit.variance.converged,
        multimodal=fit.variance.multimodal,
        notes=notes,
    )


def _coefficients(fit: MixedFit) -> tuple[Coefficient, ...]:
    df = fit.test_df
    margin = critical_value(fit.plan.level, df)
    found = []
    for name, beta, se in zip(fit.design.names, fit.coefficients, fit.ses, strict=True):
        statistic = float(beta / se) if se > 0.0 else None
        found.append(
            Coefficient(
                name=name,
                estimate=float(beta),
                se=float(se),
                statistic=statistic,
                df=df,
                p=None if statistic is None else two_sided_p(statistic, df),
                ci_lower=float(beta - margin * se),
                ci_upper=float(beta + margin * se),
            )
        )
    return tuple(found)


def _moderator_test(fit: MixedFit) -> ModeratorTest:
    first = int(fit.design.has_intercept)
    tested = fit.scaled[first:]
    m, df2 = tested.size, fit.test_df
    if m == 0 or not np.any(fit.scaled_root):
        return ModeratorTest(statistic=None, df1=m, df2=df2, p=None)
    # Both are on the scaled design; a change of scale leaves the quadratic form as it is.
    root = fit.scaled_root[first:]
    chi2 = float(tested @ np.linalg.solve(root @ root.T, tested))
    if df2 is None:
        return ModeratorTest(statistic=chi2, df1=m, df2=None, p=float(chdtrc(m, chi2)))
    return ModeratorTest(statistic=chi2 / m, df1=m, df2=df2, p=float(fdtrc(m, df2, chi2 / m)))


def _null_tau2(y: FloatArray, v: FloatArray, plan: RegressionPlan) -> float:
    found = ESTIMATORS[plan.estimator].estimate(padded(y[None, :], v[None, :]))
    return float(found.tau2[0])


def _explained(null: float | None, tau2: float) -> float | None:
    """Return R² in percent, Raudenbush 2009; 0 where there is nothing to explain."""
    if null is None:
        return None
    return 100.0 * max(0.0, (null - tau2) / null) if null > 0.0 else 0.0


def _fitted_se(fit: MixedFit) -> tuple[float, ...]:
    return tuple(float(s) for s in np.linalg.norm(fit.design.z @ fit.scaled_root, axis=1))


def _check_plan(plan: RegressionPlan) -> None:
    if plan.model not in ("common", "mixed"):
        raise InputError(f"The model is common or mixed, not {plan.model}.", column="model")
    if plan.interval not in ("wald", "t", "hksj"):
        raise InputError(
            f"The interval is wald, t or hksj, not {plan.interval}", column="ci_method"
        )
    if plan.model == "mixed" and plan.estimator not in ESTIMATORS:
        known = ", ".join(ESTIMATORS)
        raise InputError(
            f"There is no estimator of tau² named {plan.estimator}; known are {known}.",
            column="tau2_method",
        )
    if not 0.0 < plan.level < 1.0:
        raise InputError("The level must lie between 0 and 1.", column="level")


def _few_studies(design: Design) -> tuple[Note, ...]:
    count = design.p - int(design.has_intercept)
    if count == 0 or design.k >= _STUDIES_PER_MODERATOR * count:
        return ()
    note = Note(
        code="few_studies_per_moderator",
        sentence=f"{design.k} studies are few for {count} moderators: fewer than "
        f"{_STUDIES_PER_MODERATOR} for each, so the result is fragile.",
        facts=(("k", design.k), ("moderators", count)),
    )
    return (note,)
