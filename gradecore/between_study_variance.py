"""Estimators of the between-study variance tau², for many meta-analyses at once.

``ESTIMATORS`` is the table of contents: each has a code, a name, a function from a model of study
effects (``gradecore.padded_effects.EffectModel``) to the estimate of every row, and one for the
estimate's standard error. All estimates are truncated at 0.

Comparison of the estimators: Veroniki 2016 (doi:10.1002/jrsm.1164), Langan 2019
(doi:10.1002/jrsm.1316). Standard errors: Viechtbauer 2005 (doi:10.3102/10769986030003261).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gradecore import generalized_q, likelihood
from gradecore.data import FloatArray
from gradecore.likelihood import Estimates
from gradecore.padded_effects import EffectModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimator:
    """One way to estimate tau²: its code, its name for people, and its two functions."""

    code: str
    name: str
    estimate: Callable[[EffectModel], Estimates]
    standard_error: Callable[[EffectModel, FloatArray], FloatArray]


def _closed(model: EffectModel, raw: FloatArray) -> Estimates:
    """Return a closed-form estimate, truncated at 0, and 0 where k - p is 0."""
    rows = len(raw)
    tau2 = np.where((raw > 0.0) & (model.degrees > 0), raw, 0.0)
    return Estimates(tau2, np.ones(rows, bool), np.zeros(rows, np.int64), np.zeros(rows, bool))


def _zeros(model: EffectModel) -> FloatArray:
    return np.zeros(len(model.n))


def dersimonian_laird(model: EffectModel) -> Estimates:
    """Method of moments with weights 1/v (doi:10.1016/0197-2456(86)90046-2)."""
    at = model.projected(_zeros(model))
    return _closed(model, (at.q1 - model.degrees) / at.trace1)


def hunter_schmidt(model: EffectModel) -> Estimates:
    """(Q - k) / sum of weights, weights 1/v."""
    at = model.projected(_zeros(model))
    return _closed(model, (at.q1 - model.n) / at.weight1)


def hedges(model: EffectModel) -> Estimates:
    """Unweighted variance component (Hedges and Olkin)."""
    plain = model.unweighted()
    return _closed(model, (plain.residual - plain.trace_pv) / model.degrees)


def sidik_jonkman(model: EffectModel) -> Estimates:
    """Two-step estimator from a crude first value (doi:10.1111/j.1467-9876.2005.00489.x)."""
    crude = model.spread
    q, _ = model.quadratics(crude)
    return _closed(model, crude * q / model.degrees)


def paule_mandel(model: EffectModel) -> Estimates:
    """The root of Q(tau²) = k - p; equal to the empirical Bayes estimator."""
    aim = np.where(model.degrees > 0, model.degrees, np.inf)
    tau2, converged, steps = generalized_q.root(model, aim)
    return Estimates(tau2, converged, steps, np.zeros(len(tau2), bool))


def maximum_likelihood(model: EffectModel) -> Estimates:
    """The global maximum of the likelihood."""
    return likelihood.maximum(model, False)


def restricted_likelihood(model: EffectModel) -> Estimates:
    """The global maximum of the restricted likelihood."""
    return likelihood.maximum(model, True)


def _se_moments(model: EffectModel, tau2: FloatArray) -> FloatArray:
    at = model.projected(_zeros(model))
    return _moment_variance(model, tau2, at.trace1, at.trace2) / at.trace1


def _se_hunter_schmidt(model: EffectModel, tau2: FloatArray) -> FloatArray:
    at = model.projected(_zeros(model))
    return _moment_variance(model, tau2, at.trace1, at.trace2) / at.weight1


def _moment_variance(
    model: EffectModel, tau2: FloatArray, trace1: FloatArray, trace2: FloatArray
) -> FloatArray:
    spread: FloatArray = np.sqrt(
        2.0 * model.degrees + 4.0 * tau2 * trace1 + 2.0 * tau2 * tau2 * trace2
    )
    return spread


def _se_hedges(model: EffectModel, tau2: FloatArray) -> FloatArray:
    plain, degrees = model.unweighted(), model.degrees
    inner = 2.0 * plain.trace_pvpv + 4.0 * tau2 * plain.trace_pv + 2.0 * tau2 * tau2 * degrees
    return np.sqrt(inner) / degrees


def _se_sidik_jonkman(model: EffectModel, tau2: FloatArray) -> FloatArray:
    crude = model.spread
    pvpv, pvp = model.variance_traces(crude)
    at = model.projected(crude)
    inner = 2.0 * pvpv + 4.0 * tau2 * pvp + 2.0 * tau2 * tau2 * at.trace2
    return crude / model.degrees * np.sqrt(inner)


def _se_paule_mandel(model: EffectModel, tau2: FloatArray) -> FloatArray:
    at = model.projected(tau2)
    return np.sqrt(2.0 * model.n * model.n / model.degrees) / at.weight1


def _se_likelihood(model: EffectModel, tau2: FloatArray) -> FloatArray:
    return np.sqrt(2.0 / model.projected(tau2).weight2)


def _se_restricted(model: EffectModel, tau2: FloatArray) -> FloatArray:
    return np.sqrt(2.0 / model.projected(tau2).trace2)


ESTIMATORS: dict[str, Estimator] = {
    estimator.code: estimator
    for estimator in (
        Estimator(
            code="REML",
            name="Restricted maximum likelihood",
            estimate=restricted_likelihood,
            standard_error=_se_restricted,
        ),
        Estimator(
            code="DL",
            name="DerSimonian-Laird",
            estimate=dersimonian_laird,
            standard_error=_se_moments,
        ),
        Estimator(
            code="PM",
            name="Paule-Mandel",
            estimate=paule_mandel,
            standard_error=_se_paule_mandel,
        ),
        Estimator(
            code="EB",
            name="Empirical Bayes",
            estimate=paule_mandel,
            standard_error=_se_paule_mandel,
        ),
        Estimator(
            code="ML",
            name="Maximum likelihood",
            estimate=maximum_likelihood,
            standard_error=_se_likelihood,
        ),
        Estimator(
            code="HE",
            name="Hedges",
            estimate=hedges,
            standard_error=_se_hedges,
        ),
        Estimator(
            code="HS",
            name="Hunter-Schmidt",
            estimate=hunter_schmidt,
            standard_error=_se_hunter_schmidt,
        ),
        Estimator(
            code="SJ",
            name="Sidik-Jonkman",
            estimate=sidik_jonkman,
            standard_error=_se_sidik_jonkman,
        ),
    )
}
"""Every estimator by its code, in the order in which they are offered."""
