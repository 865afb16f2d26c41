"""The fit of a regression with common or random effects, before anything is said about it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtri

from gradecore import generalized_q
from gradecore.between_study_variance import ESTIMATORS
from gradecore.data import FloatArray
from gradecore.meta_regression.design import Design
from gradecore.meta_regression.regression_effects import RegressionEffects
from gradecore.meta_regression.results import RegressionPlan
from gradecore.padded_effects import EffectModel, padded


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidualVariance:
    """tau² and its SE (None under the common-effect model), and how the search went."""

    tau2: float = 0.0
    se: float | None = None
    converged: bool = True
    multimodal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MixedFit:
    """Coefficients (p,) and the root of their covariance (p, p), for the moderators as entered.

    ``offset`` was subtracted from the effects before fitting and is part of the intercept again;
    ``scaled`` and ``scaled_root`` belong to the scaled design. A root times its transpose is a
    covariance, with the factor of Knapp and Hartung if the plan has it. ``q`` and ``trace`` are
    y'Py and tr P with the weights 1/v.
    """

    plan: RegressionPlan
    design: Design
    offset: float
    variance: ResidualVariance
    scaled: FloatArray
    scaled_root: FloatArray
    coefficients: FloatArray
    root: FloatArray
    q: float
    trace: float

    @property
    def df(self) -> int:
        """Studies minus coefficients."""
        return self.design.k - self.design.p

    @property
    def ses(self) -> FloatArray:
        """Standard errors of the coefficients, (p,)."""
        return np.asarray(np.linalg.norm(self.root, axis=1), dtype=np.float64)

    @property
    def test_df(self) -> int | None:
        """Degrees of freedom of tests and intervals; None for the normal distribution."""
        return None if self.plan.interval == "wald" else self.df

    @property
    def inconsistency(self) -> tuple[float, float]:
        """I² in percent and H²: from tau² with random effects, from Q without."""
        if self.plan.model == "mixed":
            typical, tau2 = self.df / self.trace, self.variance.tau2
            return 100.0 * tau2 / (tau2 + typical), 1.0 + tau2 / typical
        i2 = 100.0 * max(0.0, 1.0 - self.df / self.q) if self.q > 0.0 else 0.0
        return i2, self.q / self.df


def mixed_fit(y: FloatArray, v: FloatArray, design: Design, plan: RegressionPlan) -> MixedFit:
    """Return the fit of effects y with variances v; the input has been checked."""
    offset = float(y[np.argmin(v)]) if design.has_intercept else 0.0
    model = regression_effects(y - offset, v, design.z)
    alone = design.has_intercept and design.p == 1
    # Without moderators the estimators see the same arrays as in pooling, to the last bit.
    variance = _variance(padded(y[None, :], v[None, :]) if alone else model, plan)
    fit, base = model.at(np.array([variance.tau2])), model.at(np.zeros(1))
    coefficients, _, q_star = fit.solved(model.y)
    _, _, q = base.solved(model.y)
    factor = float(q_star[0]) / (design.k - design.p) if plan.interval == "hksj" else 1.0
    root = fit.covariance_root[0] * np.sqrt(factor)
    beta = design.back @ coefficients[0]
    if design.has_intercept:
        beta[0] += offset
    return MixedFit(
        plan=plan,
        design=design,
        offset=offset,
        variance=variance,
        scaled=coefficients[0],
        scaled_root=root,
        coefficients=beta,
        root=design.back @ root,
        q=float(q[0]),
        trace=float(base.trace_p[0]),
    )


def regression_effects(y: FloatArray, v: FloatArray, z: FloatArray) -> RegressionEffects:
    """Return one analysis, y and v (k,) and z (k, p), as a batch of one."""
    return RegressionEffects(y=y[None, :], v=v[None, :], z=z[None, :, :])


def q_profile(model: RegressionEffects, level: float) -> tuple[float, float]:
    """Return the Q-profile interval of tau² (Viechtbauer 2007), of the first row."""
    df = model.degrees
    upper_quantile = chdtri(df, (1.0 - level) / 2.0)
    lower, _, _ = generalized_q.root(model, upper_quantile)
    upper, _, _ = generalized_q.root(model, chdtri(df, (1.0 + level) / 2.0))
    return float(lower[0]), float(upper[0])


def _variance(model: EffectModel, plan: RegressionPlan) -> ResidualVariance:
    if plan.model == "common":
        return ResidualVariance()
    estimator = ESTIMATORS[plan.estimator]
    found = estimator.estimate(model)
    return ResidualVariance(
        tau2=float(found.tau2[0]),
        se=float(estimator.standard_error(model, found.tau2)[0]),
        converged=bool(found.converged[0]),
        multimodal=bool(found.multimodal[0]),
    )
